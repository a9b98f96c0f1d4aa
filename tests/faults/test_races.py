"""Many at once: of those who do one thing in the same instant one does it, the others are told.

Every test runs on the database of the run, so the same words are proved on SQLite and PostgreSQL.
"""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.models import Paper
from onboarding import roles
from onboarding.actions import confirm_sheet
from onboarding.errors import SheetNotReady
from onboarding.models import Agency, Referral, ReferralSheet, Status
from tests import factories as make
from tests.workflows import firms
from training.actions import give_seats
from training.errors import HallTaken, SessionFull, TrainerBusy
from training.models import Seat, Session, Venue
from workflows import actions, jobs, lifecycle
from workflows.errors import LinkNotValid, MoveNotAllowed, NumberTaken, Refused, TakenByAnother
from workflows.models import (
    AccessLink,
    AuditEvent,
    Case,
    CorrectionRequest,
    Job,
    Letter,
    Message,
    PendingAct,
    Round,
    Setting,
)

pytestmark = pytest.mark.usefixtures("office")

CROWD = 8


def all_at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Run every act in a thread of its own from the same instant; returns results and errors."""
    results: list[Any] = [None] * len(acts)
    barrier = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], Any]) -> None:
        connection.ensure_connection()
        barrier.wait(timeout=20)
        try:
            results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return results


def crowd(act: Callable[[], Any]) -> list[Any]:
    return all_at_once([act] * CROWD)


def won(results: list[Any], *refusals: type[Exception]) -> int:
    """Count who did it; everybody else was refused in one of these ways, and nothing crashed."""
    errors = [result for result in results if isinstance(result, Exception)]
    assert [error for error in errors if not isinstance(error, refusals)] == []
    return len(results) - len(errors)


def acts_of(case: Case) -> Counter[str]:
    return Counter(AuditEvent.objects.filter(vendor=case.vendor).values_list("act", flat=True))


# --- casework ---
def test_eight_decisions_at_once_are_one_decision() -> None:
    case, approver = firms.verified(), make.make_user(roles.APPROVER)
    results = crowd(lambda: make.approve(case, by=approver))
    assert won(results, TakenByAnother, MoveNotAllowed) == 1
    assert firms.status_of(case) == Status.APPROVED
    assert acts_of(case)["approve"] == 1
    assert Letter.objects.filter(vendor=case.vendor).count() == 1
    assert Message.objects.filter(vendor=case.vendor, kind="approved").count() == 2


def test_an_approval_and_a_refusal_at_once_are_one_of_the_two() -> None:
    case = firms.verified()
    people = [make.make_user(roles.APPROVER) for _number in range(CROWD)]
    acts = [
        lambda by=by, decide=decide: decide(case, by=by)
        for by, decide in zip(people, [make.approve, make.reject] * (CROWD // 2), strict=True)
    ]
    assert won(all_at_once(acts), TakenByAnother, MoveNotAllowed) == 1
    signed = Round.objects.get(case=case)
    decided = {"APPROVED": Status.APPROVED, "REJECTED": Status.REJECTED}[signed.decision]
    assert firms.status_of(case) == decided
    assert acts_of(case)["approve"] + acts_of(case)["reject"] == 1


def test_eight_officers_who_take_one_case_leave_it_with_one() -> None:
    case = firms.submitted()
    people = [make.make_user(roles.OFFICER) for _number in range(CROWD)]
    results = all_at_once([lambda by=by: actions.claim_case(case, by=by) for by in people])
    assert won(results, TakenByAnother) == 1
    owner = firms.again(case).owner
    assert owner in people
    sentences = [str(error) for error in results if isinstance(error, TakenByAnother)]
    assert all(owner.full_name in sentence for sentence in sentences)
    assert acts_of(case)["claim_case"] == 1


def test_four_who_ask_for_the_next_case_get_four_different_ones() -> None:
    cases = [firms.submitted() for _number in range(4)]
    people = [make.make_user(roles.OFFICER) for _number in range(4)]
    results = all_at_once([lambda by=by: actions.take_next_case(by=by) for by in people])
    assert {case.pk for case in results} == {case.pk for case in cases}


def test_eight_recommendations_at_once_are_one() -> None:
    case, officer = firms.submitted(), make.make_user(roles.OFFICER)
    assert won(crowd(lambda: make.verify(case, by=officer)), TakenByAnother, MoveNotAllowed) == 1
    assert acts_of(case)["verify"] == 1


def test_a_list_of_corrections_sent_eight_times_at_once_is_sent_once() -> None:
    case = firms.submitted()
    officer = firms.ask(case)
    results = crowd(lambda: actions.return_case(case, by=officer))
    assert won(results, TakenByAnother, Refused) == 1
    assert firms.again(case).returns == 1
    assert CorrectionRequest.objects.filter(case=case).count() == 1
    assert Message.objects.filter(vendor=case.vendor, kind="correction").count() == 2


def test_an_act_taken_back_and_carried_out_at_once_has_one_outcome() -> None:
    Setting.objects.filter(pk="undo_seconds").update(value=10)
    system = make.User.objects.system()
    for _time in range(3):
        case, officer = firms.submitted(), make.make_user(roles.OFFICER)
        said = {"recommendation": "Sesuai."}
        pending = actions.put_off(
            case, act=PendingAct.Act.VERIFY, said=said, by=officer, send=lambda _pending: None
        )
        assert pending
        PendingAct.objects.filter(pk=pending.pk).update(final_at=timezone.now())
        acts: list[Callable[[], Any]] = [
            partial(actions.finish, pending.pk, by=system),
            partial(actions.finish, pending.pk, by=system),
            partial(actions.take_back, pending, by=officer),
        ]
        finished = all_at_once(acts)
        assert won(finished, TakenByAnother) >= 2
        times_done = sum(result is True for result in finished[:2])
        is_taken_back = not isinstance(finished[2], Exception)
        assert times_done + is_taken_back == 1
        assert acts_of(case)["verify"] == times_done
        assert acts_of(case)["take_back_act"] == is_taken_back
        assert firms.status_of(case) == (Status.VERIFIED if times_done else Status.SUBMITTED)


def test_a_firm_that_becomes_complete_eight_times_at_once_has_one_case() -> None:
    vendor = firms.put_papers(firms.eligible())
    lifecycle.move(vendor, "guide", by=make.make_user(roles.OFFICER))
    owner = make.owner_of(vendor)
    crowd(lambda: actions.submit_if_complete(vendor, by=owner))
    assert Case.objects.filter(vendor=vendor).count() == 1
    assert firms.acts_on(vendor).count("submit") == 1


def test_a_decision_and_a_withdrawal_at_once_leave_no_case_open_for_nobody() -> None:
    for _time in range(3):
        case, approver = firms.verified(), make.make_user(roles.APPROVER)
        vendor, owner = case.vendor.refresh(), make.owner_of(case.vendor)
        results = all_at_once(
            [
                lambda case=case, by=approver: make.approve(case, by=by),
                lambda vendor=vendor, by=owner: actions.withdraw_vendor(
                    vendor, reason="Tutup", by=by
                ),
            ]
        )
        assert won(results, TakenByAnother, MoveNotAllowed) >= 1
        assert firms.status_of(case) == Status.WITHDRAWN
        assert firms.again(case).stage == "CLOSED"


def test_corrections_and_their_deadline_at_once_agree_on_what_happened() -> None:
    case = firms.returned(slug=None)
    past = timezone.now() - timedelta(minutes=1)
    Case.objects.filter(pk=case.pk).update(due_at=past)
    firms.flow_task(case, "correct").update(scheduled=past)
    vendor, owner = case.vendor.refresh(), make.owner_of(case.vendor)
    system = make.User.objects.system()
    results = all_at_once(
        [
            lambda: actions.resubmit_case(vendor, by=owner),
            lambda: actions.lapse_due(by=system),
        ]
    )
    assert won(results, TakenByAnother, MoveNotAllowed) >= 1
    actions.lapse_due(by=system)
    ended = (firms.status_of(case), firms.again(case).stage)
    assert ended in {(Status.SUBMITTED, "VERIFY"), (Status.LAPSED, "CLOSED")}


# --- guidance, sheets, letters, links ---
def test_eight_who_want_the_last_seat_fill_it_once() -> None:
    session, by = make.make_session(capacity=1), make.make_user(roles.OFFICER)
    vendors = [firms.eligible() for _number in range(CROWD)]
    results = all_at_once(
        [lambda pk=v.pk: give_seats(session, vendor_ids=[pk], by=by) for v in vendors]
    )
    assert won(results, SessionFull) == 1
    assert Seat.objects.filter(session=session).count() == 1


def test_eight_sessions_for_one_hall_and_hour_at_once_are_one_session() -> None:
    hall = Venue.objects.create(name="Aula Contoh", region_id="35.78")
    trainers = [make.make_user(roles.TRAINER) for _n in range(CROWD)]
    by = make.make_user(roles.OFFICER)
    results = all_at_once(
        [partial(make.make_session, venue=hall, trainer=one, by=by) for one in trainers]
    )
    assert won(results, HallTaken) == 1
    assert Session.objects.count() == 1


def test_eight_sessions_of_one_trainer_at_once_are_one_session() -> None:
    trainer, by = make.make_user(roles.TRAINER), make.make_user(roles.OFFICER)
    results = crowd(lambda: make.make_session(trainer=trainer, by=by, place="Lain"))
    assert won(results, TrainerBusy) == 1


def test_a_firm_invited_eight_times_at_once_has_one_seat_and_one_letter() -> None:
    session, by, vendor = make.make_session(), make.make_user(roles.OFFICER), firms.eligible()
    results = crowd(lambda: actions.invite_vendors(session, vendor_ids=[vendor.pk], by=by))
    assert won(results, MoveNotAllowed) == 1
    assert Seat.objects.filter(vendor=vendor).count() == 1
    assert Letter.objects.filter(session=session).count() == 1


def test_a_list_confirmed_eight_times_at_once_is_confirmed_once() -> None:
    person = make.make_user(roles.AGENCY)
    sheet = ReferralSheet.objects.create(
        agency=Agency.objects.get(code="dindik"),
        original_name="contoh.xlsx",
        stored_as="sheets/contoh",
        sha256="0" * 64,
        size=1,
        state=ReferralSheet.State.READ,
        received_by=person,
    )
    assert won(crowd(lambda: confirm_sheet(sheet, by=person)), SheetNotReady) == 1
    assert AuditEvent.objects.filter(act="confirm_sheet").count() == 1
    assert Job.objects.filter(kind=Job.Kind.ENTER_SHEET, subject_id=sheet.pk).count() == 1


def test_a_firm_named_by_eight_offices_at_once_is_one_firm_with_eight_credits() -> None:
    first = firms.eligible()
    people = [make.make_user(roles.AGENCY) for _number in range(CROWD)]
    results = all_at_once([lambda by=by: make.refer(by=by, nib=first.nib) for by in people])
    assert won(results) == CROWD
    assert Referral.objects.filter(vendor=first).count() == CROWD + 1


def test_one_number_for_eight_letters_at_once_is_given_once() -> None:
    for _number in range(CROWD):
        make.invite(firms.eligible())
    by, today = make.make_user(roles.OFFICER), timezone.localdate()
    results = all_at_once(
        [
            lambda letter=letter: actions.number_letter(
                letter, number="027/9/2026", dated_on=today, by=by
            )
            for letter in Letter.objects.all()
        ]
    )
    assert won(results, NumberTaken) == 1
    assert Letter.objects.filter(number="027/9/2026").count() == 1


def test_a_sign_in_link_opened_eight_times_at_once_opens_once() -> None:
    purpose = AccessLink.Purpose.SIGN_IN
    _link, token = actions.make_access_link(
        firms.eligible(), purpose=purpose, by=make.make_user(roles.OFFICER)
    )
    results = crowd(lambda: actions.open_link(token, purpose=purpose))
    assert won(results, LinkNotValid) == 1


# --- papers and work ---
def test_one_upload_sent_four_times_at_once_is_one_paper() -> None:
    vendor = firms.guided()
    owner, photo = make.owner_of(vendor), make.photo()
    sent = photo.read()

    def hand_in() -> Paper:
        return actions.hand_in_paper(
            vendor,
            document_type=make.DocumentType.objects.get(slug="ktp"),
            files=[make.SimpleUploadedFile("ktp.jpg", sent)],
            declared={},
            upload_key="satu-unggahan",
            by=owner,
        )

    results = all_at_once([hand_in] * 4)
    assert won(results) == 4
    assert len({paper.pk for paper in results}) == 1
    assert Paper.objects.filter(vendor=vendor).count() == 1


def test_two_different_photos_of_one_document_at_once_are_two_versions() -> None:
    vendor = firms.guided()
    owner = make.owner_of(vendor)
    results = all_at_once([lambda: make.hand_in(vendor, "ktp", by=owner)] * 3)
    assert won(results) == 3
    papers = Paper.objects.filter(vendor=vendor).order_by("version")
    assert [paper.version for paper in papers] == [1, 2, 3]
    assert [paper.state for paper in papers] == ["REPLACED", "REPLACED", "RECEIVED"]


def test_eight_workers_who_claim_one_job_leave_it_with_one() -> None:
    job = Job.objects.create(kind=Job.Kind.READ_PAPER, subject_id=1)
    claims = crowd(lambda: jobs.claim(job.pk))
    assert len([claim for claim in claims if claim]) == 1
    job.refresh_from_db()
    assert job.attempts == 1


# --- through the door ---
def test_eight_clicks_on_one_decision_are_one_decision_and_no_fault() -> None:
    case, approver = firms.verified(), make.make_user(roles.APPROVER)

    def click() -> int:
        client = Client(raise_request_exception=False)
        client.force_login(approver)
        url = reverse("workflows:decide_case", args=[case.pk])
        return client.post(url, {"decision": "approve", "approve-reason": "Sesuai"}).status_code

    codes = Counter(crowd(click))
    assert codes[302] == 1, codes
    assert set(codes) <= {302, 409}
    assert acts_of(case)["approve"] == 1
