"""The queue: whose turn it is, what is due first, and one button that hands out the next case."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onboarding.views.files import CSV, XLSX, table_file
from workflows import actions
from workflows.errors import Refused
from workflows.forms.queueing import COLUMNS, HandOnForm, KeepQueueForm, QueueForm
from workflows.models import Case, FactCorrection, SavedQueue
from workflows.paging import ROWS, capped_counts
from workflows.pendings import pendings_of
from workflows.queues import (
    LABELS,
    LATE,
    MINE,
    STAGES,
    TAKEN_IN_TURN,
    TEAM,
    behind,
    cases_in,
    elsewhere_for,
    key_of,
    lay_out,
    slugs_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onboarding.models import User
    from onboarding.signed_in import SignedIn
    from workflows.queues import Row

WORK_QUEUE = "workflows.work_queue"
MOST_IN_A_FILE: Final = 5_000
MOST_WISHES: Final = 20


@dataclass(frozen=True)
class Tab:
    """One word above the list, with how many wait there."""

    url: str
    label: str
    is_current: bool
    count: str


@require_GET
@permission_required(WORK_QUEUE, raise_exception=True)
def queue(request: SignedIn) -> HttpResponse:
    """Show one tab of the queue, what is due first on top, or as it was chosen."""
    return _page(request)


@require_POST
@permission_required(WORK_QUEUE, raise_exception=True)
def take_next(request: SignedIn) -> HttpResponse:
    """Hand out the most urgent case that nobody holds; the same press twice is the same case."""
    slug = request.POST.get("tab", "")
    stages = (STAGES[slug],) if slug in TAKEN_IN_TURN else ()
    case = actions.take_next_case(by=request.user, stages=stages, key=_key(request))
    if case is None:
        messages.info(request, _("Nothing waits for you now. New cases appear here by themselves."))
        return redirect(_url(slug))
    messages.success(request, _("%(name)s is in your hands now.") % {"name": case.vendor.name})
    return redirect("workflows:review_case", pk=case.pk)


@require_POST
@permission_required(WORK_QUEUE, raise_exception=True)
def claim_case(request: SignedIn, pk: int) -> HttpResponse:
    """Take one case in hand."""
    case = _case(request, pk)
    actions.claim_case(case, by=request.user)
    messages.success(request, _("%(name)s is in your hands now.") % {"name": case.vendor.name})
    return redirect("workflows:review_case", pk=case.pk)


@require_POST
@permission_required(WORK_QUEUE, raise_exception=True)
def give_back_case(request: SignedIn, pk: int) -> HttpResponse:
    """Put one case back into the queue."""
    case = _case(request, pk)
    actions.give_back_case(case, by=request.user)
    messages.success(request, _("%(name)s is back in the queue.") % {"name": case.vendor.name})
    return redirect("workflows:queue")


@require_http_methods(["GET", "POST"])
@permission_required(WORK_QUEUE, raise_exception=True)
def hand_on_case(request: SignedIn, pk: int) -> HttpResponse:
    """Leave one case to a colleague, with a reason."""
    case = _case(request, pk)
    form = HandOnForm(request.POST or None, request=request)
    if request.method == "GET" or not form.is_valid():
        return _hand_on_page(request, form, case=case)
    to = form.cleaned_data["to"]
    try:
        actions.hand_on_case(case, **form.cleaned_data, by=request.user)
    except Refused as refusal:
        form.add_error("to", refusal.sentence)
        return _hand_on_page(request, form, case=case)
    words = _("%(name)s is in the hands of %(colleague)s now.")
    messages.success(request, words % {"name": case.vendor.name, "colleague": to.full_name})
    return redirect(_url(MINE))


@require_http_methods(["GET", "POST"])
@permission_required(WORK_QUEUE, raise_exception=True)
def hand_on_all(request: SignedIn) -> HttpResponse:
    """Before a leave: everything that is in one's hands goes to a colleague."""
    form = HandOnForm(request.POST or None, request=request)
    if request.method == "GET" or not form.is_valid():
        return _hand_on_page(request, form, mine=list(_mine(request)[: ROWS + 1]))
    gone, stays = actions.hand_on_all(**form.cleaned_data, by=request.user)
    words = _("%(gone)d cases are in the hands of %(colleague)s now.")
    messages.success(request, words % {"gone": gone, "colleague": form.cleaned_data["to"]})
    if stays:
        words = _("%(stays)d stay with you, because your colleague may not act on them.")
        messages.warning(request, words % {"stays": stays})
    return redirect(_url(MINE))


@require_POST
@permission_required(WORK_QUEUE, raise_exception=True)
def keep_queue(request: SignedIn) -> HttpResponse:
    """Keep what is shown under a name, for oneself or for colleagues too."""
    form = KeepQueueForm(request.POST)
    shown = QueryDict(request.POST.get("query", "")[:300])
    if not form.is_valid():
        return _page(request, shown=shown, keep_form=form, status=422)
    slug = _slug(request.user, shown)
    query = _query(slug, QueueForm(shown).chosen())
    kept = actions.keep_queue(**form.cleaned_data, query=query, by=request.user)
    messages.success(request, _("Kept as “%(name)s”.") % {"name": kept.name})
    return redirect(f"{reverse('workflows:queue')}?{query}")


@require_POST
@permission_required(WORK_QUEUE, raise_exception=True)
def drop_queue(request: SignedIn, pk: int) -> HttpResponse:
    """Forget a queue that was kept."""
    kept = get_object_or_404(SavedQueue.objects.visible_to(request.user), pk=pk)
    actions.drop_queue(kept, by=request.user)
    messages.success(request, _("“%(name)s” is removed.") % {"name": kept.name})
    return redirect("workflows:queue")


@require_POST
@permission_required(WORK_QUEUE, raise_exception=True)
def export_queue(request: SignedIn) -> HttpResponse:
    """Save what is shown, 5,000 cases at most, as XLSX or CSV; the trail keeps who took it."""
    shown = QueryDict(request.POST.get("query", "")[:300])
    slug, chosen = _slug(request.user, shown), QueueForm(shown).chosen()
    rows = lay_out(cases_in(request.user, slug, chosen)[:MOST_IN_A_FILE], request.user)
    actions.note_export(tab=slug, rows=len(rows), by=request.user)
    return table_file(
        CSV if request.POST.get("kind") == CSV else XLSX,
        name=f"antrean-{slug}-{timezone.localtime():%Y%m%d-%H%M}",
        sheet=str(_("Queue")),
        titles=[_("Number"), _("Business"), _("Stage"), *map(str, COLUMNS.values()), _("Due date")],
        rows=map(_exported, rows),
        wide=(1,),
        by=request.user,
    )


def _page(
    request: SignedIn,
    *,
    shown: QueryDict | None = None,
    keep_form: KeepQueueForm | None = None,
    status: int = 200,
) -> HttpResponse:
    given = request.GET if shown is None else shown
    user, slug = request.user, _slug(request.user, given)
    form = QueueForm(given)
    chosen = form.chosen()
    found = list(behind(cases_in(user, slug, chosen), given.get("after", ""), chosen)[: ROWS + 1])
    query, next_url = _query(slug, chosen), ""
    if len(found) > ROWS:
        found.pop()
        next_url = f"?{query}&after={key_of(found[-1], chosen)}"
    columns = chosen.get("column") or list(COLUMNS)
    pendings = pendings_of(user, [case.pk for case in found])
    for case in found:
        case.being_finished = pendings.of_case.get(case.pk, "")
    context = {
        "pressed": pendings.bar,
        "tabs": _tabs(user, slug),
        "chosen": slug,
        "rows": lay_out(found, user),
        "columns": [(key, COLUMNS[key]) for key in COLUMNS if key in columns],
        "form": form,
        "keep_form": keep_form or KeepQueueForm(),
        "kept": _kept(user),
        "query": query,
        "is_narrowed": bool(chosen),
        "key": uuid.uuid4(),
        "next_url": next_url,
        "may_take_next": slug in TAKEN_IN_TURN,
        "is_mine": slug == MINE,
        "shows_stage": slug in (MINE, TEAM, LATE),
        "is_with_vendor": slug == "vendor",
        "wishes": _wishes(user),
    }
    return render(request, "workflows/queue.html", context, status=status)


def _wishes(user: User) -> list[FactCorrection]:
    """What owners say is wrong in their data, for those who answer it: three days run."""
    if not user.may("onboarding.correct_vendor"):
        return []
    waiting = FactCorrection.objects.visible_to(user).waiting().select_related("vendor")
    return list(waiting[:MOST_WISHES])


def _hand_on_page(
    request: SignedIn, form: HandOnForm, *, case: Case | None = None, mine: list[Case] | None = None
) -> HttpResponse:
    context = {"form": form, "case": case, "mine": mine}
    status = 200 if request.method == "GET" else 422
    return render(request, "workflows/hand_on.html", context, status=status)


def _kept(user: User) -> list[SavedQueue]:
    """One's own queues, and those that are shared and whose tab this person has."""
    kept, slugs = SavedQueue.objects.visible_to(user).select_related("owner"), slugs_of(user)
    return [one for one in kept if QueryDict(one.query).get("tab") in slugs]


def _tabs(user: User, chosen: str) -> list[Tab]:
    """The tabs with how many wait, in one question; before them what waits on other pages."""
    elsewhere, slugs = elsewhere_for(user), slugs_of(user)
    counts = capped_counts(
        [*(one.rows for one in elsewhere), *(cases_in(user, slug, {}) for slug in slugs)]
    )
    tabs = [(one.url, one.label, False) for one in elsewhere]
    tabs += [(_url(slug), LABELS[slug], slug == chosen) for slug in slugs]
    return [
        Tab(url, str(label), is_current, count)
        for (url, label, is_current), count in zip(tabs, counts, strict=True)
    ]


def _exported(row: Row) -> list[str | int]:
    case = row.case
    return [
        case.vendor.number,
        case.vendor.name,
        case.get_stage_display(),
        case.region.display_name,
        case.vendor.get_legal_form_display(),
        case.round_number,
        "" if row.used is None else row.used,
        row.late.text if row.late else "",
        case.owner.full_name if case.owner else "",
        date_format(timezone.localtime(case.due_at), "Y-m-d") if case.due_at else "",
    ]


def _case(request: SignedIn, pk: int) -> Case:
    cases = Case.objects.visible_to(request.user).select_related("vendor")
    return get_object_or_404(cases, pk=pk)


def _mine(request: SignedIn) -> Any:
    return cases_in(request.user, MINE, {})


def _slug(user: User, given: Mapping[str, str]) -> str:
    slugs = slugs_of(user)
    chosen = given.get("tab", slugs[0])
    return chosen if chosen in slugs else slugs[0]


def _query(slug: str, chosen: Mapping[str, Any]) -> str:
    return urlencode({"tab": slug, **chosen}, doseq=True)


def _url(slug: str) -> str:
    url = reverse("workflows:queue")
    return f"{url}?tab={slug}" if slug in LABELS else url


def _key(request: SignedIn) -> str:
    try:
        return str(uuid.UUID(request.POST.get("key", "")))
    except ValueError:
        return ""
