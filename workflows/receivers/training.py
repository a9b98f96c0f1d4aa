"""What was planned, answered, seen at the door and left of a session, and what it means."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.dispatch import receiver

from training import events as training_events
from workflows import actions, audit
from workflows.models import Job
from workflows.receivers.ordering import order


@receiver(training_events.session_planned)
def on_session_planned(session: Any, by: Any, **_: Any) -> None:
    audit.record("plan_session", by=by, session=session.pk)


@receiver(training_events.series_planned)
def on_series_planned(series: Any, sessions: Any, by: Any, **_: Any) -> None:
    audit.record("plan_series", by=by, series=series.pk, sessions=[one.pk for one in sessions])


@receiver(training_events.session_changed)
def on_session_changed(session: Any, changed: Any, by: Any, **_: Any) -> None:
    audit.record("change_session", by=by, session=session.pk, changed=changed)


@receiver(training_events.session_moved)
def on_session_moved(session: Any, was: Any, seats: Any, reason: str, by: Any, **_: Any) -> None:
    audit.record(
        "move_session", by=by, reason=reason, session=session.pk,
        since=was.starts_at.isoformat(), until=session.starts_at.isoformat(),
    )  # fmt: skip
    actions.tell_of_move(session, was=was, seats=seats, reason=reason)


@receiver(training_events.venue_kept)
def on_venue_kept(venue: Any, by: Any, **_: Any) -> None:
    audit.record("keep_venue", by=by, venue=venue.pk)


@receiver(training_events.syllabus_kept)
def on_syllabus_kept(syllabus: Any, by: Any, **_: Any) -> None:
    audit.record("keep_syllabus", by=by, version=syllabus.version)


@receiver(training_events.feed_made)
def on_feed_made(feed: Any, by: Any, **_: Any) -> None:
    audit.record("make_feed", by=by, feed=feed.pk)


@receiver(training_events.feed_revoked)
def on_feed_revoked(feed: Any, by: Any, **_: Any) -> None:
    audit.record("revoke_feed", by=by, feed=feed.pk)


@receiver(training_events.session_cancelled)
def on_session_cancelled(
    session: Any, vendor_ids: Any, user_ids: Any, reason: str, by: Any, **_: Any
) -> None:
    audit.record("cancel_session", by=by, reason=reason, session=session.pk)
    actions.call_off_session(session, vendor_ids=vendor_ids, user_ids=user_ids, by=by)


@receiver(training_events.seats_given)
def on_seats_given(session: Any, vendor_ids: Any, by: Any, **_: Any) -> None:
    audit.record("give_seats", by=by, session=session.pk, seats=len(vendor_ids))


@receiver(training_events.seats_allocated)
def on_seats_allocated(allocation: Any, by: Any, **_: Any) -> None:
    audit.record(
        "allocate_seats", by=by, session=allocation.session_id, allocation=allocation.pk,
        waiting=allocation.waiting, seats=allocation.seats, digest=allocation.inputs_sha256,
    )  # fmt: skip


@receiver(training_events.allocation_overridden)
def on_allocation_overridden(row: Any, reason: str, by: Any, **_: Any) -> None:
    audit.record(
        "override_place", by=by, vendor=row.vendor, reason=reason, allocation=row.allocation_id,
        rank=row.rank, answer="in" if row.is_in else "out",
    )  # fmt: skip


@receiver(training_events.seat_answered)
def on_seat_answered(seat: Any, left: Any, answer: str, via: str, by: Any, **_: Any) -> None:
    audit.record(
        "answer_invitation", by=by, vendor=seat.vendor, session=seat.session_id, seat=seat.pk,
        left=left.session_id if left else "", answer=answer, via=via, state=seat.state,
    )  # fmt: skip


@receiver(training_events.firms_waiting)
def on_firms_waiting(session: Any, vendor_ids: Any, by: Any, **_: Any) -> None:
    audit.record("wait_for_seats", by=by, session=session.pk, firms=vendor_ids)


@receiver(training_events.seats_offered)
def on_seats_offered(session: Any, seats: Any, by: Any, **_: Any) -> None:
    audit.record("offer_seats", by=by, session=session.pk, seats=[seat.pk for seat in seats])


@receiver(training_events.guests_reminded)
def on_guests_reminded(session: Any, seat_ids: Any, by: Any, **_: Any) -> None:
    audit.record("remind_guests", by=by, session=session.pk, seats=len(seat_ids))


@receiver(training_events.answer_link_renewed)
def on_answer_link_renewed(seat: Any, by: Any, **_: Any) -> None:
    audit.record(
        "renew_answer_link", by=by, vendor=seat.vendor, session=seat.session_id, seat=seat.pk
    )


@receiver(training_events.seat_released)
def on_seat_released(seat: Any, by: Any, **_: Any) -> None:
    audit.record("release_seat", by=by, vendor=seat.vendor, session=seat.session_id)


@receiver(training_events.attendance_marked)
def on_attendance_marked(session: Any, marks: Any, reason: str, by: Any, **_: Any) -> None:
    present = sorted(pk for pk, is_here in marks.items() if is_here)
    absent = sorted(pk for pk, is_here in marks.items() if not is_here)
    audit.record(
        "mark_attendance", by=by, reason=reason, session=session.pk, present_seats=present,
        absent_seats=absent,
    )  # fmt: skip


@receiver(training_events.scans_recorded)
def on_scans_recorded(session: Any, device: str, scans: Any, by: Any, **_: Any) -> None:
    audit.record(
        "record_scans", by=by, session=session.pk, device=device[:4], scans=len(scans),
        **dict[str, Any](Counter(str(scan.outcome) for scan in scans)),
    )  # fmt: skip
    actions.seat_guests(session, scans, by=by)


@receiver(training_events.marks_refused)
def on_marks_refused(session: Any, code: str, by: Any, **_: Any) -> None:
    actions.refuse_file(door="door_file", code=code, by=by, session=session.pk)


@receiver(training_events.scans_settled)
def on_scans_settled(
    *, session: Any, scans: Any, seat: Any, present: bool, reason: str, by: Any, **_: Any
) -> None:
    audit.record(
        "settle_scans", by=by, vendor=seat.vendor if seat else None, reason=reason,
        session=session.pk, scans=len(scans), present=present,
    )  # fmt: skip


@receiver(training_events.pass_renewed)
def on_pass_renewed(seat: Any, reason: str, by: Any, **_: Any) -> None:
    audit.record(
        "renew_pass", by=by, vendor=seat.vendor, reason=reason, session=seat.session_id,
        seat=seat.pk,
    )  # fmt: skip


@receiver(training_events.sheet_closed)
def on_sheet_closed(
    *, session: Any, present_ids: Any, absent_ids: Any, counts: Any, by: Any, reason: str = "",
    **_: Any,
) -> None:  # fmt: skip
    audit.record("close_sheet", by=by, reason=reason, session=session.pk, **counts)
    if session.audience == session.Audience.GOVERNMENT:
        actions.propose_trained(session, by=by)
        return
    actions.apply_attendance(session, present_ids=present_ids, absent_ids=absent_ids, by=by)


@receiver(training_events.attendance_corrected)
def on_attendance_corrected(seat: Any, reason: str, by: Any, **_: Any) -> None:
    audit.record(
        "correct_attendance", by=by, vendor=seat.vendor, reason=reason, session=seat.session_id
    )
    if seat.vendor_id:
        actions.apply_correction_of_attendance(seat, reason=reason, by=by)


@receiver(training_events.pictures_added)
def on_pictures_added(session: Any, pictures: Any, by: Any, **_: Any) -> None:
    audit.record(
        "add_pictures", by=by, session=session.pk, pictures=[one.pk for one in pictures],
        kind=pictures[0].kind,
    )  # fmt: skip


@receiver(training_events.feedback_given)
def on_feedback_given(feedback: Any, by: Any, **_: Any) -> None:
    # Not under the firm: what somebody thought is read without their name.
    audit.record("give_feedback", by=by, session=feedback.seat.session_id)


@receiver(training_events.quiz_changed)
def on_quiz_changed(syllabus: Any, number: int, by: Any, **_: Any) -> None:
    audit.record("change_quiz", by=by, version=syllabus.version, number=number)


@receiver(training_events.quiz_answered)
def on_quiz_answered(result: Any, by: Any, **_: Any) -> None:
    audit.record(
        "answer_quiz", by=by, vendor=result.seat.vendor, session=result.seat.session_id,
        kind=result.moment,
    )  # fmt: skip


@receiver(training_events.certificates_ordered)
def on_certificates_ordered(batch: Any, by: Any, **_: Any) -> None:
    audit.record(
        "order_certificates", by=by, session=batch.session_id, batch=batch.pk, count=batch.wanted
    )
    order(Job.Kind.ISSUE_CERTIFICATES, batch.pk)


@receiver(training_events.certificates_made)
def on_certificates_made(batch: Any, by: Any, **_: Any) -> None:
    audit.record(
        "make_certificates", by=by, session=batch.session_id, batch=batch.pk, count=batch.wanted
    )
    actions.tell_of_certificates(batch)


@receiver(training_events.certificate_revoked)
def on_certificate_revoked(certificate: Any, reason: str, by: Any, **_: Any) -> None:
    audit.record(
        "revoke_certificate", by=by, vendor=certificate.seat.vendor, reason=reason,
        session=certificate.seat.session_id, number=certificate.number,
    )  # fmt: skip


@receiver(training_events.office_seats_changed)
def on_office_seats_changed(
    session: Any, agency: Any, seats: Any, act: str, by: Any, **_: Any
) -> None:
    audit.record(act, by=by, session=session.pk, agency=agency.code, seats=len(seats))
