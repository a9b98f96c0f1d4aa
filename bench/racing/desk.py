"""Races at the desk and at meetings: who has a case, tickets, seats, letters, pairs, messages."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import cache

from django.urls import reverse
from django.utils import timezone

import training.actions
from bench.racing.races import Race, on, race
from bench.racing.road import at, officer
from onboarding import roles
from onboarding.models import User, Vendor
from tests import factories as make
from tests.workflows import couples, firms
from training.models import Seat, Session
from workflows import actions
from workflows.models import Letter, Message, Ticket

CLAIMERS = 50


# --- who has a case ---
@cache
def claimers() -> list[User]:
    """The same fifty officers each round; only the case is new."""
    return [officer() for _one in range(CLAIMERS)]


@race("claim_case")
def claimed_by_fifty() -> Race:
    case = firms.submitted()
    do = on(case, actions.claim_case, presses=CLAIMERS)
    return Race("claim_case", claimers(), do=do, owned=case)


@race("claim_case")
def claimed_on_fifty_pages() -> Race:
    case = firms.submitted()
    return Race("claim_case", claimers(), at("claim_case", case.pk), owned=case)


@race("take_next_case")
def next_case_taken() -> Race:
    firms.submitted()
    firms.submitted()
    said = {"tab": "verify", "key": str(uuid.uuid4())}
    return Race("claim_case", [officer()], at("take_next"), said)


@race("give_back_case")
def given_back() -> Race:
    case, by = firms.submitted(), officer()
    actions.claim_case(case, by=by)
    return Race("give_back_case", [by], at("give_back_case", case.pk))


@race("hand_on_case")
def handed_on() -> Race:
    case, by = firms.submitted(), officer()
    actions.claim_case(case, by=by)
    said = {"to": officer().email, "reason": "Contoh"}
    return Race("hand_on_case", [by], at("hand_on_case", case.pk), said)


@race("hold_case")
def held() -> Race:
    said = {"hold-reason": "Contoh",
            "hold-look_again_on": timezone.localdate() + timedelta(days=5)}  # fmt: skip
    return Race("hold_case", [officer()], at("hold_case", firms.submitted().pk), said)


@race("go_on_with_case")
def gone_on() -> Race:
    case, by = firms.submitted(), officer()
    until = timezone.localdate() + timedelta(days=5)
    actions.hold_case(case, reason="Contoh", look_again_on=until, by=by)
    return Race("go_on_with_case", [officer()], at("go_on_with_case", case.pk))


@race("add_case_note", is_move=False)
def noted() -> Race:
    url = at("add_case_note", firms.submitted().pk)
    return Race("note_case", [officer()], url, {"note-text": "Contoh"})


@race("add_correction_item", is_move=False)
def correction_listed() -> Race:
    url = at("add_correction_item", firms.submitted().pk)
    said = {"reason_code": "NAME_MISMATCH", "text": "Contoh"}
    return Race("add_correction_item", [officer()], url, said)


@race("write_verdict")
def verdict_written() -> Race:
    return Race("write_verdict", [officer()], at("write_verdict", firms.approved().pk))


# --- tickets ---
def _fault() -> Ticket:
    vendor = firms.active()
    platform = firms.only_listing(vendor).platform
    return actions.open_support(
        vendor, topic="order", platform=platform, text="Contoh", key=str(uuid.uuid4()),
        by=make.owner_of(vendor),
    )  # fmt: skip


def _at_ticket(act: str, event: str, **said: str) -> Race:
    body = {"act": act, **{f"{act}-{key}": value for key, value in said.items()}}
    return Race(event, [officer()], at("ticket", _fault().pk), body)


@race("open_support", is_move=False)
def fault_reported() -> Race:
    vendor = firms.active()
    said = {"platform": "toko-daring", "topic": "order", "text": "Contoh", "key": uuid.uuid4()}
    return Race("open_ticket", [make.owner_of(vendor)], at("ask_support", vendor.pk), said)


@race("take_ticket")
def ticket_taken_by_rivals() -> Race:
    ticket, rivals = _fault(), [officer() for _one in range(8)]
    return Race("take_ticket", rivals, at("ticket", ticket.pk), {"act": "take"}, owned=ticket)


@race("answer_ticket", is_move=False)
def ticket_answered() -> Race:
    return _at_ticket("answer", "answer_ticket", text="Contoh")


@race("note_ticket", is_move=False)
def ticket_noted() -> Race:
    return _at_ticket("note", "note_ticket", text="Contoh")


@race("hand_to_operator")
def ticket_to_operator() -> Race:
    return _at_ticket("operator", "hand_to_operator")


@race("record_operator_answer")
def operator_answered() -> Race:
    ticket, by = _fault(), officer()
    actions.hand_to_operator(ticket, by=by)
    said = {"act": "operator_answer", "operator-text": "Contoh"}
    return Race("record_operator_answer", [by], at("ticket", ticket.pk), said)


@race("close_ticket")
def ticket_closed() -> Race:
    return _at_ticket("close", "close_ticket", reason="Contoh")


@race("hand_on_ticket", "take_over_ticket", is_move=False)
def ticket_handed_on() -> Race:
    return _at_ticket("hand_on", "hand_on_ticket", to=officer().email, reason="Contoh")


@race("name_person", is_move=False)
def person_named() -> Race:
    ticket, _word = actions.open_complaint(
        topic="fee", text="Contoh", key=str(uuid.uuid4()), by=None
    )
    said = {"act": "person", "person-about": officer().email}
    return Race("name_person", [make.make_user(roles.MANAGER)], at("ticket", ticket.pk), said)


@race("reopen_ticket")
def ticket_reopened() -> Race:
    ticket = _fault()
    actions.answer_ticket(ticket, text="Contoh", by=officer())
    said = {"act": "reopen", "text": "Contoh"}
    return Race("reopen_ticket", [ticket.by], at("own_ticket", ticket.pk), said)


# --- seats ---
def invited_seat() -> Seat:
    """A seat whose firm is invited."""
    session = make.make_session()
    return session.seats.get(vendor=make.invite(firms.eligible(), session))


def begun(*, is_present: bool) -> Session:
    """A session under way whose only guest was marked."""
    seat = invited_seat()
    session = make.begin(seat.session)
    training.actions.mark_attendance(
        session, present={seat.pk: is_present}, reason="Contoh", by=session.trainer
    )
    return session


@race("invite", "invite_vendors", "give_seats")
def invited() -> Race:
    session, vendor = make.make_session(), firms.eligible()
    return Race("invite", [officer()], at("invite_vendors", session.pk), {"vendors": vendor.pk})


@race("release", "release_seat", "release_vendors")
def seat_released() -> Race:
    return Race("release", [officer()], at("release_seat", invited_seat().pk), {"declined": "1"})


@race("answer_invitation", "answer_seat")
def invitation_answered() -> Race:
    vendor = invited_seat().vendor
    assert isinstance(vendor, Vendor)
    url = at("answer_own_invitation", vendor.pk)
    return Race("answer_invitation", [make.owner_of(vendor)], url, {"act": "yes"})


@race("guide", "close_sheet", "apply_attendance")
def sheet_closed() -> Race:
    session = begun(is_present=True)
    url = reverse("training:close_sheet", args=[session.pk])
    return Race("guide", [session.trainer], url, {"present": "1", "sure": "on"})


@race("miss", "close_sheet", "apply_attendance")
def nobody_came() -> Race:
    session = begun(is_present=False)
    url = reverse("training:close_sheet", args=[session.pk])
    return Race("miss", [session.trainer], url, {"present": "0", "sure": "on"})


@race("correct_attendance", "apply_correction_of_attendance")
def attendance_corrected() -> Race:
    session = begun(is_present=True)
    training.actions.close_sheet(session, by=session.trainer)
    url = reverse("training:correct_attendance", args=[session.seats.get().pk])
    return Race("correct_attendance", [officer()], url, {"present": "0", "reason": "Contoh"})


@race("cancel_session", "call_off_session", "release")
def session_cancelled() -> Race:
    seat = invited_seat()
    url = reverse("training:cancel_session", args=[seat.session_id])
    return Race("cancel_session", [officer()], url, {"reason": "Contoh"})


@race("renew_pass", is_move=False)
def pass_renewed() -> Race:
    seat = invited_seat()
    url = reverse("training:renew_pass", args=[seat.pk])
    return Race("renew_pass", [officer()], url, {"reason": "Contoh"})


@race("renew_answer_link", is_move=False)
def answer_link_renewed() -> Race:
    return Race("renew_answer_link", [officer()], at("renew_answer_link", invited_seat().pk))


# --- letters, messages, pairs ---
def _letter() -> Letter:
    return Letter.objects.get(session=invited_seat().session)


def a_number() -> str:
    """An agenda number that no letter has."""
    return f"027/{next(make.count)}/2026"


@race("number_letter")
def letter_numbered() -> Race:
    said = {"act": "number", "number-number": a_number(), "number-dated_on": timezone.localdate()}
    return Race("number_letter", [officer()], at("letter", _letter().pk), said)


@race("sign_letter")
def letter_signed() -> Race:
    letter = _letter()
    today = timezone.localdate()
    actions.number_letter(letter, number=a_number(), dated_on=today, by=officer())
    said = {"act": "sign", "sign-signed_by_name": "Contoh Kepala", "sign-signed_on": today}
    return Race("sign_letter", [officer()], at("letter", letter.pk), said)


@race("cancel_letter")
def letter_cancelled() -> Race:
    said = {"act": "cancel", "cancel-reason": "Contoh"}
    return Race("cancel_letter", [officer()], at("letter", _letter().pk), said)


@race("mark_message_sent")
def message_sent_by_hand() -> Race:
    vendor = invited_seat().vendor
    message = Message.objects.filter(vendor=vendor, state=Message.State.BY_HAND).first()
    assert message
    return Race("send_by_hand", [officer()], at("mark_message_sent", message.pk))


@race("say_same", "judge_pair", "merge_firms")
def found_the_same() -> Race:
    one = couples.pair(firms.eligible(), firms.eligible())
    said = {"verdict": "same", "kept": one.first_id}
    return Race("merge_firm", [officer()], at("judge_pair", one.pk), said)


@race("say_different", "judge_pair")
def found_different() -> Race:
    one = couples.pair(firms.eligible(), firms.eligible())
    said = {"verdict": "different", "reason": "Contoh"}
    return Race("judge_pair", [officer()], at("judge_pair", one.pk), said, events=2)


@race("unmerge_firms")
def parted_again() -> Race:
    merge = actions.merge_firms(kept=firms.eligible(), merged=firms.eligible(), by=officer())
    said = {"are_two": "two", "reason": "Contoh"}
    return Race("part_firm", [officer()], at("merge", merge.pk), said, events=2)


# --- more that is written once for each form ---
@race("declare_conflict", is_move=False)
def conflict_declared() -> Race:
    url = at("declare_conflict", firms.submitted().vendor_id)
    return Race("declare_conflict", [officer()], url, {"reason": "Contoh"})


@race("seat_walk_in", "give_chair", "add_walk_in")
def walk_in_seated() -> Race:
    session, vendor = make.begin(make.make_session()), firms.eligible()
    said = {"number": vendor.nib, "reason": "Contoh", "sure": "1"}
    return Race("mark_attendance", [session.trainer], at("seat_walk_in", session.pk), said)


@race("give_feedback")
def opinion_given() -> Race:
    session = begun(is_present=True)
    training.actions.close_sheet(session, by=session.trainer)
    seat = session.seats.get()
    assert isinstance(seat.vendor, Vendor)
    url = reverse("training:give_feedback", args=[seat.pk])
    said = {"useful": "5", "clear": "4", "ready": "3", "remark": "Contoh"}
    return Race("give_feedback", [make.owner_of(seat.vendor)], url, said)


@race("begin_assistance")
def help_begun() -> Race:
    vendor = firms.eligible()
    said = {"consent_of": vendor.owner_name, "way": "phone", "knows": "on"}
    return Race("begin_assistance", [officer()], at("assist_owner", vendor.pk), said)
