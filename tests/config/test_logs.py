"""No token of an address is written to a log."""

from __future__ import annotations

import logging

import pytest

from config.logs import PlainFormatter


@pytest.mark.parametrize(
    "address",
    [
        "/t/{}/", "/s/{}/", "/h/{}/", "/r/{}/", "/undangan/{}/", "/bimtek/k/{}/",
        "/bimtek/h/12/{}/",
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
