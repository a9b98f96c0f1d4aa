"""A clean case from the queue to its decision by keys alone, and the seconds to take it back."""

from __future__ import annotations

import pytest


@pytest.fixture
def ten_seconds(product):
    product.scene("undo", seconds=10)
    yield
    product.scene("undo", seconds=0)


def test_a_clean_case_is_decided_with_six_keys_at_most_and_taken_back_with_two(
    visit, product, ten_seconds
) -> None:
    firm = product.scene("clean_case", name="Contoh Bersih Sekali")
    officer = visit("officer")
    officer.go("/meja/?tab=verify")
    assert press(officer, "t") == f"/meja/kasus/{firm['case']}/"
    officer.look("review of a clean case")
    officer.page.keyboard.press("v")
    assert press(officer, "Enter") == "/meja/"  # three keys
    assert officer.page.locator("[data-undo]").count() == 1
    officer.look("a case that can be taken back")
    officer.page.keyboard.press("z")
    assert press(officer, "Enter") == f"/meja/kasus/{firm['case']}/"

    officer.page.keyboard.press("v")
    assert press(officer, "Enter") == "/meja/"
    assert product.scene("finish_now", case=firm["case"]) == "VERIFIED"

    approver = visit("approver")
    approver.go("/meja/?tab=decide")
    press(approver, "t")
    approver.look("decision on a clean case")
    approver.page.keyboard.press("v")
    press(approver, "Enter")  # three keys
    assert product.scene("finish_now", case=firm["case"]) == "APPROVED"


def press(visitor, key: str) -> str:
    """Press a key that leads to another page; returns the path that it led to."""
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press(key)
    return "/" + visitor.page.url.split("/", 3)[3].split("?")[0]
