"""Another's rows through a side door: ids swapped in addresses, queries, forms and JSON; and what
happens at another's changes nothing of what one is shown."""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from onboarding.models import Vendor
from tests import factories as make
from tests.access.doors import DOORS, SEE_THEIR_OWN, Door, pages_of
from tests.access.told import told
from tests.access.world import World, digest, digest_of, rolled_back
from training.models import Session
from workflows.models import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

pytestmark = pytest.mark.django_db
SCOPED = sorted(SEE_THEIR_OWN)
#: Names that pages, filters and forms know; each is given the id of something of another.
NAMES = (
    "vendor", "vendors", "firm", "sheet", "row", "paper", "case", "item", "seat", "session",
    "present", "agency", "request", "requests", "membership", "listing", "letter", "message",
    "ticket", "merge", "pair", "campaign", "user", "person", "owner", "to", "by", "pk", "id",
    "after", "before", "cover", "trainer", "region", "platform", "known_vendor", "created_by",
)  # fmt: skip
SORTS = ("sort", "order", "order_by", "o", "ordering", "by", "tab", "show", "part", "format")
COLUMNS = ("vendor__nik", "-npwp", "phone", "agency__name", "csv", "all", "nik,npwp", "1.2.3")
#: A guest at the door is found by the exact number of the firm, whoever's firm it is.
WALK_IN = "workflows:seat_walk_in"


def own(world: World, role: str) -> Any:
    return lambda word: world.thing(word, role, own=True)


def strange_ids(world: World) -> dict[str, Any]:
    """For each name an id of side B that fits, else one of its firms."""
    things = world.sides["B"].things
    firm = things["vendor"].pk
    return {name: getattr(things.get(name), "pk", firm) for name in NAMES}


def marks_of(world: World) -> list[str]:
    """What tells that a page shows a firm of side B."""
    firms = [firm for firm in world.sides["B"].firms if firm not in world.sides["A"].firms]
    return [word for firm in firms for word in (firm.name, firm.nib, firm.nik) if word]


def shows(response: HttpResponse, marks: list[str], sent: Any = ()) -> list[str]:
    """The marks that an answer shows, but for what was sent itself and is shown back."""
    text = told(response)
    strange = [mark for mark in marks if mark not in map(str, sent)]
    return [mark for mark in strange if re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", text)]


def crossed() -> Iterator[tuple[Door, str]]:
    """Each address with two things in it, of which one is swapped."""
    for door in DOORS:
        words = [key for key, word in door.things.items() if not word.startswith("=")]
        if len(words) > 1:
            yield from ((door, key) for key in words[1:])


@pytest.mark.parametrize(
    ("door", "key"), list(crossed()), ids=lambda one: getattr(one, "name", one)
)
def test_a_thing_that_does_not_belong_to_the_other_in_the_address_is_not_found(
    door: Door, key: str, world: World
) -> None:
    before = digest()
    for role in (*roles.ROLES, ""):
        mine, strange = (
            door.args(lambda word, own=own, role=role: world.thing(word, role, own=own))
            for own in (True, False)
        )
        url = reverse(door.name, kwargs=mine | {key: strange[key]})
        for method in ("GET", "POST"):
            body = dict(door.filled(own(world, role))) if method == "POST" else None
            answer = world.ask(role, method, url, body, undone=False)
            is_refused = answer.status_code in (403, 404, 405, 409, 422)
            assert is_refused or "/login/" in answer.get("Location", ""), (role, method, url)
    assert digest() == before


@pytest.mark.parametrize("role", SCOPED)
def test_ids_of_another_in_a_query_show_nothing_of_theirs(role: str, world: World) -> None:
    marks, ids = marks_of(world), strange_ids(world)
    firm = world.sides["B"].things["vendor"]
    queries = [
        ids,
        dict.fromkeys(("q", "name", "number", "wanted", "nib"), firm.nib),
        *(dict.fromkeys(SORTS, column) for column in COLUMNS[:4]),
        {"vendor__status": "ELIGIBLE", "agency": ids["agency"], "tab": "lists", "show": "all"},
    ]
    for url in sorted({one.partition("?")[0] for one in pages_of(role, own(world, role))}):
        for query in queries:
            told_by = "&".join(f"{name}={value}" for name, value in query.items())
            answer = world.ask(role, "GET", f"{url}?{told_by}")
            assert answer.status_code < 500, (url, told_by)
            assert shows(answer, marks, query.values()) == [], (url, told_by)


@pytest.mark.parametrize("role", SCOPED)
def test_ids_of_another_in_a_form_change_nothing_of_theirs(role: str, world: World) -> None:
    side = world.sides["B"]
    marks, ids = marks_of(world), strange_ids(world)
    firms = [firm for firm in side.firms if firm not in world.sides["A"].firms]
    before = digest_of(side, firms)

    def strange(word: str) -> Any:
        return world.thing(word, role, own=False)

    for door in DOORS:
        is_for_all = door.is_packaged or "" in door.act
        if role not in door.act or is_for_all or door.name == WALK_IN:
            continue
        url = reverse(door.name, kwargs=door.args(own(world, role)))
        for body in (ids | dict(door.filled(strange)), dict(door.filled(own(world, role))) | ids):
            with rolled_back():
                answer = world.ask(role, "POST", url, body, undone=False)
                assert answer.status_code < 500, url
                assert shows(answer, marks, body.values()) == [], url
                assert digest_of(side, firms) == before, url


def test_marks_of_the_door_count_only_for_seats_of_its_own_session(world: World) -> None:
    mine, strange = (world.sides[name].things for name in ("A", "B"))
    now = int(timezone.now().timestamp() * 1000)
    marks = [
        {"id": str(uuid.uuid4()), "what": "arrive", "via": "hand", "at": now, "seat": seat,
         "reason": "no_pass", "session": strange["session"].pk}
        for seat in (strange["seat"].pk, strange["attended"].pk, 10**9)
    ]  # fmt: skip
    told_by = {"device": str(uuid.uuid4()), "sent_at": now, "unsent": 0, "scans": marks}
    url = reverse("training:sync_scans", kwargs={"pk": mine["session"].pk})
    side = world.sides["B"]
    firms = side.firms
    before = digest_of(side, firms)
    with rolled_back():
        answer = world.ask(roles.TRAINER, "POST", url, json.dumps(told_by).encode(), undone=False)
        assert answer.status_code < 500
        assert digest_of(side, firms) == before
        assert shows(answer, marks_of(world)) == []


@pytest.mark.parametrize("role", SCOPED)
def test_what_happens_at_another_changes_no_page_count_or_file_of_ones_own(
    role: str, world: World
) -> None:
    side = world.sides["B"]
    urls = pages_of(role, own(world, role))
    first = {url: told(world.page(role, url)) for url in urls}
    with rolled_back():
        for _each in range(3):
            make.refer(by=side.office, nik="3578994102909999")
        strange = [firm.pk for firm in side.firms if firm not in world.sides["A"].firms]
        Vendor.objects.filter(pk__in=strange).update(name="Contoh Lain Sama Sekali")
        meetings = Session.objects.filter(trainer=side.trainer, audience="vendors")
        meetings.update(title="Contoh Lain", capacity=7)  # those for offices are open to offices
        Ticket.objects.filter(vendor__in=strange).update(text="Contoh lain", state="CLOSED")
        changed = [url for url in urls if told(world.ask(role, "GET", url)) != first[url]]
    assert changed == []
