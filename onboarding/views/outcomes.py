"""What became of the firms that an office named, in plain words, as a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET

from onboarding.models import ENDED, Referral, Screening, Status
from onboarding.sentences import reasons_in_words
from onboarding.views.files import XLSX, table_file
from onboarding.views.paging import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from onboarding.signed_in import SignedIn
    from onboarding.tables import Cell

MOST = 20_000  # about eight seconds of writing
CHUNK = 500

#: What each status means for the office that named the firm; finishes "the business …".
PLAIN: Final[dict[str, Any]] = {
    Status.REFERRED: gettext_lazy("Named; the rules are being checked."),
    Status.INELIGIBLE: gettext_lazy("Lacks something; once it has it, it goes on."),
    Status.ELIGIBLE: gettext_lazy("Fulfils the rules and waits for an invitation to guidance."),
    Status.INVITED: gettext_lazy("Invited to technical guidance."),
    Status.GUIDED: gettext_lazy("Was guided and is collecting its papers."),
    Status.SUBMITTED: gettext_lazy("Handed in its papers; the Bureau checks them."),
    Status.RETURNED: gettext_lazy("The owner is correcting papers."),
    Status.VERIFIED: gettext_lazy("Papers checked; waits for the decision."),
    Status.APPROVED: gettext_lazy("Approved; its account is being made."),
    Status.REGISTERED: gettext_lazy("Has its account; its first product is awaited."),
    Status.ACTIVE: gettext_lazy("On sale: you can buy from it."),
    Status.REJECTED: gettext_lazy("Refused; the owner knows the reason and how to object."),
    Status.SUSPENDED: gettext_lazy("Stopped for now by the Bureau."),
    Status.WITHDRAWN: gettext_lazy("The owner has withdrawn."),
    Status.LAPSED: gettext_lazy("The time ran out; it may be named again."),
}
LACKING = (Status.REFERRED, Status.INELIGIBLE)
FAR = (Status.APPROVED, Status.REGISTERED)


def counts_of(rows: QuerySet[Referral]) -> list[dict[str, Any]]:
    """Count the firms of an office by how far they came, as tiles, in one query."""
    found = rows.order_by().aggregate(
        named=Count("vendor", distinct=True),
        lacking=Count("vendor", distinct=True, filter=Q(vendor__status=Status.INELIGIBLE)),
        going=Count(
            "vendor",
            distinct=True,
            filter=~Q(vendor__status__in=(*ENDED, *LACKING, *FAR, Status.ACTIVE, Status.SUSPENDED)),
        ),
        approved=Count("vendor", distinct=True, filter=Q(vendor__status__in=FAR)),
        on_sale=Count("vendor", distinct=True, filter=Q(vendor__status=Status.ACTIVE)),
    )
    labels = {
        "named": _("businesses named"),
        "lacking": _("lack something"),
        "going": _("on the road"),
        "approved": _("approved, not yet on sale"),
        "on_sale": _("on sale"),
    }
    return [{"number": found[key], "label": label} for key, label in labels.items()]


def missing_of(rows: QuerySet[Referral]) -> dict[int, list[dict[str, Any]]]:
    """Return what each named firm still lacks by its newest screening, with the steps to get it."""
    newest: dict[int, Screening] = {}
    lacking = rows.filter(vendor__status=Status.INELIGIBLE).order_by().values("vendor")
    judged = Screening.objects.filter(vendor__in=lacking).select_related("vendor__region")
    for screening in judged.order_by("judged_at", "pk"):
        newest[screening.vendor_id] = screening
    return {pk: reasons_in_words(one, one.vendor.region) for pk, one in newest.items()}


@permission_required("onboarding.view_referrals", raise_exception=True)
@require_GET
def export_referrals(request: SignedIn) -> HttpResponse:
    """Give an office its own nominations and what became of them; no number of any person."""
    rows = Referral.objects.visible_to(request.user).standing()
    agency = key_of(request, "agency") if request.user.sees_every_vendor() else None
    if agency:
        rows = rows.filter(agency=agency)
    titles = (
        _("Business"), _("Number"), _("Legal form"), _("Region"), _("Office"), _("Status"),
        _("What it means"), _("Since"), _("What is missing"), _("What to do"), _("On sale since"),
        _("Referred"), _("List"), _("Row"),
    )  # fmt: skip
    return table_file(
        XLSX,
        name="hasil-usulan",
        sheet=_("Referrals"),
        titles=titles,
        rows=_rows(rows),
        wide=(0, 6, 8, 9),
        by=request.user,
    )


def _rows(rows: QuerySet[Referral]) -> Iterator[list[Cell]]:
    newest = rows.select_related("agency", "sheet", "vendor__region").order_by("-pk")[:MOST]
    missing = missing_of(rows)
    for referral in newest.iterator(chunk_size=CHUNK):
        yield _row(referral, missing.get(referral.vendor_id, []))


def _row(referral: Referral, missing: list[dict[str, Any]]) -> list[Cell]:
    firm = referral.vendor
    steps = [step["what"] for reason in missing for step in reason["steps"]]
    since = date_format(firm.status_at, "DATE_FORMAT")
    return [
        firm.name,
        firm.number,
        str(firm.get_legal_form_display()),
        firm.region.display_name,
        referral.agency.name if referral.agency else "",
        str(firm.get_status_display()),
        str(PLAIN[firm.status]),
        since,
        "; ".join(str(reason["title"]) for reason in missing),
        "; ".join(map(str, steps)),
        since if firm.status == Status.ACTIVE else "",
        date_format(referral.created_at, "DATE_FORMAT"),
        referral.sheet.original_name if referral.sheet else "",
        referral.row,
    ]
