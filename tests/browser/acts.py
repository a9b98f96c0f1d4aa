"""Acts on the screens that several journeys have in common, one short function each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.pages import Visitor
    from tests.browser.product import Product


def plan(officer: Visitor, *, days: int = 1) -> None:
    """Fill in a session in some days: one cannot be planned in the past."""
    officer.fill(
        title="Bimtek Contoh Surabaya",
        place="Aula Contoh",
        address="Jalan Contoh Nomor 2",
        day=(date.today() + timedelta(days=days)).isoformat(),  # noqa: DTZ011 - as a person types it
        starts="09:00",
        ends="13:00",
        capacity="20",
    )
    officer.choose("region", "35.78")
    for name in ("audience", "trainer", "syllabus"):
        options = officer.field(name).locator("option:not([value=''])")
        officer.choose(name, options.first.get_attribute("value"))
    officer.press("main form.card button")


def invite(officer: Visitor, session: int, firm: int) -> None:
    """Tick one firm of those that wait, from the page of the session, and invite it."""
    officer.press(f"a[href='/bimtek/undang/{session}/']")
    officer.page.check(f"[name=vendors][value='{firm}']")
    officer.look("whom to invite")
    officer.press("main form.card[method=post] button")


def close_sheet(trainer: Visitor) -> None:
    """Confirm the counts; from then on attendance counts."""
    trainer.look("close the sheet")
    trainer.page.check("[name=sure]")
    trainer.press("form[action$='/tutup/'] button")


def make_sign_in_link(officer: Visitor, firm: int) -> str:
    """Make the link that is pasted into WhatsApp, and read it from the page that shows it once."""
    officer.go(f"/usaha/{firm}/?part=owner")
    officer.press("form[action$='/tautan/']:has([value=sign_in]) button")
    officer.look("a link that is shown once")
    return officer.page.locator("#link").input_value()


def open_link(owner: Visitor, link: str) -> None:
    """Open a sign-in link and press its button, as an owner does with a thumb."""
    owner.go(link)
    assert "/t/" not in owner.page.url  # the token stands in no address that is kept
    owner.look("a sign-in link that was opened")
    owner.press("main form.card button")


def verify(officer: Visitor, case: int) -> None:
    """Say that every paper is checked, with an explanation in case something differs."""
    form = f"form[action*='/meja/kasus/{case}/verifikasi/']"
    if not officer.page.locator(form).is_visible():
        officer.page.locator("#verify > summary").click()
    officer.page.fill(f"{form} [name=explanation]", "Dibandingkan dengan aslinya.")
    officer.press(f"{form} button, button[form='verify-form']")


def stands(product: Product, firm: int) -> str:
    """The firm's status in the database, to be compared with what the screens say."""
    return str(product.scene("how_it_stands", vendor=firm)["status"])
