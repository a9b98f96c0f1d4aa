"""An owner who uses no pointer: code, firm, paper, receipt and devices, with keys only."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError

from tests.browser import files

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.pages import Visitor

MOST_TABS = 80
#: What stands where the focus is: enough to find a thing by its selector.
IS_THERE = "wanted => document.activeElement?.matches(wanted) ?? false"


def test_owner_sends_a_paper_and_ends_a_session_with_keys_only(
    visit, product, phone, tmp_path: Path
) -> None:
    firm = product.scene("guided_firm", name="Contoh Rempeyek Papan Ketik")
    signed_in_elsewhere(visit(size=phone), product, firm)
    owner = visit(size=phone)
    signed_in_elsewhere(owner, product, firm)

    reach(owner, "a[href*='/saya/buktikan/']", follow=True)
    reach(owner, "[name=number]")
    owner.page.keyboard.type(firm["nib"])
    leave(owner)
    if not owner.page.url.endswith(f"/saya/{firm['vendor']}/"):
        reach(owner, f"a[href='/saya/{firm['vendor']}/']", follow=True)

    reach(owner, "a[href$='/dokumen/ktp/']", follow=True)
    reach(owner, "#files-files")
    choose(owner, files.small_photo(tmp_path / "ktp.jpg", 9))
    owner.wait_for("[data-chosen] li[data-state=kept]")
    reach(owner, "form[data-draft] .actions button", follow=True)
    if owner.page.url.endswith("/periksa/"):
        reach(owner, "main form button", follow=True)
    assert "/tanda-terima/" in owner.page.url
    owner.look("receipt, by keyboard")

    owner.go(f"/saya/{firm['vendor']}/data/")
    owner.look("my data")
    reach(owner, "main a[href='/akun/sesi/']", follow=True)
    owner.look("devices")
    reach(owner, "form[action*='/akhiri/'] button", follow=True)
    assert owner.page.locator("form[action*='/akhiri/']").count() == 0


def signed_in_elsewhere(person: Visitor, product, firm: dict[str, str]) -> None:
    person.go("/masuk/")
    reach(person, "#id_contact")
    person.page.keyboard.type(firm["phone"].replace("+62", "0"))
    leave(person)
    assert person.page.evaluate(IS_THERE, "[name=code]")  # the page begins where one types
    person.page.keyboard.type(product.code_for(firm["phone"]))
    leave(person)
    assert person.page.url.endswith("/saya/")


def choose(person: Visitor, photo: Path) -> None:
    """Open the browser's own window for files from where one is, and take a photo.

    A busy browser may open it before it is told to hand it to us; then the key is pressed again.
    """
    person.page.on("filechooser", lambda chooser: chooser.set_files(str(photo)))
    for _press in range(5):
        person.page.keyboard.press("Enter")
        with suppress(TimeoutError):
            person.page.locator("[data-chosen] li").first.wait_for(timeout=5000)
            return
    raise AssertionError("Enter opens no window for files")


def reach(person: Visitor, wanted: str, *, follow: bool = False) -> None:
    """Go from thing to thing with the Tab key until this one has the focus; perhaps press it."""
    for _step in range(MOST_TABS):
        if person.page.evaluate(IS_THERE, wanted):
            break
        person.page.keyboard.press("Tab")
    else:
        raise AssertionError(f"No Tab leads to {wanted} on {person.page.url}")
    if follow:
        leave(person)


def leave(person: Visitor) -> None:
    """Press Enter where one is, and arrive at the next page."""
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
