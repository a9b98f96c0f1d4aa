"""Numbering, signing, cancelling letters: a number is used once a year, a signature is final."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onboarding import roles
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.errors import NotAllowed, NumberTaken, Refused
from workflows.models import Letter

pytestmark = pytest.mark.django_db


def draft() -> Letter:
    """A letter as the invitation of one firm leaves it."""
    make.invite(firms.eligible())
    letter = Letter.objects.first()
    assert letter
    return letter


def number(letter: Letter, text: str = "027/1/2026") -> Letter:
    return actions.number_letter(
        letter, number=text, dated_on=timezone.localdate(), by=make.make_user(roles.OFFICER)
    )


def sign(letter: Letter) -> Letter:
    return actions.sign_letter(
        letter,
        signed_by_name="Contoh Kepala Biro",
        signed_on=timezone.localdate(),
        by=make.make_user(roles.OFFICER),
    )


def test_a_letter_is_a_draft_until_it_is_numbered_and_signed() -> None:
    letter = draft()
    assert letter.is_draft
    assert number(letter).is_draft
    signed = sign(letter)
    assert not signed.is_draft
    assert (len(signed.sha256), bool(signed.stored_as)) == (64, True)


def test_a_number_is_used_once_a_year() -> None:
    number(draft())
    second = draft()
    with pytest.raises(NumberTaken, match="027/1/2026"):
        number(second, " 027/1/2026 ")
    second.refresh_from_db()
    assert (second.state, second.number) == (Letter.State.DRAFT, "")


def test_the_same_number_may_be_used_in_another_year() -> None:
    number(draft())
    last_year = timezone.localdate() - timedelta(days=366)
    letter = actions.number_letter(
        draft(), number="027/1/2026", dated_on=last_year, by=make.make_user(roles.OFFICER)
    )
    assert letter.year == last_year.year


def test_the_number_of_a_cancelled_letter_stays_used() -> None:
    first = number(draft())
    actions.cancel_letter(first, reason="Salah alamat", by=make.make_user(roles.OFFICER))
    with pytest.raises(NumberTaken):
        number(draft())


def test_a_letter_is_numbered_once_and_signed_after_its_number() -> None:
    letter = draft()
    with pytest.raises(Refused):
        sign(letter)
    number(letter)
    with pytest.raises(Refused):
        number(letter, "027/2/2026")
    sign(letter)
    with pytest.raises(Refused):
        sign(letter)


def test_a_signed_letter_is_not_cancelled() -> None:
    letter = draft()
    number(letter)
    sign(letter)
    with pytest.raises(Refused):
        actions.cancel_letter(letter, reason="-", by=make.make_user(roles.OFFICER))


def test_a_letter_is_not_signed_in_the_future() -> None:
    letter = number(draft())
    with pytest.raises(Refused):
        actions.sign_letter(
            letter,
            signed_by_name="Contoh",
            signed_on=timezone.localdate() + timedelta(days=1),
            by=make.make_user(roles.OFFICER),
        )


@pytest.mark.parametrize("role", [roles.APPROVER, roles.TRAINER, roles.VENDOR, roles.AUDITOR])
def test_only_officers_number_sign_and_cancel(role: str) -> None:
    letter, person, today = draft(), make.make_user(role), timezone.localdate()
    for act in (
        lambda: actions.number_letter(letter, number="1", dated_on=today, by=person),
        lambda: actions.sign_letter(letter, signed_by_name="-", signed_on=today, by=person),
        lambda: actions.cancel_letter(letter, reason="-", by=person),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_every_act_on_a_letter_is_on_the_trail() -> None:
    case = make.approve(firms.verified())
    letter = Letter.objects.get(vendor=case.vendor)
    number(letter)
    signed = sign(letter)
    events = {event.act: event for event in case.vendor.events.all()}
    assert events["number_letter"].detail == {"letter": letter.pk, "number": "027/1/2026"}
    assert events["sign_letter"].detail["sha256"] == signed.sha256
