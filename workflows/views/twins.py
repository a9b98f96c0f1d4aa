"""The duplicates desk: pairs of firms that may be one, by how sure the machine is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.gate.keys import read_key
from onboarding.models import FirmPair
from workflows import actions, tasks
from workflows.actions.obstacles import check_may_be_merged
from workflows.actions.pairing import one_by_one, open_samples, rest_of, waiting_in
from workflows.errors import Refused
from workflows.forms.twins import CountForm, DifferentForm, SameForm
from workflows.looks import note_looks
from workflows.models import Look, PairSample
from workflows.paging import ROWS
from workflows.rights import check_no_kinship
from workflows.sidebyside import lay_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.forms import Form
    from django.http import HttpResponse

    from onboarding.models import User
    from onboarding.signed_in import SignedIn
    from workflows.sidebyside import Couple

MERGE = "workflows.merge_firms"
SHOWN = 100


@require_safe
@permission_required(MERGE, raise_exception=True)
def twins(request: SignedIn) -> HttpResponse:
    """List the pairs of one kind: to look at, almost surely the same, the same by law."""
    part = request.GET.get("part", "look")
    return _list(request, part if part in PARTS else "look")


def _list(
    request: SignedIn, part: str, *, form: Form | None = None, status: int = 200
) -> HttpResponse:
    url = reverse("workflows:twins")
    context = {
        "part": part,
        "tabs": [
            {"url": f"{url}?part={key}", "label": label(), "is_current": key == part}
            for key, (label, _fill) in PARTS.items()
        ],
        **PARTS[part][1](request),
        "form": form or CountForm(),
    }
    return render(request, "workflows/twins.html", context, status=status)


def _look(request: SignedIn) -> dict[str, Any]:
    pairs = _firms_too(one_by_one())
    after = _pair_of(request.GET.get("after", ""))
    found = list((_behind(pairs, after) if after else pairs)[: ROWS + 1])
    more = f"?part=look&after={found[ROWS - 1].pk}" if len(found) > ROWS else ""
    return {"pairs": found[:ROWS], "next_url": more}


def _strong(_request: SignedIn) -> dict[str, Any]:
    sample = open_samples().filter(band=FirmPair.Band.STRONG).first()
    if sample is None:
        waiting = waiting_in(FirmPair.Band.STRONG)
        return {"waiting": waiting.count(), "last": _last_stopped()}
    drawn = list(_firms_too(FirmPair.objects.filter(pk__in=sample.pairs)).order_by("pk"))
    return {
        "sample": sample,
        "pairs": drawn,
        "to_judge": FirmPair.objects.waiting().filter(pk__in=sample.pairs).count(),
        "rest": rest_of(sample).exclude(pk__in=sample.pairs).count(),
    }


def _same(_request: SignedIn) -> dict[str, Any]:
    waiting = waiting_in(FirmPair.Band.SAME)
    return {
        "sample": open_samples().filter(band=FirmPair.Band.SAME).first(),
        "pairs": list(_firms_too(waiting)[:SHOWN]),
        "waiting": waiting.count(),
    }


PARTS: dict[str, tuple[Callable[[], str], Callable[[Any], dict[str, Any]]]] = {
    "look": (lambda: _("One by one"), _look),
    "strong": (lambda: _("Almost surely the same"), _strong),
    "same": (lambda: _("Same number"), _same),
}


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MERGE, raise_exception=True)
def judge_pair(request: SignedIn, pk: int) -> HttpResponse:
    """Show two firms side by side, and take one person's word on them, once."""
    pairs = _firms_too(FirmPair.objects.visible_to(request.user)).select_related("decided_by")
    pair = get_object_or_404(pairs, pk=pk)
    is_waiting = pair.verdict == FirmPair.Verdict.OPEN
    if not is_waiting or pair.first.merged_into_id or pair.second.merged_into_id:
        messages.info(request, _told_before(pair))
        return redirect("workflows:twins")
    if "skip" in request.GET:
        return redirect(_next_url(pair))
    couple = lay_out(pair)
    note_looks(request.user, (pair.first_id, pair.second_id), Look.What.NUMBERS)
    if request.method != "POST":
        return _pair_page(request, pair, couple, DifferentForm())
    if request.POST.get("verdict") == "different":
        return _take_difference(request, pair, couple)
    return _take_sameness(request, pair, couple)


def _take_difference(request: SignedIn, pair: FirmPair, couple: Couple) -> HttpResponse:
    form = DifferentForm(request.POST)
    if not form.is_valid():
        return _pair_page(request, pair, couple, form, status=422)
    following = _next_url(pair)
    actions.say_different(pair, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("Remembered: two businesses."))
    return redirect(following)


def _take_sameness(request: SignedIn, pair: FirmPair, couple: Couple) -> HttpResponse:
    form = SameForm(request.POST, couple=couple)
    if not form.is_valid():
        return _pair_page(request, pair, couple, DifferentForm(), status=422)
    following = _next_url(pair)
    kept = form.cleaned_data.get("kept") or None
    merge = actions.say_same(pair, kept_id=kept, winners=form.winners(), by=request.user)
    words = _("%(merged)s was merged into %(kept)s. You can undo this on the page of the business.")
    messages.success(request, words % {"merged": merge.merged.number, "kept": merge.kept.number})
    return redirect(following)


@require_POST
@permission_required(MERGE, raise_exception=True)
def draw_sample(request: SignedIn) -> HttpResponse:
    """Draw the pairs that are judged before the rest of the strong ones is merged."""
    actions.draw_sample(by=request.user)
    messages.success(request, _("The sample is drawn. Judge its pairs one by one."))
    return redirect(f"{reverse('workflows:twins')}?part=strong")


@require_POST
@permission_required(MERGE, raise_exception=True)
def merge_rest(request: SignedIn, pk: int) -> HttpResponse:
    """Merge the rest after a sample that was all "the same", with the number typed in."""
    sample = get_object_or_404(PairSample, pk=pk)

    def act(count: int) -> None:
        actions.confirm_rest(sample, count=count, by=request.user, send=tasks.do_job.delay)

    return _merge_many(request, "strong", act)


@require_POST
@permission_required(MERGE, raise_exception=True)
def merge_same(request: SignedIn) -> HttpResponse:
    """Merge the pairs that the law calls the same."""

    def act(count: int) -> None:
        actions.confirm_same(count=count, by=request.user, send=tasks.do_job.delay)

    return _merge_many(request, "same", act)


def _merge_many(request: SignedIn, part: str, act: Callable[[int], None]) -> HttpResponse:
    form = CountForm(request.POST)
    if not form.is_valid():
        return _list(request, part, form=form, status=422)
    try:
        act(form.cleaned_data["count"])
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _list(request, part, form=form, status=409)
    messages.success(
        request, _("The machine merges them now. What the law refuses is left to you.")
    )
    return redirect(f"{reverse('workflows:twins')}?part={part}")


def _pair_page(
    request: SignedIn, pair: FirmPair, couple: Couple, form: Form, *, status: int = 200
) -> HttpResponse:
    context = {
        "pair": pair,
        "couple": couple,
        "form": form,
        "percent": round(pair.score * 100),
        "obstacle": _obstacle(request.user, couple),
    }
    return render(request, "workflows/twin_pair.html", context, status=status)


def _obstacle(user: User, couple: Couple) -> str:
    """Why the two cannot be merged now, asked through the act's own check."""
    try:
        check_no_kinship(user, couple.kept.firm, couple.merged.firm)
        check_may_be_merged(couple.kept.firm, couple.merged.firm, by=user)
    except Refused as refusal:
        return refusal.sentence
    return ""


def _next_url(pair: FirmPair) -> str:
    """The next pair of the same list, or the list at its end."""
    sample = open_samples().filter(band=pair.band, confirmed_at__isnull=True).first()
    if sample is not None and pair.pk in sample.pairs:
        waiting = FirmPair.objects.waiting().filter(pk__in=sample.pairs, pk__gt=pair.pk)
        part, following = "strong", waiting.order_by("pk").first()
    else:
        part, following = "look", _behind(one_by_one(), pair).first()
    if following is None:
        return f"{reverse('workflows:twins')}?part={part}"
    return reverse("workflows:judge_pair", args=[following.pk])


def _behind(pairs: QuerySet[FirmPair], pair: FirmPair) -> QuerySet[FirmPair]:
    return pairs.filter(Q(score__lt=pair.score) | Q(score=pair.score, pk__gt=pair.pk))


def _pair_of(pk: str) -> FirmPair | None:
    return FirmPair.objects.filter(pk=read_key(pk) or 0).first()


def _firms_too(pairs: QuerySet[FirmPair]) -> QuerySet[FirmPair]:
    return pairs.select_related("first__region", "second__region")


def _last_stopped() -> PairSample | None:
    last = PairSample.objects.filter(band=FirmPair.Band.STRONG).first()
    return last if last and last.stopped_at else None


def _told_before(pair: FirmPair) -> str:
    if pair.verdict == FirmPair.Verdict.OPEN:
        return _("One of the two was merged with another business meanwhile.")
    return _("%(name)s has already said: “%(verdict)s”.") % {
        "name": pair.decided_by or "",
        "verdict": pair.get_verdict_display(),
    }
