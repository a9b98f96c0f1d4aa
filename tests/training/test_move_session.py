"""Moving, changing and calling off a session: who is told, what is asked again, what is refused."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from onboarding import roles
from onboarding.models import Agency
from tests import factories as make
from training import actions
from training.errors import HallTaken, Refused, SheetClosed, TrainerBusy
from training.models import Seat, Session, Venue
from workflows.models import AuditEvent, Letter, Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(make.make_user(roles.OFFICER))
    client.cookies["django_language"] = "en"
    return client


def move(session: Session, *, days: float = 7, **changes: Any) -> Session:
    starts_at = session.starts_at + timedelta(days=days)
    facts = {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=4),
        "way": Session.Way.HALL,
        "venue": None,
        "region": session.region,
        "place": session.place,
        "address": session.address,
        "map_url": "",
        "online_url": "",
        "reason": "Aula kebanjiran",
        "by": make.make_user(roles.OFFICER),
    }
    return actions.move_session(session, **facts | changes)


def typed(session: Session, **changes: Any) -> dict[str, Any]:
    day = timezone.localdate(session.starts_at) + timedelta(days=7)
    return {
        "day": day.isoformat(),
        "starts": "09:00",
        "ends": "12:00",
        "way": "hall",
        "region": session.region_id,
        "place": "Aula Lain Contoh",
        "reason": "Aula kebanjiran",
        **changes,
    }


# --- moving ---------------------------------------------------------------------------------------
def test_everybody_who_has_a_seat_is_told_the_new_day_and_why() -> None:
    session = make.make_session()
    firm = make.invite(make.refer(), session)
    moved = move(session)
    bodies = Message.objects.filter(vendor=firm, kind="session_moved").values_list(
        "body", flat=True
    )
    assert len(bodies) == 2  # by e-mail, and as text for WhatsApp
    for moment in (session.starts_at, moved.starts_at):
        with translation.override("id"):
            day = date_format(timezone.localtime(moment), "j F Y")
        assert all(day in body for body in bodies)
    assert all("Aula kebanjiran" in body for body in bodies)
    assert all("[tautan pribadi]" in body for body in bodies)  # where the answer link will stand
    event = AuditEvent.objects.get(act="move_session")
    assert (event.reason, event.detail["session"]) == ("Aula kebanjiran", session.pk)


def test_seats_stay_and_answers_are_asked_again() -> None:
    session = make.make_session()
    firm = make.invite(make.refer(), session)
    now = timezone.now()
    Seat.objects.update(
        state=Seat.State.CONFIRMED, answered_at=now, answered_via="phone", reminded_at=now
    )
    assert move(session).changes == 1
    seat = Seat.objects.get(vendor=firm)
    assert (seat.state, seat.answered_at, seat.answered_via) == ("CONFIRMED", None, "")
    assert seat.reminded_at is None


def test_a_person_of_an_office_is_told_of_a_move_and_of_a_cancellation() -> None:
    session = make.make_session(audience=Session.Audience.GOVERNMENT)
    person = make.make_user(roles.AGENCY)
    Seat.objects.create(
        session=session, agency=Agency.objects.get(code="dindik"), user=person,
        person_name=person.full_name, given_by=session.created_by,
    )  # fmt: skip
    move(session)
    actions.cancel_session(session, reason="Banjir", by=make.make_user(roles.OFFICER))
    kinds = Message.objects.filter(to=person.email).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["session_moved_person", "session_cancelled_person"]


def test_a_letter_that_is_still_a_draft_says_the_new_day() -> None:
    session = make.make_session()
    make.invite(make.refer(), session)
    before = Letter.objects.get(session=session).content
    move(session, place="Pendopo Contoh")
    after = Letter.objects.get(session=session).content
    assert after["day"] != before["day"]
    assert (after["place"], after["guests"]) == ("Pendopo Contoh", before["guests"])


def test_a_session_is_not_moved_onto_another_of_its_trainer_or_its_hall() -> None:
    session = make.make_session()
    hall = Venue.objects.create(name="Aula Contoh", region_id="35.78", chairs=10)
    held = make.make_session(days=10, venue=hall)
    with pytest.raises(HallTaken, match=r"Aula Contoh is taken by “Bimtek Contoh” on"):
        move(session)  # the typed place is that hall
    actions.cancel_session(held, reason="Batal", by=make.make_user(roles.OFFICER))
    make.make_session(days=10, co_trainers=[session.trainer], place="Lain")
    with pytest.raises(TrainerBusy, match=session.trainer.full_name):
        move(session, place="Lain lagi")


def test_a_session_does_not_stand_in_its_own_way() -> None:
    hall = Venue.objects.create(name="Aula Contoh", region_id="35.78")
    session = make.make_session(venue=hall)
    assert move(session, days=0.04).venue == hall


@pytest.mark.parametrize(
    ("changes", "sentence"), [({"days": 0}, "Nothing is different"), ({"days": -9}, "in the past")]
)
def test_a_move_to_the_same_or_to_a_past_day_is_refused(changes: Any, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        move(make.make_session(), **changes)


def test_a_session_that_was_held_or_closed_is_not_moved() -> None:
    session = make.make_session()
    firm = make.invite(make.refer(), session)
    make.begin(session)
    Seat.objects.filter(vendor=firm).update(arrived_at=timezone.now(), marked_by=session.trainer)
    with pytest.raises(Refused, match="was held"):
        move(session)
    actions.close_sheet(session, by=session.trainer)
    with pytest.raises(SheetClosed):
        move(session)


def test_the_page_of_a_move_keeps_what_was_typed_and_says_what_is_wrong(officer: Client) -> None:
    session = make.make_session()
    url = reverse("training:move_session", args=[session.pk])
    assert officer.get(url).status_code == 200
    wrong = officer.post(url, typed(session, ends="08:00", reason=""))
    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (400, ["ends", "reason"])
    at = timezone.localtime(session.starts_at)
    noon = at.replace(hour=12) + timedelta(days=7)
    make.make_session(starts_at=noon, ends_at=noon + timedelta(hours=2), trainer=session.trainer)
    busy = officer.post(url, typed(session, starts="11:00", ends="15:00"))
    assert busy.status_code == 409
    assert "Aula kebanjiran" in busy.content.decode()
    done = officer.post(url, typed(session, day=(at + timedelta(days=40)).date().isoformat()))
    assert done.status_code == 302
    page = officer.get(done["Location"]).content.decode()
    assert "Moved 1 time" in page
    assert "Aula kebanjiran" in page


# --- changing -------------------------------------------------------------------------------------
def changed(session: Session, **changes: Any) -> dict[str, Any]:
    return {
        "title": session.title,
        "audience": session.audience,
        "syllabus": session.syllabus_id,
        "trainer": session.trainer_id,
        "capacity": session.capacity,
        "language": session.language,
        **changes,
    }


def test_what_a_session_is_about_changes_without_a_message(officer: Client) -> None:
    session = make.make_session()
    make.invite(make.refer(), session)
    told = Message.objects.count()
    url = reverse("training:change_session", args=[session.pk])
    facts = {"title": "Bimtek foto produk", "cost": "Rp 1.500.000", "serves": ["35.15", "35.25"]}
    assert officer.post(url, changed(session, **facts)).status_code == 302
    session.refresh_from_db()
    assert (session.title, session.cost, session.changes) == ("Bimtek foto produk", 1_500_000, 0)
    assert session.serves.count() == 2
    assert Message.objects.count() == told
    assert AuditEvent.objects.get(act="change_session").detail["changed"] == [
        "cost", "serves", "title",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"cost": "-5000"}, "cannot be below zero"),
        ({"cost": "banyak"}, "whole rupiah"),
        ({"capacity": "1"}, "2 seats are given already"),
        ({"audience": "government"}, "Somebody has a seat already"),
    ],
)
def test_a_change_that_cannot_be_is_said_in_words(
    officer: Client, changes: dict[str, Any], sentence: str
) -> None:
    session = make.make_session()
    for _n in range(2):
        make.invite(make.refer(), session)
    url = reverse("training:change_session", args=[session.pk])
    answer = officer.post(url, changed(session, title="Judul yang diketik", **changes))
    assert answer.status_code in (400, 409)
    assert sentence in str(answer.context["form"].errors)
    assert "Judul yang diketik" in answer.content.decode()


def test_a_change_leaves_what_a_colleague_has_just_changed(officer: Client) -> None:
    session, trainer = make.make_session(), make.make_user(roles.TRAINER)
    url = reverse("training:change_session", args=[session.pk])
    shown = str(officer.get(url).context["form"].shown)
    said = changed(session, shown=shown)
    theirs = changed(session, capacity=30, co_trainers=[trainer.pk], serves=["35.15"])
    assert officer.post(url, theirs).status_code == 302
    assert officer.post(url, said | {"title": "Bimtek foto produk"}).status_code == 302
    session.refresh_from_db()
    assert (session.title, session.capacity) == ("Bimtek foto produk", 30)
    assert (session.co_trainers.get(), session.serves.count()) == (trainer, 1)
    answer = officer.post(url, said | {"title": "Judul yang diketik", "capacity": 25})
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (
        409,
        ["capacity", "title"],
    )
    assert "Judul yang diketik" in answer.content.decode()
    answer = officer.post(url, said | {"trainer": trainer.pk})
    assert "not also another trainer" in str(answer.context["form"].errors)


def test_another_trainer_is_not_put_where_they_are_busy() -> None:
    busy = make.make_session()
    session = make.make_session()
    facts = {
        "title": session.title, "audience": session.audience, "syllabus": session.syllabus,
        "trainer": session.trainer, "capacity": 20, "category": "", "language": "id",
        "cost": None, "serves": [],
    }  # fmt: skip
    by = make.make_user(roles.OFFICER)
    with pytest.raises(TrainerBusy, match=busy.trainer.full_name):
        actions.change_session(session, **facts, co_trainers=[busy.trainer], by=by)
    assert actions.change_session(session, **facts, co_trainers=[], by=by).changes == 0


def test_the_reason_of_a_cancellation_stands_on_the_page_and_in_the_message(
    officer: Client,
) -> None:
    session = make.make_session()
    firm = make.invite(make.refer(), session)
    url = reverse("training:cancel_session", args=[session.pk])
    answer = officer.post(url, {"reason": "Aula kebanjiran"})
    assert "Aula kebanjiran" in officer.get(answer["Location"]).content.decode()
    message = Message.objects.filter(vendor=firm, kind="session_cancelled").first()
    assert message is not None
    assert "Aula kebanjiran" in message.body
