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
from kombu.exceptions import OperationalError as BrokerAway
from pytest_django import Settings
from viewflow.workflow.models import Task

from onboarding.models import SignInMessage, User
from tests import factories as make
from tests.workflows import firms
from workflows import actions, jobs, messages, orphans, pulses, steps, tasks
from workflows.actions import rulework
from workflows.apart import Unfinished
from workflows.errors import Refused
from workflows.models import AuditEvent, Case, Job, Message, Stage

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


def test_screening_and_comparing_that_were_given_up_are_ordered_again_after_a_rest() -> None:
    given_up_at = timezone.now() - rulework.REST + timedelta(minutes=1)
    for kind in ("screen_sheet", "look_for_twins", "look_again", "make_pack"):
        Job.objects.create(kind=kind, subject_id=7, state="GIVEN_UP", finished_at=given_up_at)
    queued = Job.objects.filter(state=Job.State.QUEUED, subject_id=7)
    tasks.run_due()
    assert not queued.exists()
    Job.objects.update(finished_at=given_up_at - timedelta(minutes=2))
    for _round in range(2):
        tasks.run_due()
        kinds = queued.order_by("kind").values_list("kind", flat=True)
        assert list(kinds) == ["look_again", "look_for_twins", "screen_sheet"]
    queued.update(state="DONE")
    tasks.run_due()
    assert not queued.exists()


# --- one thing that fails stops none of the others ---
def broken(*_words: Any, **_more: Any) -> None:
    raise LookupError("3578010101900001")


@pytest.mark.parametrize(
    "step", ["finish_due", "pass_on_seats", "count_due", "jobs.resend_stuck", "give_up"]
)
def test_a_sweep_with_a_broken_step_still_sends_codes_and_messages(
    step: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.create(kind="look_again", subject_id=1, errors=jobs.MOST_ERRORS, send_after=past)
    SignInMessage.objects.create(to="pemilik@contoh.test", subject="Contoh", body="Contoh")
    messages.tell_person("kepala@contoh.test", "trail_broken", key="contoh", check=None)
    monkeypatch.setattr(f"workflows.tasks.{step}", broken)
    with pytest.raises(Unfinished):
        tasks.sweep_once()
    assert not SignInMessage.objects.exists()
    assert Message.objects.get().state == Message.State.SENT
    assert "LookupError at test_sweep.py" in caplog.text
    assert "3578010101900001" not in caplog.text


def test_a_broker_that_is_away_stops_neither_the_sweep_nor_what_must_go_to_a_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    past = timezone.now() - timedelta(seconds=1)
    waits = [Job.objects.create(kind="look_again", subject_id=n, send_after=past) for n in (1, 2)]
    Job.objects.create(kind="look_again", subject_id=3, errors=jobs.MOST_ERRORS, send_after=past)
    asked: list[int] = []

    def is_away(job_id: int) -> None:
        asked.append(job_id)
        raise BrokerAway

    monkeypatch.setattr(tasks.do_job, "delay", is_away)
    tasks.sweep_once()
    assert asked == [waits[0].pk]  # a broker that does not answer is not asked for each job
    assert Job.objects.get(subject_id=3).state == Job.State.GIVEN_UP


def test_a_case_that_fails_stops_no_other_case_and_nothing_else_that_is_due(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ill, well = firms.returned(), firms.returned()
    Case.objects.update(due_at=timezone.now() - timedelta(days=1))
    Task.objects.filter(flow_task_type="TIMER").update(scheduled=timezone.now())
    settle = steps.settle

    def settle_all_but_one(case: Case) -> Case:
        return settle(case) if case.pk != ill.pk else broken()  # type: ignore[func-returns-value] - raises

    monkeypatch.setattr(steps, "settle", settle_all_but_one)
    with pytest.raises(CommandError, match="what is due"):
        call_command("sweep")
    assert firms.again(well).stage == Stage.CLOSED
    assert firms.again(ill).stage == Stage.CORRECT
    assert Job.objects.filter(kind="list_erasures").exists()  # which comes late in the round
    monkeypatch.setattr(steps, "settle", settle)
    call_command("sweep")
    assert firms.again(ill).stage == Stage.CLOSED


def test_a_message_that_cannot_be_written_stops_no_other_and_is_shown_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ill = messages.tell_person("kepala@contoh.test", "trail_broken", key="ill", check=None)
    well = messages.tell_person("kepala@contoh.test", "trail_broken", key="well", check=None)

    def with_link(message: Message) -> str:
        return broken() if message.pk == ill.pk else message.body  # type: ignore[func-returns-value] - raises

    monkeypatch.setattr("workflows.messages.delivering.with_link", with_link)
    for _try in range(messages.delivering.MOST_ATTEMPTS):
        Message.objects.filter(state="QUEUED").update(next_try_at=timezone.now())
        messages.deliver_due()
    ill.refresh_from_db()
    well.refresh_from_db()
    assert (ill.state, ill.error, well.state) == ("FAILED", "LookupError", "SENT")
