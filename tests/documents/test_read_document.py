"""The reader on the command line: one JSON object, an exit code, and never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from workflows.sample_deeds import SampleDeed

ROOT = Path(__file__).resolve().parents[2]


def run(tmp_path: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", "read_document", *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "MITRA_DATA": str(tmp_path / "data"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_document_is_printed_as_one_object_without_site_or_database(
    samples: dict[str, SampleDeed], tmp_path: Path
) -> None:
    sample = samples["pt-clean"]
    declared = json.dumps({"deed_number": "9999"})
    words = ["--kind", "akta_cv", "--declared", declared, "--json"]
    done = run(tmp_path, str(sample.files[0]), *words)
    reading = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert (reading["kind"], reading["pages"]) == ("akta_pt", 2)
    assert reading["fields"]["deed_number"] == str(sample.deed.number)
    assert reading["matches"][0]["verdict"] == "differs"
    assert reading["warnings"] == ["wrong_kind"]
    assert {"seconds", "confidence", "page_size", "evidence", "checks", "text"} <= set(reading)
    assert not (tmp_path / "data").exists()


def test_several_files_are_the_pages_of_one_document_named_from_where_one_stands(
    samples: dict[str, SampleDeed], tmp_path: Path
) -> None:
    file = samples["pt-clean"].files[0]
    done = run(tmp_path, file.name, file.name, "--json", MITRA_CALLED_FROM=str(file.parent))
    assert json.loads(done.stdout)["pages"] == 4


def test_without_json_a_person_gets_a_summary_with_covered_numbers(
    samples: dict[str, SampleDeed], tmp_path: Path
) -> None:
    sample = samples["pt-clean"]
    done = run(tmp_path, str(sample.files[0]), "--declared", '{"deed_number": "9999"}')
    assert f"Nomor akta: {sample.deed.number}" in done.stdout
    assert "9999 → Beda" in done.stdout
    nik = sample.deed.founders[0].nik
    assert f"••••{nik[-4:]}" in done.stdout
    assert nik not in done.stdout


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("tidak-ada.pdf", None, "no_such_file"),
        ("", None, "no_such_file"),
        ("kosong.pdf", b"", "empty_file"),
        ("terpotong.pdf", b"%PDF-1.7\n1 0 obj", "broken_file"),
    ],
)
def test_what_cannot_be_read_says_why_in_indonesian_and_ends_with_three(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = run(tmp_path, str(path), "--json", LANGUAGE="en")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["refusal"], done.stderr) == (3, code, "")
    assert answer["message"].endswith(".")
    assert str(tmp_path) not in done.stdout


@pytest.mark.parametrize(
    "words",
    [("--declared", "{tidak"), ("--declared", "[1]"), ("--kind", "surat"), ("--json",)],
)
def test_a_question_asked_wrongly_ends_with_two(tmp_path: Path, words: tuple[str, ...]) -> None:
    files = () if words == ("--json",) else ("a.pdf",)
    done = run(tmp_path, *files, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_djangos_own_way_to_the_command_answers_alike(
    samples: dict[str, SampleDeed], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("read_document", str(samples["pt-clean"].files[0]), "--json")
    assert json.loads(capsys.readouterr().out)["kind"] == "akta_pt"
    with pytest.raises(SystemExit) as ended:
        call_command("read_document", "tidak-ada.pdf", "--json")
    assert ended.value.code == 3
