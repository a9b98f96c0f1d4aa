"""The road walked by chance: every act, by everybody, in any order, and what must hold after each.

`Road` is a Hypothesis state machine over one firm. It does not know when an act is refused; it
knows what an act that was not refused may have done: a move that stands in the table of the road,
by a role that may, by another pair of eyes, with one event of its own. What was refused left
nothing. `tests/journeys/test_road_by_chance.py` runs it small, `./mitra faults road` at length.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
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


@cache
def questions() -> list[tuple[str, int]]:
    """The questions of a picture, and how often each takes the key of the firm."""
    trail, told, letters = (one._meta.db_table for one in (AuditEvent, Message, Letter))
    counts = f"SELECT (SELECT coalesce(max(id), 0) FROM {trail}), "  # names of tables alone
    counts += f"(SELECT count(*) FROM {told}), (SELECT count(*) FROM {letters})"
    of_the_firm = (
        Vendor.objects.filter(pk=1).values_list(),
        Case.objects.filter(vendor=1).order_by("pk").values_list(),
        Round.objects.filter(case__vendor=1).order_by("pk").values_list(),
    )
    return [(counts, 0), *((one.query.sql_with_params()[0], 1) for one in of_the_firm)]


class Road(RuleBasedStateMachine):
    """One firm, from its first referral on."""

    def __init__(self) -> None:
        super().__init__()
        self.now: object = None
        self.held: object = None
        self.last = 0
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
        ((self.last, *_counts),) = self.picture()[0]

    @rule(place=st.integers(0, 1000), who=st.integers(0, 1))
    def do_what_fits(self, place: int, who: int) -> None:
        """An act that the table allows now, by a role that holds it: so that runs come far."""
        fitting = [act for act in ACTS if self.status in act.at] or ACTS
        act = fitting[place % len(fitting)]
        by = PEOPLE[act.roles[place % len(act.roles)]]
        self.attempt(act, by[who % len(by)])

    @rule(place=st.integers(0, 1000), who=st.integers(0, 1))
    def go_on(self, place: int, who: int) -> None:
        """An act that leads on: nobody would come to the end of the road by chance alone."""
        leading = [act for act in ACTS if self.status in act.at and act.leads_on] or ACTS
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
        self.now = before = self.picture()
        self.follow(self.events_until(before))  # laying the last paper may hand everything in
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
        self.now = after = self.picture()
        events = self.events_until(after)
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

    def events_until(self, picture: list[list[tuple[Any, ...]]]) -> list[AuditEvent]:
        """What the trail has gained since it was asked last."""
        ((newest, *_counts),) = picture[0]
        since, self.last = self.last, newest
        if newest == since:
            return []
        return list(AuditEvent.objects.filter(pk__gt=since, pk__lte=newest).order_by("pk"))

    def picture(self) -> list[list[tuple[Any, ...]]]:
        """What no refused act may change: the trail, the firm, its cases and rounds, what was sent.

        Asked for twice a step, so it is asked without building objects.
        """
        seen = []
        with connection.cursor() as cursor:
            for question, takes in questions():
                cursor.execute(question, [self.walk.first.pk] * takes)
                seen.append(cursor.fetchall())
        return seen

    @invariant()
    def all_holds(self) -> None:
        """Asked whenever something is other than when it last held."""
        if self.now is None or self.now == self.held:
            return
        self.the_status_is_what_the_trail_tells()
        self.the_case_stands_where_the_firm_stands()
        self.two_people_signed_every_round()
        self.held = self.now

    def the_status_is_what_the_trail_tells(self) -> None:
        """Nothing but a move on the trail changed it."""
        status = Vendor.objects.values_list("status", flat=True).get(pk=self.walk.first.pk)
        assert status == self.status

    def the_case_stands_where_the_firm_stands(self) -> None:
        """One case at most is open; its stage, its flow and the status agree."""
        cases = list(Case.objects.filter(vendor=self.walk.first.pk).exclude(stage=Stage.CLOSED))
        assert len(cases) <= 1
        stage = cases[0].stage if cases else None
        assert stage in STAGES_OF.get(Status(self.status), {None}), (self.status, stage)
        if cases:
            assert flows.stage_of(cases[0]) == stage

    def two_people_signed_every_round(self) -> None:
        """Who verified did not decide; after an appeal it is other people than before."""
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
        for case in Case.objects.filter(vendor=self.walk.first.pk).prefetch_related("rounds"):
            yield case, list(case.rounds.all())
