"""Before a photo is sent the phone says what is wrong with it, as the server would, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import pytest

from documents.reading.capture import measure
from documents.reading.coach import FAULTS, LIMITS
from tests import photographs
from tests.browser.acts import make_sign_in_link, open_link
from tests.browser.product import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

OLD_PHONE = 6  # times slower than this machine
TELLS = "limits => coachPhoto(document.querySelector('#one').files[0], limits)"


@pytest.fixture
def coach(browser):
    """A page that has nothing but the script."""
    page = browser.new_page()
    page.set_content("<input type=file id=one>")
    page.add_script_tag(path=ROOT / "static/js/coach.js")
    yield page
    page.close()


def seen(page: Page, name: str, content: bytes, kind: str = "image/jpeg") -> dict | None:
    """What the script says of a file."""
    page.set_input_files("#one", {"name": name, "mimeType": kind, "buffer": content})
    return page.evaluate(TELLS, LIMITS)


def test_the_phone_and_the_server_say_the_same_of_the_same_photo(coach) -> None:
    pages = [photographs.good(seed) for seed in range(2)]
    photos = {f"good {number}": page for number, page in enumerate(pages)}
    for fault in FAULTS:
        photos[fault] = photographs.spoilt(pages[0], fault)
        photos[f"{fault}, sideways"] = photographs.sideways(photos[fault])
    for name, photo in photos.items():
        content = photographs.as_jpeg(photo)
        ours, theirs = measure(photographs.opened(content)), seen(coach, f"{name}.jpg", content)
        assert tuple(theirs["faults"]) == ours.faults, (name, ours, theirs)
        assert theirs["sharp"] == pytest.approx(ours.sharp, rel=0.3), name
        assert theirs["letters"] == pytest.approx(ours.letters, rel=0.15), name
        assert theirs["light"] == pytest.approx(ours.light, abs=4), name


def test_what_the_browser_cannot_open_gets_no_advice(coach) -> None:
    assert seen(coach, "akta.pdf", b"%PDF-1.7", "application/pdf") is None
    assert seen(coach, "foto.heic", b"\0\0\0\x18ftypheic", "image/heic") is None
    assert seen(coach, "putus.jpg", b"\xff\xd8\xff\xe0", "image/jpeg") is None


def test_advice_on_a_photo_of_12_megapixels_comes_at_once_on_an_old_phone(coach, the_walk) -> None:
    photo = cv2.resize(photographs.good(0), (3000, 4000), interpolation=cv2.INTER_CUBIC)
    coach.add_script_tag(path=ROOT / "static/js/shrink.js")
    content = photographs.as_jpeg(photo)
    coach.set_input_files("#one", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": content})
    line = coach.context.new_cdp_session(coach)
    line.send("Emulation.setCPUThrottlingRate", {"rate": OLD_PHONE})
    shrunk, told = coach.evaluate(
        """async limits => {
            const started = performance.now();
            const photo = await shrinkPhoto(document.querySelector("#one").files[0]);
            const shrunk = performance.now();
            await coachPhoto(photo, limits);
            return [shrunk - started, performance.now() - shrunk];
        }""",
        LIMITS,
    )
    the_walk.weights.append(
        f"a photo on an old phone: {shrunk:.0f} ms to shrink, {told:.0f} ms to judge"
    )
    assert told < 2000  # the aim is one second; test machines are busy


def test_an_owner_is_told_to_take_a_dark_photo_again_and_may_send_it_anyway(
    visit, product, phone, tmp_path: Path
) -> None:
    firm = product.scene("guided_firm", name="Contoh Kue Foto Gelap")
    owner = visit(size=phone)
    open_link(owner, make_sign_in_link(visit("officer"), firm["vendor"]))
    page = photographs.good(0)
    dark, clear = tmp_path / "gelap.jpg", tmp_path / "terang.jpg"
    dark.write_bytes(photographs.as_jpeg(photographs.spoilt(page, "dark")))
    clear.write_bytes(photographs.as_jpeg(page))
    owner.go(f"/saya/{firm['vendor']}/dokumen/ktp/")

    owner.page.set_input_files("#files-files", [str(dark), str(clear)])
    owner.wait_for("[data-chosen] li:first-child .note.warn")
    owner.look("a dark photo, before it is sent")
    assert "gelap.jpg" in owner.page.locator("[data-heard]").inner_text()
    with owner.page.expect_file_chooser() as chooser:
        owner.page.locator("[data-chosen] li:first-child button").first.click()
    chooser.value.set_files(str(clear))
    owner.wait_for("[data-chosen] li:first-child:not(:has(.note))")
    assert owner.page.locator("[data-chosen] li").count() == 2
    owner.send_paper([dark])  # told, and sent all the same
    owner.wait_for("#reading")
