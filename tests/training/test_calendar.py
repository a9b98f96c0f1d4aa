"""The month, the file of one session, and the address that calendar programmes read."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from onboarding import roles
from tests import factories as make
from training import actions, calendars
from training.models import CalendarFeed, Material, Session, Syllabus
from workflows.models import AuditEvent

pytestmark = pytest.mark.django_db
MONTH = "/bimtek/kalender/"


def address_of(user: Any) -> str:
    return reverse("training:feed", args=[actions.make_feed(by=user)[1]])


def events_of(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


@time_machine.travel("2026-11-23 10:00 +0700")
def test_a_session_stands_on_its_day_of_the_month(client: Client) -> None:
    session = make.make_session(days=3)
    client.force_login(make.make_user(roles.OFFICER))
    weeks = client.get(MONTH, {"month": "2026-11"}).context["weeks"]
    shown = {day["day"].isoformat(): day["sessions"] for week in weeks for day in week}
    assert shown["2026-11-26"] == [session]
    assert sum(map(len, shown.values())) == 1
    assert client.get(MONTH, {"month": "2026-13"}).context["first"].month == 11
    assert client.get(MONTH, {"month": "0001-01"}).status_code == 200


def test_a_trainer_finds_in_the_month_what_they_lead_or_help_with(client: Client) -> None:
    trainer = make.make_user(roles.TRAINER)
    led = make.make_session(trainer=trainer)
    helped = make.make_session(days=4, co_trainers=[trainer])
    make.make_session(days=5)
    events = events_of(client.get(address_of(trainer)).content)
    assert [event["summary"] for event in events] == [led.title, helped.title]


def test_the_address_opens_without_signing_in_and_names_no_person(client: Client) -> None:
    session = make.make_session()
    make.invite(make.refer(owner_name="Contoh Rahasia"), session)
    response = client.get(address_of(make.make_user(roles.OFFICER)))
    text = response.content.decode()
    assert response["Content-Type"].startswith("text/calendar")
    assert "no-store" in response["Cache-Control"]
    assert session.title in text
    for name in ("Rahasia", session.trainer.full_name, session.created_by.full_name):
        assert name not in text


def test_the_token_is_kept_only_as_its_hash_and_stands_in_no_trail() -> None:
    feed, token = actions.make_feed(by=make.make_user(roles.OFFICER))
    assert token not in str(CalendarFeed.objects.values().get(pk=feed.pk))
    assert token not in str(list(AuditEvent.objects.filter(act="make_feed").values()))


def test_a_revoked_replaced_or_foreign_address_opens_nothing(client: Client) -> None:
    user = make.make_user(roles.OFFICER)
    first = address_of(user)
    second = address_of(user)
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    client.force_login(user)
    client.post(reverse("training:revoke_feed"))
    assert client.get(second).status_code == 404
    third = address_of(user)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(third).status_code == 404
    assert client.get(reverse("training:feed", args=["x" * 300])).status_code == 404


def test_an_auditor_gets_no_address_that_would_be_read_without_a_record(client: Client) -> None:
    auditor, trainer = make.make_user(roles.AUDITOR), make.make_user(roles.TRAINER)
    client.force_login(auditor)
    assert reverse("training:make_feed") not in client.get(MONTH).content.decode()
    assert client.post(reverse("training:make_feed")).status_code == 403
    address = address_of(trainer)
    CalendarFeed.objects.update(user=auditor)  # as it was made before auditors had none
    assert client.get(address).status_code == 404


def test_an_entry_keeps_its_name_and_its_number_grows_when_moved_and_cancelled() -> None:
    by = make.make_user(roles.OFFICER)
    session = make.make_session()
    [planned] = events_of(calendars.entry_of(session))
    later = session.starts_at + timedelta(days=2)
    where = {"region_id": "35.78", "place": "Aula Contoh", "address": "", "way": "hall"}
    session = actions.move_session(
        session, reason="Banjir", by=by, starts_at=later,
        ends_at=later + timedelta(hours=3), **where,
    )  # fmt: skip
    [moved] = events_of(calendars.entry_of(session))
    session = actions.cancel_session(session, reason="Banjir", by=by)
    [cancelled] = events_of(calendars.entry_of(session))
    assert planned["uid"] == moved["uid"] == cancelled["uid"]
    assert [event["sequence"] for event in (planned, moved, cancelled)] == [0, 1, 2]
    assert [event["status"] for event in (moved, cancelled)] == ["CONFIRMED", "CANCELLED"]
    assert moved["dtstart"].dt == later.replace(microsecond=0)


def test_an_entry_is_in_the_time_of_the_office_with_links_and_materials() -> None:
    syllabus = Syllabus.objects.get(version="2026.1")
    Material.objects.create(syllabus=syllabus, title="Buku saku", url="https://contoh.test/b.pdf")
    session = make.make_session(way=Session.Way.BOTH, online_url="https://rapat.contoh.test/x")
    text = calendars.entry_of(session).decode().replace("\r\n ", "")
    assert "BEGIN:VTIMEZONE" in text
    assert "DTSTART;TZID=Asia/Jakarta:" + f"{timezone.localtime(session.starts_at):%Y%m%dT}" in text
    assert "https://rapat.contoh.test/x" in text
    assert "Buku saku: https://contoh.test/b.pdf" in text


def test_one_session_can_be_put_in_a_calendar_by_those_who_see_it(client: Client) -> None:
    session = make.make_session()
    url = reverse("training:session_entry", args=[session.pk])
    client.force_login(session.trainer)
    assert len(events_of(client.get(url).content)) == 1
    client.force_login(make.make_user(roles.TRAINER))
    assert client.get(url).status_code == 404


def test_the_address_is_shown_once_and_the_month_costs_few_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for day in range(1, 9):
        make.make_session(days=day)
    client.force_login(make.make_user(roles.OFFICER))
    url = client.post(reverse("training:make_feed")).context["url"]
    assert client.get(url[url.index("/bimtek/") :]).status_code == 200
    token = url.rpartition("/")[2].removesuffix(".ics")
    with django_assert_max_num_queries(10):
        assert token not in client.get(MONTH).content.decode()
