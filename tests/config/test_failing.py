"""A part that is away is said in words, with the hour to come back; a fault stays a fault."""

from __future__ import annotations

import errno

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from kombu.exceptions import OperationalError as BrokerAway
from redis.exceptions import ConnectionError as RedisAway

from config.failing import RETRY_SECONDS, answer_failure
from config.storage import DiskFull, StoreRefused
from workflows.away import status_of


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("server closed the connection unexpectedly"), 503),
        (OperationalError("database is locked"), 503),
        (RedisAway(), 503),
        (BrokerAway(), 503),
        (StoreRefused("AccessDenied"), 503),
        (DiskFull(), 507),
        (OSError(errno.EFBIG, "File too large"), 507),
        (OperationalError("database or disk is full"), 507),
        (OSError(errno.ENOENT, "gone"), 500),
        (ValueError(), 500),
        (None, 500),
    ],
)
def test_each_error_means_one_thing_to_the_person(error: Exception | None, status: int) -> None:
    assert status_of(error) == status


def test_what_lies_behind_an_error_counts_too() -> None:
    error = RuntimeError()
    error.__cause__ = OperationalError("terminating connection")
    assert status_of(error) == 503


def test_the_page_stands_alone_and_says_when_to_come_back() -> None:
    try:
        raise OperationalError
    except OperationalError:
        answer = answer_failure(RequestFactory().get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, RETRY_SECONDS)
    assert "Tunggu" in answer.content.decode()
