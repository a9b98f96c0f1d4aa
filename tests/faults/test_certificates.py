"""A real worker killed among the certificates: no number twice, none left out, all of them made."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import Settings

from onboarding import roles
from tests import factories as make
from tests.worker import running_worker, sending_to, surroundings, wait_until
from training.actions import order_certificates
from training.models import Certificate, CertificateBatch, Seat, Session
from workflows import tasks
from workflows.models import Job

pytestmark = [pytest.mark.slow, pytest.mark.embedded, pytest.mark.usefixtures("office")]
PEOPLE = 24


@pytest.fixture
def data(tmp_path: Path, settings: Settings) -> Path:
    """The folder of an installation, whose files this process and its worker share."""
    where = {**settings.STORAGES["default"]["OPTIONS"], "location": tmp_path / "files"}
    files = {**settings.STORAGES["default"], "OPTIONS": where}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    return tmp_path


def closed_session() -> Session:
    """A session of an office's people whose sheet says that all of them were there."""
    session, now = make.make_session(capacity=PEOPLE), timezone.now()
    office = make.make_user(roles.AGENCY).agency
    Seat.objects.bulk_create(
        Seat(
            session=session,
            agency=office,
            person_name=f"Contoh Pegawai {number}",
            given_by=session.trainer,
            arrived_at=now,
            marked_by=session.trainer,
        )
        for number in range(PEOPLE)
    )
    Session.objects.filter(pk=session.pk).update(
        state=Session.State.CLOSED, closed_at=now, closed_by=session.trainer
    )
    return Session.objects.get(pk=session.pk)


def made(batch: CertificateBatch) -> int:
    return CertificateBatch.objects.values_list("made", flat=True).get(pk=batch.pk)


def test_a_worker_killed_among_the_certificates_gives_no_number_twice(data: Path) -> None:
    with sending_to(data, ""):
        env = surroundings(data, "")
        with running_worker(env) as worker:
            batch = order_certificates(
                closed_session(),
                signed_by_name="Contoh Kepala",
                signed_on=timezone.localdate(),
                by=make.make_user(roles.OFFICER),
            )
            wait_until(lambda: made(batch) >= 2, seconds=60)
            worker.kill()
        assert made(batch) < PEOPLE
        past = timezone.now() - timedelta(seconds=1)
        Job.objects.filter(subject_id=batch.pk).update(lease_until=past, send_after=past)
        with running_worker(env):
            tasks.sweep()
            finished = CertificateBatch.objects.filter(pk=batch.pk, finished_at__isnull=False)
            wait_until(finished.exists, seconds=120)
    certificates = list(Certificate.objects.order_by("pk"))
    assert [int(one.number[-5:]) for one in certificates] == list(range(1, PEOPLE + 1))
    assert made(batch) == PEOPLE
    assert all(default_storage.exists(one.stored_as) for one in certificates)
