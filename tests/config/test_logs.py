"""No token of an address and no number of a person is written to a log."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from config.logs import PLACES, PlainFormatter


@pytest.mark.parametrize(
    "address",
    [
        "/t/{}/", "/s/{}/", "/h/{}/", "/r/{}/", "/undangan/{}/", "/bimtek/k/{}/",
        "/bimtek/h/12/{}/", "/akun/password/reset/key/{}/",
        "/bimtek/kalender/{}.ics", "https://contoh.invalid/h/{}/?x=1",
    ],
)  # fmt: skip
def test_an_address_is_logged_without_its_token(address: str) -> None:
    line = PlainFormatter("%(message)s").format(
        logging.LogRecord(
            "django.request",
            logging.ERROR,
            "",
            0,
            "Internal Server Error: %s",
            (address.format("12-secret"),),
            None,
        )
    )
    assert "secret" not in line
    assert "…" in line


def test_other_addresses_stay_as_they_are() -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 0, "/bimtek/kalender/ /bimtek/2/", (), None)
    assert PlainFormatter("%(message)s").format(record) == "/bimtek/kalender/ /bimtek/2/"


@pytest.fixture
def captured() -> Iterator[io.StringIO]:
    """Everything that any logger says, as the house writes it down."""
    lines, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(lines), root.level
    handler.setFormatter(PlainFormatter("%(levelname)s %(name)s %(message)s"))
    loggers = [root, *map(logging.getLogger, ("django.request", "django.security", "mitra.tasks"))]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.INFO)
    root.addHandler(handler)
    yield lines
    root.removeHandler(handler)
    for one, was in zip(loggers, levels, strict=True):
        one.setLevel(was)
    root.setLevel(level)


@pytest.mark.django_db
def test_no_number_of_a_person_gets_into_the_logs_of_a_visit(
    captured: io.StringIO, client: Client
) -> None:
    """What somebody typed into an address or a form, and what an error repeats of it."""
    nik, npwp, phone, email = "3599010101900077", "1000000000770077", "081299770077", "ibu@a.test"
    dotted, token = "10.000.000.0-770.077", "rahasia-123"
    for typed in (nik, npwp, phone, token):
        client.get(f"/t/{typed}/")
        client.get(f"/tidak-ada/{typed}/?q={typed}")
        client.post("/akun/login/", {"login": typed})
    try:
        raise ValueError(f"{nik} {dotted} +62 812-9977-0077 {email} {npwp}: {phone}")
    except ValueError:
        logging.getLogger("mitra.tasks").exception("job of %s failed for %s", nik, [phone])
    said = captured.getvalue()
    assert "Not Found" in said
    assert "job of …" in said
    for private in (nik, npwp, phone, dotted, "9977-0077", "ibu@", f"/t/{token}"):
        assert private not in said


def test_the_proxy_in_front_keeps_no_token_either() -> None:
    proxy = Path("docs/deploy/nginx.conf").read_text()
    unlogged = re.findall(r"^    ~(\S+) 0;$", proxy, re.MULTILINE)
    for place in PLACES:
        address = f"/{place.replace(chr(92) + 'd+', '12')}/12-secret/"
        assert any(re.match(one, address) for one in unlogged), address


def test_numbers_that_name_nobody_stay() -> None:
    digest = "4f3599010101900077aa" * 2
    line = f"job 3599010 VO-2026-000123 2026-11-22 10:15:00 {digest} 127.0.0.1"
    record = logging.LogRecord("x", logging.ERROR, "", 0, line, (), None)
    assert PlainFormatter("%(message)s").format(record) == line
