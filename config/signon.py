"""A government sign-on (OpenID Connect) is chosen in the environment; without one there is none.

`read_sign_on` takes the reader of `config.env` and gives a frozen `SignOn`, whose secret is only
ever put into the request for a token.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from environs import ValidationError

EXAMPLES: Mapping[str, str] = {
    "OIDC_NAME": "SSO Jatim",
    "OIDC_ISSUER": "https://sso.example.go.id/realms/jatim",
    "OIDC_CLIENT_ID": "mitra-bejo",
    "OIDC_CLIENT_SECRET": "the-secret-of-the-client",
}
THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


class Reader(Protocol):
    """What is asked of the reader of variables."""

    def text(self, name: str, default: str, rule: Callable[[str], None] | None = None) -> str:
        """Give one variable."""


@dataclass(frozen=True)
class SignOn:
    """The provider by its issuer, and who we are to it; off without both."""

    name: str = ""
    issuer: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)

    @property
    def is_on(self) -> bool:
        """Whether people may sign in by it."""
        return bool(self.issuer and self.client_id)


def read_sign_on(read: Reader) -> SignOn:
    """Read every variable of the sign-on; the reader keeps what is wrong."""
    return SignOn(
        name=read.text("OIDC_NAME", "SSO"),
        issuer=read.text("OIDC_ISSUER", "", _an_issuer),
        client_id=read.text("OIDC_CLIENT_ID", ""),
        client_secret=read.text("OIDC_CLIENT_SECRET", ""),
    )


def _an_issuer(url: str) -> None:
    """Keys fetched over plain HTTP prove nothing, except on this machine."""
    try:
        parts = urlsplit(url)
        is_safe = parts.scheme == "https" or parts.hostname in THIS_MACHINE
        is_whole = bool(parts.hostname) and parts.scheme in {"http", "https"}
    except ValueError:
        is_safe = is_whole = False
    if not (is_safe and is_whole) or parts.query or parts.fragment:
        raise ValidationError("must begin with https:// and be the issuer to the letter.")
