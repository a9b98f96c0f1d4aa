"""A real worker on a real broker: papers are read, and a killed worker loses nothing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from documents.models import DocumentType, Paper, Reading
from onboarding.models import Vendor
from tests import factories as make
from tests.worker import (
    processes_that_mention,
    running_beat,
    running_worker,
    sending_to,
    surroundings,
    wait_until,
)
from tests.workflows import firms
from workflows import actions, tasks
from workflows.models import Job
from workflows.sample_deeds.samples import write_paper

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("office")]

PAGES = 3


@pytest.fixture
def data(tmp_path: Path, settings: Settings) -> Path:
    """The folder of an installation, whose files this process and its worker share."""
    where = {**settings.STORAGES["default"]["OPTIONS"], "location": tmp_path / "files"}
    files = {**settings.STORAGES["default"], "OPTIONS": where}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    return tmp_path


@pytest.fixture
def broker_url(request: pytest.FixtureRequest) -> str:
    """The broker that goes with the database: the folder with SQLite, Redis with PostgreSQL."""
    is_office = connection.vendor == "postgresql"
    return str(request.getfixturevalue("redis_url")) if is_office else ""


@pytest.fixture
def env(data: Path, broker_url: str) -> Iterator[dict[str, str]]:
    """The environment of a worker, to whose broker this process sends."""
    with sending_to(data, broker_url):
        yield surroundings(data, broker_url)


def hand_in_a_long_deed(folder: Path) -> Paper:
    """A deed of several photographed pages, each of which takes the machine a while."""
    vendor: Vendor = firms.guided(legal_form="pt")
    lines = ["Contoh akta pendirian perseroan terbatas di Kota Surabaya"] * 3
    pages = [write_paper(folder / f"{n}.jpg", f"AKTA CONTOH {n}", lines) for n in range(PAGES)]
    return actions.hand_in_paper(
        vendor,
        document_type=DocumentType.objects.get(slug="akta-pendirian"),
        files=[SimpleUploadedFile(page.name, page.read_bytes()) for page in pages],
        declared={"deed_number": "12"},
        by=make.owner_of(vendor),
    )


def state_of(paper: Paper) -> str:
    return Paper.objects.values_list("state", flat=True).get(pk=paper.pk)


def is_being_read(paper: Paper) -> bool:
    return Reading.objects.get(paper=paper).pages_done > 0


def job_of(paper: Paper) -> Job:
    return Job.objects.get(kind=Job.Kind.READ_PAPER, subject_id=paper.pk)


def let_the_lease_run_out(paper: Paper) -> None:
    """What ninety seconds of silence would do."""
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(kind=Job.Kind.READ_PAPER, subject_id=paper.pk).update(
        lease_until=past, send_after=past
    )


def check_read_once(paper: Paper) -> None:
    """One reading, one set of page images on record and on disk, one line on the trail."""
    assert [page.number for page in paper.pages.all()] == list(range(1, PAGES + 1))
    on_record = {Path(page.stored_as).name for page in paper.pages.all()}
    assert set(default_storage.listdir("pages")[1]) == on_record
    assert paper.vendor.events.filter(act="read_paper").count() == 1
    wait_until(lambda: job_of(paper).state == Job.State.DONE, seconds=10)


def test_a_paper_handed_in_is_read_by_the_worker(env: dict[str, str]) -> None:
    with running_worker(env):
        vendor = firms.guided()
        paper = make.hand_in(vendor, "ktp")
        wait_until(lambda: state_of(paper) == Paper.State.READ, seconds=90)
    job = job_of(paper)
    assert (job.state, job.attempts) == (Job.State.DONE, 1)
    assert paper.pages.count() == 1


def test_a_worker_killed_while_it_reads_loses_nothing_and_leaves_nothing_running(
    env: dict[str, str], data: Path, tmp_path: Path
) -> None:
    temporary = str(data / "tmp")
    with running_worker(env) as worker:
        paper = hand_in_a_long_deed(tmp_path)
        wait_until(lambda: is_being_read(paper), seconds=90)
        worker.kill()
    assert state_of(paper) == Paper.State.RECEIVED
    wait_until(lambda: not processes_that_mention(temporary), seconds=30)
    let_the_lease_run_out(paper)
    with running_worker(env):
        tasks.sweep()
        wait_until(lambda: state_of(paper) != Paper.State.RECEIVED, seconds=120)
    assert state_of(paper) == Paper.State.READ
    assert job_of(paper).attempts == 2
    check_read_once(paper)
    assert processes_that_mention(temporary) == []


@pytest.mark.embedded
def test_the_scheduler_sends_again_what_the_broker_lost(data: Path) -> None:
    env = surroundings(data, "")
    with running_beat(env), running_worker(env):
        paper = make.hand_in(firms.guided(), "ktp")  # sent to no broker that this worker hears
        let_the_lease_run_out(paper)
        wait_until(lambda: state_of(paper) == Paper.State.READ, seconds=90)
    assert job_of(paper).attempts == 1
