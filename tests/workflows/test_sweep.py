"""The sweep: what was lost is sent again, what nobody can finish goes to a person, and bytes that
belong to nothing are removed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from onboarding.models import User
from tests import factories as make
from workflows import actions, jobs, orphans, pulses
from workflows.errors import Refused
from workflows.models import AuditEvent, Job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Any, settings: Settings) -> None:
    where = {**settings.STORAGES["default"]["OPTIONS"], "location": tmp_path / "files"}
    files = {**settings.STORAGES["default"], "OPTIONS": where}
    settings.STORAGES = {**settings.STORAGES, "default": files}


def stray(count: int = 1) -> list[str]:
    """What a process leaves that dies between the file and the row: a paper, a piece of a photo."""
    names = [f"papers/left-{number}" for number in range(count - 1)]
    return [
        default_storage.save(name, ContentFile(b"half"))
        for name in (*names, "drafts/left.00000000")
    ]


def sweep(*, seconds: float = 5, is_sure: bool = False) -> int:
    until = timezone.now() + timedelta(seconds=seconds)
    return actions.sweep_files(until=until, by=User.objects.system(), is_sure=is_sure)


def test_bytes_that_no_row_knows_are_removed_and_those_of_papers_stay() -> None:
    vendor = make.guide(make.refer())
    paper = make.hand_in(vendor, "ktp")
    names = stray(3)
    assert sweep() == 3
    assert not any(default_storage.exists(name) for name in names)
    assert default_storage.exists(paper.files.get().stored_as)
    assert AuditEvent.objects.get(act="sweep_files").detail["files"] == 3


def test_what_is_younger_than_a_day_may_belong_to_an_act_that_is_not_over() -> None:
    stray()
    until = timezone.now() - orphans.OLD_ENOUGH
    assert actions.sweep_files(until=until, by=User.objects.system()) == 0


def test_too_many_at_once_are_left_until_a_person_says_that_it_is_right() -> None:
    stray(60)
    with pytest.raises(Refused, match="60"):
        sweep()
    with pytest.raises(CommandError, match="60"):
        call_command("sweep", "--files", "--older-than=-1")
    assert sweep(is_sure=True) == 60


def test_every_folder_of_files_is_known_to_the_sweep() -> None:
    make.hand_in_everything(make.guide(make.refer()))
    folders = {name for name in default_storage.listdir("")[0] if not name.startswith(".")}
    assert folders <= set(orphans.FOLDERS)


def test_cron_sweeps_when_the_scheduler_is_dead() -> None:
    job = Job.objects.create(
        kind=Job.Kind.READ_PAPER, subject_id=1, errors=jobs.MOST_ERRORS,
        send_after=timezone.now() - timedelta(seconds=1),
    )  # fmt: skip
    Job.objects.filter(pk=job.pk).update(kind=Job.Kind.LOOK_AGAIN)
    call_command("sweep")
    job.refresh_from_db()
    assert job.state == Job.State.GIVEN_UP
    assert pulses.last(pulses.SWEEP) is not None
    assert pulses.last(pulses.WORKER) is None  # no worker was seen, and nobody is told so


def test_tries_that_died_with_their_worker_do_not_send_a_healthy_paper_to_a_person() -> None:
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.create(kind="read_paper", subject_id=1, attempts=8, send_after=past)
    ill = Job.objects.create(
        kind="read_paper", subject_id=2, attempts=5, errors=jobs.MOST_ERRORS, send_after=past
    )
    sent: list[int] = []
    assert jobs.resend_stuck(sent.append) == [ill]
    assert len(sent) == 1


def test_a_queue_with_more_hints_than_work_gets_no_more(tmp_path: Any, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "filesystem://localhost"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path)}
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.create(kind="read_paper", subject_id=1, send_after=past)
    sent: list[int] = []
    for number in range(2):
        (tmp_path / f"{number}.celery.msg").touch()
    jobs.resend_stuck(sent.append)
    assert sent == []
    (tmp_path / "0.celery.msg").unlink()
    jobs.resend_stuck(sent.append)
    assert len(sent) == 1
