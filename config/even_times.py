"""An answer about an account leaves at full steps of time, so that how long it took does not tell
whether the account exists: finding a person, opening their account, writing to them and checking a
password take longer than finding nobody."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

#: Where a stranger can name somebody else's account, and in how long steps that is answered; to
#: check a password takes a quarter of a second of a processor.
STEPS: Final = {
    "account_login": 2,
    "account_request_login_code": 1,
    "account_confirm_login_code": 1,
    "account_reset_password": 1,
    "workflows:send_code_of_link": 1,
}
#: By the check of the token, or by a limit.
REFUSED: Final = (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)


class EvenTimesMiddleware:
    """Outside of everything that works or writes; who is signed in by the answer does not wait."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.monotonic()
        response = self.get_response(request)
        if steps := _steps_of(request, response):
            step = steps * settings.ANSWER_STEP_SECONDS
            time.sleep(until_full_step(time.monotonic() - begun, step))
        return response


def until_full_step(spent: float, step: float) -> float:
    """Return the seconds from ``spent`` to the next full step; 0 without steps."""
    return -spent % step if step else 0.0


def _steps_of(request: HttpRequest, response: HttpResponse) -> int:
    """How long the steps are; 0 where nothing is told: the form was refused before anybody looked,
    or who asks was let in."""
    if response.status_code in REFUSED:
        return 0
    place = request.resolver_match
    if request.method != "POST" or place is None or place.view_name not in STEPS:
        return 0
    user = getattr(request, "user", None)
    return 0 if user is not None and user.is_authenticated else STEPS[place.view_name]
