"""Whatever goes wrong, a person gets a sentence that says what, and what to do."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser import files
from tests.browser.acts import make_sign_in_link, open_link

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

TITLES_OF_SOMETHING_ELSE = ["Nomor", "Nama usaha", "Alamat", "Catatan"]


@pytest.fixture(scope="module")
def firm(product):
    return product.scene("guided_firm", name="Contoh Roti Berkas Aneh")


def test_bad_lists_are_refused_with_a_sentence(visit, tmp_path: Path) -> None:
    agency = visit("agency")

    def upload(sheet: Path) -> None:
        agency.go("/usulan/unggah/")
        agency.page.set_input_files("[name=file]", sheet)
        agency.press("main form.card button")

    upload(files.workbook(tmp_path / "kolom-lain.xlsx", [], TITLES_OF_SOMETHING_ELSE))
    agency.wait_for("main .note.bad")
    assert "Kabupaten/Kota" in agency.sentence()
    agency.look("a list with other columns")

    upload(files.workbook(tmp_path / "tanpa-baris.xlsx", []))
    agency.wait_for("main .note.bad")
    agency.sentence()

    upload(files.empty_file(tmp_path / "kosong.xlsx"))
    agency.sentence()
    agency.look("an empty list")

    upload(files.text_called_jpg(tmp_path / "bukan-lembar.xlsx"))
    agency.wait_for("main .note.bad")
    agency.sentence()

    twice = files.workbook(tmp_path / "dua-kali.xlsx", [{**files.PT_ROW, "name": "Contoh Dua"}])
    upload(twice)
    agency.wait_for("form[action$='/setuju/'] button")
    upload(twice)
    assert "dua-kali.xlsx" in agency.sentence()
    agency.look("a list that was uploaded before")


def test_bad_papers_are_refused_with_a_sentence(visit, firm, phone, tmp_path: Path) -> None:
    owner, officer = visit(size=phone), visit("officer")
    open_link(owner, make_sign_in_link(officer, firm["vendor"]))
    paper = f"/saya/{firm['vendor']}/dokumen/ktp/"
    for file in (
        files.locked_pdf(tmp_path / "terkunci.pdf"),
        files.empty_file(tmp_path / "kosong.jpg"),
        files.text_called_jpg(tmp_path / "teks.jpg"),
    ):
        owner.go(paper)
        owner.send_paper([file])
        assert "PDF" in owner.sentence() or "foto" in owner.sentence().lower()
        owner.look(f"a paper that is refused: {file.name}")
    assert not owner.page.locator("#reading").count()

    photo = files.small_photo(tmp_path / "ktp.jpg", 40)
    owner.go(paper)
    for _refused in range(owner.page.locator("[data-chosen] li").count()):
        owner.page.locator("[data-chosen] [value^=remove]").first.click()
    owner.send_paper([photo])
    owner.wait_for("#reading:not([data-poll])")
    owner.go(paper)
    owner.page.locator("details.more:has(form[data-draft]) > summary").click()
    owner.send_paper([photo])
    owner.sentence()
    owner.look("the same photograph again")


def test_an_upload_cut_off_halfway_leaves_nothing_and_can_be_sent_again(
    visit, product, firm, phone, tmp_path: Path
) -> None:
    owner, officer = visit(size=phone), visit("officer")
    open_link(owner, make_sign_in_link(officer, firm["vendor"]))
    paper = f"/saya/{firm['vendor']}/dokumen/nib/"
    owner.go(paper)
    kept = sorted(product.data.rglob("files/papers/*"))

    cut_off_upload(owner.page, product.url, paper)

    owner.go(paper)
    assert not owner.page.locator("#reading").count()
    assert sorted(product.data.rglob("files/papers/*")) == kept
    owner.send_paper([files.small_photo(tmp_path / "nib.jpg", 90)])
    owner.wait_for("#reading:not([data-poll])")


def cut_off_upload(page: Page, url: str, path: str) -> None:
    """Send the head and half the body of an upload as the browser would, then hang up."""
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    body = (
        f'--cut\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        '--cut\r\nContent-Disposition: form-data; name="files"; filename="nib.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    ).encode() + b"\xff\xd8" * 50_000
    address = urlsplit(url)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: {cookies}\r\n"
        "Content-Type: multipart/form-data; boundary=cut\r\n"
        f"Content-Length: {2 * len(body)}\r\n\r\n"
    ).encode()
    with socket.create_connection((address.hostname or "", address.port or 80), 10) as line:
        line.sendall(head + body)


def test_an_old_link_says_whom_to_ask(visit, product, firm, phone) -> None:
    link = product.scene("old_sign_in_link", vendor=firm["vendor"])
    owner = visit(size=phone)

    owner.go(link)
    assert owner.press("main form.card button") == 409

    assert "petugas" in owner.sentence().lower()
    owner.look("a sign-in link that is too old")
    owner.go("/s/tidak-ada/")
    owner.look("a status link that nobody made")


def test_what_is_not_there_or_not_allowed_says_so(visit, firm) -> None:
    agency = visit("agency")

    assert agency.go("/tidak-ada/").status == 404
    agency.look("an address that is not there")
    assert agency.go("/meja/").status == 403
    agency.look("a page that is not for this role")
    assert agency.go(f"/saya/{firm['vendor']}/").status in {403, 404}
