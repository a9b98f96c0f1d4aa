"""Two firms beside each other, fact by fact: what each says, how alike it is, whose word is
proposed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from documents.models import Paper
from onboarding.models import Referral, Vendor
from training.models import Seat
from workflows.models import Case
from workflows.twins import FACTS, PLACE, in_order, proposals, stays

if TYPE_CHECKING:
    from onboarding.models import FirmPair
    from workflows.twins import Fact

#: What the search for duplicates calls a fact, where it is not what we call it.
FACT_OF_REASON = {"owner": "owner_name", "person": "nik", "company_npwp": "npwp"}
OUTCOMES: dict[str, tuple[str, str, Any]] = {
    "agrees": ("ok", "check", _("agrees")),
    "similar": ("info", "", _("similar")),
    "differs": ("bad", "x", _("differs")),
    "missing": ("off", "", _("missing")),
}


@dataclass(frozen=True)
class Word:
    """What one firm says of a fact."""

    firm: Vendor
    text: str
    is_proposed: bool


@dataclass(frozen=True)
class Row:
    """One fact of both; ``is_open`` when somebody has to choose."""

    fact: Fact
    words: tuple[Word, Word]
    kind: str
    icon: str
    outcome: Any
    likeness: int | None
    is_open: bool
    is_fixed: bool


@dataclass(frozen=True)
class Side:
    """One of the two, with what it has so far."""

    firm: Vendor
    nominations: list[Referral]
    has: list[tuple[Any, Any]]


@dataclass(frozen=True)
class Couple:
    """A pair laid out; the firm that would be kept comes first."""

    kept: Side
    merged: Side
    rows: list[Row]
    may_swap: bool

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both, the kept one first."""
        return (self.kept, self.merged)


def lay_out(pair: FirmPair) -> Couple:
    """Lay a pair out in four queries, however much the two have."""
    firms = {firm.pk: firm for firm in _counted(pair)}
    kept, merged = in_order(firms[pair.first_id], firms[pair.second_id])
    nominations = list(
        Referral.objects.filter(vendor__in=firms).select_related("agency").order_by("pk")[:100]
    )
    likeness = {FACT_OF_REASON.get(r["field"], r["field"]): r for r in pair.reasons}
    proposed = proposals(kept, merged)
    return Couple(
        kept=_side(kept, nominations),
        merged=_side(merged, nominations),
        rows=[_row(f, (kept, merged), likeness.get(f.key), proposed) for f in FACTS],
        may_swap=PLACE[kept.status] == PLACE[merged.status],
    )


def word_of(firm: Vendor, fact: Fact) -> str:
    """What a firm says of a fact, as people read it; "" when it says nothing."""
    told = {
        "legal_form": firm.get_legal_form_display,
        "region": lambda: " · ".join(
            str(place) for place in (firm.region, firm.district) if place is not None
        ),
        "kbli": lambda: f"{firm.kbli} ({firm.kbli_version})" if firm.kbli_version else firm.kbli,
    }
    if fact.key in told:
        return str(told[fact.key]())
    value = getattr(firm, fact.columns[0])
    if isinstance(value, Decimal):
        return f"Rp{formats.number_format(value, decimal_pos=0, force_grouping=True)}"
    if value is None or isinstance(value, str):
        return value or ""
    return str(formats.date_format(value))


def _counted(pair: FirmPair) -> Any:
    def many(model: Any) -> Any:
        rows = model.objects.filter(vendor=OuterRef("pk")).order_by().values("vendor")
        return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)

    present = Seat.objects.filter(vendor=OuterRef("pk"), arrived_at__isnull=False).order_by()
    cases = Case.objects.is_open().filter(vendor=OuterRef("pk"))
    return (
        Vendor.objects.filter(pk__in=(pair.first_id, pair.second_id))
        .select_related("region", "district", "merged_into")
        .annotate(
            n_seats=many(Seat),
            n_papers=many(Paper),
            n_present=Coalesce(
                Subquery(present.values("vendor").annotate(n=Count("pk")).values("n")), 0
            ),
            open_case=Subquery(cases.values("pk")[:1]),
        )
    )


def _side(firm: Any, nominations: list[Referral]) -> Side:
    return Side(
        firm=firm,
        nominations=[one for one in nominations if one.vendor_id == firm.pk],
        has=[
            (_("Seats in sessions"), str(firm.n_seats)),
            (_("Sessions attended"), str(firm.n_present)),
            (_("Documents"), str(firm.n_papers)),
            (_("Open case"), _("Yes") if firm.open_case else _("No")),
        ],
    )


def _row(
    fact: Fact,
    firms: tuple[Vendor, Vendor],
    reason: dict[str, Any] | None,
    proposed: dict[str, int],
) -> Row:
    texts = [word_of(firm, fact) for firm in firms]
    verdict = reason["verdict"] if reason else _compared(*texts)
    if fact.key not in proposed and all(texts):
        verdict = "agrees"
    kind, icon, outcome = OUTCOMES.get(verdict, OUTCOMES["missing"])
    likeness = reason.get("likeness") if reason else None
    mine, theirs = (
        Word(firm, text, proposed.get(fact.key) == firm.pk)
        for firm, text in zip(firms, texts, strict=True)
    )
    return Row(
        fact=fact,
        words=(mine, theirs),
        kind=kind,
        icon=icon,
        outcome=outcome,
        likeness=round(likeness * 100) if likeness is not None and verdict == "similar" else None,
        is_open=fact.key in proposed,
        is_fixed=stays(firms[0], fact),
    )


def _compared(mine: str, theirs: str) -> str:
    if not mine or not theirs:
        return "missing"
    return "agrees" if mine == theirs else "differs"
