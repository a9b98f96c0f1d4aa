"""Says by one code why a file is turned away, so that every door leaves the same trace of it."""

from __future__ import annotations

from typing import IO, Any

from config.gate.antivirus import ScanFailedError, find_virus


def virus_code(file: IO[bytes], address: str) -> str:
    """What the antivirus says of a file that somebody waits for: ``infected``, ``scan_failed``, or
    nothing; the file is read from its start, and again stands there."""
    try:
        return "infected" if find_virus(file, address) else ""
    except ScanFailedError:
        return "scan_failed"


def form_code(form: Any, name: str = "file") -> str:
    """What a filled-in form has against the file that it brought; empty where it brought none, or
    one with which nothing is wrong."""
    came = form.files.get(form.add_prefix(name))
    errors = form.errors.as_data().get(name, ()) if came else ()
    return next((error.code or "invalid" for error in errors), "")
