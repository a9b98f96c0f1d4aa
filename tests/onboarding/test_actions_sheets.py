"""Lists: every exit of the actions that take them in, read, confirm, cancel and enter them."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from onboarding import roles
from onboarding.actions import (
    cancel_sheet,
    confirm_sheet,
    enter_sheet,
    give_up_sheet,
    read_sheet,
    receive_sheet,
)
from onboarding.errors import NotAllowed, SheetAlreadyReceived, SheetNotReady
from onboarding.models import Agency, Referral, ReferralSheet, Status, User, Vendor
from tests import factories as make
from tests.onboarding import lists
from workflows.jobs import LeaseLost
from workflows.models import AuditEvent, Job

pytestmark = pytest.mark.django_db
State = ReferralSheet.State


def no_beat() -> None:
    """A lease that nobody takes away."""


def test_a_received_list_is_kept_byte_for_byte_and_waits_for_the_worker() -> None:
    by = make.make_user(roles.AGENCY)
    file = lists.file_of([make.values()])
    content = file.read()
    file.seek(0)
    assert by.agency
    sheet = receive_sheet(file=file, agency=by.agency, letter_reference="B/1/2026", by=by)
    with default_storage.open(sheet.stored_as) as stored:
        assert stored.read() == content
    assert (sheet.state, sheet.letter_reference) == (State.RECEIVED, "B/1/2026")
    assert Job.objects.filter(kind=Job.Kind.READ_SHEET, subject_id=sheet.pk).count() == 1
    assert AuditEvent.objects.get(act="receive_sheet").detail["sha256"] == sheet.sha256


@pytest.mark.parametrize("role", [roles.VENDOR, roles.AUDITOR, roles.APPROVER, roles.ADMIN])
def test_only_those_who_refer_may_upload(role: str) -> None:
    agency = Agency.objects.get(code="dindik")
    with pytest.raises(NotAllowed):
        receive_sheet(file=lists.file_of([]), agency=agency, by=make.make_user(role))


def test_the_same_file_of_the_same_office_is_taken_once_unless_asked_again() -> None:
    by = make.make_user(roles.AGENCY)
    row = make.values()
    first = lists.received(row, by=by)
    with pytest.raises(SheetAlreadyReceived) as refusal:
        lists.received(row, by=by)
    assert refusal.value.sheet == first
    assert by.agency
    again = receive_sheet(file=lists.file_of([row]), agency=by.agency, again=True, by=by)
    assert again.sha256 == first.sha256


def test_the_same_file_of_another_office_or_of_a_cancelled_list_is_new() -> None:
    row = make.values()
    first = lists.read(row)
    assert lists.received(row, by=make.make_user(roles.COOPERATIVE)).pk != first.pk
    cancel_sheet(first, by=first.received_by)
    assert lists.received(row, by=first.received_by).pk != first.pk


def test_reading_tells_new_known_alike_and_refused_apart() -> None:
    known = make.refer(nib="0001210000017", phone="081234567890")
    sheet = lists.read(
        make.values(),
        make.values(nib=known.nib),
        make.values(nib="", phone="081234567890"),
        make.values(region="Kota Contoh Yang Tidak Ada"),
    )
    assert sheet.state == State.READ
    assert (sheet.rows_read, sheet.rows_total) == (4, 4)
    assert list(sheet.rows.order_by("pk").values_list("row", "verdict")) == [
        (2, "created"),
        (3, "linked"),
        (4, "review"),
        (5, "refused"),
    ]
    assert Referral.objects.filter(sheet=sheet).count() == 0


def test_a_firm_named_twice_in_one_list_is_told_at_the_second_row() -> None:
    row = make.values()
    sheet = lists.read(row, row)
    assert sheet.rows.last().match_reasons == ["same_nib_in_sheet"]


def test_a_file_that_is_no_list_becomes_unreadable_with_its_reason() -> None:
    by = make.make_user(roles.AGENCY)
    file = SimpleUploadedFile("contoh.csv", b"satu;dua\n1;2\n")
    assert by.agency
    sheet = receive_sheet(file=file, agency=by.agency, by=by)
    make.run_jobs()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.refusal) == (State.UNREADABLE, "no_header")
    assert sheet.rows.count() == 0


def test_reading_a_list_that_was_already_read_changes_nothing() -> None:
    sheet = lists.read()
    assert read_sheet(sheet.pk, by=User.objects.system(), beat=no_beat).state == State.READ
    assert sheet.rows.count() == 1


def test_a_worker_that_lost_the_list_keeps_nothing_of_it() -> None:
    sheet = lists.received()

    def lost() -> None:
        raise RuntimeError("given to another")

    with pytest.raises(RuntimeError):
        read_sheet(sheet.pk, by=User.objects.system(), beat=lost)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.rows.count()) == (State.RECEIVED, 0)


def test_a_worker_that_froze_takes_nothing_away_that_another_has_read_meanwhile() -> None:
    sheet = lists.received()
    system = User.objects.system()

    def lost() -> None:
        raise LeaseLost

    read_sheet(sheet.pk, by=system, beat=no_beat)
    ReferralSheet.objects.filter(pk=sheet.pk).update(state=State.RECEIVED)  # as it saw the list
    with pytest.raises(LeaseLost):
        read_sheet(sheet.pk, by=system, beat=lost)
    assert sheet.rows.count() == 1


def test_a_list_that_no_worker_can_read_is_given_back_as_unreadable() -> None:
    sheet = lists.received()
    give_up_sheet(sheet.pk, by=User.objects.system())
    sheet.refresh_from_db()
    assert (sheet.state, sheet.refusal) == (State.UNREADABLE, "broken_sheet")


def test_giving_up_a_list_that_was_read_after_all_changes_nothing() -> None:
    sheet = lists.read()
    give_up_sheet(sheet.pk, by=User.objects.system())
    sheet.refresh_from_db()
    assert sheet.state == State.READ


def test_a_confirmed_list_names_who_confirmed_it_and_waits_to_be_entered() -> None:
    sheet = lists.confirmed()
    assert (sheet.state, sheet.confirmed_by) == (State.CONFIRMED, sheet.received_by)
    assert Job.objects.filter(kind=Job.Kind.ENTER_SHEET, subject_id=sheet.pk).count() == 1


def test_of_two_who_confirm_the_second_is_told_that_it_was_done() -> None:
    sheet = lists.confirmed()
    with pytest.raises(SheetNotReady, match=r"Being entered|Sedang"):
        confirm_sheet(sheet, by=make.make_user(roles.AGENCY))


def test_a_list_that_is_still_being_read_cannot_be_confirmed_or_cancelled() -> None:
    sheet = lists.received()
    for act in (confirm_sheet, cancel_sheet):
        with pytest.raises(SheetNotReady):
            act(sheet, by=sheet.received_by)


@pytest.mark.parametrize("act", [confirm_sheet, cancel_sheet])
def test_an_auditor_neither_confirms_nor_cancels(act: object) -> None:
    sheet = lists.read()
    with pytest.raises(NotAllowed):
        act(sheet, by=make.make_user(roles.AUDITOR))  # type: ignore[operator]  # either action


def test_a_cancelled_list_enters_nobody_and_keeps_its_rows() -> None:
    sheet = lists.read()
    cancel_sheet(sheet, by=sheet.received_by)
    enter_sheet(sheet.pk, by=User.objects.system(), beat=no_beat)
    assert sheet.state == State.CANCELLED
    assert (sheet.rows.count(), Referral.objects.count()) == (1, 0)


def test_entering_makes_a_referral_of_every_acceptable_row_and_screens_the_firms() -> None:
    known = make.refer(nib="0001210000017")
    sheet = lists.entered(
        make.values(), make.values(nib=known.nib), make.values(legal_form="Yayasan")
    )
    assert sheet.state == State.ENTERED
    referrals = list(Referral.objects.filter(sheet=sheet).order_by("row"))
    assert [(r.row, r.verdict) for r in referrals] == [(2, "created"), (3, "linked")]
    assert referrals[1].vendor == known
    assert Vendor.objects.filter(status=Status.ELIGIBLE).count() == 2
    detail = AuditEvent.objects.get(act="enter_sheet").detail
    assert (detail["created"], detail["linked"], detail["refused"]) == (1, 1, 1)


def test_entering_twice_enters_once() -> None:
    sheet = lists.entered()
    enter_sheet(sheet.pk, by=User.objects.system(), beat=no_beat)
    assert Referral.objects.filter(sheet=sheet).count() == 1


def test_a_firm_that_another_office_named_since_the_preview_is_linked_not_made_twice() -> None:
    row = make.values(nib="0001210000017")
    sheet = lists.confirmed(row)
    other = make.refer(nib="0001210000017")
    make.run_jobs()
    assert Referral.objects.get(sheet=sheet).vendor == other
