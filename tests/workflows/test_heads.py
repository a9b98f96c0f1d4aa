"""The trail is watched: looks are sealed, a head leaves the house each day, each night all is
walked, and whoever answers for it hears of a forgery."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from onboarding.models import User
from tests import factories as make
from tests.trail import at_the_end_of_the_transaction, forging
from workflows import actions, audit, jobs
from workflows.letters import draft_decision, render_pdf
from workflows.models import AuditEvent, Job, Look, Message, TrailCheck, TrailHead
from workflows.printing import page_of
from workflows.sealing import seal_looks
from workflows.verifying import verify_trail

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
PAGE = "/jejak/kepala/"


@pytest.fixture(autouse=True)
def _inspectorate(settings: Any) -> None:
    settings.INSPECTORATE_EMAIL = "inspektorat@contoh.test"


@pytest.fixture
def looks() -> list[Look]:
    """Six looks of an hour ago that were sealed, and one that is too young for it."""
    firm, now = make.refer(), timezone.now()
    ago = now - timedelta(hours=1)
    for _ in range(6):
        look(firm, ago)
    seal_looks(now=now, by=User.objects.system())
    look(firm, now)
    at_the_end_of_the_transaction()
    return list(Look.objects.order_by("pk"))


def look(firm: Any, at: Any) -> Look:
    by = make.make_user(roles.OFFICER)
    return Look.objects.create(vendor=firm, by=by, role=by.role, what=Look.What.CASE, at=at)


def watch(now: Any = None) -> TrailCheck | None:
    """What the scheduler asks every five minutes."""
    at_the_end_of_the_transaction()
    by = User.objects.system()
    check = actions.watch_trail(now=now or timezone.now(), send=lambda _pk: None, by=by)
    at_the_end_of_the_transaction()
    return check


def walk(check: TrailCheck) -> TrailCheck:
    actions.check_trail(check.pk, by=User.objects.system(), beat=lambda: None)
    check.refresh_from_db()
    return check


def test_sealed_looks_are_sound_and_sealed_once(looks: list[Look]) -> None:
    (seal,) = AuditEvent.objects.filter(act="seal_looks")
    assert (seal.detail["count"], seal.detail["upto"]) == (6, looks[5].pk)
    assert seal_looks(now=timezone.now(), by=User.objects.system()) is None
    later = timezone.now() + timedelta(hours=2)
    second = seal_looks(now=later, by=User.objects.system())
    assert second is not None
    assert (second.detail["after"], second.detail["count"]) == (looks[5].pk, 1)
    at_the_end_of_the_transaction()
    assert verify_trail().ok


@pytest.mark.parametrize("forgery", ["another person", "another moment", "gone", "moved"])
def test_a_forged_look_is_found(looks: list[Look], forgery: str) -> None:
    sealed = Look.objects.filter(pk=looks[2].pk)
    with forging():
        if forgery == "another person":
            sealed.update(by=make.make_user(roles.OFFICER))
        elif forgery == "another moment":
            sealed.update(at=timezone.now())
        elif forgery == "gone":
            sealed._raw_delete("default")
        else:
            sealed.update(id=10**9)
    seal = AuditEvent.objects.get(act="seal_looks")
    assert verify_trail().first_bad == seal.pk


@pytest.mark.parametrize("forge", ["update", "_raw_delete"])
def test_the_database_refuses_to_change_or_delete_a_look(looks: list[Look], forge: str) -> None:
    every = Look.objects.filter(pk__gt=0)
    said = {"role": "admin"} if forge == "update" else {"using": "default"}
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        getattr(every, forge)(**said)


def test_once_a_day_the_head_is_kept_and_leaves_for_the_inspectorate() -> None:
    make.refer()
    check = watch()
    assert check
    head = TrailHead.objects.get()
    assert Job.objects.get(kind=Job.Kind.VERIFY_TRAIL).subject_id == check.pk
    assert head.hash == verify_trail().head
    message = Message.objects.get(kind="trail_head")
    assert message.to == "inspektorat@contoh.test"
    assert head.hash in message.body
    assert watch() is None
    assert watch(timezone.now() + timedelta(days=1))


def test_without_an_address_the_head_is_kept_and_the_page_says_so(
    client: Client, settings: Any
) -> None:
    settings.INSPECTORATE_EMAIL = ""
    make.refer()
    watch()
    assert not Message.objects.filter(kind="trail_head").exists()
    client.force_login(make.make_user(roles.MANAGER))
    client.cookies["django_language"] = "en"
    page = client.get(PAGE).content.decode()
    assert "no head leaves this house" in page
    assert TrailHead.objects.get().hash in page


def test_the_night_walk_goes_on_where_its_worker_was_killed() -> None:
    for number in range(8):
        audit.record("claim_case", by=User.objects.system(), number=number)
    check = watch()
    assert check
    beats = iter([None, jobs.LeaseLost()])

    def beat() -> None:
        if (died := next(beats)) is not None:
            raise died

    actions.heads.STRIDE, stride = 3, actions.heads.STRIDE
    try:
        with pytest.raises(jobs.LeaseLost):
            actions.check_trail(check.pk, by=User.objects.system(), beat=beat)
        check.refresh_from_db()
        assert check.events == 3
        assert walk(check).is_sound
    finally:
        actions.heads.STRIDE = stride
    assert check.events == AuditEvent.objects.count()
    assert check.hash == verify_trail().head


def test_a_forged_trail_is_told_to_the_inspectorate_and_shown_to_the_head(client: Client) -> None:
    head_of_office = make.make_user(roles.MANAGER)
    forged = audit.record("claim_case", by=User.objects.system())
    check = watch()
    assert check
    with forging():
        AuditEvent.objects.filter(pk=forged.pk).update(act="approve")
    assert walk(check).first_bad == forged.pk
    told = set(Message.objects.filter(kind="trail_broken").values_list("to", flat=True))
    assert {"inspektorat@contoh.test", head_of_office.email} <= told
    client.force_login(head_of_office)
    client.cookies["django_language"] = "en"
    for page in (PAGE, reverse("workflows:overview")):
        assert "not as it was written" in client.get(page, follow=True).content.decode()


def test_a_kept_head_by_which_the_chain_does_not_come_any_more_is_found() -> None:
    make.refer()
    check = watch()
    assert check
    head = TrailHead.objects.get()
    TrailHead.objects.update(hash="0" * 64)
    assert walk(check).first_bad == head.last_event


def test_the_keeper_sends_a_head_again_and_has_the_trail_verified(client: Client) -> None:
    make.refer()
    watch()
    head = TrailHead.objects.get()
    TrailCheck.objects.update(ended_at=timezone.now())
    client.force_login(make.make_user(roles.ADMIN))
    client.post(f"{PAGE}{head.pk}/kirim/")
    assert Message.objects.filter(kind="trail_head").count() == 2
    client.post(f"{PAGE}periksa/")
    make.run_jobs()
    assert TrailCheck.objects.last_ended().is_sound


def test_every_letter_bears_the_newest_head() -> None:
    case = make.verify(make.submit())
    watch()
    head = TrailHead.objects.get()
    letter = draft_decision(make.reject(case), by=make.make_user(roles.APPROVER))
    assert render_pdf(letter).startswith(b"%PDF")
    assert head.hash in page_of("receipt", {})
