"""The embedded broker: a message appears whole or not at all."""

from pathlib import Path

import pytest
from kombu import Connection

import config.celery  # noqa: F401 - puts our transport in the place of kombu's


def queue_in(folder: Path) -> Connection:
    options = {"data_folder_in": str(folder), "data_folder_out": str(folder)}
    return Connection("filesystem://", transport_options={**options, "control_folder": str(folder)})


def test_a_message_comes_out_as_it_went_in(tmp_path: Path) -> None:
    with queue_in(tmp_path) as connection:
        # kombu remembers what is bound for the whole process: a name that no other test uses
        queue = connection.SimpleQueue("whole-messages")
        queue.put({"job": 7})
        message = queue.get(timeout=5)
        assert message.payload == {"job": 7}
        message.ack()


def test_a_message_that_could_not_be_written_is_never_seen_by_a_worker(tmp_path: Path) -> None:
    with queue_in(tmp_path) as connection:
        channel = connection.channel()
        with pytest.raises(TypeError):
            channel._put("celery", {"job": object()})
    assert list(tmp_path.glob("*.msg")) == []


def test_a_full_disk_is_said_and_leaves_nothing_to_read(tmp_path: Path) -> None:
    with queue_in(tmp_path) as connection:
        channel = connection.channel()
        channel.data_folder_out = str(tmp_path / "gone")
        with pytest.raises(connection.channel_errors):
            channel._put("celery", {"job": 7})
