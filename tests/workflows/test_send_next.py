"""Sixty messages by hand: open, send, press once, the next one stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.urls import reverse

from onboarding import roles
from tests import factories as make
from tests.workflows import firms
from workflows import messages
from workflows.models import Message

if TYPE_CHECKING:
    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as Response
    from pytest_django import DjangoAssertNumQueries

    from onboarding.models import Vendor

pytestmark = pytest.mark.django_db
NEXT = "/pesan/kirim/"


def waiting(kind: str = "guided", vendor: Vendor | None = None) -> Message:
    firm = vendor or firms.eligible()
    told = messages.tell_vendor(firm, kind, key=f"contoh:{next(make.count)}")
    return next(one for one in told if one.state == Message.State.BY_HAND)


@pytest.fixture
def officer(client: Client) -> Client:
    cache.clear()
    client.force_login(make.make_user(roles.OFFICER))
    return client


def shown(page: Response) -> Message | None:
    return page.context.get("message")


def test_one_press_after_sending_leads_to_the_next(officer: Client) -> None:
    first, second = waiting(), waiting()
    page = officer.get(NEXT)
    assert shown(page) == first
    assert quote(first.body.splitlines()[0]) in page.text
    assert f"https://wa.me/{first.to.lstrip('+')}?text=" in page.text
    sent = reverse("workflows:mark_message_sent", args=[first.pk])
    page = officer.post(sent, {"next": "1"}, follow=True)
    assert shown(page) == second
    sent = reverse("workflows:mark_message_sent", args=[second.pk])
    page = officer.post(sent, {"next": "1"}, follow=True)
    assert shown(page) is None
    assert not Message.objects.filter(state=Message.State.BY_HAND).exists()


def test_what_is_put_off_is_left_out_until_one_begins_again(officer: Client) -> None:
    first, second = waiting(), waiting()
    assert shown(officer.get(f"{NEXT}?after={first.pk}")) == second
    page = officer.get(f"{NEXT}?after={second.pk}")
    assert shown(page) is None
    assert f'href="{NEXT}"' in page.text


def test_two_officers_are_not_given_the_same_message(officer: Client) -> None:
    first, second = waiting(), waiting()
    assert shown(officer.get(NEXT)) == first
    officer.force_login(make.make_user(roles.OFFICER))
    assert shown(officer.get(NEXT)) == second


def test_the_queue_is_narrowed_by_kind_and_region_and_stays_so(officer: Client) -> None:
    elsewhere = firms.eligible(region="Kabupaten Malang", district="")
    waiting(), waiting("approved")
    wanted = waiting("approved", elsewhere)
    query = f"kind=approved&region={elsewhere.region_id}"
    page = officer.get(f"{NEXT}?{query}")
    assert shown(page) == wanted
    kept = {"next": "1", "kind": "approved", "region": elsewhere.region_id}
    answer = officer.post(reverse("workflows:mark_message_sent", args=[wanted.pk]), kept)
    assert query in answer["Location"]
    rows = officer.get(f"/pesan/?state=BY_HAND&{query}").context["rows"]
    assert rows == []


def test_a_text_that_was_changed_is_kept_as_it_was_sent_without_the_link(officer: Client) -> None:
    vendor = make.invite(firms.eligible())
    message = Message.objects.get(vendor=vendor, channel="whatsapp")
    seat = vendor.seats.get()
    Message.objects.filter(pk=message.pk).update(seat=seat)
    message.refresh_from_db()
    link = messages.with_link(message).partition("/h/")[2].split()[0]
    text = f"Bu, ini undangannya.\nJawab di sini: {messages.words.link_of(message)}"
    url = reverse("workflows:change_text", args=[message.pk])
    assert officer.post(url, {"text": " "}).status_code == 422
    page = officer.post(url, {"text": text})
    assert quote("Bu, ini undangannya.") in page.text
    assert Message.objects.get(pk=message.pk).sent_body == ""
    officer.post(reverse("workflows:mark_message_sent", args=[message.pk]), {"text": text})
    message.refresh_from_db()
    assert message.sent_body.startswith("Bu, ini undangannya.")
    assert messages.LINK_MARK in message.sent_body
    assert link not in message.sent_body
    assert "Bu, ini undangannya." in officer.get("/pesan/").text


def test_the_page_costs_the_same_for_one_message_and_for_many(
    officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _time in range(3):
        waiting()
    for url in (NEXT, "/pesan/?state=BY_HAND", "/pesan/"):
        with django_assert_max_num_queries(12):
            assert officer.get(url).status_code == 200
