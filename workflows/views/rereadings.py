"""What a newer reader sees differently on papers that were read before, and the order to look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

import documents.actions
from documents.models import Rereading
from documents.reading import READER_VERSION
from documents.reading.typed import field_of
from documents.sentences import refusal_sentence
from workflows import kinds
from workflows.evidence import LABELS, day_words, outcome_of
from workflows.forms.rereading import RereadForm
from workflows.paging import capped_count, newest_first
from workflows.questions import CHECK_WORDS

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

REREAD = "workflows.reread_papers"
CHECK = "check."


@dataclass(frozen=True)
class Change:
    """One value that two readings of a paper say differently."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Row:
    """One paper that was read again."""

    rereading: Rereading
    changes: tuple[Change, ...]
    refusal: str


@permission_required("workflows.view_rereadings", raise_exception=True)
@require_http_methods(["GET", "POST"])
def rereadings(request: SignedIn) -> HttpResponse:
    """List what changed; who may order a rereading first sees how many papers it would be."""
    may_order = request.user.may(REREAD)
    if request.method == "POST":
        if not may_order:
            raise PermissionDenied
        return _order(request)
    form = RereadForm(request.GET if "since" in request.GET else None)
    return _page(request, form)


def _order(request: SignedIn) -> HttpResponse:
    form = RereadForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    asked = documents.actions.order_rereading(**form.cleaned_data, by=request.user)
    said = ngettext(
        "%(count)d paper will be read again, when nobody waits for another.",
        "%(count)d papers will be read again, when nobody waits for others.",
        len(asked),
    )
    messages.success(request, said % {"count": len(asked)})
    return redirect("workflows:rereadings")


def _page(request: SignedIn, form: RereadForm, *, status: int = 200) -> HttpResponse:
    everything = Rereading.objects.all()
    seen = everything.visible_to(request.user).filter(finished_at__isnull=False)
    page = newest_first(
        seen.select_related("paper__vendor", "paper__document_type"),
        request.GET.get("before", ""),
    )
    may_order = request.user.may(REREAD)
    wanted = form.cleaned_data if may_order and form.is_bound and form.is_valid() else None
    context = {
        "form": form if may_order else None,
        "would_be": documents.actions.papers_to_reread(**wanted).count() if wanted else None,
        "waiting": capped_count(everything.filter(finished_at__isnull=True)),
        "done": capped_count(everything.filter(finished_at__isnull=False)),
        "reader": READER_VERSION,
        "rows": [_row(one) for one in page.rows],
        "next_url": page.next_url,
        "sees_papers": request.user.may("documents.view_papers"),
    }
    return render(request, "workflows/rereadings.html", context, status=status)


def _row(rereading: Rereading) -> Row:
    changes = tuple(_change(**change) for change in rereading.changes)
    refusal = refusal_sentence(rereading.refusal) if rereading.refusal else ""
    return Row(rereading, changes, refusal)


def _change(field: str, old: str, new: str) -> Change:
    if field.startswith(CHECK):
        name = field.removeprefix(CHECK)
        return Change(str(CHECK_WORDS.get(name, name)), _verdict(old), _verdict(new))
    if field == "kind":
        return Change(_("Kind of paper"), _kind(old), _kind(new))
    name = field_of(field)
    return Change(str(LABELS.get(name, name)), day_words(old), day_words(new))


def _verdict(verdict: str) -> str:
    return outcome_of(verdict).word if verdict else ""


def _kind(kind: str) -> str:
    return str(kinds.TITLES.get(kind, kind)) if kind else ""
