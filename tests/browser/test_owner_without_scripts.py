"""An owner whose browser runs no scripts gets everything done: code, proof, papers, statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser import files

if TYPE_CHECKING:
    from pathlib import Path


def test_owner_without_scripts_signs_in_sends_a_paper_and_agrees_to_a_statement(
    visit, product, phone, tmp_path: Path
) -> None:
    firm = product.scene("guided_firm", name="Contoh Sambal Tanpa Skrip")
    owner = visit(size=phone, scripts=False)

    owner.go("/masuk/")
    owner.look("sign in, without scripts")
    owner.page.fill("[name=contact]", firm["phone"].replace("+62", "0"))
    owner.press("#ask-code button")
    owner.look("type the code, without scripts")
    owner.page.fill("[name=code]", product.code_for(firm["phone"]))
    owner.press("main form.card button")

    assert owner.page.url.endswith("/saya/")
    owner.look("own firms, one not proved")
    owner.press("a[href*='/saya/buktikan/']")
    owner.look("prove that it is mine")
    owner.page.fill("[name=number]", firm["nib"])
    owner.press("main form.card button")
    assert firm["name"] in owner.text()
    if f"/saya/{firm['vendor']}/" not in owner.page.url:
        owner.press(f"a[href='/saya/{firm['vendor']}/']")
    owner.look("own page, guided, without scripts")

    owner.press("a[href$='/dokumen/ktp/']")
    owner.look("one paper, without scripts")
    owner.send_paper([files.small_photo(tmp_path / "ktp.jpg", 7)])
    owner.wait_for("#reading:not([data-poll])", again=True)
    owner.look("one paper, read, without scripts")

    owner.go(f"/saya/{firm['vendor']}/dokumen/nib/")
    owner.press("form[action$='/belum-ada/'] button")
    owner.look("how to get a paper, without scripts")
    assert "oss.go.id" in owner.text()

    owner.go(f"/saya/{firm['vendor']}/dokumen/pakta-integritas/pernyataan/")
    owner.look("a statement, without scripts")
    owner.page.check("[name=agree]")
    owner.press("main form.card button")
    assert owner.page.url.endswith(f"/saya/{firm['vendor']}/")
    owner.look("own page after two papers, without scripts")
