"""One request to a gateway: short, without redirects, and every fault of the line is ``NotNow``."""

from __future__ import annotations

from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from workflows.senders.port import NotNow

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Seconds; a person who asked for a code waits for this.
PATIENCE = 8
MOST_BYTES = 64 * 1024


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would carry our secret to another host."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


_opener = build_opener(_NoRedirect)


def call(
    url: str, body: bytes | None, headers: Mapping[str, str], *, method: str = "POST"
) -> tuple[int, bytes]:
    """Return the status and the answer of a gateway; raises ``NotNow`` when there was none."""
    request = Request(url, data=body, headers=dict(headers), method=method)  # noqa: S310 (http only, by the rule of config.gateways)
    try:
        with _opener.open(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read(MOST_BYTES)
    except HTTPError as error:
        try:
            return error.code, error.read(MOST_BYTES)
        except (OSError, HTTPException):  # the status is enough
            return error.code, b""
    except (OSError, HTTPException) as error:
        raise NotNow(type(getattr(error, "reason", None) or error).__name__) from None
