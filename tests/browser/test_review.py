"""An officer looks at a deed: from a value to its box and back, and says what stands there."""

from __future__ import annotations

NAME = "Contoh Sumber Rejeki"
PAGE = ".viewer .page"


def test_an_officer_goes_between_values_and_boxes_and_corrects_one(visit, product) -> None:
    firm = product.scene("firm_with_a_deed", name=NAME)
    officer = visit("officer")
    case = f"/meja/kasus/{firm['case']}/"
    officer.go(case)
    officer.press(f"form[action='{case}ambil/'] button")
    officer.go(case)
    officer.look("review of a deed that differs")
    page = officer.page

    page.locator("tr[data-field=company_name] a.id").click()
    assert focused(page).startswith("box-")
    assert size(page) > 100
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('tr').id") == "value-company_name"

    page.keyboard.press("w")
    page.keyboard.press("+")
    assert size(page) == 125
    page.keyboard.press("?")
    officer.look("keys of the review")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("+")
    assert size(page) == 100

    officer.press("tr[data-field=company_name] td.acts a")
    officer.look("a value that is corrected")
    page.fill("tr.ask [name=value]", NAME)
    officer.press("tr.ask button[value=wrong]")
    row = page.locator("tr[data-field=company_name]")
    assert "CONTOH NAMA LAIN" in row.inner_text()
    assert row.locator(".tag.ok").count() == 1

    # The same without scripts: links lead from values to boxes, and a word is kept.
    plain = visit("officer", scripts=False)
    plain.go(case)
    plain.look("review without scripts")
    assert plain.page.locator("#look").is_hidden()
    plain.page.locator("tr[data-field=company_name] a.id").click()
    assert "#box-" in plain.page.url
    nik = "tr[data-field='persons.0.nik']"
    plain.press(f"{nik} button[form=confirm]")
    assert plain.page.locator(f"{nik} .tag.ok").count() == 1


def focused(page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def size(page) -> int:
    return int(page.locator(".viewer output").inner_text().rstrip("%"))
