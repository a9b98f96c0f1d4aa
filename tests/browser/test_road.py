"""A row of a spreadsheet becomes a business on sale: five people and an owner, on the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser import files
from tests.browser.acts import (
    close_sheet,
    invite,
    make_sign_in_link,
    open_link,
    plan,
    stands,
    verify,
)

if TYPE_CHECKING:
    from pathlib import Path

TITLES = {
    "ktp": "KARTU TANDA PENDUDUK",
    "nib": "NOMOR INDUK BERUSAHA",
    "npwp": "NOMOR POKOK WAJIB PAJAK",
    "sk-kemenkumham": "KEPUTUSAN MENTERI HUKUM",
    "rekening": "BUKU TABUNGAN",
    "foto-produk": "FOTO PRODUK",
}
STATEMENTS = ("pkp", "pakta-integritas")


def test_a_row_of_a_spreadsheet_becomes_a_business_on_sale(
    visit, product, phone, tmp_path: Path
) -> None:
    agency, officer = visit("agency"), visit("officer")
    name_by_spreadsheet(agency, tmp_path)
    firm = find(officer, files.PT_ROW["name"])
    assert stands(product, firm) == "ELIGIBLE"

    session = plan_and_invite(officer, firm)
    assert stands(product, firm) == "INVITED"
    product.scene("begin_session", pk=session)
    hold(visit("trainer"), session)
    assert stands(product, firm) == "GUIDED"

    link = make_sign_in_link(officer, firm)
    owner = visit(size=phone)
    open_link(owner, link)
    assert "/saya/" in owner.page.url
    refuse_used_link(visit(size=phone), link)
    send_everything(owner, firm, tmp_path)
    assert stands(product, firm) == "SUBMITTED"

    case = check_and_verify(officer, firm)
    assert stands(product, firm) == "VERIFIED"
    approve(visit("approver"), case)
    assert stands(product, firm) == "APPROVED"
    hand_over_and_confirm(officer, case)
    assert stands(product, firm) == "ACTIVE"

    officer.go(f"/usaha/{firm}/")
    assert "Tayang" in officer.text()
    officer.look("a business on sale")
    owner.go(f"/saya/{firm}/")
    owner.look("own page, on sale")
    read_timeline(visit("auditor"), firm)
    agency.go("/usulan/")
    agency.look("what became of the referrals")


def name_by_spreadsheet(agency, folder: Path) -> None:
    agency.look("referrals, still empty")
    agency.press("a[href='/usulan/unggah/']")
    agency.look("upload a list")
    sheet = files.workbook(folder / "usulan-contoh.xlsx", [files.PT_ROW, files.BAD_ROW])
    agency.page.set_input_files("[name=file]", sheet)
    agency.press("main form.card button")
    agency.look("a list that is being read")
    agency.wait_for("form[action$='/setuju/'] button")
    said = agency.text()
    assert files.PT_ROW["name"] in said
    assert "12345" in said  # the bad row says which value is wrong
    agency.look("preview of a list")
    agency.press("form[action$='/setuju/'] button")
    agency.wait_for("a[href*='/usulan/?sheet=']")
    agency.look("a list that was entered")
    agency.press("a[href*='/usulan/?sheet=']")
    assert files.PT_ROW["name"] in agency.text()
    assert files.BAD_ROW["name"] not in agency.text()
    agency.look("firms of one list")


def find(officer, name: str) -> int:
    officer.go("/usaha/")
    officer.look("businesses")
    officer.page.fill("[name=wanted]", name)
    officer.press("form[role=search] button")
    officer.look("businesses, searched")
    officer.press(f"main a:has-text('{name}')")
    officer.look("a business that was named")
    return int(officer.page.url.rstrip("/").rsplit("/", 1)[1])


def plan_and_invite(officer, firm: int) -> int:
    officer.go("/bimtek/")
    officer.look("sessions, none yet")
    officer.press("a[href='/bimtek/baru/']")
    officer.look("plan a session")
    plan(officer)
    officer.look("a planned session")
    session = int(officer.page.url.rstrip("/").rsplit("/", 1)[1])
    invite(officer, session, firm)
    officer.look("a session with a seat given")
    return session


def hold(trainer, session: int) -> None:
    trainer.look("a trainer's sessions")
    trainer.press(f"a[href='/bimtek/{session}/']")
    trainer.look("a session, for its trainer")
    trainer.press(f"a[href='/bimtek/{session}/hadir/']")
    trainer.page.locator("[name=present]").first.check()
    trainer.choose("why", "no_pass")
    trainer.look("attendance sheet")
    trainer.press("button[name=then][value=close]")
    close_sheet(trainer)
    trainer.look("a session whose sheet is closed")


def refuse_used_link(stranger, link: str) -> None:
    stranger.go(link)
    assert stranger.press("main form.card button") == 409
    stranger.look("a sign-in link that was used before")


def send_everything(owner, firm: int, folder: Path) -> None:
    own_page = f"/saya/{firm}/"
    owner.go(own_page)
    owner.look("own page, guided")
    owner.go(f"{own_page}dokumen/akta-pendirian/")
    owner.look("the deed, to be sent")
    owner.fill(
        deed_number=str(files.DEED.number),
        deed_date=f"{files.DEED.signed_on:%d/%m/%Y}",
        notary_name=files.DEED.notary.title(),
    )
    owner.send_paper(files.photographed_deed(folder))
    owner.look("the deed, being read")
    for slug, title in TITLES.items():
        owner.go(f"{own_page}dokumen/{slug}/")
        owner.send_paper([files.photographed_paper(folder, title)])
    for slug in STATEMENTS:
        owner.go(f"{own_page}dokumen/{slug}/pernyataan/")
        owner.page.check("[name=agree]")
        owner.press("main form.card button")
    owner.look("own page, everything sent")
    owner.go(f"{own_page}dokumen/akta-pendirian/")
    owner.wait_for("#reading:not([data-poll]) .rows")
    owner.look("the deed, read")
    for slug in TITLES:
        owner.go(f"{own_page}dokumen/{slug}/")
        owner.wait_for("#reading:not([data-poll])")
    owner.go(own_page)
    owner.look("own page, submitted")


def check_and_verify(officer, firm: int) -> int:
    officer.go("/meja/")
    officer.look("queue")
    officer.press("form[action='/meja/ambil/'] button")
    case = int(officer.page.url.split("?")[0].rstrip("/").rsplit("/", 1)[1])
    assert f"/usaha/{firm}/" in officer.page.content()
    officer.look("review")
    see_the_evidence(officer)
    verify(officer, case)
    return case


def see_the_evidence(officer) -> None:
    """The deed is shown with numbered boxes, beside what was declared and what was read."""
    page = officer.page
    rows = page.locator("table.cmp tbody tr")
    assert rows.count() >= 3
    said = " ".join(page.locator("table.cmp").all_inner_texts()).upper()
    assert files.DEED.notary in said
    boxes = page.locator("svg a.box")
    if not boxes.count():  # the first page of a copy is its cover
        officer.press("a[rel=next]")
    targets = [box.get_attribute("href") or "#" for box in boxes.all()]
    assert targets
    assert all(page.locator(f'[id="{target[1:]}"]').count() == 1 for target in targets)
    assert page.locator("svg image").get_attribute("href")
    officer.look("review, a page with boxes")


def approve(approver, case: int) -> None:
    approver.look("queue of an approver")
    approver.press(f"form[action='/meja/kasus/{case}/ambil/'] button")
    approver.go(f"/meja/kasus/{case}/")
    approver.look("decision")
    approver.page.locator("#approve > summary").click()
    approver.page.fill("#approve [name=approve-reason]", "Dibandingkan dengan aslinya.")
    approver.press("#approve button, button[form='approve-form']")


def hand_over_and_confirm(officer, case: int) -> None:
    for hook, name in (("#hand-over", "hand over"), ("#listing", "confirm listing")):
        officer.go(f"/meja/kasus/{case}/")
        officer.press(f"form[action='/meja/kasus/{case}/ambil/'] button")
        officer.go(f"/meja/kasus/{case}/")
        if hook == "#hand-over":
            officer.page.fill("[name=account]", "Toko Contoh Maju Bersama")
        officer.look(name)
        officer.press(f"{hook} button")


def read_timeline(auditor, firm: int) -> None:
    auditor.look("the trail")
    auditor.go("/jejak/?act=close_sheet")  # closed once for many firms, so in no firm's history
    assert "Bayu Contoh" in auditor.text()
    auditor.go(f"/usaha/{firm}/?part=history")
    auditor.look("the history of a business")
    said = auditor.text()
    for who in ("Rina Contoh", "Endang Contoh", "Siti Contoh"):
        assert who in said, who
    auditor.go(f"/usaha/{firm}/")
    assert "Dwi Contoh" in auditor.text()  # who named it
    auditor.look("a business, for the auditor")
