"""The pages that `bench.desk` opens, in a process that stands in one of its databases."""

from __future__ import annotations

import json
import random
import sys
import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onboarding import roles
from onboarding.models import Region, User, Vendor
from workflows.models import Case

if TYPE_CHECKING:
    from collections.abc import Callable

PICKED = 300


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    pages = _pages(random.Random(5))
    print(json.dumps(list(pages)), flush=True)
    for line in sys.stdin:
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as questions:
            answer = pages[line.strip()]()
        seconds = time.perf_counter() - began
        if answer.status_code != 200:
            raise SystemExit(f"{line.strip()}: {answer.status_code}")
        print(json.dumps({"ms": 1000 * seconds, "questions": len(questions)}), flush=True)


def _pages(rng: random.Random) -> dict[str, Callable[[], Any]]:
    officer, approver, head = (
        _signed_in(role) for role in (roles.OFFICER, roles.APPROVER, roles.MANAGER)
    )
    firms, cases = _some(Vendor.objects, rng), _some(Case.objects.is_open(), rng)
    names = list(Vendor.objects.filter(pk__in=firms).values_list("name", flat=True))
    numbers = list(Vendor.objects.filter(pk__in=firms).values_list("nib", flat=True))
    regions = list(Region.objects.values_list("pk", flat=True))
    queue, vendors = reverse("workflows:queue"), reverse("workflows:vendors")
    gets = {
        "queue, to verify": (officer, lambda: f"{queue}?tab=verify"),
        "queue, with the vendor": (officer, lambda: f"{queue}?tab=vendor"),
        "queue, listing": (officer, lambda: f"{queue}?tab=listing"),
        "queue, to decide": (approver, lambda: f"{queue}?tab=decide"),
        "queue, mine": (officer, lambda: f"{queue}?tab=mine"),
        "businesses": (officer, lambda: vendors),
        "businesses of a region": (officer, lambda: f"{vendors}?region={rng.choice(regions)}"),
        "businesses on sale": (officer, lambda: f"{vendors}?status=ACTIVE"),
        "a business": (officer, lambda: reverse("workflows:vendor", args=[rng.choice(firms)])),
        "a case": (officer, lambda: reverse("workflows:review_case", args=[rng.choice(cases)])),
        "referrals": (officer, lambda: reverse("onboarding:referrals")),
        "duplicates": (officer, lambda: reverse("workflows:twins")),
        "overview": (head, lambda: reverse("workflows:overview")),
    }
    opened: dict[str, Callable[[], Any]] = {
        name: (lambda client=client, url=url: client.get(url()))
        for name, (client, url) in gets.items()
    }
    opened["search, a part of a name"] = lambda: officer.post(
        vendors, {"wanted": rng.choice(names)[2:14]}
    )
    opened["search, an NIB"] = lambda: officer.post(vendors, {"wanted": rng.choice(numbers)})
    return opened


def _signed_in(role: str) -> Client:
    person, _made = User.objects.get_or_create(
        email=f"{role}.laman@contoh.test", defaults={"role": role, "full_name": f"Contoh {role}"}
    )
    client = Client()
    client.force_login(person)
    return client


def _some(rows: Any, rng: random.Random) -> list[int]:
    keys = list(rows.order_by().values_list("pk", flat=True))
    return rng.sample(keys, min(PICKED, len(keys)))


if __name__ == "__main__":
    main()
