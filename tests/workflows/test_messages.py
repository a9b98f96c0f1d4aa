"""The outbox: written with the act, delivered after it, once, and shown when it did not arrive."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from onboarding.actions import invite_person
from onboarding.models import Vendor
from tests import factories as make
from tests.workflows import firms
from workflows import actions, messages, tasks
from workflows.errors import MoveNotAllowed
from workflows.models import Message

pytestmark = pytest.mark.django_db

KINDS = {
    "invitation": "invited",
    "submitted": "submitted",
    "correction": "returned",
    "approved": "approved",
    "rejected": "rejected",
    "registered": "registered",
    "active": "active",
    "suspended": "suspended",
}


def queued(**fields: str) -> Message:
    number = next(make.count)
    return Message.objects.create(
        kind="contoh",
        channel=Message.Channel.EMAIL,
        to="pemilik@contoh.test",
        subject="Contoh",
        body="Isi contoh\n",
        key=f"contoh:{number}",
        **fields,
    )


def invited() -> Vendor:
    return make.invite(firms.eligible())


@pytest.mark.parametrize(("kind", "point"), KINDS.items())
def test_every_step_tells_the_owner_by_e_mail_and_by_a_text_to_paste(kind: str, point: str) -> None:
    here = invited() if point == "invited" else getattr(firms, point)()
    vendor = here if isinstance(here, Vendor) else here.vendor
    told = Message.objects.filter(vendor=vendor, kind=kind)
    states = {message.channel: message.state for message in told}
    assert states == {"email": Message.State.QUEUED, "whatsapp": Message.State.BY_HAND}
    for message in told:
        assert message.subject
        assert vendor.name in message.body
        assert "tidak dipungut biaya" in message.body.lower()
        assert "{{" not in message.body
        assert vendor.nib not in message.body


def test_a_firm_without_an_address_is_told_on_the_channel_that_is_left() -> None:
    vendor = firms.eligible()
    Vendor.objects.filter(pk=vendor.pk).update(email="")
    make.invite(vendor.refresh())
    assert [message.channel for message in Message.objects.filter(vendor=vendor)] == ["whatsapp"]


def test_the_same_act_is_told_once() -> None:
    vendor = firms.eligible()
    for _time in range(2):
        messages.tell_vendor(vendor, "guided", key="guided:1:1", session=make.make_session())
    assert Message.objects.filter(vendor=vendor, kind="guided").count() == 2


def test_an_act_that_is_refused_tells_nobody() -> None:
    vendor, gone = firms.eligible(), firms.withdrawn()
    with pytest.raises(MoveNotAllowed):
        actions.invite_vendors(
            make.make_session(), vendor_ids=[vendor.pk, gone.pk], by=make.make_user("officer")
        )
    assert not Message.objects.filter(kind="invitation").exists()


def test_what_waits_is_delivered_once() -> None:
    message = queued()
    assert messages.deliver_due() == 1
    assert messages.deliver_due() == 0
    message.refresh_from_db()
    assert (message.state, message.attempts, bool(message.sent_at)) == (
        Message.State.SENT,
        1,
        True,
    )
    assert [letter.to for letter in mail.outbox] == [["pemilik@contoh.test"]]


def test_a_text_to_paste_is_never_sent_by_the_machine() -> None:
    queued(state=Message.State.BY_HAND)
    assert messages.deliver_due() == 0
    assert mail.outbox == []


def test_the_sweep_empties_the_outbox() -> None:
    queued()
    tasks.sweep()
    assert len(mail.outbox) == 1


def test_a_post_office_that_is_away_is_tried_again_later_and_at_last_shown_as_failed(
    settings: Settings, tmp_path: Path
) -> None:
    # Nothing listens there, so the real sender meets a real refusal.
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    message = queued()
    now = timezone.now()
    for attempt in range(1, messages.MOST_ATTEMPTS + 1):
        with time_machine.travel(now, tick=False):
            assert messages.deliver_due() == 0
            assert messages.deliver_due() == 0
        message.refresh_from_db()
        assert message.attempts == attempt
        assert message.error == "ConnectionRefusedError"
        now = message.next_try_at + timedelta(seconds=1)
    assert message.state == Message.State.FAILED


def test_a_failed_message_does_not_hold_up_the_others(settings: Settings) -> None:
    settings.MESSAGE_SENDER = "tests.workflows.test_messages.RefusesTheFirst"
    first, second = queued(), queued()
    RefusesTheFirst.refused = first.pk
    assert messages.deliver_due() == 1
    second.refresh_from_db()
    assert second.state == Message.State.SENT


class RefusesTheFirst:
    """A gateway that does not take one message."""

    refused = 0

    def send(self, message: Message) -> None:
        """Refuse the one, take the others."""
        if message.pk == self.refused:
            raise OSError


def test_the_token_of_an_invitation_never_lies_in_the_outbox() -> None:
    invite_person(
        email="baru@contoh.test",
        full_name="Contoh Petugas",
        role="officer",
        agency=None,
        by=make.make_user("admin"),
    )
    assert not Message.objects.filter(to="baru@contoh.test").exists()
