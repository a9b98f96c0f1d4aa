"""An owner on a cheap phone: photos survive a bad network, and a paper is in with few taps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser import files
from tests.browser.acts import make_sign_in_link

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, Route

    from tests.browser.pages import Visitor

MOST_TAPS = 8
PHOTOS, CUTS = 5, 3
HERE = "[data-chosen] li[data-state=kept]"


class Thumb:
    """Taps, and counts them."""

    def __init__(self, owner: Visitor) -> None:
        self.owner, self.taps = owner, 0

    def tap(self, what: str, arrive_at: str) -> None:
        """Tap what brings another page."""
        self.owner.page.locator(what).first.click()
        self.owner.page.wait_for_url(arrive_at)
        self.taps += 1

    def photograph(self, photo: Path, number: int) -> None:
        """Tap "take a photo" and take it."""
        with self.owner.page.expect_file_chooser() as chooser:
            self.owner.page.locator("#files-camera").click()
        self.taps += 1
        chooser.value.set_files(str(photo))
        self.owner.wait_for(f"[data-chosen] li:nth-child({number})[data-state=kept]")


def cut_three_times(page: Page) -> list[int]:
    """Lose the connection in the middle of every second piece, and the answer of one."""
    cuts: list[int] = []

    def lose(route: Route) -> None:
        pieces.append(1)
        if len(pieces) % 2 or len(cuts) == CUTS or route.request.method != "POST":
            route.continue_()
            return
        cuts.append(len(pieces))
        if len(cuts) == CUTS:  # the piece came, only its answer is lost
            route.fetch()
        route.abort("failed")

    pieces: list[int] = []
    page.route("**/foto/", lose)
    return cuts


def test_five_photos_survive_three_cuts_and_come_whole_in_order_and_once(
    visit, product, phone, tmp_path: Path
) -> None:
    firm = product.scene("guided_firm", name="Contoh Lima Foto")
    owner = visit(size=phone)
    owner.go(make_sign_in_link(visit("officer"), firm["vendor"]))
    owner.press("main form.card button")
    owner.go(f"/saya/{firm['vendor']}/dokumen/ktp/")
    photos = [files.noisy_photo(tmp_path / f"{n}.jpg", n) for n in range(PHOTOS)]
    cuts = cut_three_times(owner.page)
    owner.page.set_input_files("#files-files", [str(photo) for photo in photos])
    owner.wait_for(
        f"[data-chosen]:not(:has(li:not([data-state=kept]))):has(li:nth-child({PHOTOS}))"
    )
    assert len(cuts) == CUTS
    owner.look("five photos saved")
    owner.page.reload()  # closed and opened again: they are still here
    assert owner.page.locator(HERE).count() == PHOTOS
    owner.page.locator(f"{HERE} [value^=down]").first.click()
    owner.page.locator("form[data-draft] .btn.wide-on-phone").click()
    owner.page.wait_for_url("**/periksa/")
    owner.look("check before you send")
    owner.page.locator("main form button").click()
    owner.page.wait_for_url("**/tanda-terima/**")
    owner.look("receipt")
    kept = product.scene("files_of", vendor=firm["vendor"], kind="ktp")
    sent = [files.fingerprint(photo) for photo in photos]
    assert kept == [sent[1], sent[0], *sent[2:]]


def test_from_the_link_to_received_in_eight_taps_at_most(
    visit, product, phone, tmp_path: Path
) -> None:
    firm = product.scene("guided_firm", name="Contoh Delapan Ketuk")
    link = make_sign_in_link(visit("officer"), firm["vendor"])
    owner = visit(size=phone)
    thumb = Thumb(owner)
    owner.go(link)
    thumb.taps += 1  # the link itself
    thumb.tap("main form.card button", "**/saya/**")
    thumb.tap(".note .btn.block", "**/dokumen/**")
    thumb.photograph(files.noisy_photo(tmp_path / "a.jpg", 1), 1)
    thumb.tap("form[data-draft] .btn.wide-on-phone", "**/periksa/")
    thumb.tap("main form button", "**/tanda-terima/**")
    assert "TT-20" in owner.text()
    assert thumb.taps <= MOST_TAPS, thumb.taps


def test_large_text_needs_no_sideways_scroll(visit, product, tmp_path: Path) -> None:
    firm = product.scene("guided_firm", name="Contoh Huruf Besar")
    owner = visit(size=(320, 640))
    owner.go(make_sign_in_link(visit("officer"), firm["vendor"]))
    owner.press("main form.card button")
    for place in ("", "dokumen/ktp/"):
        owner.go(f"/saya/{firm['vendor']}/{place}")
        if place:
            owner.page.set_input_files("#files-camera", files.noisy_photo(tmp_path / "a.jpg", 2))
            owner.wait_for(HERE)
        owner.page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = owner.page.evaluate("document.scrollingElement.scrollWidth")
        assert wide <= 320, f"{place}: {owner.widest()}"
