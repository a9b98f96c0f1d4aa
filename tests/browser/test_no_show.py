"""Whoever had a seat and did not come is back in the list, counted, and is told so."""

from __future__ import annotations

from tests.browser.acts import close_sheet, invite, plan


def test_a_firm_that_did_not_come_goes_back_to_the_list_and_is_counted(visit, product) -> None:
    firm = product.scene("eligible_firm", name="Contoh Keripik Tidak Datang")
    officer, trainer = visit("officer"), visit("trainer")
    officer.go("/bimtek/baru/")
    plan(officer, days=2)
    session = int(officer.page.url.rstrip("/").rsplit("/", 1)[1])
    invite(officer, session, firm["vendor"])
    product.scene("begin_session", pk=session)

    trainer.go(f"/bimtek/{session}/hadir/?close=1")
    assert firm["name"] in trainer.text()
    trainer.look("close the sheet, one absent")
    close_sheet(trainer)

    now = product.scene("how_it_stands", vendor=firm["vendor"])
    assert (now["status"], now["no_shows"]) == ("ELIGIBLE", 1)
    officer.go("/bimtek/baru/")
    plan(officer, days=3)
    officer.press("main a[href^='/bimtek/undang/']")
    row = officer.page.locator(f"li:has([name=vendors][value='{firm['vendor']}'])")
    assert "1" in row.locator(".tag").inner_text()
    officer.look("whom to invite, one who missed")
    officer.go(f"/usaha/{firm['vendor']}/?part=work")
    officer.look("a business that missed a session")
