"""The child process speaks JSON lines, keeps its limits and never shows a traceback to a user."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from workflows.sample_deeds import SampleDeed

ROOT = Path(__file__).parents[3]


def run(*arguments: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "documents.reading", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_look_tells_type_and_pages(samples: dict[str, SampleDeed]) -> None:
    said = run("look", str(samples["cv-scan"].files[0]))[0]
    assert (said["type"], said["pages"], said["flags"]) == ("pdf", 2, [])
    assert 0 < said["peak_mb"] < 1000


def test_look_gives_the_code_of_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"bukan foto")
    [said] = run("look", str(tmp_path / "a.jpg"))
    assert said.pop("peak_mb") > 0
    assert said == {"refusal": "not_allowed_type"}


def test_read_tells_progress_and_then_the_reading_within_its_limits(
    samples: dict[str, SampleDeed], tmp_path: Path
) -> None:
    files = [str(file) for file in samples["pt-photo"].files]
    declared = json.dumps({"deed_date": "2023-06-09"})
    lines = run("read", "--out", str(tmp_path), "--kind", "deed", "--declared", declared, *files)
    told = [line["progress"] for line in lines[:3]]
    assert [(one["done"], one["total"]) for one in told] == [(0, 2), (1, 2), (2, 2)]
    assert ["fields" in one for one in told] == [False, True, False]
    assert told[1]["fields"]["deed_date"] == "2023-06-09"
    assert {one["field"] for one in told[1]["evidence"]} >= {"deed_date", "notary_name"}
    reading = lines[3]["reading"]
    assert isinstance(reading, dict)
    assert reading["kind"] == "akta_pt"
    assert reading["matches"][0]["verdict"] == "agrees"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page-001.webp", "page-002.webp"]


@pytest.mark.parametrize("act", ["look", "read"])
def test_missing_half_of_a_photo_is_a_refusal_not_a_crash(
    samples: dict[str, SampleDeed], tmp_path: Path, act: str
) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(samples["pt-photo"].files[0].read_bytes()[:20])
    arguments = ["--out", str(tmp_path)] if act == "read" else []
    assert run(act, *arguments, str(path))[-1]["refusal"] == "broken_file"
