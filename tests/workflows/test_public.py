"""Pages for everybody: health for monitors, how to complain, privacy, and the source."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from workflows import health, source
from workflows.models import Pulse, Setting

pytestmark = pytest.mark.django_db


def test_health_tells_what_is_missing(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["worker_seen_at"] is None
    assert "no-store" in answer["Cache-Control"]


def test_health_is_ok_while_the_worker_is_seen(client: Client) -> None:
    Pulse.objects.create(name="worker", seen_at=timezone.now())
    answer = client.get("/healthz").json()
    assert (answer["status"], answer["database"]) == ("ok", True)


def test_health_is_down_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", fail)
    assert client.get("/healthz").status_code == 503


def test_a_dead_redis_is_noticed_within_a_second() -> None:
    begun = timezone.now()
    assert health.broker_answers("redis://127.0.0.1:1/0") is False
    assert (timezone.now() - begun).total_seconds() < 1


def test_a_redis_that_answers_is_well(redis_url: str) -> None:
    assert health.broker_answers(redis_url) is True


@pytest.mark.parametrize("path", ["/pengaduan/", "/privasi/", "/sumber/"])
def test_public_pages_need_no_sign_in(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1
    assert client.put(path).status_code == 405


def test_the_privacy_page_names_the_years_in_force_and_who_erases(
    client: Client, settings: Any, django_assert_max_num_queries: Any
) -> None:
    for key, years in (("keep_years_left", 3), ("keep_years_refused", 0)):
        Setting.objects.create(key=key, value=years, explanation=key)
    client.cookies["django_language"] = "en"
    with django_assert_max_num_queries(1):
        page = client.get("/privasi/").content.decode()
    said = ("3 years", "until you ask", "10 years", "90 days", "assignment letter",
            "head of the office then confirms", "the internet address", "erased")  # fmt: skip
    assert [words for words in said if words not in page] == []
    assert "nothing is deleted" not in page
    assert f"Version {settings.VERSION}" in page


def test_the_complaint_page_names_phone_and_email(client: Client, settings: Any) -> None:
    settings.OFFICE_PHONE, settings.OFFICE_EMAIL = "0812 3456 7890", "biro@contoh.test"
    page = client.get("/pengaduan/").content.decode()
    assert 'href="tel:+6281234567890"' in page
    assert 'href="https://wa.me/6281234567890"' in page
    assert 'href="mailto:biro@contoh.test"' in page


def test_a_landline_gets_no_whatsapp_link(client: Client, settings: Any) -> None:
    settings.OFFICE_PHONE = "031 8411 001"
    page = client.get("/pengaduan/").content.decode()
    assert "wa.me" not in page
    assert 'href="tel:' in page


def test_the_source_holds_the_code_and_no_data(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    source._made.cache_clear()
    answer = client.get("/sumber/mitra-bejo.zip")
    bundle = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    source._made.cache_clear()
    names = bundle.namelist()
    top = f"mitra-bejo-{settings.VERSION}"
    assert f"{top}/manage.py" in names
    assert f"{top}/workflows/source.py" in names
    parts = {part for name in names for part in name.split("/")}
    assert not parts & {"var", ".git", ".venv", ".env", "__pycache__"}
    assert not [name for name in names if name.endswith((".pyc", ".sqlite3", "secret_key"))]
    assert answer["Content-Disposition"].endswith(f'filename="{top}.zip"')
