"""What every page of every role has in common: no number that is not theirs, headers, language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from onboarding import roles
from onboarding.models import Vendor
from tests.access.doors import pages_of
from tests.access.told import words_of
from tests.access.world import World, rolled_back
from tests.english import english_in

pytestmark = pytest.mark.django_db
#: Left behind by a sentence that was not filled in, or by a value that is not there.
GAP = r"%\([a-z_]+\)[sd]|\{\{|\{%|\bNone\b"
#: Where an officer needs numbers at once: to call a guest or send a message by hand, to tell two
#: firms apart, to mend a list as it was received.
WORK_WITH_NUMBERS = ("/pesan/", "/meja/kembar/", "/bimtek/", "/usulan/")
SAFE = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def finder(world: World, role: str) -> Callable[[str], Any]:
    return lambda word: world.thing(word, role, own=True)


def pages(world: World, role: str) -> Iterator[tuple[str, HttpResponse]]:
    for url in pages_of(role, finder(world, role)):
        yield url, world.page(role, url)


def digits_of(response: HttpResponse) -> str:
    """What is written, with numbers as one row of digits, however they were parted."""
    return re.sub(r"(?<=\d)[\s.\-–](?=\d)", "", words_of(response))


def numbers_shown(world: World, role: str, numbers: dict[str, Vendor]) -> list[str]:
    shown = []
    for url, response in pages(world, role):
        text = digits_of(response)
        shown += [
            f"{url}: {number} of {firm}" for number, firm in numbers.items() if number in text
        ]
    return shown


@pytest.mark.parametrize("role", [r for r in roles.ROLES if r not in (roles.OFFICER, roles.VENDOR)])
def test_numbers_of_persons_are_covered_for_everyone_but_the_officer_and_the_owner(
    role: str, world: World
) -> None:
    assert numbers_shown(world, role, world.numbers) == []


def test_the_officer_is_shown_numbers_only_where_the_work_is_to_use_them(world: World) -> None:
    shown = numbers_shown(world, roles.OFFICER, world.numbers)
    strange = [line for line in shown if not line.startswith(WORK_WITH_NUMBERS)]
    assert strange == []


def test_an_owner_is_shown_no_number_of_another_owner(world: World) -> None:
    of_b = world.sides["B"].firms
    others = {number: firm for number, firm in world.numbers.items() if firm in of_b}
    assert others
    assert numbers_shown(world, roles.VENDOR, others) == []


def test_a_status_link_shows_the_name_of_the_firm_and_none_of_its_numbers(world: World) -> None:
    side = world.sides["A"]
    firm = side.things["vendor"]
    with rolled_back():
        answer = Client().get(f"/s/{side.things['status_token']}/", follow=True)
    text = re.sub(r"\D", "", answer.content.decode())
    assert firm.name in answer.content.decode()
    assert not [number for number in (*world.numbers, firm.nib) if number in text]


@pytest.mark.parametrize("role", roles.ROLES)
def test_pages_of_those_who_are_signed_in_are_kept_nowhere(role: str, world: World) -> None:
    for url, response in pages(world, role):
        kept = response.headers.get("Cache-Control", "")
        assert {"no-store", "private"} <= set(re.split(r",\s*", kept)), url


@pytest.mark.parametrize("role", ["", *roles.ROLES])
def test_every_page_forbids_what_stands_in_the_page_or_comes_from_outside(
    role: str, world: World
) -> None:
    urls = ["/akun/login/", "/pengaduan/", "/status/", "/tidak/ada/", "/meja/kasus/0/"]
    for url in [*urls, *pages_of(role, finder(world, role))]:
        response = world.page(role, url)
        policy = response.headers.get("Content-Security-Policy", "")
        if response.status_code == 302 or "sandbox" in policy:
            continue
        assert "default-src 'none'" in policy, url
        assert "unsafe" not in policy, url
        assert {name: response.headers.get(name) for name in SAFE} == SAFE, url
        text = response.sent.decode(errors="replace")  # type: ignore[attr-defined]
        if "html" in response.headers["Content-Type"]:
            assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=\"", text), url


@pytest.mark.parametrize("role", roles.ROLES)
def test_every_page_can_be_read_in_english_and_leaves_no_gap(role: str, world: World) -> None:
    for url in pages_of(role, finder(world, role)):
        answer = world.ask(role, "GET", url, language="en")
        if answer.status_code == 302 or "html" not in answer.headers["Content-Type"]:
            continue
        text = re.sub(r"<option[^>]*>[^<]*</option>", "", answer.sent.decode())  # type: ignore[attr-defined]
        assert answer.headers["Content-Language"] == "en", url
        assert '<html lang="en"' in text or "<html" not in text, url
        assert not re.search(GAP, text), url


@pytest.mark.parametrize("role", ["", *roles.ROLES])
def test_in_indonesian_no_page_has_a_word_of_english(role: str, world: World) -> None:
    found = []
    for url in ["/akun/login/", "/pengaduan/", "/privasi/", *pages_of(role, finder(world, role))]:
        answer = world.page(role, url)
        if answer.status_code == 302 or "html" not in answer.headers.get("Content-Type", ""):
            continue
        found += [f"{url}: {text}" for text in english_in(answer.sent.decode())]  # type: ignore[attr-defined]
    assert not found, "\n".join(found)


def test_the_language_is_what_the_person_chose(world: World) -> None:
    client = Client()
    for code, word in (("en", "Sign in"), ("id", "Masuk")):
        answer = client.post("/bahasa/", {"language": code, "next": "/akun/login/"})
        assert answer["Location"] == "/akun/login/"
        page = client.get("/akun/login/")
        assert page.headers["Content-Language"] == code
        assert word in page.content.decode()


def test_the_language_door_leads_to_no_other_site() -> None:
    answer = Client().post("/bahasa/", {"language": "en", "next": "https://contoh.test/"})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_of_refusal_are_pages_of_the_house(language: str, world: World) -> None:
    for role, url, status in (
        ("", "/tidak/ada/", 404),
        (roles.VENDOR, "/meja/", 403),
        (roles.VENDOR, "/saya/999999/", 404),
    ):
        answer = world.ask(role, "GET", url, language=language)
        assert answer.status_code == status
        assert f'<html lang="{language}"' in answer.content.decode()
        assert answer.content.decode().count("<h1") == 1


def test_a_crash_shows_a_page_without_a_word_of_what_crashed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_args: Any, **_kwargs: Any) -> Any:
        raise RuntimeError("3578994102900001")

    monkeypatch.setattr("workflows.views.queue.capped_counts", crash)
    answer = world.ask(roles.OFFICER, "GET", "/meja/")
    assert answer.status_code == 500
    text = answer.content.decode()
    assert "3578994102900001" not in text
    assert text.count("<h1") == 1


def test_a_form_without_its_token_is_refused_with_a_page(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/akun/login/", {"login": "contoh@contoh.test"})
    assert answer.status_code == 403
    assert answer.content.decode().count("<h1") == 1


@override_settings(ALLOWED_HOSTS=["mitra.contoh.test"])
def test_another_host_name_is_not_answered() -> None:
    assert Client().get("/akun/login/", HTTP_HOST="penipu.test").status_code == 400
    assert Client().get("/akun/login/", HTTP_HOST="mitra.contoh.test").status_code == 200
