"""Long work: claimed once, kept only by who holds the lease, tried again, given to a person."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.db import OperationalError
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerAway
from redis.exceptions import ConnectionError as RedisAway

import documents.actions
from config.celery import app
from config.storage import DiskFull, StoreRefused
from documents.models import PageImage, Paper
from onboarding.models import Status, User, Vendor
from tests import factories as make
from tests.workflows import firms
from workflows import jobs, tasks
from workflows.errors import MoveNotAllowed
from workflows.models import Job

ROOT = Path(__file__).resolve().parents[2]
READ_PAPER = Job.Kind.READ_PAPER
A_MINUTE = timedelta(minutes=1)


def queued(subject_id: int = 1, **fields: Any) -> Job:
    return Job.objects.create(kind=READ_PAPER, subject_id=subject_id, **fields)


def let_the_lease_run_out(job: Job) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(lease_until=past, send_after=past)


def steal(job: Job) -> jobs.Claim:
    """Another worker takes the job, because this one seemed dead."""
    let_the_lease_run_out(job)
    claim = jobs.claim(job.pk)
    assert claim
    return claim


def paper_and_job() -> tuple[Paper, Job]:
    paper = make.hand_in(firms.guided(), "ktp")
    return paper, Job.objects.get(kind=READ_PAPER, subject_id=paper.pk)


def read(paper: Paper, beat: Callable[[], None]) -> Paper:
    return documents.actions.read_paper(paper.pk, by=User.objects.system(), beat=beat)


# --- claim, beat, finish ---
@pytest.mark.django_db
def test_a_job_is_claimed_once() -> None:
    job = queued()
    claim = jobs.claim(job.pk)
    assert claim
    assert (claim.job.state, claim.job.attempts) == (Job.State.RUNNING, 1)
    assert jobs.claim(job.pk) is None


@pytest.mark.django_db
def test_a_job_whose_worker_has_gone_silent_can_be_claimed_again() -> None:
    job = queued()
    first = jobs.claim(job.pk)
    second = steal(job)
    assert first
    assert (second.job.attempts, second.token != first.token) == (2, True)


@pytest.mark.django_db
def test_a_beat_renews_the_lease() -> None:
    claim = jobs.claim(queued().pk)
    assert claim
    let_the_lease_run_out(claim.job)
    claim.beat()
    assert jobs.claim(claim.job.pk) is None


@pytest.mark.django_db
def test_who_lost_the_lease_hears_it_at_the_next_beat_and_can_neither_finish_nor_fail() -> None:
    first = jobs.claim(queued().pk)
    assert first
    second = steal(first.job)
    with pytest.raises(jobs.LeaseLost):
        first.beat()
    assert first.finish() is False
    first.fail(ValueError("late"))
    assert Job.objects.get().token == second.token
    assert second.finish() is True
    assert (Job.objects.get().state, Job.objects.get().token) == (Job.State.DONE, "")


@pytest.mark.django_db
def test_a_finished_job_is_not_claimed_again() -> None:
    claim = jobs.claim(queued().pk)
    assert claim
    claim.finish()
    assert jobs.claim(claim.job.pk) is None
    with pytest.raises(jobs.LeaseLost):
        claim.beat()


@pytest.mark.django_db
def test_a_job_that_does_not_exist_is_nobodys() -> None:
    assert tasks.do_job(987654) == "not mine"


# --- a late finisher changes nothing ---
@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_while_reading_keeps_nothing() -> None:
    paper, job = paper_and_job()
    first = jobs.claim(job.pk)
    steal(job)
    assert first
    with pytest.raises(jobs.LeaseLost):
        read(paper, first.beat)
    paper.refresh_from_db()
    assert paper.state == Paper.State.RECEIVED
    assert paper.reading.finished_at is None
    assert not PageImage.objects.exists()


@pytest.mark.django_db
def test_a_worker_that_loses_its_lease_at_the_very_end_keeps_nothing() -> None:
    known, _job = paper_and_job()
    beats: list[int] = []
    read(known, lambda: beats.append(1))
    paper, job = paper_and_job()
    first = jobs.claim(job.pk)
    assert first
    left = len(beats)

    def beat_until_the_last() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            steal(job)
        first.beat()

    with pytest.raises(jobs.LeaseLost):
        read(paper, beat_until_the_last)
    paper.refresh_from_db()
    assert paper.state == Paper.State.RECEIVED
    assert not paper.pages.exists()
    assert not paper.vendor.events.filter(act="read_paper", detail__paper=paper.pk).exists()


@pytest.mark.django_db
def test_doing_the_same_job_twice_reads_once() -> None:
    paper, job = paper_and_job()
    assert tasks.do_job(job.pk) == "done"
    assert tasks.do_job(job.pk) == "not mine"
    assert paper.vendor.events.filter(act="read_paper").count() == 1
    assert paper.pages.count() == 1


@pytest.mark.django_db
def test_a_worker_killed_after_keeping_its_result_leaves_nothing_to_read_again() -> None:
    paper, job = paper_and_job()
    claim = jobs.claim(job.pk)
    assert claim
    read(paper, claim.beat)
    let_the_lease_run_out(job)
    assert tasks.do_job(job.pk) == "done"
    assert paper.vendor.events.filter(act="read_paper").count() == 1


# --- again, later, and at last a person ---
@pytest.mark.django_db
def test_a_failure_keeps_the_kind_of_error_and_never_its_words() -> None:
    claim = jobs.claim(queued().pk)
    assert claim
    claim.fail(ValueError("3578010101900001"))
    job = Job.objects.get()
    assert (job.state, job.error, job.token) == (Job.State.QUEUED, "ValueError", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error",
    [
        DiskFull(),
        OperationalError("server closed the connection unexpectedly"),
        RedisAway(),
        BrokerAway(),
        StoreRefused("AccessDenied"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_house_that_is_full_or_away_never_gives_a_paper_to_a_person(error: Exception) -> None:
    paper, job = paper_and_job()
    for _try in range(jobs.MOST_ATTEMPTS + 1):
        claim = jobs.claim(job.pk)
        assert claim
        claim.fail(error)
        let_the_lease_run_out(job)
    assert jobs.resend_stuck(lambda _pk: None) == []
    assert tasks.do_job(job.pk) == "done"
    paper.refresh_from_db()
    assert paper.state == Paper.State.READ


@pytest.mark.django_db
def test_work_that_fails_goes_back_to_the_queue() -> None:
    job = queued(subject_id=987654)
    assert tasks.do_job(job.pk) == "failed"
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == (Job.State.QUEUED, 1, "DoesNotExist")


@pytest.mark.django_db
def test_the_pause_doubles_and_stops_growing_at_five_minutes() -> None:
    job, pauses = queued(), []
    for _attempt in range(jobs.MOST_ERRORS):
        claim = jobs.claim(job.pk)
        assert claim
        claim.fail(OSError())
        job.refresh_from_db()
        pauses.append(round((job.send_after - timezone.now()).total_seconds() / 60))
    assert pauses == [1, 2, 4, 5, 5]


@pytest.mark.django_db
def test_the_sweep_sends_only_what_waits_too_long() -> None:
    lately = timezone.now() + timedelta(seconds=30)
    long_ago = timezone.now() - timedelta(seconds=1)
    queued(1, send_after=lately)
    lost = queued(2, send_after=long_ago)
    running = queued(3)
    assert jobs.claim(running.pk)
    silent = queued(4)
    assert jobs.claim(silent.pk)
    let_the_lease_run_out(silent)
    sent: list[int] = []
    assert jobs.resend_stuck(sent.append) == []
    assert sent == [lost.pk, silent.pk]
    assert jobs.resend_stuck(sent.append) == []
    assert sent == [lost.pk, silent.pk]


@pytest.mark.django_db
def test_a_job_that_used_up_its_attempts_is_not_claimed_but_given_up() -> None:
    past = timezone.now() - timedelta(seconds=1)
    job = queued(attempts=jobs.MOST_ATTEMPTS, send_after=past)
    assert jobs.claim(job.pk) is None
    assert jobs.resend_stuck(lambda _pk: None) == [job]
    assert jobs.give_up(job) is True
    job.refresh_from_db()
    assert (job.state, bool(job.finished_at)) == (Job.State.GIVEN_UP, True)


def refuse(job: Job, *, times: int = 1) -> None:
    """The house is away while a worker is at it."""
    for _try in range(times):
        claim = jobs.claim(job.pk)
        assert claim
        claim.fail(OperationalError())
        let_the_lease_run_out(job)


@pytest.mark.django_db
def test_a_job_that_was_away_from_for_days_is_tried_again_before_a_person_gets_it() -> None:
    long_ago = timezone.now() - jobs.LONGEST_AWAY - timedelta(hours=1)
    waited = queued(created_at=long_ago)  # in a long backlog, and the disk is full at its first try
    refuse(waited, times=jobs.MOST_ERRORS)
    holiday = queued(2, created_at=long_ago, refused_since=long_ago)  # and then the server was off
    refuse(holiday)
    assert jobs.resend_stuck(lambda _pk: None) == []
    # One that "the house" refuses still: perhaps the work asks for too much.
    refuse(holiday, times=jobs.MOST_ERRORS - 1)
    assert jobs.resend_stuck(lambda _pk: None) == [holiday]


@pytest.mark.django_db
def test_another_error_ends_the_row_of_refusals() -> None:
    job = queued(refused_since=timezone.now() - jobs.LONGEST_AWAY * 2)
    claim = jobs.claim(job.pk)
    assert claim
    claim.fail(ValueError())
    refuse(job)
    job.refresh_from_db()
    assert (job.errors, job.attempts) == (1, 1)


@pytest.mark.django_db
def test_a_job_with_attempts_left_or_done_is_not_given_up() -> None:
    assert jobs.give_up(queued(1)) is False
    assert jobs.give_up(queued(2, attempts=jobs.MOST_ATTEMPTS, state=Job.State.DONE)) is False


@pytest.mark.django_db
def test_a_paper_that_no_worker_can_read_goes_to_a_person_and_the_road_goes_on() -> None:
    vendor = firms.guided()
    for slug in make.required_of(vendor):
        if slug != "ktp":
            firms.put_paper(vendor, slug)
    paper = make.hand_in(vendor, "ktp")
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(subject_id=paper.pk).update(attempts=jobs.MOST_ATTEMPTS, send_after=past)
    assert firms.status_of(vendor) == Status.GUIDED
    tasks.sweep()
    paper.refresh_from_db()
    assert (paper.state, paper.reading.refusal) == (Paper.State.UNREADABLE, "reading_failed")
    assert Job.objects.get(subject_id=paper.pk).state == Job.State.GIVEN_UP
    assert firms.status_of(vendor) == Status.SUBMITTED
    assert make.verify(vendor.cases.get()).stage == "DECIDE"


@pytest.mark.django_db
def test_ordering_the_same_work_twice_makes_one_open_job() -> None:
    first = jobs.order(READ_PAPER, 5, send=lambda _pk: None)
    assert jobs.order(READ_PAPER, 5, send=lambda _pk: None) == first
    assert tasks.do_job(first.pk) == "failed"  # there is no such paper, and it is done only once
    assert Job.objects.get().attempts == 1


@pytest.mark.django_db
def test_what_an_act_orders_while_it_is_being_done_is_done_once_more() -> None:
    claim = jobs.claim(queued(created_at=timezone.now() - timedelta(hours=1)).pk)
    assert claim
    assert jobs.order(READ_PAPER, 1, send=lambda _pk: None) == claim.job
    assert claim.finish() is True
    sent: list[int] = []
    jobs.resend_stuck(sent.append)
    assert sent == [claim.job.pk]
    second = jobs.claim(sent[0])
    assert second
    assert (second.job.attempts, timezone.now() - second.job.created_at < A_MINUTE) == (1, True)
    jobs.order(READ_PAPER, 1, send=lambda _pk: None, is_act=False)  # as the sweep does, for ever
    assert second.finish() is True
    assert Job.objects.get().state == Job.State.DONE


# --- the broker is away ---
@pytest.fixture
def silent_url() -> str:
    """A broker's address at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return f"redis://127.0.0.1:{probe.getsockname()[1]}/0"


@pytest.fixture
def broker_away(silent_url: str) -> Iterator[None]:
    """Every order goes to a broker that is not there."""
    away = Celery("away", set_as_current=False)
    away.conf.update(
        broker_url=silent_url,
        broker_transport_options={"max_retries": 1, "interval_start": 0, "interval_max": 0},
        task_publish_retry=False,
    )
    away.set_current()
    yield
    app.set_current()


def test_a_page_does_not_wait_for_a_broker_that_is_away(silent_url: str, tmp_path: Path) -> None:
    program = """
import time, django
django.setup()
from workflows.tasks import do_job
begun = time.monotonic()
try:
    do_job.delay(1)
except Exception as error:
    print(type(error).__name__, time.monotonic() - begun)
"""
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "MITRA_DATA": str(tmp_path),
            "BROKER_URL": silent_url,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    error, seconds = told.stdout.split()
    assert error == "OperationalError"
    assert float(seconds) < 2


@pytest.mark.usefixtures("office", "broker_away")
def test_a_broker_that_is_away_costs_the_person_nothing_and_the_sweep_sends_later() -> None:
    vendor = firms.guided()
    owner = make.owner_of(vendor)
    begun = time.monotonic()
    paper = make.hand_in(vendor, "ktp", by=owner)
    took = time.monotonic() - begun
    assert Vendor.objects.filter(papers=paper).exists()
    job = Job.objects.get(subject_id=paper.pk)
    assert job.state == Job.State.QUEUED
    assert took < 5
    app.set_current()
    Job.objects.filter(pk=job.pk).update(send_after=timezone.now() - timedelta(seconds=1))
    sent: list[int] = []
    jobs.resend_stuck(sent.append)
    assert sent == [job.pk]
    assert tasks.do_job(sent[0]) == "done"
    paper.refresh_from_db()
    assert paper.state == Paper.State.READ


@pytest.mark.usefixtures("office")
def test_an_act_that_is_undone_orders_nothing() -> None:
    vendor = firms.submitted().vendor.refresh()
    with pytest.raises(MoveNotAllowed):
        make.hand_in(vendor, "ktp")
    assert not Job.objects.exists()
