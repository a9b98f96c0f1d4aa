"""A new key of the installation ends nothing, as long as the one before it is kept beside it."""

import pytest
from django.utils import timezone
from pytest_django import Settings

import onboarding.actions
import training.actions
from onboarding import roles
from tests import factories as make
from tests.workflows import campaigns
from training import passes
from training.actions import passing
from training.errors import LinkNotValid
from training.models import Seat
from workflows import kinship, secretwords
from workflows.models import PersonalMark
from workflows.owner import receipts

pytestmark = pytest.mark.django_db

OLD, NEW = "o" * 60, "n" * 60


@pytest.fixture
def old_key(settings: Settings) -> Settings:
    """What is made now is made with a key that is about to be changed."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    return settings


def change_key(settings: Settings, *, keep: bool) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD] if keep else []


def test_passes_codes_and_links_of_before_count_until_the_older_key_is_dropped(
    old_key: Settings,
) -> None:
    make.invite(make.refer())
    seat = Seat.objects.select_related("session").get()
    carried = training.actions.pass_of(seat)
    typed, link = training.actions.code_of(seat), training.actions.seat_token(seat)
    door = {"seats": [seat]}
    now = timezone.now()

    change_key(old_key, keep=True)
    assert passing.seat_of_pass(seat.session, carried, at=now, **door) == seat
    assert passing.seat_of_code(typed, **door) == seat
    assert training.actions.find_seat(link) == seat
    assert training.actions.pass_of(seat) != carried

    change_key(old_key, keep=False)
    forged = passing.seat_of_pass(seat.session, carried, at=now, **door)
    assert forged == passes.Refusal.FORGED
    assert passing.seat_of_code(typed, **door) == passes.Refusal.FORGED
    with pytest.raises(LinkNotValid):
        training.actions.find_seat(link)


def test_a_request_is_reminded_with_the_link_that_was_sent(old_key: Settings) -> None:
    request = campaigns.asked(campaigns.sent("dindik"))
    sent = onboarding.actions.link_token(request)
    change_key(old_key, keep=True)
    assert onboarding.actions.link_token(request) == sent
    assert onboarding.actions.find_request(token=sent) == request


def test_ties_words_of_tickets_and_receipts_are_known_again(old_key: Settings) -> None:
    person, firm = make.make_user(roles.OFFICER), make.refer(phone="081234500099")
    phone = kinship.normal(PersonalMark.Kind.PHONE, "081234500099")
    digest = kinship.digest_of(PersonalMark.Kind.PHONE, phone)
    PersonalMark.objects.create(user=person, kind=PersonalMark.Kind.PHONE, digest=digest)
    kept = secretwords.hash_of("mako-tiru-dabe", "T-1")
    token = receipts.token_of(make.hand_in(firm, "ktp"))
    facts = type(firm).objects.filter(pk=firm.pk).values_list("pk", *kinship.FACTS)

    change_key(old_key, keep=True)
    assert kinship.sharing(person, facts) == {firm.pk}
    assert secretwords.is_right("mako tiru dabe", "T-1", kept)
    assert receipts.paper_of(token) is not None

    change_key(old_key, keep=False)
    assert kinship.sharing(person, facts.all()) == set()
    assert not secretwords.is_right("mako tiru dabe", "T-1", kept)
    assert receipts.paper_of(token) is None
