"""What waits at the desk, for whom, in which order: the tabs of the queue and their rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import BigIntegerField, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models import Status, Vendor
from workflows import clock
from workflows.actions.pairing import one_by_one
from workflows.calendar import working_days_between
from workflows.deadlines import SETTING_OF_STAGE
from workflows.forms.queueing import AGE
from workflows.lateness import lateness_of
from workflows.models import Case, Holiday, Setting, Stage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import QuerySet

    from onboarding.models import User
    from workflows.lateness import Lateness

MINE, TEAM, LATE, HELD = "mine", "team", "late", "held"
STAGES: Final = {
    "verify": Stage.VERIFY,
    "decide": Stage.DECIDE,
    "hand-over": Stage.HAND_OVER,
    "listing": Stage.CONFIRM_LISTING,
    "vendor": Stage.CORRECT,
}
LABELS: Final = {
    **{slug: stage.label for slug, stage in STAGES.items()},
    LATE: _("Late"),
    HELD: _("On hold"),
    MINE: _("In my hands"),
    TEAM: _("In colleagues’ hands"),
}
TABS_OF_ACT: Final = {
    "workflows.verify_case": ("verify", "hand-over", "listing", "vendor"),
    "workflows.decide_case": ("decide",),
}
TAKEN_IN_TURN: Final = ("verify", "decide", "hand-over")


@dataclass(frozen=True)
class Row:
    """One case in the list; ``used`` of ``allowed`` working days are gone at this stage."""

    case: Case
    late: Lateness | None
    is_mine: bool
    used: int | None
    allowed: int | None
    held_until: datetime | None


@dataclass(frozen=True)
class Elsewhere:
    """Work that waits on a page of its own: firms to screen, pairs that may be one."""

    url: str
    label: Any
    rows: QuerySet[Any]


def elsewhere_for(user: User) -> list[Elsewhere]:
    """What this person works off on other pages, in the order of the road."""
    found = []
    if user.may("workflows.override_screening"):
        url = f"{reverse('workflows:vendors')}?status={Status.REFERRED}"
        named = Vendor.objects.visible_to(user).filter(status=Status.REFERRED)
        found.append(Elsewhere(url, _("To screen"), named))
    if user.may("workflows.merge_firms"):
        found.append(Elsewhere(reverse("workflows:twins"), _("Duplicates"), one_by_one()))
    return found


def slugs_of(user: User) -> list[str]:
    """The tabs of this person's role, in the order of the road."""
    slugs = [slug for act, those in TABS_OF_ACT.items() if user.may(act) for slug in those]
    return [*slugs, LATE, HELD, MINE, TEAM]


def cases_in(user: User, slug: str, chosen: Mapping[str, Any]) -> QuerySet[Case]:
    """The open cases of a tab, narrowed and ordered as was chosen."""
    cases = _of_tab(user, slug)
    if "region" in chosen:
        cases = cases.filter(region=chosen["region"])
    if "form" in chosen:
        cases = cases.filter(vendor__legal_form=chosen["form"])
    if "again" in chosen:
        is_again = Q(round_number__gt=1)
        cases = cases.filter(is_again if chosen["again"] == "again" else ~is_again)
    return cases.select_related("vendor", "region", "owner").order_by(_order(chosen), "pk")


def _of_tab(user: User, slug: str) -> QuerySet[Case]:
    """What a tab holds; a case on hold stands in its own tab, and in the hands of its holder."""
    if slug == HELD:  # only an open case is on hold; asking for that too costs the index
        return Case.objects.visible_to(user).filter(held_since__isnull=False)
    cases = Case.objects.visible_to(user).is_open()
    if slug not in (MINE, TEAM):
        cases = cases.filter(held_since=None)
    if slug in STAGES:
        return cases.filter(stage=STAGES[slug])
    if slug == MINE:
        return cases.filter(owner=user)
    if slug == TEAM:
        return cases.filter(owner__isnull=False).exclude(owner=user)
    if slug == LATE:
        own = [STAGES[one] for one in slugs_of(user) if one in STAGES and one != "vendor"]
        return cases.filter(due_at__lt=clock.in_question(), stage__in=own)
    return cases


def behind(cases: QuerySet[Case], key: str, chosen: Mapping[str, Any]) -> QuerySet[Case]:
    """Keep the cases behind ``<moment in seconds>_<pk>``; a broken key shows the first page."""
    order = _order(chosen)
    said, _mark, pk = key.partition("_")
    try:
        moment = datetime.fromtimestamp(float(said), tz=UTC)
        if int(pk) > BigIntegerField.MAX_BIGINT:
            return cases
        return cases.filter(Q(**{f"{order}__gt": moment}) | Q(**{order: moment}, pk__gt=int(pk)))
    except (ValueError, OverflowError, OSError):
        return cases


def key_of(case: Case, chosen: Mapping[str, Any]) -> str:
    """The key behind which the next page begins."""
    moment = getattr(case, _order(chosen))
    return f"{moment.timestamp():.6f}_{case.pk}" if moment else f"_{case.pk}"


def lay_out(cases: Iterable[Case], user: User) -> list[Row]:
    """Lay the cases out with their age against the service time, in two questions for all."""
    now = timezone.now()
    holidays = frozenset(Holiday.objects.values_list("day", flat=True))
    numbers = Setting.values_of("claim_minutes", *SETTING_OF_STAGE.values())
    allowed = {stage.value: numbers[key] for stage, key in SETTING_OF_STAGE.items()}
    claim = timedelta(minutes=numbers["claim_minutes"])
    return [
        Row(
            case=case,
            late=lateness_of(case.due_at, now),
            is_mine=case.owner_id == user.pk,
            used=_used(case, allowed.get(case.stage), timezone.localdate(now), holidays),
            allowed=allowed.get(case.stage),
            held_until=case.claimed_at and case.claimed_at + claim,
        )
        for case in cases
    ]


def _order(chosen: Mapping[str, Any]) -> str:
    return "opened_at" if chosen.get("sort") == AGE else "due_at"


def _used(case: Case, allowed: int | None, today: date, holidays: Collection[date]) -> int | None:
    """Working days gone at this stage, counted back from its date."""
    if allowed is None or case.due_at is None:
        return None
    return max(allowed - working_days_between(today, timezone.localdate(case.due_at), holidays), 0)
