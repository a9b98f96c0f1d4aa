"""The folder that carries messages to the worker, made safe for two processes at once.

kombu's own transport makes the file first and fills it afterwards, so a worker that looks between
the two takes an empty message, loses it and dies of it. Here a message gets its name only when it
is whole. Used wherever `BROKER_URL` begins with `filesystem://`.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Writes a message under another name and then renames it, which is one act."""

    def _put(self, queue: Any, message: Any, **_kwargs: Any) -> None:  # type: ignore[override]  # as kombu's own
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}"
        folder = Path(self.data_folder_out)
        draft = folder / f"{name}.draft"
        try:
            draft.write_bytes(str_to_bytes(dumps(message)))
            draft.rename(folder / f"{name}.{queue}.msg")
        except OSError as error:
            raise ChannelError(f"Cannot add a message to {folder}") from error


class Transport(filesystem.Transport):
    """The transport of the embedded broker."""

    Channel = Channel
