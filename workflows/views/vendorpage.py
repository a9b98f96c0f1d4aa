"""The page of one firm: what is known, what happened, and the acts that apply now.

Five parts under tabs keep every part within a handful of queries, however long the history is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from documents.models import Paper, PaperFile
from onboarding.identifiers import mask_nik, mask_npwp, mask_phone
from onboarding.models import Vendor
from onboarding.sentences import reasons_in_words, say
from workflows.actions.asking import MAY_ASK_SUPPORT
from workflows.actions.papers import may_hand_in
from workflows.casefile import LOOK_OF_PAPER, events_of
from workflows.changebook import changes_of_firm
from workflows.diary import told
from workflows.forms.desk import ReasonForm
from workflows.forms.rules import AskRegisterForm
from workflows.forms.vendors import DelistForm, RelistForm
from workflows.lateness import lateness_of_case
from workflows.looks import note_look
from workflows.models import AccessLink, Case, FactCorrection, Letter, Listing, Look, Message
from workflows.moves import moves_for
from workflows.numbers import REVEAL, has_revealed
from workflows.paging import newest_first
from workflows.reach import reach_of
from workflows.registerbook import register_lines
from workflows.rounds import road_of_vendor

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpResponse

    from onboarding.models import User
    from onboarding.signed_in import SignedIn

SHOWN = 25
#: Forms that stand on the part about papers and cases.
ON_WORK = {"register", "change", "drop", "validity"}
LOOK_OF_LISTING = {
    Listing.State.REGISTERED: ("info", "clock"),
    Listing.State.ON_SALE: ("ok", "check"),
    Listing.State.OFF_SALE: ("bad", "x"),
}


def visible_vendor(request: SignedIn, pk: int) -> Vendor:
    """Return a firm in this person's sight, or 404."""
    firms = Vendor.objects.visible_to(request.user)
    return get_object_or_404(firms.select_related("region", "district", "suspended_by"), pk=pk)


def owner_part(pk: int) -> str:
    """The address of the part about the owner and how they are reached."""
    return f"{reverse('workflows:vendor', args=[pk])}?part=owner"


def vendor_page(
    request: SignedIn, vendor: Vendor, *, status: int = 200, bound: dict[str, Form] | None = None
) -> HttpResponse:
    """Render one part of a firm's page; ``bound`` are forms by key that have to be corrected."""
    chosen = request.GET.get("part", "facts")
    chosen = chosen if chosen in PARTS and not bound else "facts"
    chosen = "work" if bound and ON_WORK & set(bound) else chosen
    url = reverse("workflows:vendor", args=[vendor.pk])
    context = {
        "vendor": vendor,
        "tabs": [
            {
                "url": url if part == "facts" else f"{url}?part={part}",
                "label": label(),
                "is_current": part == chosen,
            }
            for part, (label, _fill) in PARTS.items()
        ],
        "part": chosen,
        "failed": next(iter((bound or {}).values()), None),
        **PARTS[chosen][1](request, vendor, bound or {}),
    }
    note_look(request.user, vendor.pk, Look.What.VENDOR)
    return render(request, "workflows/vendor.html", context, status=status)


def _facts(request: SignedIn, vendor: Vendor, bound: dict[str, Form]) -> dict[str, Any]:
    user = request.user
    screening = vendor.screenings.first()
    case = Case.objects.is_open().filter(vendor=vendor).select_related("owner").first()
    holds = case is not None and case.owner_id == user.pk
    in_full = user.may(REVEAL) and (holds or has_revealed(user, vendor))
    may_reveal = user.may(REVEAL) and not in_full
    return {
        "pairs": facts_of(vendor, full=in_full),
        "reveal_form": (bound.get("reveal") or ReasonForm(prefix="reveal") if may_reveal else None),
        "screening": screening,
        "scale": say(screening.scale) if screening and screening.scale else "",
        "reasons": reasons_in_words(screening, vendor.region),
        "notes": [say(code) for code in [*screening.waits, *screening.notes]] if screening else [],
        "referrals": vendor.referrals.with_doubts().select_related("agency", "created_by")[:SHOWN],
        "may_ask_support": user.may("workflows.ask_support") and vendor.status in MAY_ASK_SUPPORT,
        "merges": vendor.merges.standing().select_related("merged", "merged_by"),
        "case": case,
        "late": lateness_of_case(case, timezone.now()) if case else None,
        "listings": [
            _listing(user, one, bound) for one in vendor.listings.select_related("platform")
        ],
        "moves": [
            (move, bound.get(move.slug) or ReasonForm(prefix=move.slug))
            for move in moves_for(user, vendor)
        ],
        "may_assist": user.may("workflows.assist_owner") and may_hand_in(vendor),
        "may_correct": user.may("onboarding.correct_vendor"),
    }


def _owner(request: SignedIn, vendor: Vendor, _bound: dict[str, Form]) -> dict[str, Any]:
    user = request.user
    return {
        "memberships": vendor.memberships.select_related("user", "proved_by")[:SHOWN],
        "may_link": user.may("workflows.make_access_link"),
        "may_confirm": user.may("workflows.confirm_contact"),
        "proposed_facts": proposed_facts(user, vendor),
        "reach": reach_of(vendor, user),
        "purposes": AccessLink.Purpose,
    }


def proposed_facts(user: User, vendor: Vendor) -> list[FactCorrection]:
    """What the owner says is wrong and nobody answered yet; for those who may."""
    if not user.may("onboarding.correct_vendor"):
        return []
    waiting = FactCorrection.objects.waiting().filter(vendor=vendor)
    return list(waiting.select_related("proposed_by", "vendor"))


def _work(request: SignedIn, vendor: Vendor, bound: dict[str, Form]) -> dict[str, Any]:
    flagged = PaperFile.objects.filter(paper=OuterRef("pk")).exclude(flags=[])
    seen = Paper.objects.visible_to(request.user).filter(vendor=vendor)
    seen = seen.annotate(is_flagged=Exists(flagged))
    papers = list(seen.select_related("document_type")[:100])
    cases = list(vendor.cases.select_related("owner").order_by("-pk")[:SHOWN])
    now = timezone.now()
    return {
        **changes_of_firm(request.user, vendor, cases=cases, papers=papers, bound=bound),
        "papers": [(paper, *LOOK_OF_PAPER[Paper.State(paper.state)]) for paper in papers],
        "cases": [
            (case, lateness_of_case(case, now) if case.owner_id or case.due_at else None)
            for case in cases
        ],
        "registers": register_lines(request.user, vendor),
        "register_form": (
            bound.get("register") or AskRegisterForm(prefix="register")
            if request.user.may("onboarding.ask_registers")
            else None
        ),
        "seats": vendor.seats.select_related("session", "session__region").order_by("-pk")[:SHOWN],
    }


def _sent(request: SignedIn, vendor: Vendor, _bound: dict[str, Form]) -> dict[str, Any]:
    user = request.user
    told_by = Message.objects.visible_to(user).filter(vendor=vendor)
    return {
        "letters": Letter.objects.visible_to(user).filter(vendor=vendor)[:SHOWN],
        "messages_sent": told_by[:SHOWN] if user.may("workflows.view_messages") else [],
    }


def _history(request: SignedIn, vendor: Vendor, _bound: dict[str, Form]) -> dict[str, Any]:
    before = request.GET.get("before", "")
    page = newest_first(
        events_of(request.user, vendor.pk), before, keep={"part": "history"}, size=SHOWN
    )
    looks = Look.objects.visible_to(request.user).filter(vendor=vendor).select_related("by")
    return {
        **road_of_vendor(vendor),
        "events": told(page.rows, vendor.pk),
        "next_url": page.next_url,
        "looks": looks[:SHOWN] if request.user.may("workflows.read_trail") else [],
    }


PARTS: dict[str, tuple[Callable[[], str], Callable[..., dict[str, Any]]]] = {
    "facts": (lambda: _("Facts and acts"), _facts),
    "owner": (lambda: _("Owner and contact"), _owner),
    "work": (lambda: _("Papers and cases"), _work),
    "sent": (lambda: _("Letters and messages"), _sent),
    "history": (lambda: _("History"), _history),
}


def facts_of(vendor: Vendor, *, full: bool) -> list[tuple[str, str]]:
    """What is known of a firm; numbers of persons are covered but for whoever needs them."""

    def covered(mask: Callable[[str], str], number: str) -> str:
        return number if full or not number else mask(number)

    return [
        (_("Legal form"), vendor.get_legal_form_display()),
        ("NIB", vendor.nib),
        ("NPWP", covered(mask_npwp, vendor.npwp)),
        (_("Owner or director"), vendor.owner_name),
        ("NIK", covered(mask_nik, vendor.nik)),
        (_("Phone"), covered(mask_phone, vendor.phone)),
        (_("E-mail"), vendor.email),
        (_("Regency or city"), vendor.region.display_name),
        (_("Address"), vendor.address),
        ("KBLI", f"{vendor.kbli} ({vendor.kbli_version})" if vendor.kbli_version else vendor.kbli),
        (_("Goods or services"), vendor.category),
        (_("Business capital"), _rupiah(vendor.capital)),
        (_("Sales in a year"), _rupiah(vendor.yearly_sales)),
        (_("Founded on"), str(formats.date_format(vendor.founded_on)) if vendor.founded_on else ""),
        (_("Sessions missed"), str(vendor.no_shows)),
    ]


def _rupiah(amount: Any) -> str:
    if amount is None:
        return ""
    return f"Rp{formats.number_format(amount, decimal_pos=0, use_l10n=True, force_grouping=True)}"


def _listing(user: User, listing: Listing, bound: dict[str, Form]) -> dict[str, Any]:
    kind, icon = LOOK_OF_LISTING[Listing.State(listing.state)]
    key = f"listing-{listing.pk}"
    form: Form | None = bound.get(key)
    if form is None and listing.state == Listing.State.ON_SALE:
        form = DelistForm(prefix=key) if user.may("workflows.delist_vendor") else None
    elif form is None and listing.state == Listing.State.OFF_SALE:
        form = RelistForm(prefix=key) if user.may("workflows.confirm_listing") else None
    return {"listing": listing, "kind": kind, "icon": icon, "form": form}
