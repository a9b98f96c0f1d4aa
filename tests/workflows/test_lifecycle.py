"""The table of the road, written by hand: every verb from every status, and its trail."""

import pytest
from django.db.models import F

from onboarding.models import Status, User, Vendor
from tests import factories as make
from workflows import lifecycle
from workflows.errors import MoveNotAllowed
from workflows.models import AuditEvent

pytestmark = pytest.mark.django_db

ROAD = {
    "find_eligible": {"REFERRED": "ELIGIBLE", "INELIGIBLE": "ELIGIBLE"},
    "find_ineligible": {"REFERRED": "INELIGIBLE", "ELIGIBLE": "INELIGIBLE"},
    "invite": {"ELIGIBLE": "INVITED"},
    "release": {"INVITED": "ELIGIBLE"},
    "miss": {"INVITED": "ELIGIBLE"},
    "guide": {"INVITED": "GUIDED", "ELIGIBLE": "GUIDED"},
    "unguide": {"GUIDED": "ELIGIBLE"},
    "submit": {"GUIDED": "SUBMITTED"},
    "return_for_correction": {"SUBMITTED": "RETURNED"},
    "resubmit": {"RETURNED": "SUBMITTED"},
    "verify": {"SUBMITTED": "VERIFIED"},
    "send_back": {"VERIFIED": "SUBMITTED"},
    "approve": {"VERIFIED": "APPROVED"},
    "reject": {"VERIFIED": "REJECTED"},
    "appeal": {"REJECTED": "SUBMITTED"},
    "register": {"APPROVED": "REGISTERED"},
    "go_live": {"REGISTERED": "ACTIVE"},
    "delist": {"ACTIVE": "REGISTERED"},
    "suspend": {"APPROVED": "SUSPENDED", "REGISTERED": "SUSPENDED", "ACTIVE": "SUSPENDED"},
    "withdraw": {
        "REFERRED": "WITHDRAWN",
        "INELIGIBLE": "WITHDRAWN",
        "ELIGIBLE": "WITHDRAWN",
        "INVITED": "WITHDRAWN",
        "GUIDED": "WITHDRAWN",
        "SUBMITTED": "WITHDRAWN",
        "RETURNED": "WITHDRAWN",
        "VERIFIED": "WITHDRAWN",
        "APPROVED": "WITHDRAWN",
        "REGISTERED": "WITHDRAWN",
        "ACTIVE": "WITHDRAWN",
        "SUSPENDED": "WITHDRAWN",
    },
    "lapse": {
        "REFERRED": "LAPSED",
        "INELIGIBLE": "LAPSED",
        "ELIGIBLE": "LAPSED",
        "INVITED": "LAPSED",
        "GUIDED": "LAPSED",
        "RETURNED": "LAPSED",
    },
    "refer": {"REJECTED": "REFERRED", "WITHDRAWN": "REFERRED", "LAPSED": "REFERRED"},
}
REINSTATED = ("APPROVED", "REGISTERED", "ACTIVE")
EVERY_STATUS = (
    "REFERRED",
    "INELIGIBLE",
    "ELIGIBLE",
    "INVITED",
    "GUIDED",
    "SUBMITTED",
    "RETURNED",
    "VERIFIED",
    "APPROVED",
    "REGISTERED",
    "ACTIVE",
    "REJECTED",
    "SUSPENDED",
    "WITHDRAWN",
    "LAPSED",
)


def firm(status: str, **facts: object) -> Vendor:
    """A row that stands at a status, without the road that leads there."""
    return Vendor.objects.create(
        name="Contoh Usaha",
        legal_form="perorangan",
        owner_name="Contoh Pemilik",
        region_id="35.78",
        status=status,
        **facts,
    )


def system() -> User:
    return User.objects.system()


def where_it_ends(verb: str, status: str) -> str | None:
    """Try a verb from a status: the status reached, or None when it was refused and nothing
    changed."""
    vendor = firm(status)
    try:
        lifecycle.move(vendor, verb, by=system())
    except MoveNotAllowed:
        assert vendor.refresh().status == status
        assert not AuditEvent.objects.filter(vendor=vendor).exists()
        return None
    event = AuditEvent.objects.get(vendor=vendor)
    reached = vendor.refresh().status
    assert (event.act, event.from_status, event.to_status) == (verb, status, reached)
    return str(reached)


@pytest.mark.parametrize("verb", ROAD)
def test_a_verb_moves_from_the_statuses_of_the_table_and_from_no_other(verb: str) -> None:
    reached = {status: where_it_ends(verb, status) for status in EVERY_STATUS}
    assert {status: end for status, end in reached.items() if end} == ROAD[verb]


@pytest.mark.parametrize("before", REINSTATED)
def test_reinstating_goes_back_to_where_the_firm_was(before: str) -> None:
    vendor = firm("SUSPENDED", status_before_suspension=before)
    assert lifecycle.move(vendor, "reinstate", by=system()).status == before


def test_only_a_suspended_firm_can_be_reinstated() -> None:
    others = [status for status in EVERY_STATUS if status != "SUSPENDED"]
    assert not any(where_it_ends("reinstate", status) for status in others)


def test_the_table_that_is_drawn_is_the_table_of_the_road() -> None:
    by_hand = {(verb, *move) for verb, moves in ROAD.items() for move in moves.items()}
    by_hand |= {("reinstate", "SUSPENDED", before) for before in REINSTATED}
    assert {(move.verb, move.source, move.target) for move in lifecycle.table()} == by_hand


def test_every_status_can_be_reached_from_being_named() -> None:
    reached, new = set(), {"REFERRED"}
    moves = [(move.source, move.target) for move in lifecycle.table()]
    while new:
        reached |= new
        new = {target for source, target in moves if source in reached} - reached
    assert reached == set(EVERY_STATUS) == set(Status.values)


@pytest.mark.parametrize("verb", [*ROAD, "reinstate"])
def test_asking_and_moving_never_disagree(verb: str) -> None:
    for status in EVERY_STATUS:
        before = "ACTIVE" if status == "SUSPENDED" else ""
        vendor = firm(status, status_before_suspension=before)
        answer = lifecycle.can(vendor, verb)
        try:
            lifecycle.move(vendor, verb, by=system())
            moved = True
        except MoveNotAllowed:
            moved = False
        assert answer is moved, status


def test_the_refusal_names_the_firm_and_where_it_stands() -> None:
    with pytest.raises(MoveNotAllowed, match="Contoh Usaha") as refusal:
        lifecycle.move(firm("ACTIVE"), "invite", by=system())
    assert str(Status.ACTIVE.label) in refusal.value.sentence


def test_a_copy_read_before_somebody_else_moved_it_moves_nothing() -> None:
    stale = firm("VERIFIED")
    lifecycle.move(stale.refresh(), "reject", by=system())
    with pytest.raises(MoveNotAllowed):
        lifecycle.move(stale, "approve", by=system())
    assert stale.status == stale.refresh().status == "REJECTED"
    assert AuditEvent.objects.filter(vendor=stale).count() == 1


def test_a_move_takes_the_columns_that_belong_to_it_along() -> None:
    vendor = firm("INVITED", no_shows=1)
    lifecycle.move(vendor, "miss", by=system(), changes={"no_shows": 2})
    assert (vendor.status, vendor.no_shows) == ("ELIGIBLE", 2)


def test_the_trail_tells_who_with_which_role_why_and_on_what() -> None:
    officer = make.make_user("officer")
    vendor = lifecycle.move(firm("ELIGIBLE"), "guide", by=officer, reason="Dilatih", waived=True)
    event = AuditEvent.objects.get(vendor=vendor)
    assert (event.by, event.role, event.reason) == (officer, "officer", "Dilatih")
    assert event.detail == {"waived": True}


def test_a_batch_moves_those_to_whom_the_verb_applies_and_leaves_the_others() -> None:
    eligible, invited, gone = firm("ELIGIBLE"), firm("INVITED"), firm("WITHDRAWN")
    everybody = [eligible.pk, invited.pk, gone.pk]
    moved = lifecycle.move_many(
        everybody, "guide", by=system(), details={eligible.pk: {"session": 7}}
    )
    assert set(moved) == {eligible.pk, invited.pk}
    assert [v.refresh().status for v in (eligible, invited, gone)] == [
        "GUIDED",
        "GUIDED",
        "WITHDRAWN",
    ]
    events = {event.vendor_id: event for event in AuditEvent.objects.filter(act="guide")}
    assert set(events) == {eligible.pk, invited.pk}
    assert events[eligible.pk].detail == {"session": 7}
    assert (events[invited.pk].from_status, events[invited.pk].to_status) == ("INVITED", "GUIDED")


def test_a_batch_of_nobody_leaves_no_trace() -> None:
    assert lifecycle.move_many([], "guide", by=system()) == []
    assert not AuditEvent.objects.filter(act="guide").exists()


def test_a_batch_counts_within_the_database() -> None:

    vendor = firm("INVITED", no_shows=1)
    lifecycle.move_many([vendor.pk], "miss", by=system(), changes={"no_shows": F("no_shows") + 1})
    assert vendor.refresh().no_shows == 2
