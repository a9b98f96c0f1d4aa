"""When a part of the house is away, people are told so, and when to come back; never a bare 500.

`answer_failure` is the site's handler of every error that nobody caught: a disk without room is
507, a database, cache or store of files that does not answer 503 with `Retry-After`, anything else
500 (`workflows.away`). The pages stand alone: they ask neither the database nor the session.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.template.loader import render_to_string

from workflows.away import status_of

if TYPE_CHECKING:
    from django.http import HttpRequest

RETRY_SECONDS = "15"


def answer_failure(request: HttpRequest) -> HttpResponse:
    """Answer for the error that is being handled."""
    del request
    status = status_of(sys.exc_info()[1])
    response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    if status == 503:
        response["Retry-After"] = RETRY_SECONDS
    response["Cache-Control"] = "no-store"
    return response
