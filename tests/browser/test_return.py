"""Papers that are not good enough go back with a list and a date, and come back better."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.browser import files
from tests.browser.acts import make_sign_in_link, open_link, verify

if TYPE_CHECKING:
    from pathlib import Path

ASKED = "Nomor rekening tidak terbaca. Foto ulang di tempat terang."


def test_a_returned_paper_is_photographed_again_and_then_verified(
    visit, product, phone, tmp_path: Path
) -> None:
    firm = product.scene("submitted_firm", name="Contoh Kopi Lereng Kembali")
    officer, second, owner = visit("officer"), visit("officer2"), visit(size=phone)
    case = f"/meja/kasus/{firm['case']}/"

    officer.go(case)
    officer.look("a case in nobody's hands")
    second.go(case)
    officer.press(f"form[action='{case}ambil/'] button")
    refuse_whoever_comes_second(second, case)
    officer.go(case)
    write_down(officer, case)
    officer.look("review, with a list")
    officer.press(f"form[action='{case}perbaikan/'] button")
    officer.go("/meja/?tab=vendor")
    officer.look("queue, with the owner")

    open_link(owner, make_sign_in_link(officer, firm["vendor"]))
    owner.go(f"/saya/{firm['vendor']}/")
    owner.look("own page, returned")
    said = owner.page.locator("main").inner_text()
    assert ASKED in said
    assert re.search(r"\d{1,2} \w+ 20\d\d", said), "the date until which it has to be corrected"
    assert owner.page.locator("ol.reasons > li").count() == 1

    owner.press("ol.reasons a[href$='/dokumen/rekening/']")
    owner.look("a paper that is asked for again")
    owner.send_paper([files.photographed_paper(tmp_path, "BUKU TABUNGAN")])
    owner.wait_for("#reading:not([data-poll])")
    owner.go(f"/saya/{firm['vendor']}/perbaikan/")
    owner.look("send the corrections")
    owner.press("main form:not([action]) button")
    owner.look("own page, submitted again")
    assert product.scene("how_it_stands", vendor=firm["vendor"])["status"] == "SUBMITTED"

    officer.go(case)
    officer.look("a case in its second round")
    officer.press(f"form[action='{case}ambil/'] button")
    officer.go(case)
    verify(officer, firm["case"])
    assert product.scene("how_it_stands", vendor=firm["vendor"])["status"] == "VERIFIED"


def refuse_whoever_comes_second(second, case: str) -> None:
    assert second.press(f"form[action='{case}ambil/'] button") == 409
    assert "Rina Contoh" in second.sentence()
    second.look("an act that somebody else has just done")


def write_down(officer, case: str) -> None:
    form = f"form[action^='{case}butir/']"
    if not officer.page.locator(form).first.is_visible():
        officer.page.locator("#list details > summary").click()
    officer.choose("document_type", "rekening")
    officer.choose("reason_code", "DOC_UNREADABLE")
    officer.page.fill(f"{form} [name=text]", ASKED)
    officer.press(f"{form}:has([name=text]) button")
