"""A request has one name, in its answer and in the lines of the log."""

from __future__ import annotations

import json
import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from config.logs import JsonFormatter, about
from config.requests import HEADER, RequestIdMiddleware


def answer(given: str) -> tuple[HttpResponse, str]:
    seen = []

    def view(_request: HttpRequest) -> HttpResponse:
        seen.append(about.get())
        return HttpResponse()

    return RequestIdMiddleware(view)(RequestFactory().get("/", headers={HEADER: given})), seen[0]


def test_the_name_that_a_proxy_gave_is_kept() -> None:
    response, seen = answer("abc-123-proxy")
    assert response[HEADER] == seen == "abc-123-proxy"
    assert about.get() == ""


@pytest.mark.parametrize("given", ["", "short", "with space and more", "x" * 65, "a\u2028bcdefgh"])
def test_anything_else_gets_a_name_of_our_own(given: str) -> None:
    response, seen = answer(given)
    assert response[HEADER] == seen != given
    assert len(seen) == 32


def test_a_line_is_one_object_without_tokens_and_numbers_of_people() -> None:
    record = logging.LogRecord(
        "mitra", logging.ERROR, "", 0, "GET /t/%s/ of %s\nnext", ("secret", "0812 3456 7890"), None
    )
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert json.loads(line)["message"] == "GET /t/…/ of …\nnext"
