"""The road walked by chance: every act, by everybody, in any order, and what must hold after each.

`Road` is a Hypothesis state machine over one firm. It does not know when an act is refused; it
knows what an act that was not refused may have done: a move that stands in the table of the road,
by a role that may, by another pair of eyes, with one event of its own. What was refused left
nothing. `tests/journeys/test_road_by_chance.py` runs it small, `./mitra faults road` at length.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import onboarding.actions
from onboarding import roles
from onboarding.models import Status, User, Vendor
from tests import factories as make
from tests.journeys.road_acts import ACTS, Act, Walk
from workflows import flows, lifecycle
from workflows.models import AuditEvent, Case, Letter, Message, Round, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

EDGES = {(move.verb, move.source, move.target) for move in lifecycle.table()}
STAGES_OF = {
    Status.SUBMITTED: {Stage.VERIFY},
    Status.RETURNED: {Stage.CORRECT},
    Status.VERIFIED: {Stage.DECIDE},
    Status.APPROVED: {Stage.HAND_OVER},
    Status.REGISTERED: {Stage.CONFIRM_LISTING, None},
    Status.ACTIVE: {None},
    Status.REJECTED: {Stage.APPEAL, None},
    Status.SUSPENDED: {Stage.HAND_OVER, Stage.CONFIRM_LISTING, None},
}
#: What was done how often, over all runs of this process.
DONE: Counter[str] = Counter()
STEPS: Counter[str] = Counter()
#: People are made once and belong to no run; two of each, so that four eyes can be met or missed.
PEOPLE: dict[str, list[User]] = {}


def people() -> None:
    """Make everybody who walks; call it in the transaction in which all runs happen."""
    PEOPLE.clear()
    for role in roles.ROLES:
        PEOPLE[role] = [make.make_user(role) for _one in range(2)]
    PEOPLE[roles.SYSTEM] = [User.objects.system()]


class Road(RuleBasedStateMachine):
    """One firm, from its first referral on."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = transaction.atomic()
        self.kept.__enter__()

    def teardown(self) -> None:
        """Nothing of a run stays."""
        transaction.set_rollback(True)
        self.kept.__exit__(None, None, None)

    @initialize()
    def name_a_firm(self) -> None:
        """An office names it; its owner proves that it is theirs."""
        STEPS["runs"] += 1
        vendor = make.refer(by=PEOPLE[roles.AGENCY][0])
        owner = PEOPLE[roles.VENDOR][0]
        onboarding.actions.confirm_contact(vendor, owner, by=PEOPLE[roles.OFFICER][0])
        self.walk = Walk(vendor, owner=owner, trainer=PEOPLE[roles.TRAINER][0])
        self.status = vendor.status

    @rule(place=st.integers(0, 1000), who=st.integers(0, 1))
    def do_what_fits(self, place: int, who: int) -> None:
        """An act that the table allows now, by a role that holds it: so that runs come far."""
        fitting = [act for act in ACTS if self.status in act.at]
        if fitting:
            act = fitting[place % len(fitting)]
            by = PEOPLE[act.roles[place % len(act.roles)]]
            self.attempt(act, by[who % len(by)])

    @rule(place=st.integers(0, 1000), who=st.integers(0, 1))
    def go_on(self, place: int, who: int) -> None:
        """An act that leads on: nobody would come to the end of the road by chance alone."""
        leading = [act for act in ACTS if self.status in act.at and act.leads_on]
        if leading:
            act = leading[place % len(leading)]
            by = PEOPLE[act.roles[0]]
            self.attempt(act, by[who % len(by)])

    @rule(act=st.sampled_from(ACTS), role=st.sampled_from(sorted(roles.ROLES)),
          who=st.integers(0, 1))  # fmt: skip
    def do_anything(self, act: Act, role: str, who: int) -> None:
        """Any act by anybody."""
        self.attempt(act, PEOPLE[role][who])

    def attempt(self, act: Act, by: User) -> None:
        """Try an act, and compare what it did with what it may have done."""
        STEPS["steps"] += 1
        act.lay(self.walk)
        before, last = self.picture(), self.last_event()
        try:
            with transaction.atomic():
                act.do(self.walk, by)
        except Exception as refusal:
            if not hasattr(refusal, "sentence"):
                raise
            assert self.picture() == before, f"{act.name} was refused and changed something"
            return
        DONE[act.name] += 1
        assert by.role in act.roles, f"{act.name} by {by.role}"
        events = list(AuditEvent.objects.filter(pk__gt=last).order_by("pk"))
        own = [event for event in events if event.act in act.events]
        assert len(own) == 1, f"{act.name}: {[event.act for event in events]}"
        assert own[0].by_id == by.pk
        self.follow(events)

    def follow(self, events: list[AuditEvent]) -> None:
        """Every move that the trail tells of leads on from where the firm was, along the table."""
        for event in events:
            if event.to_status and event.vendor_id == self.walk.first.pk:
                assert event.from_status == self.status, f"{event.act} from {event.from_status}"
                assert (event.act, event.from_status, event.to_status) in EDGES
                self.status = event.to_status
                DONE[f"-> {event.to_status}"] += 1

    def last_event(self) -> int:
        """The newest event of the trail."""
        return AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def picture(self) -> tuple[Any, ...]:
        """What no refused act may change."""
        pk = self.walk.vendor.pk
        return (
            self.last_event(),
            Vendor.objects.filter(pk=pk).values_list().get(),
            list(Case.objects.filter(vendor=pk).order_by("pk").values_list()),
            list(Round.objects.filter(case__vendor=pk).order_by("pk").values_list()),
            Message.objects.count(),
            Letter.objects.count(),
        )

    @invariant()
    def the_status_is_what_the_trail_tells(self) -> None:
        """Nothing but a move on the trail changed it."""
        if hasattr(self, "walk"):
            status = Vendor.objects.values_list("status", flat=True).get(pk=self.walk.vendor.pk)
            assert status == self.status

    @invariant()
    def the_case_stands_where_the_firm_stands(self) -> None:
        """One case at most is open; its stage, its flow and the status agree."""
        if not hasattr(self, "walk"):
            return
        cases = list(Case.objects.filter(vendor=self.walk.vendor.pk).exclude(stage=Stage.CLOSED))
        assert len(cases) <= 1
        stage = cases[0].stage if cases else None
        assert stage in STAGES_OF.get(Status(self.status), {None}), (self.status, stage)
        if cases:
            assert flows.stage_of(cases[0]) == stage

    @invariant()
    def two_people_signed_every_round(self) -> None:
        """Who verified did not decide; after an appeal it is other people than before."""
        if not hasattr(self, "walk"):
            return
        for case, rounds in self.rounds():
            for one in rounds:
                assert one.decided_by_id is None or one.decided_by_id != one.verified_by_id
                assert not (one.decision and one.verified_by_id is None)
            if case.appealed_at:
                before = [one for one in rounds if one.opened_at < case.appealed_at]
                after = [one for one in rounds if one.opened_at >= case.appealed_at]
                for name in ("verified_by_id", "decided_by_id"):
                    first = {getattr(one, name) for one in before} - {None}
                    assert not first & {getattr(one, name) for one in after}

    def rounds(self) -> Iterator[tuple[Case, list[Round]]]:
        """Every case of the firm with its rounds."""
        for case in Case.objects.filter(vendor=self.walk.vendor.pk).prefetch_related("rounds"):
            yield case, list(case.rounds.all())
