"""A child that dies, talks nonsense or never ends costs its own reading and nothing else."""

import time
from pathlib import Path

import pytest

from documents import child
from tests import factories as make

PROGRAM = """
import json, os, sys, time
tell = lambda line: (sys.stdout.write(line + "\\n"), sys.stdout.flush())
"""


@pytest.fixture
def pretend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put another program in the reader's place."""

    def put(program: str) -> None:
        folder = tmp_path / "documents" / "reading"
        folder.mkdir(parents=True)
        (folder.parent / "__init__.py").touch()
        (folder / "__init__.py").touch()
        (folder / "__main__.py").write_text(PROGRAM + program)
        monkeypatch.setattr(child, "ROOT", tmp_path)

    return put


def read() -> list[dict[str, object]]:
    return list(child.read([Path("/a.pdf")], kind="deed", declared={}))


def test_a_child_that_is_killed_while_it_reads_is_a_refusal(pretend) -> None:
    pretend('tell(\'{"progress": {"done": 0, "total": 1}}\'); os.kill(os.getpid(), 9)')
    assert read()[-1] == {"refusal": "reading_failed"}


def test_what_is_no_answer_is_passed_over(pretend) -> None:
    pretend('tell("Error in pixRead"); tell("[1]"); tell(\'{"reading": {}}\')')
    assert read() == [{"reading": {}}]


def test_a_child_that_cannot_even_judge_the_file_is_ended_in_time(
    pretend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "LOOK_SECONDS", 0.5)
    pretend("time.sleep(60)")
    begun = time.monotonic()
    assert read() == [{"refusal": "reading_failed"}]
    assert time.monotonic() - begun < 10


def test_the_time_to_read_grows_with_the_pages(pretend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "LOOK_SECONDS", 2.0)
    monkeypatch.setattr(child, "SECONDS_A_PAGE", 2.0)
    pretend(
        'tell(\'{"progress": {"done": 0, "total": 3}}\'); time.sleep(3); tell(\'{"reading": {}}\')'
    )
    assert read()[-1] == {"reading": {}}


def test_a_photo_that_was_cut_off_is_refused_by_the_real_child(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(make.photo().read()[:400])
    assert list(child.read([path], kind=None, declared={}))[-1] == {"refusal": "broken_file"}


def test_a_disk_without_room_is_no_verdict_on_the_paper(tmp_path: Path) -> None:
    path = tmp_path / "foto.jpg"
    path.write_bytes(make.photo().read())
    (tmp_path / "page-001.webp").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        list(child.read([path], kind="other", declared={}, out=tmp_path))
