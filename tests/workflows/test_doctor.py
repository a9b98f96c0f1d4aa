"""The keeper is told what is wrong and what to do, and the exit code says whether anything is."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from config.files import Bucket, storage_of
from workflows.management.commands import doctor
from workflows.models import Job, Pulse

OK, NOTE, WRONG = doctor.OK, doctor.NOTE, doctor.WRONG
LOCAL, PUBLIC = "http://127.0.0.1:8000", "https://mitra.contoh.go.id"


def test_a_site_for_this_machine_needs_no_https(settings):
    settings.SITE_URL = LOCAL
    assert doctor.check_site().verdict == OK


def test_a_public_site_without_https_is_wrong(settings):
    settings.SITE_URL = "http://mitra.contoh.go.id"
    assert doctor.check_site().verdict == WRONG


def test_https_without_a_trusted_proxy_would_redirect_for_ever(settings):
    settings.SITE_URL = PUBLIC
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert doctor.check_site().verdict == WRONG

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert doctor.check_site().verdict == OK


@pytest.mark.django_db
def test_an_installation_without_the_demonstration_is_well(settings):
    settings.SITE_URL, settings.DEMO = PUBLIC, False
    assert doctor.check_demo().verdict == OK


@pytest.mark.django_db
@pytest.mark.parametrize(("site", "verdict"), [(LOCAL, NOTE), (PUBLIC, WRONG)])
def test_public_passwords_are_wrong_on_a_public_site(settings, site, verdict):
    settings.SITE_URL, settings.DEMO = site, True
    assert doctor.check_demo().verdict == verdict


@pytest.mark.parametrize(("site", "verdict"), [(LOCAL, NOTE), (PUBLIC, WRONG)])
def test_debug_is_wrong_on_a_public_site(settings, site, verdict):
    settings.SITE_URL, settings.DEBUG = site, True
    assert doctor.check_debug().verdict == verdict


def test_a_secret_key_that_others_read_is_wrong(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    key = tmp_path / "secret_key"
    key.write_text("k" * 64)
    key.chmod(0o644)
    assert doctor.check_secret_key().verdict == WRONG

    key.chmod(0o600)
    assert doctor.check_secret_key().verdict == OK


def test_a_mail_server_that_does_not_answer_is_wrong(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert doctor.check_mail().verdict == WRONG


def test_a_machine_without_tesseract_is_told_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    finding = doctor.check_tesseract()
    assert finding.verdict == WRONG
    assert "apt-get install" in finding.advice


def test_this_machine_reads_indonesian_and_makes_letters():
    assert doctor.check_tesseract().verdict == OK
    assert doctor.check_letters().verdict == OK


@pytest.mark.django_db
def test_a_worker_that_was_never_seen_is_wrong():
    assert doctor.check_pulse().verdict == WRONG


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "verdict"), [(1, OK), (10, WRONG)])
def test_a_worker_must_have_been_seen_lately(minutes, verdict):
    seen_at = timezone.now() - timedelta(minutes=minutes)
    Pulse.objects.create(name=doctor.PULSE, seen_at=seen_at)
    assert doctor.check_pulse().verdict == verdict


@pytest.mark.django_db
def test_work_that_waits_long_is_wrong_and_given_up_work_a_note():
    assert doctor.check_queue().verdict == OK

    job = Job.objects.create(kind=Job.Kind.READ_PAPER, subject_id=1, state=Job.State.GIVEN_UP)
    assert doctor.check_queue().verdict == NOTE

    hour_ago = timezone.now() - timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED, send_after=hour_ago)
    assert doctor.check_queue().verdict == WRONG


@pytest.mark.django_db(transaction=True)
def test_the_migrated_database_is_well():
    call_command("migrate", fake=True, verbosity=0)  # on SQLite tests lay the tables themselves
    assert doctor.check_database().verdict == OK


def test_one_wrong_thing_makes_the_exit_code_one(monkeypatch):
    findings = [doctor.Finding(OK, "Satu"), doctor.Finding(WRONG, "Dua", "Do this.")]
    monkeypatch.setattr(doctor, "examine", lambda: findings)
    said = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=said)

    assert ended.value.code == 1
    assert "WRONG Dua\n      Do this.\n1 of 2 things are wrong." in said.getvalue()


def test_only_notes_end_well(monkeypatch):
    monkeypatch.setattr(doctor, "examine", lambda: [doctor.Finding(NOTE, "Satu")])
    said = StringIO()

    call_command("doctor", stdout=said)

    assert said.getvalue().endswith("All is well.\n")


def test_a_redis_that_others_reach_needs_a_password(settings):
    settings.CELERY_BROKER_URL = "redis://10.0.0.21:6379/0"
    assert doctor.check_redis().verdict == WRONG

    settings.CELERY_BROKER_URL = "redis://:rahasia@10.0.0.21:6379/0"
    assert doctor.check_redis().verdict == OK

    settings.CELERY_BROKER_URL = "redis://127.0.0.1:6379/0"
    assert doctor.check_redis().verdict == OK


def test_a_store_of_files_that_is_away_is_wrong(settings):
    assert doctor.check_files().verdict == OK

    away = storage_of(Bucket("http://127.0.0.1:9", "mitra", "k", "s"), settings.DATA_DIR)
    settings.STORAGES = {**settings.STORAGES, "default": away}
    finding = doctor.check_files()
    assert finding.verdict == WRONG
    assert "127.0.0.1" not in finding.what
