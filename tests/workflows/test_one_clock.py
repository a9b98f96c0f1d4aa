"""A machine whose clock is ten minutes off neither takes, ends nor repeats anything: what counts
down is written and judged by the database's clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from onboarding import roles
from onboarding.models import SignInMessage, User
from tests import factories as make
from tests.workflows import firms
from training.models import Seat
from workflows import actions, clock, deadlines, health, jobs, messages, pulses, tasks, watching
from workflows.models import Job, Message, PendingAct, Setting, Stage

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
A_MOMENT = timedelta(seconds=20)


@pytest.fixture(autouse=True, params=[10, -10], ids=["slow machine", "fast machine"])
def off(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The database is ten minutes ahead of this machine, or behind it; ``span`` moves it on."""
    by = SimpleNamespace(span=request.param * MINUTE)
    monkeypatch.setattr(clock, "now", lambda: timezone.now() + by.span)
    return by


def is_now(moment: datetime | None, *, after: timedelta = timedelta()) -> bool:
    return moment is not None and abs(moment - clock.now() - after) < A_MOMENT


def test_a_hint_that_is_lost_is_sent_again_after_a_minute(off: SimpleNamespace) -> None:
    job = jobs.order(Job.Kind.LOOK_AGAIN, 1, send=lambda _pk: None)
    jobs.order_many(Job.Kind.REREAD_PAPER, [2])
    assert is_now(job.send_after, after=jobs.FIRST_RESEND)
    assert is_now(Job.objects.get(subject_id=2).send_after)
    sent: list[int] = []
    jobs.resend_stuck(sent.append)
    assert job.pk not in sent
    off.span += 61 * timedelta(seconds=1)
    jobs.resend_stuck(sent.append)
    assert job.pk in sent


def test_a_worker_is_seen_and_missed_in_time(off: SimpleNamespace) -> None:
    pulses.mark(pulses.WORKER)
    assert not health.examine().is_silent
    off.span += 4 * MINUTE
    assert health.examine().is_silent
    assert "worker_seen_seconds" in watching.as_json()["wrong"]


def test_a_claim_ends_after_its_time_and_not_before(off: SimpleNamespace) -> None:
    case = actions.claim_case(firms.submitted(), by=make.make_user(roles.OFFICER))
    system = User.objects.system()
    off.span += Setting.value_of("claim_minutes") * MINUTE - MINUTE
    assert actions.release_stale_claims(by=system) == 0
    off.span += 2 * MINUTE
    assert actions.release_stale_claims(by=system) == 1
    assert firms.again(case).owner is None


def test_a_seat_is_held_for_as_long_as_was_promised(off: SimpleNamespace) -> None:
    session, officer = make.make_session(capacity=1, days=9), make.make_user(roles.OFFICER)
    seated = make.invite(firms.eligible(), session)
    (seat,) = actions.put_on_waiting_list(session, vendor_ids=[firms.eligible().pk], by=officer)
    system = User.objects.system()
    actions.answer_invitation(
        Seat.objects.get(vendor=seated), answer="no", via=Seat.AnsweredVia.LINK, by=system
    )
    seat.refresh_from_db()
    assert is_now(seat.hold_until, after=Setting.value_of("seat_hold_hours") * 60 * MINUTE)
    off.span += Setting.value_of("seat_hold_hours") * 60 * MINUTE - MINUTE
    actions.pass_on_seats(by=system)
    assert Seat.objects.get(pk=seat.pk).state == Seat.State.INVITED
    off.span += 2 * MINUTE
    actions.pass_on_seats(by=system)
    assert Seat.objects.get(pk=seat.pk).state == Seat.State.RELEASED


def test_what_one_worker_is_sending_no_other_one_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    messages.tell_person("kepala@contoh.test", "trail_broken", key="contoh", check=None)
    SignInMessage.objects.create(to="pemilik@contoh.test", subject="Contoh", body="Contoh")
    seen: list[datetime | None] = []

    class Sender:
        def send(self, message: Message) -> None:
            seen.append(Message.objects.get(pk=message.pk).next_try_at)

        def email(self, *_words: str) -> None:
            seen.append(SignInMessage.objects.get().taken_at)

    monkeypatch.setattr("workflows.messages.delivering.import_string", lambda _name: Sender)
    monkeypatch.setattr("workflows.messages.signing.import_string", lambda _name: Sender)
    assert messages.deliver_due() == 1
    assert tasks.send_sign_in() == 1
    assert is_now(seen[0], after=messages.delivering.WHILE_SENDING)
    assert is_now(seen[1])


def test_the_seconds_to_take_an_act_back_are_those_of_the_database() -> None:
    asked: list[float] = []
    pending = PendingAct(pk=1, final_at=clock.now() + timedelta(seconds=10))
    tasks.finish_act.apply_async, ask = (
        lambda _args, countdown: asked.append(countdown),
        tasks.finish_act.apply_async,
    )
    try:
        tasks.finish_later(pending)
    finally:
        tasks.finish_act.apply_async = ask
    assert 5 < asked[0] < 11


def test_the_owners_window_ends_on_its_day_and_not_ten_minutes_before(
    off: SimpleNamespace,
) -> None:
    case = firms.returned()
    assert case.due_at
    assert case.due_at == deadlines.due_for(Stage.CORRECT)
    system = User.objects.system()
    off.span = case.due_at - timezone.now() - MINUTE
    assert actions.lapse_due(by=system)["timers"] == 0
    off.span += 2 * MINUTE
    assert actions.lapse_due(by=system)["timers"] == 1
