"""A backup proves itself: rows, files and chain. The whole drill is `./mitra faults restore`."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pytest_django import Settings

from onboarding import roles
from tests import factories as make
from workflows import pulses
from workflows.backups import databases
from workflows.backups.manifest import BackupTrouble
from workflows.backups.reading import check_backup, take_database
from workflows.backups.restoring import restore
from workflows.backups.writing import make_backup

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def kept(tmp_path: Path, settings: Settings) -> Path:
    where = {**settings.STORAGES["default"]["OPTIONS"], "location": tmp_path / "files"}
    files = {**settings.STORAGES["default"], "OPTIONS": where}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    make.hand_in(make.guide(make.refer()), "ktp")
    return tmp_path / "kept.tar"


def test_a_backup_holds_everything_but_the_secret_key_and_is_read_again(kept: Path) -> None:
    manifest = make_backup(kept)
    assert check_backup(kept) == manifest
    assert manifest.rows["documents_paper"] == 1
    assert manifest.rows["workflows_chainlink"] == manifest.rows["workflows_auditevent"]
    assert len(manifest.head) == 64
    assert (len(manifest.files), manifest.missing) == (1, [])
    assert kept.stat().st_mode & 0o777 == 0o600
    with tarfile.open(kept) as tar:
        assert not [name for name in tar.getnames() if "secret" in name]
    assert pulses.last(pulses.BACKUP) is not None
    assert [path.name for path in kept.parent.glob(".*")] == []


def test_a_file_that_is_gone_is_told(kept: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "files/papers").iterdir():
        path.unlink()
    assert len(make_backup(kept).missing) == 1


def test_one_changed_bit_is_found_and_nothing_is_touched(kept: Path) -> None:
    make_backup(kept)
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)
    with pytest.raises(BackupTrouble, match=r"database|files"):
        restore(kept, instead=True, tell=lambda _words: None)


def test_an_installation_in_use_is_not_replaced_unasked(kept: Path) -> None:
    make_backup(kept)
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(kept))


def test_something_else_is_not_taken_for_a_backup(kept: Path, tmp_path: Path) -> None:
    kept.write_bytes(b"something else")
    with pytest.raises(BackupTrouble):
        check_backup(kept)
    note = tmp_path / "manifest.json"
    note.write_text(json.dumps({"format": 1}))
    with tarfile.open(kept, "w") as tar:
        tar.add(note, arcname="manifest.json")
    with pytest.raises(BackupTrouble):
        check_backup(kept)


def test_an_older_backup_is_not_written_over(kept: Path, capsys: Any) -> None:
    make_backup(kept)
    with pytest.raises(CommandError, match=r"kept\.tar"):
        call_command("backup", str(kept))


def test_who_is_signed_in_and_what_they_typed_last_is_in_no_backup(
    kept: Path, tmp_path: Path, client: Client
) -> None:
    client.force_login(make.make_user(roles.OFFICER))
    session = client.session
    session["searches"] = ["Contoh Kopi Ijen"]
    session.save()
    copy = tmp_path / "database"
    make_backup(kept)
    take_database(kept, copy)
    assert session.session_key.encode() not in dump_of(copy)
    assert client.session["searches"]


def dump_of(copy: Path) -> bytes:
    if connection.vendor == "sqlite":
        return copy.read_bytes()
    where = copy.with_suffix(".sql")
    databases._run("pg_restore", "--file", str(where), str(copy))
    return where.read_bytes()
