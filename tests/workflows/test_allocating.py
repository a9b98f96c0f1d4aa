"""The list of who is invited: worked out, kept with what it was made of, changed, used."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

import training.actions
from onboarding import roles
from onboarding.models import Status, Vendor
from tests import factories as make
from tests.workflows import firms
from training.errors import Refused as RoomRefused
from training.models import Allocation, AllocationRow, Seat, Session
from workflows import actions
from workflows.actions import allocating
from workflows.errors import ConflictOfInterest, MoveNotAllowed, NotAllowed
from workflows.models import AuditEvent, Job, Letter, LetterRun, Message

pytestmark = pytest.mark.django_db


def listed(session: Session, *, by: Any = None, **options: Any) -> Allocation:
    by = by or make.make_user(roles.OFFICER)
    return actions.order_allocation(session, send=lambda _job: None, by=by, **options)


def use(allocation: Allocation, *, by: Any = None, **options: Any) -> Allocation:
    by = by or make.make_user(roles.OFFICER)
    return actions.order_invitations(allocation, send=lambda _job: None, by=by, **options)


def rows(allocation: Allocation) -> list[tuple[Any, ...]]:
    return list(allocation.rows.values_list("vendor", "rank", "score", "is_in", "reason"))


def waiting(number: int = 3) -> list[Vendor]:
    return [firms.eligible() for _each in range(number)]


def test_the_list_has_a_place_and_a_reason_for_every_firm_and_says_what_it_was_made_of() -> None:
    ready, *_others = waiting(4)
    firms.put_papers(ready)
    made = listed(make.make_session(capacity=2))
    assert (made.state, made.waiting, made.rows.filter(is_in=True).count()) == ("DRAFT", 4, 2)
    first = made.rows.first()
    assert (first.vendor, first.reason, first.terms["papers"]) == (ready, "papers", 15)
    assert set(made.rows.values_list("reason", flat=True)) <= {"papers", "lot"}
    assert made.inputs["regions"] == {"35.78": [4, 0]}
    assert len(made.inputs_sha256) == 64
    assert AuditEvent.objects.get(act="allocate_seats").detail["digest"] == made.inputs_sha256


def test_working_it_out_again_gives_the_same_list_from_the_same_seed() -> None:
    session = make.make_session(capacity=2)
    waiting(5)
    first, again = listed(session), listed(session)
    first.refresh_from_db()
    assert (first.state, again.seed) == ("DROPPED", first.seed)
    assert rows(first) == rows(again)
    assert first.inputs_sha256 == again.inputs_sha256


def test_only_firms_of_the_regions_served_are_asked_unless_all_are() -> None:
    near, far = firms.eligible(), firms.eligible(region="Kabupaten Malang")
    session = make.make_session()
    assert [row[0] for row in rows(listed(session))] == [near.pk]
    assert {row[0] for row in rows(listed(session, is_wide=True))} == {near.pk, far.pk}
    session.serves.add(far.region)
    assert {row[0] for row in rows(listed(session))} == {near.pk, far.pk}


def test_who_gave_this_seat_back_is_not_asked_again_by_the_list() -> None:
    session = make.make_session()
    vendor = make.invite(firms.eligible(), session)
    seat = Seat.objects.get(vendor=vendor)
    actions.release_seat(seat, declined=True, by=make.make_user(roles.OFFICER))
    other = firms.eligible()
    made = listed(session)
    assert [row[0] for row in rows(made)] == [other.pk]
    assert made.inputs["declined"] == 1


def test_a_change_by_hand_needs_a_reason_and_a_free_place_and_stays_on_record() -> None:
    waiting(3)
    made, officer = listed(make.make_session(capacity=2)), make.make_user(roles.OFFICER)
    last = made.rows.last()
    with pytest.raises(RoomRefused, match=r"penuh|full"):
        training.actions.override_place(last, is_in=True, reason="Tetangga", by=officer)
    first = made.rows.first()
    with pytest.raises(RoomRefused):
        training.actions.override_place(first, is_in=False, reason=" ", by=officer)
    training.actions.override_place(first, is_in=False, reason="Sedang pindah", by=officer)
    training.actions.override_place(last, is_in=True, reason="Diminta dinas", by=officer)
    event = AuditEvent.objects.get(act="override_place", vendor=last.vendor)
    assert (event.reason, event.detail["answer"]) == ("Diminta dinas", "in")
    use(made)
    assert first.vendor.refresh().status == Status.ELIGIBLE
    assert last.vendor.refresh().status == Status.INVITED
    with pytest.raises(RoomRefused):
        training.actions.override_place(first, is_in=True, reason="Lagi", by=officer)


def test_everybody_is_invited_with_one_letter_each_and_the_next_ones_wait() -> None:
    session, officer = make.make_session(capacity=2), make.make_user(roles.OFFICER)
    waiting(4)
    made = use(listed(session), has_own_letters=True, waiting=1, by=officer)
    assert (made.state, made.ordered_by) == ("USED", officer)
    assert session.seats.filter(state="INVITED").count() == 2
    assert session.seats.filter(state="WAITING").count() == 1
    letters = Letter.objects.filter(session=session)
    assert {letter.vendor_id for letter in letters} == set(
        session.seats.filter(state="INVITED").values_list("vendor", flat=True)
    )
    assert letters[0].content["papers"]
    assert Message.objects.filter(kind="waiting_list").count() == 2
    with pytest.raises(RoomRefused):
        use(made)


def test_one_who_may_not_be_invited_any_more_stops_all_and_the_list_says_so() -> None:
    session, officer = make.make_session(), make.make_user(roles.OFFICER)
    one, _other = waiting(2)
    made = listed(session)
    make.invite(one)
    with pytest.raises(MoveNotAllowed):
        use(made, by=officer)
    assert not session.seats.exists()
    allocating.MOST_INVITED, most = 0, allocating.MOST_INVITED
    try:
        assert use(made, by=officer).state == "INVITING"
    finally:
        allocating.MOST_INVITED = most
    assert Job.objects.filter(kind=Job.Kind.INVITE_ALLOCATED, subject_id=made.pk).exists()
    actions.invite_allocated(made.pk, by=officer, beat=lambda: None)
    made.refresh_from_db()
    assert (made.state, bool(made.outcome["refusal"])) == ("DRAFT", True)
    assert not session.seats.exists()


def test_a_long_list_is_worked_out_and_invited_by_the_worker() -> None:
    session = make.make_session()
    waiting(2)
    most = allocating.MOST_LISTED, allocating.MOST_INVITED
    allocating.MOST_LISTED = allocating.MOST_INVITED = 0
    try:
        made = listed(session)
        assert made.state == "WORKING"
        make.run_jobs()
        made.refresh_from_db()
        assert made.state == "DRAFT"
        use(made)
        make.run_jobs()
    finally:
        allocating.MOST_LISTED, allocating.MOST_INVITED = most
    made.refresh_from_db()
    assert (made.state, session.seats.count()) == ("USED", 2)


def test_only_those_who_invite_make_lists_and_never_with_their_own_firm() -> None:
    (vendor,) = waiting(1)
    session = make.make_session()
    with pytest.raises(NotAllowed):
        listed(session, by=make.make_user(roles.TRAINER))
    tied = make.make_user(roles.OFFICER, phone=vendor.phone)
    with pytest.raises(ConflictOfInterest):
        use(listed(session), by=tied)


def test_the_pages_explain_make_change_and_use_the_list() -> None:
    session, client = make.make_session(capacity=2), Client()
    client.force_login(make.make_user(roles.OFFICER))
    waiting(3)
    url = f"/bimtek/{session.pk}/daftar/"
    assert "45" in client.get(url).content.decode()
    here = client.post(url, {"is_wide": "0"})["Location"]
    made = Allocation.objects.get()
    page = client.get(here).content.decode()
    assert all(row.vendor.name in page for row in made.rows.filter(is_in=True))
    out = AllocationRow.objects.get(is_in=False)
    assert out.vendor.name in client.get(f"{here}?part=out").content.decode()
    body = {"act": "override", "override-row": out.pk, "override-reason": "Contoh"}
    assert client.post(here, body).status_code == 409  # the list is full
    body["override-row"] = made.rows.first().pk
    assert client.post(here, body).status_code == 302
    assert client.post(here, {"act": "lain"}).status_code == 400
    body = {"act": "invite", "invite-letters": "list", "invite-waiting": "0"}
    assert client.post(here, body)["Location"] == f"/bimtek/{session.pk}/"
    assert session.seats.count() == 1


def test_the_letters_of_guests_are_written_numbered_signed_and_bound_in_one_run() -> None:
    session, client = make.make_session(), Client()
    client.force_login(make.make_user(roles.OFFICER))
    two = waiting(2)
    actions.invite_vendors(
        session, vendor_ids=[firm.pk for firm in two], has_own_letters=True,
        by=make.make_user(roles.OFFICER),
    )  # fmt: skip
    url = f"/bimtek/{session.pk}/surat/"
    body = {"act": "number", "number-first": "005/10/2026", "number-dated_on": "2026-01-05"}
    assert client.post(url, body).status_code == 302
    numbers = Letter.objects.filter(session=session).values_list("number", flat=True)
    assert set(numbers) == {"005/10/2026", "005/11/2026"}
    body = {"act": "sign", "sign-signed_by_name": "Contoh Kepala", "sign-signed_on": "2026-01-06"}
    assert client.post(url, body).status_code == 302
    make.run_jobs()
    run = LetterRun.objects.get()
    assert (run.session, run.done, run.total) == (session, 2, 2)
    assert not Letter.objects.filter(session=session).exclude(state="SIGNED").exists()
    bundle = client.get(f"/bimtek/surat/{run.pk}/")
    assert b"".join(bundle.streaming_content).startswith(b"%PDF")
    assert client.get(f"/permintaan/berkas/{run.pk}/").status_code == 404
