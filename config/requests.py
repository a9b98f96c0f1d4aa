"""Each request has an id, in its answer and in every log line, so that a person's "it went wrong at
ten" leads to the lines that say why."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from config.logs import about

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
#: What a proxy in front may have given; anything else is replaced.
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestIdMiddleware:
    """The first to see a request and the last to see its answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        name = given if GIVEN.fullmatch(given) else uuid.uuid4().hex
        before = about.set(name)
        try:
            response = self.get_response(request)
        finally:
            about.reset(before)
        response[HEADER] = name
        return response
