"""A paper photographed in the place of another is said so, with the way to the right place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.acts import make_sign_in_link, open_link
from workflows.sample_deeds import write_paper

if TYPE_CHECKING:
    from pathlib import Path

NIB = ["Pemerintah Republik Indonesia", "Perizinan Berusaha Berbasis Risiko", "CONTOH"]


def test_an_nib_sent_as_a_deed_leads_to_its_own_place(
    visit, product, phone, tmp_path: Path
) -> None:
    firm = product.scene("guided_firm", name="CV Contoh Salah Tempat", legal_form="cv")
    owner = visit(size=phone)
    open_link(owner, make_sign_in_link(visit("officer"), firm["vendor"]))
    photo = write_paper(tmp_path / "nib.jpg", "NOMOR INDUK BERUSAHA", NIB)
    owner.go(f"/saya/{firm['vendor']}/dokumen/akta-pendirian/")
    owner.fill(deed_number="12", deed_date="21/11/2020", notary_name="Contoh Notaris")

    owner.send_paper([photo])
    owner.wait_for("#reading:not([data-poll]) .note.warn")

    owner.look("an NIB in the place of the deed")
    assert owner.page.locator("#reading a[href$='/dokumen/nib/']").is_visible()
    owner.press("#reading a[href*='?replace=1']")
    assert owner.page.locator("#files-files").is_visible()
