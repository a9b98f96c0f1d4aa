"""What the keeper watches, on a page, in /healthz and as metrics: numbers, nothing of people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from onboarding import roles
from tests import factories as make
from workflows import pulses
from workflows.models import Job, Message, Pulse

pytestmark = pytest.mark.django_db


def test_the_keeper_sees_what_is_wrong_first(client: Client) -> None:
    client.force_login(make.make_user(roles.ADMIN))
    Message.objects.create(
        kind="invitation", channel="email", to="pemilik@contoh.test", body="Contoh", key="contoh",
        next_try_at=timezone.now() - timedelta(hours=1),
    )  # fmt: skip
    page = client.get("/kesehatan/").content.decode()
    assert 0 < page.rindex('"tag bad"') < page.index('"tag ok"')
    assert "pemilik@contoh.test" not in page


def test_a_monitor_reads_the_same_without_signing_in(client: Client) -> None:
    pulses.mark(pulses.BACKUP)
    Job.objects.create(
        kind="read_paper", subject_id=1, state="RUNNING", created_at=timezone.now(),
        lease_until=timezone.now() - timedelta(minutes=1),
    )  # fmt: skip
    found = client.get("/healthz").json()
    assert (found["expired_leases"], found["open_jobs"]) == (1, 1)
    assert found["backup_seconds"] < 60
    assert "sweep_seconds" in found["wrong"]
    assert "backup_seconds" not in found["wrong"]


def test_a_backup_of_the_day_before_yesterday_is_wrong(client: Client) -> None:
    Pulse.objects.create(name="backup", seen_at=timezone.now() - timedelta(days=2))
    assert "backup_seconds" in client.get("/healthz").json()["wrong"]


def test_metrics_are_for_this_machine_or_whoever_has_the_token(
    client: Client, settings: Settings
) -> None:
    settings.METRICS_TOKEN = "contoh-" * 6
    told = client.get("/metrics").content.decode()
    assert "\nmitra_open_jobs 0\n" in told
    elsewhere = {"REMOTE_ADDR": "192.0.2.1"}
    assert client.get("/metrics", **elsewhere).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    bearer = {"Authorization": f"Bearer {settings.METRICS_TOKEN}"}
    assert client.get("/metrics", headers=bearer, **elsewhere).status_code == 200
