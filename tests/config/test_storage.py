"""A file is there whole or not at all, and a full disk takes nothing half."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from pytest_django import Settings

from config.storage import DRAFTS, DiskFull, WholeFileStorage


class Dying(ContentFile):  # type: ignore[type-arg]  # not generic at run time
    """An upload whose line breaks in the middle."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"half"
        raise ConnectionResetError


@pytest.fixture
def storage(tmp_path: Path, settings: Settings) -> WholeFileStorage:
    settings.LEAST_FREE_BYTES = 0
    return WholeFileStorage(location=tmp_path, file_permissions_mode=0o600)


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_file_is_kept_whole_and_for_its_owner_only(
    storage: WholeFileStorage, tmp_path: Path
) -> None:
    assert storage.save("papers/one", ContentFile(b"whole")) == "papers/one"
    kept = tmp_path / "papers/one"
    assert (kept.read_bytes(), kept.stat().st_mode & 0o777) == (b"whole", 0o600)
    assert files_in(tmp_path) == ["papers/one"]


def test_what_breaks_off_in_the_middle_leaves_nothing(
    storage: WholeFileStorage, tmp_path: Path
) -> None:
    with pytest.raises(ConnectionResetError):
        storage.save("papers/one", Dying(b"half of it"))
    assert files_in(tmp_path) == []


def test_without_room_nothing_is_begun(
    storage: WholeFileStorage, tmp_path: Path, settings: Settings
) -> None:
    settings.LEAST_FREE_BYTES = 2**60
    with pytest.raises(DiskFull) as refused:
        storage.save("papers/one", ContentFile(b"whole"))
    assert refused.value.errno == errno.ENOSPC
    assert files_in(tmp_path) == []


def test_the_sweep_removes_what_a_killed_process_left_half_written(
    storage: WholeFileStorage, tmp_path: Path
) -> None:
    (tmp_path / DRAFTS).mkdir()
    (tmp_path / DRAFTS / "left").write_bytes(b"half")
    assert storage.remove_drafts(timezone.now() - timedelta(hours=24)) == 0
    assert storage.remove_drafts(timezone.now() + timedelta(seconds=5)) == 1
    assert files_in(tmp_path) == []
