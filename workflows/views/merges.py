"""One merge: what it changed, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from onboarding.identifiers import mask_nik, mask_npwp, mask_phone
from onboarding.models import LegalForm, Vendor
from workflows import actions
from workflows.errors import Refused
from workflows.forms.twins import PartForm
from workflows.ledger import Ledger
from workflows.models import Merge
from workflows.twins import FACTS

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

UNMERGE = "workflows.unmerge_firms"
COVERED = {"npwp": mask_npwp, "nik": mask_nik, "phone": mask_phone}
#: What the rows that changed hands are called.
ROWS = {
    "onboarding.referral": gettext_lazy("Nominations"),
    "onboarding.sheetrow": gettext_lazy("Rows of lists"),
    "onboarding.membership": gettext_lazy("Owners"),
    "onboarding.firmpair": gettext_lazy("Pairs to look at"),
    "onboarding.blacklistverdict": gettext_lazy("Words on sanctions"),
    "training.seat": gettext_lazy("Seats in sessions"),
    "documents.paper": gettext_lazy("Documents"),
    "workflows.case": gettext_lazy("Cases"),
    "workflows.listing": gettext_lazy("Listings"),
    "workflows.letter": gettext_lazy("Letters"),
    "workflows.message": gettext_lazy("Messages"),
    "workflows.accesslink": gettext_lazy("Links"),
    "workflows.assistance": gettext_lazy("Consents to help"),
    "workflows.consent": gettext_lazy("Consents"),
    "workflows.factcorrection": gettext_lazy("Corrections that the owner asked for"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("workflows.view_vendors", raise_exception=True)
@reauthentication_required(allow_get=True)
def merge(request: SignedIn, pk: int) -> HttpResponse:
    """Show a merge; who may undoes it here, with a reason."""
    merges = Merge.objects.visible_to(request.user)
    one = get_object_or_404(
        merges.select_related("kept", "merged", "merged_by", "undone_by"), pk=pk
    )
    form = PartForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, one, form)
    if not request.user.may(UNMERGE):
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, one, form, status=422)
    try:
        actions.unmerge_firms(one, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, one, form, status=409)
    messages.success(request, _("Undone. Both businesses stand by themselves again."))
    return redirect("workflows:merge", pk=pk)


def _page(request: SignedIn, one: Merge, form: PartForm, *, status: int = 200) -> HttpResponse:
    context = {
        "merge": one,
        "changes": _changes(one.values),
        "moved": _counts(one.moved),
        "left": _changes(one.left),
        "form": form,
        "may_undo": one.undone_at is None and request.user.may(UNMERGE),
    }
    return render(request, "workflows/merge.html", context, status=status)


def _changes(entries: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """The facts of the firm kept that were changed: label, before, after."""
    mine = Vendor._meta.label_lower
    changed = {
        column: pair
        for entry in entries
        if entry["model"] == mine
        for column, pair in entry["set"].items()
    }
    shown = []
    for fact in FACTS:
        column = fact.columns[0]
        if column in changed:
            before, after = (_shown(column, value) for value in changed[column])
            shown.append((str(fact.label), before, after))
    return shown


def _shown(column: str, value: Any) -> str:
    if value in ("", None):
        return "–"
    if column in COVERED:
        return COVERED[column](value)
    if column == "legal_form":
        return str(LegalForm(value).label)
    if column == "region_id":
        return str(apps.get_model("onboarding.Region").objects.filter(pk=value).first() or value)
    return str(value)


def _counts(entries: list[dict[str, Any]]) -> list[tuple[str, str]]:
    counts = Ledger(entries).counts
    return [(str(label), str(counts[model])) for model, label in ROWS.items() if model in counts]
