"""Sample deeds are drawn once for all tests of this room."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from documents import child
from workflows.sample_deeds import SampleDeed, write_samples


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SampleDeed]:
    """Give the six samples by name."""
    folder: Path = tmp_path_factory.mktemp("sample-deeds")
    return {sample.name: sample for sample in write_samples(folder)}


@pytest.fixture(scope="session")
def remembered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[Any], Path]]:
    """What the real reader answered in this session, by question."""
    return {}


@pytest.fixture
def reads_once(
    remembered: dict[str, tuple[list[Any], Path]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The real reader, which is asked the same question about the same bytes only once."""
    ask = child.read

    def read(paths: list[Path], *, out: Path, **asked: Any) -> Iterator[dict[str, Any]]:
        digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
        question = json.dumps([digests, asked], sort_keys=True)
        if question not in remembered:
            pages = tmp_path_factory.mktemp("pages")
            remembered[question] = list(ask(paths, out=pages, **asked)), pages
        lines, pages = remembered[question]
        shutil.copytree(pages, out, dirs_exist_ok=True)
        yield from lines

    monkeypatch.setattr(child, "read", read)
