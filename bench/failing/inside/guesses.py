"""Guesses at accounts that are there and at others, and the time of each answer."""

from __future__ import annotations

import secrets
import statistics
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib.auth.hashers import make_password

from bench.failing.table import Figure, none_of
from onboarding import roles
from onboarding.models import SignInMessage, User
from tests.factories import refer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.failing.ground.web import Web

PAIRS = 12
GUESSES, AT_ONCE = 200, 8
MOST_MS = 10.0
PASSWORD = "kalimat-contoh-yang-panjang"
LOGIN, CODE, RESET = "/akun/login/", "/akun/login/code/", "/akun/password/reset/"


def figures(web: Web) -> Iterator[Figure]:
    """Guess, and listen."""
    staff, owners, phones = _people()
    yield from _guess(web, staff.pop())
    yield _listen(web, "a wrong password", staff, lambda who: (LOGIN, _typed(who)))
    yield _listen(web, "a code by e-mail", owners, lambda who: (CODE, {"contact": who}))
    yield _listen(web, "a code to a number named just now", phones, _ask_phone)
    yield _listen(web, "a new password", staff, lambda who: (RESET, {"email": who}))


def _people() -> tuple[list[str], list[str], list[str]]:
    """Staff and owners with accounts, and numbers that an office named but nobody used yet."""
    kept = make_password(PASSWORD)
    emails: dict[str, list[str]] = {roles.OFFICER: [], roles.VENDOR: []}
    for role, addresses in emails.items():
        addresses += [f"{role}.{number}@contoh.test" for number in range(PAIRS + 1)]
        User.objects.bulk_create(
            [User(email=email, role=role, full_name="Contoh", password=kept) for email in addresses]
        )
    phones = [refer().phone for _number in range(PAIRS)]
    return emails[roles.OFFICER], emails[roles.VENDOR][:PAIRS], phones


def _guess(web: Web, email: str) -> Iterator[Figure]:
    SignInMessage.objects.all().delete()
    tries = [_typed(email, f"salah-{number}") for number in range(GUESSES)]
    with ThreadPoolExecutor(AT_ONCE) as hands:
        answers = list(hands.map(lambda typed: _post(web, LOGIN, typed), tries))
    yield none_of("guesses at one account answered 5xx", _faults(answers), of=GUESSES)
    right = _post(web, LOGIN, _typed(email, PASSWORD))
    yield Figure("then the right password", "locked", f"status {right.status}", right.status == 200)
    told = SignInMessage.objects.filter(to=email).count()
    yield Figure("the owner of the account is told", "once", f"{told} times", told == 1)


def _listen(
    web: Web, what: str, known: list[str], asked: Callable[[str], tuple[str, dict[str, str]]]
) -> Figure:
    """Ask for a known and for an unknown contact in turn; the middle of the differences in ms."""
    differences: list[float] = []
    answers: list[float] = []
    for number, contact in enumerate(known):
        stranger = _nobody(contact)
        turns = (contact, stranger) if number % 2 else (stranger, contact)
        times = {who: _post(web, *asked(who)).seconds for who in turns}
        answers += times.values()
        differences.append(1000 * (times[contact] - times[stranger]))
    middle = statistics.median(differences)
    usual = 1000 * statistics.median(answers)
    found = f"{middle:+.1f} ms of {len(differences)} pairs, an answer took {usual:.0f} ms"
    name = f"time that tells who has an account: {what}"
    return Figure(name, f"below {MOST_MS:.0f} ms", found, abs(middle) < MOST_MS)


def _nobody(contact: str) -> str:
    """A contact that looks like this one and belongs to nobody."""
    if "@" in contact:
        return f"{secrets.token_hex(4)}@contoh.test"
    return f"0899{secrets.randbelow(10**8):08d}"


def _ask_phone(phone: str) -> tuple[str, dict[str, str]]:
    return CODE, {"contact": phone.replace("+62", "0")}


def _typed(login: str, password: str = "salah") -> dict[str, str]:
    return {"login": login, "password": password}


def _post(web: Web, path: str, form: dict[str, str]) -> Any:
    """One try from an address of its own, so that only the account counts."""
    token = secrets.token_hex(16)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrftoken={token}",
        "X-CSRFToken": token,
        "X-Forwarded-For": f"203.0.{secrets.randbelow(250)}.{secrets.randbelow(250)}",
    }
    return web.post(path, urlencode(form).encode(), headers)


def _faults(answers: list[Any]) -> int:
    return sum(answer.status >= 500 or not answer.status for answer in answers)
