"""The pages that `bench.desk` opens, in a process that stands in one of its databases."""

from __future__ import annotations

import json
import random
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onboarding import roles
from onboarding.models import Region, User, Vendor
from workflows.actions import count_figures
from workflows.models import Case, Reckoning

if TYPE_CHECKING:
    from collections.abc import Callable

PICKED = 300


class _Visitor(Client):
    """Keeps how many questions the dearest page of a walk asked; a search is two pages."""

    most = 0

    def request(self, **request: Any) -> Any:
        with CaptureQueriesContext(connection) as questions:
            answer = super().request(**request)
        _Visitor.most = max(_Visitor.most, len(questions))
        return answer


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    _count()
    pages = _pages(random.Random(5))
    print(json.dumps(list(pages)), flush=True)
    for line in sys.stdin:
        _Visitor.most = 0
        began = time.perf_counter()
        answer = pages[line.strip()]()
        seconds = time.perf_counter() - began
        if answer.status_code != 200:
            raise SystemExit(f"{line.strip()}: {answer.status_code}")
        print(json.dumps({"ms": 1000 * seconds, "questions": _Visitor.most}), flush=True)


def _pages(rng: random.Random) -> dict[str, Callable[[], Any]]:
    officer, approver, head = (
        _signed_in(role) for role in (roles.OFFICER, roles.APPROVER, roles.MANAGER)
    )
    firms, cases = _some(Vendor.objects, rng), _some(Case.objects.is_open(), rng)
    names = list(Vendor.objects.filter(pk__in=firms).values_list("name", flat=True))
    numbers = list(Vendor.objects.filter(pk__in=firms).values_list("nib", flat=True))
    regions = list(Region.objects.values_list("pk", flat=True))
    queue, vendors = reverse("workflows:queue"), reverse("workflows:vendors")

    def beside(part: str) -> Callable[[], str]:
        return lambda: f"{reverse('workflows:case_beside', args=[rng.choice(cases)])}?part={part}"

    gets = {
        "queue, to verify": (officer, lambda: f"{queue}?tab=verify"),
        "queue, with the vendor": (officer, lambda: f"{queue}?tab=vendor"),
        "queue, listing": (officer, lambda: f"{queue}?tab=listing"),
        "queue, to decide": (approver, lambda: f"{queue}?tab=decide"),
        "queue, mine": (officer, lambda: f"{queue}?tab=mine"),
        "queue, on hold": (officer, lambda: f"{queue}?tab=held"),
        "queue, late": (officer, lambda: f"{queue}?tab=late"),
        "approvals at once": (approver, lambda: reverse("workflows:approvals")),
        "businesses": (officer, lambda: vendors),
        "businesses of a region": (officer, lambda: f"{vendors}?region={rng.choice(regions)}"),
        "businesses on sale": (officer, lambda: f"{vendors}?status=ACTIVE"),
        "a business": (officer, lambda: reverse("workflows:vendor", args=[rng.choice(firms)])),
        "a business, its owner": (
            officer,
            lambda: f"{reverse('workflows:vendor', args=[rng.choice(firms)])}?part=owner",
        ),
        "a business, work on it": (
            officer,
            lambda: f"{reverse('workflows:vendor', args=[rng.choice(firms)])}?part=work",
        ),
        "a case": (officer, lambda: reverse("workflows:review_case", args=[rng.choice(cases)])),
        "a case, what was told": (officer, beside("told")),
        "a case, similar ones": (officer, beside("similar")),
        "tickets": (officer, lambda: reverse("workflows:tickets")),
        "tickets, late": (officer, lambda: f"{reverse('workflows:tickets')}?tab=late"),
        "messages": (officer, lambda: reverse("workflows:messages")),
        "messages, the next": (officer, lambda: reverse("workflows:send_next")),
        "referrals": (officer, lambda: reverse("onboarding:referrals")),
        "duplicates": (officer, lambda: reverse("workflows:twins")),
        "overview": (head, lambda: reverse("workflows:overview")),
    }
    opened: dict[str, Callable[[], Any]] = {
        name: partial(_get, client, url) for name, (client, url) in gets.items()
    }
    search = reverse("workflows:search")
    for name, address, given in (
        ("search, a part of a name", vendors, [name[2:14] for name in names]),
        ("search, an NIB", vendors, numbers),
        ("search everything, an NIB", search, numbers),
        ("search everything, a name", search, names),
    ):
        opened[name] = partial(_search, officer, address, given, rng)
    return opened


def _count() -> None:
    """The figures that the overview shows, as the worker counts them."""
    count_figures(Reckoning.objects.create().pk, by=User.objects.system(), beat=lambda: None)


def _get(client: Client, address: Callable[[], str]) -> Any:
    return client.get(address())


def _search(officer: Client, address: str, given: list[str], rng: random.Random) -> Any:
    return officer.post(address, {"wanted": rng.choice(given)}, follow=True)


def _signed_in(role: str) -> _Visitor:
    person, _made = User.objects.get_or_create(
        email=f"{role}.laman@contoh.test", defaults={"role": role, "full_name": f"Contoh {role}"}
    )
    client = _Visitor()
    client.force_login(person)
    return client


def _some(rows: Any, rng: random.Random) -> list[int]:
    keys = list(rows.order_by().values_list("pk", flat=True))
    return rng.sample(keys, min(PICKED, len(keys)))


if __name__ == "__main__":
    main()
