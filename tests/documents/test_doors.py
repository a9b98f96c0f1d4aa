"""Every class of bad file meets the answer that its class asks for, at the door and nowhere later.

The long form, through HTTP and with a thousand spoilt files, is `./mitra faults bad_files`.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pikepdf import Dictionary, Encryption, Name
from PIL import Image

from bench.doors.papers import (
    action,
    at_opening,
    on_page,
    pdf,
    picture,
    with_place,
    zipped,
)
from config.gate.antivirus import ScanFailedError, find_virus, version_of
from config.gate.doors import plain_name
from documents import actions
from documents.errors import FileRefused
from documents.models import PageImage, PaperFile
from tests import factories as make
from tests.antivirus import EICAR, answering
from tests.documents.test_actions import receive
from workflows.models import AuditEvent

SCRIPT = {"JS": "app.alert(1)"}
TALL = [0, 0, 612, 2_100_000_000]


def judged(folder: Path, name: str, content: bytes) -> tuple[str, list[str]]:
    """The verdict on a file, as the door comes to it."""
    path = folder / name
    path.write_bytes(content)
    try:
        flags = actions.judge_path(path, name=name).flags
    except FileRefused as refusal:
        return "reject", [refusal.code]
    return ("flag" if flags else "accept"), flags


@pytest.mark.parametrize(
    ("name", "content", "verdict", "code"),
    [
        ("foto.heic", with_place("HEIF"), "accept", ""),
        ("dibatasi.pdf", pdf(encryption=Encryption(owner="a", user="")), "accept", ""),
        ("rusak.pdf", pdf().replace(b"startxref", b"startxxxx"), "accept", ""),
        ("a.pdf", pdf(at_opening("JavaScript", **SCRIPT)), "flag", "pdf_javascript"),
        ("a.pdf", pdf(at_opening("Launch", F="calc.exe")), "flag", "pdf_launch"),
        ("a.pdf", pdf(lambda p: p.attachments.__setitem__("a", b"MZ")), "flag", "pdf_attachment"),
        (
            "a.pdf",
            pdf(lambda p: p.Root.__setitem__("/AcroForm", Dictionary(XFA="x"))),
            "flag",
            "pdf_xfa",
        ),
        ("a.pdf", pdf(on_page(Subtype=Name.RichMedia)), "flag", "pdf_media"),
        ("a.jpg", picture("JPEG") + zipped({"a": b"b"}), "flag", "two_files_in_one"),
        ("a.pdf", picture("JPEG"), "flag", "name_differs"),
        ("a.pdf", pdf(encryption=Encryption(owner="a", user="b")), "reject", "locked_pdf"),
        ("a.pdf", pdf(pages=61), "reject", "too_many_pages"),
        (
            "a.pdf",
            pdf(lambda p: p.pages[0].update({"/MediaBox": TALL})),
            "reject",
            "page_too_large",
        ),
        ("a.tif", picture("TIFF", (8200, 8200), "1"), "reject", "too_many_pixels"),
        ("a.jpg", picture("JPEG")[:900], "reject", "broken_file"),
        ("a.jpg", picture("GIF"), "reject", "not_allowed_type"),
        ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0", "reject", "not_allowed_type"),
        ("a.jpg.exe", picture("JPEG"), "reject", "not_allowed_type"),
    ],
)
def test_each_class_of_file_meets_its_verdict(
    tmp_path: Path, name: str, content: bytes, verdict: str, code: str
) -> None:
    said, codes = judged(tmp_path, name, content)
    assert (said, code in codes or not code) == (verdict, True), codes


def test_a_link_or_a_signature_is_nothing_to_be_told_of(tmp_path: Path) -> None:
    link = pdf(on_page(Subtype=Name.Link, A=action("URI", URI="https://contoh.test/")))
    assert judged(tmp_path, "a.pdf", link) == ("accept", [])


def test_the_child_has_no_network_where_the_system_lets_it_go(tmp_path: Path) -> None:
    program = (
        "import socket; from config.gate.fence import fence_in\n"
        "alone = fence_in(memory=1 << 30, cpu_seconds=5)\n"
        "line = socket.socket(); line.settimeout(1)\n"
        "try: line.connect(('127.0.0.1', 9)); said = 'connected'\n"
        "except ConnectionRefusedError: said = 'there is a network'\n"
        "except OSError: said = 'no network'\n"
        "print(alone, said)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split(maxsplit=1)
    if said[0] != "True":
        pytest.skip("this system lets no process leave its network")
    assert said[1].strip() == "no network"


# --- at the site ---
@pytest.mark.django_db
def test_a_flag_reaches_the_officer_and_the_trail_and_what_is_shown_has_no_place() -> None:
    vendor = make.refer()
    photo = make.SimpleUploadedFile("../\u202egpj.rumah.jpg", with_place("JPEG") + b"<?php ?>")
    paper = receive(vendor, photo)
    make.run_jobs()
    kept = PaperFile.objects.get(paper=paper)
    assert (kept.flags, kept.original_name) == (["two_files_in_one"], "gpj.rumah.jpg")
    event = AuditEvent.objects.get(act="hand_in_paper", vendor=vendor)
    assert event.detail["flags"] == ["two_files_in_one"]
    with default_storage.open(PageImage.objects.get(paper=paper).stored_as) as shown:
        assert not Image.open(io.BytesIO(shown.read())).getexif()


@pytest.mark.django_db
def test_a_file_turned_away_leaves_its_trace_and_nothing_else(client: Client) -> None:
    vendor = make.guide(make.refer())
    client.force_login(make.owner_of(vendor))
    answer = client.post(
        reverse("workflows:hand_in_paper", args=[vendor.pk, "ktp"]),
        {"files": make.SimpleUploadedFile("a.jpg", b"GIF89a")},
    )
    assert answer.status_code == 409
    event = AuditEvent.objects.get(act="refuse_file", vendor=vendor)
    assert event.detail == {"door": "document", "kind": "ktp", "refusal": "not_allowed_type"}
    assert not PaperFile.objects.exists()


# --- antivirus ---
def test_what_the_antivirus_knows_is_refused_and_a_silent_one_lets_nothing_in(
    tmp_path: Path, settings: object
) -> None:
    with answering(tmp_path / "clamd") as address:
        settings.ANTIVIRUS = address  # type: ignore[attr-defined]  # pytest-django's own
        assert version_of(address).startswith("ClamAV")
        assert judged(tmp_path, "a.jpg", picture("JPEG") + EICAR) == ("reject", ["infected"])
        assert judged(tmp_path, "a.jpg", picture("JPEG")) == ("accept", [])
    assert judged(tmp_path, "a.jpg", picture("JPEG")) == ("reject", ["scan_failed"])
    with pytest.raises(ScanFailedError):
        find_virus(io.BytesIO(b"a"), "clamd://127.0.0.1:9")


# --- the command ---
def test_the_keeper_can_ask_the_same_gate(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(at_opening("JavaScript", **SCRIPT)))
    call_command("check_file", str(path), "--door", "document", "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["verdict"] == "flag"
    assert said["reasons"] == ["pdf_javascript", "pdf_opens"]
    assert said["message"]
    own = actions.judge_path(path, name="a.pdf").peak_mb
    assert own * 0.8 < said["peak_mb"] < own * 1.2
    sheet = tmp_path / "a.csv"
    sheet.write_bytes(b"MZ" + bytes(300))
    call_command("check_file", str(sheet), "--door", "sheet", "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["reasons"], 10 < said["peak_mb"] < own) == (["not_a_sheet"], True)
    with pytest.raises(CommandError) as wrongly:
        call_command("check_file", str(tmp_path / "tidak-ada"), "--door", "sheet")
    assert wrongly.value.returncode == 2


# --- names ---
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\akta.pdf", "akta.pdf"),
        ("akta\u202efdp.exe", "aktafdp.exe"),
        ("a\x00b\r\n.jpg", "ab.jpg"),
        ("e\u0301.jpg", "é.jpg"),
        ("x" * 300 + ".jpg", "x" * 116 + ".jpg"),
    ],
)
def test_a_name_is_kept_as_text_that_can_do_no_harm(name: str, kept: str) -> None:
    assert plain_name(name) == kept
