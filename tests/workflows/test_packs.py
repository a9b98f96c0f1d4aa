"""A pack of evidence proves itself without this product, and tells when something in it changed."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client

from documents.models import ReadValue
from onboarding import roles
from onboarding.models import User
from tests import factories as make
from workflows import actions, packs
from workflows.models import AuditEvent, AuditPack, Case, ChainLink, Job, Look
from workflows.packs import verify_pack

pytestmark = pytest.mark.django_db
VERIFIER = Path(packs.__file__).with_name("verify_pack.py")
NIK, PHONE = "3578994102900001", "081200990099"


@pytest.fixture
def case() -> Case:
    """A decided case with a read value that has its place on the page."""
    case = make.verify(make.submit(nik=NIK, phone=PHONE))
    actions.decide_case(case, approve=True, by=make.make_user(roles.APPROVER))
    paper = case.vendor.papers.filter(pages__isnull=False, reading__isnull=False).first()
    assert paper is not None
    ReadValue.objects.update_or_create(
        reading=paper.reading, position=1,
        defaults={"field": "company_name", "declared": "Contoh", "value": "Contoh",
                  "verdict": "agrees", "page": 1, "box": [10, 10, 90, 40],
                  "shown_box": [10, 10, 90, 40]},
    )  # fmt: skip
    return case


@pytest.fixture
def auditor() -> User:
    return make.make_user(roles.AUDITOR)


def made(user: User, case: Case | None = None) -> AuditPack:
    """A pack as the worker makes it."""
    _link()
    pack = actions.order_pack(user.running_audits[0], case=case, send=lambda _pk: None, by=user)
    return actions.make_pack(pack.pk, by=User.objects.system(), beat=lambda: None)


def _link() -> None:
    """PostgreSQL links when a transaction ends; inside a test it is asked to do so now."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def bytes_of(pack: AuditPack) -> bytes:
    with default_storage.open(pack.stored_as) as file:
        return file.read()


def verify(content: bytes, folder: Path, *words: str) -> tuple[int, str]:
    """Run the verifier as an auditor does: alone, without any package of this machine."""
    path = folder / "paket.zip"
    path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(VERIFIER), str(path), *words],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def changed(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The same pack with some of its files changed, or left out where None is returned."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            inside = change(name, old.read(name))
            if inside is not None:
                new.writestr(name, inside)
    return out.getvalue()


def test_the_pack_of_a_case_proves_itself_and_covers_numbers_of_persons(
    case: Case, auditor: User, tmp_path: Path
) -> None:
    pack = made(auditor, case)
    content = bytes_of(pack)
    anchor = ChainLink.objects.order_by("-position").values_list("hash", flat=True)[1]
    assert verify(content, tmp_path, "--anchor", anchor)[0] == 0
    assert verify(content, tmp_path, "--anchor", "0" * 64)[0] == 1
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        names = opened.namelist()
        story = json.loads(opened.read(f"kasus/{case.pk}/kasus.json"))
        everything = b"".join(opened.read(name) for name in names).decode("utf-8", "replace")
    assert story["rounds"][0]["decision"] == "APPROVED"
    assert any(name.endswith(".jpg") for name in names), "the crop of the value"
    assert {"verify_pack.py", "BACA-SAYA.txt", "events.jsonl", "chain.jsonl"} <= set(names)
    assert NIK not in everything
    assert PHONE.removeprefix("0") not in everything


def test_a_changed_file_a_changed_event_and_a_changed_crop_are_each_found(
    case: Case, auditor: User, tmp_path: Path
) -> None:
    content = bytes_of(made(auditor, case))

    def forged(end: str, old: bytes, new: bytes) -> tuple[int, str]:
        def change(name: str, inside: bytes) -> bytes:
            return inside.replace(old, new) if name.endswith(end) else inside

        return verify(changed(content, change), tmp_path)

    code, said = forged("kasus.json", b"APPROVED", b"REJECTED")
    assert (code, "berkas berubah" in said) == (1, True)
    code, said = forged(".jpg", b"\xff\xd9", b"\xff\xd8")
    assert (code, ".jpg" in said) == (1, True)
    code, said = forged("events.jsonl", b'"act": "approve"', b'"act": "reject"')
    assert (code, "peristiwa" in said) == (1, True)
    dropped = changed(content, lambda name, it: None if name.endswith(".jpg") else it)
    assert verify(dropped, tmp_path)[0] == 1


def test_whoever_changes_an_event_and_its_fingerprint_is_found_by_the_chain(
    case: Case, auditor: User, tmp_path: Path
) -> None:
    content = bytes_of(made(auditor, case))
    events: dict[str, str] = {}

    def change(name: str, inside: bytes) -> bytes:
        if name == "events.jsonl":
            inside = inside.replace(b'"act": "approve"', b'"act": "reject"')
            events["hash"] = hashlib.sha256(inside).hexdigest()
        if name == "manifest.json":
            manifest: dict[str, Any] = json.loads(inside)
            manifest["files"]["events.jsonl"] = events["hash"]
            inside = json.dumps(manifest).encode()
        return inside

    code, said = verify(changed(content, change), tmp_path)
    assert (code, "berubah atau tidak ada di rantai" in said) == (1, True)


def test_the_pack_of_the_period_is_made_by_a_worker_and_taken_on_record(
    case: Case, auditor: User, client: Client, tmp_path: Path
) -> None:
    client.force_login(auditor)
    audit = auditor.running_audits[0]
    client.post(f"/pemeriksaan/{audit.pk}/paket/")
    job = Job.objects.get(kind=Job.Kind.MAKE_PACK)
    assert job.state == Job.State.QUEUED
    make.run_jobs()
    pack = AuditPack.objects.get()
    assert (pack.done, pack.total) == (1, 1)
    taken = client.get(f"/pemeriksaan/paket/{pack.pk}/")
    assert verify(b"".join(taken.streaming_content), tmp_path)[0] == 0
    assert AuditEvent.objects.filter(act="take_pack", detail__sha256=pack.sha256).exists()
    assert Look.objects.filter(by=auditor, vendor=case.vendor, what="pack").exists()
    assert client.get(f"/usaha/{case.vendor_id}/").status_code == 200
    client.force_login(make.make_user(roles.AUDITOR))
    assert client.get(f"/pemeriksaan/paket/{pack.pk}/").status_code == 404


def test_a_pack_that_was_begun_and_killed_is_made_once_when_it_is_done_again(
    case: Case, auditor: User
) -> None:
    _link()
    pack = actions.order_pack(
        auditor.running_audits[0], case=case, send=lambda _p: None, by=auditor
    )

    def die() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        actions.make_pack(pack.pk, by=User.objects.system(), beat=die)
    assert not AuditPack.objects.get().stored_as
    made_at = actions.make_pack(pack.pk, by=User.objects.system(), beat=lambda: None)
    again = actions.make_pack(pack.pk, by=User.objects.system(), beat=lambda: None)
    assert made_at.sha256 == again.sha256
    assert AuditEvent.objects.filter(act="make_pack").count() == 1


def _zip(manifest: object, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as new:
        new.writestr("manifest.json", json.dumps(manifest) + " " * 500)
    return out.getvalue()


def _with(content: bytes, mark: bytes, at: int, value: bytes) -> bytes:
    """The same file with other bytes ``at`` after the first mark of a record of the ZIP."""
    place = content.index(mark) + at
    return content[:place] + value + content[place + len(value) :]


HEAD, ENTRY = b"PK\x03\x04", b"PK\x01\x02"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(_with(_zip({}), HEAD, 30 + 13, b"\xff" * 8), id="stream damaged"),
        pytest.param(_zip({})[:-60], id="cut"),
        pytest.param(_with(_zip({}), ENTRY, 8, b"\x01"), id="encrypted"),
        pytest.param(_with(_zip({}), ENTRY, 10, b"\x63"), id="packed as nobody knows"),
        pytest.param(_with(_zip({}, method=zipfile.ZIP_LZMA), HEAD, 30 + 13 + 9, b"\xff" * 9),
                     id="lzma damaged"),
        pytest.param(_zip({"files": {}, "chain": {"before": 7}}), id="not a word but a number"),
        pytest.param(_zip([1, 2]), id="a list"),
        pytest.param(b"", id="empty"),
    ],
)  # fmt: skip
def test_a_pack_that_cannot_be_opened_is_said_to_be_wrong_in_words(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rusak.zip"
    file.write_bytes(content)
    assert verify_pack.main([str(file)]) == 1
    assert "paket tidak terbaca" in capsys.readouterr().out
