"""At the door without signal: two devices, 200 marks in any order, nothing lost, nothing twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.browser.pages import Visitor
    from tests.browser.product import Product

SEATS, BY_PASS = 110, 96
#: As the camera does it, one after the other.
READ = """async (texts) => {
  for (const detail of texts) {
    document.dispatchEvent(new CustomEvent("door:read", { detail }));
    await new Promise((next) => setTimeout(next, 10));
  }
}"""
SENT = "() => document.querySelector('[data-unsent]').hidden"
HELD = """() => new Promise((well) => {
  indexedDB.open("mitra-door").onsuccess = ({ target }) => {
    const asked = target.result.transaction("queue").objectStore("queue").count();
    asked.onsuccess = () => well(asked.result);
  };
})"""


def test_two_devices_without_signal_lose_nothing_and_count_nothing_twice(
    visit: Callable[..., Visitor], product: Product, phone: tuple[int, int]
) -> None:
    door = product.scene("door", seats=SEATS)
    one, two = (visit("trainer", size=phone) for _n in range(2))
    for device in (one, two):
        device.go(f"/bimtek/pintu/{door['session']}/")
        device.page.locator("[data-door][data-ready=yes]").wait_for()
        _lose_signal(device)
        device.page.reload()  # from the loading of the page on there is no signal
        device.page.locator("[data-state].warn").wait_for()
    mixed = random.Random(5)
    by_one = mixed.sample(range(SEATS - 10), BY_PASS)
    by_two = mixed.sample(range(SEATS - 10), BY_PASS)
    one.page.evaluate(READ, [door["passes"][n] for n in by_one])
    two.page.evaluate(READ, [door["passes"][n] for n in by_two])
    _by_thumb(one.page, door, spare=SEATS - 1)
    _by_thumb(two.page, door, spare=SEATS - 2)
    both = [n for n in by_two if n in by_one]
    _change(one.page, door["seats"][both[0]], "out")
    _change(two.page, door["seats"][both[1]], "undo")
    for device in (one, two):
        device.page.wait_for_function(f"async () => await ({HELD})() === 100")
        device.page.reload()
        device.page.locator("[data-unsent]", has_text="100").wait_for()
    assert product.scene("door_stands", session=door["session"])["scans"] == 0

    for device in (one, two):
        device.context.unroute("**/pindaian/")
    one.page.route("**/pindaian/", _lose_the_answer, times=1)
    for device in (two, one):
        device.context.set_offline(False)
        device.page.locator("details.more > summary").click()
        device.page.locator("[data-send]").click()
    one.page.locator("[data-send]").click()
    for device in (one, two):
        device.page.wait_for_function(SENT)
        device.page.locator("[data-people] li", has_text="Contoh Warung Tamu").wait_for()
        assert device.page.evaluate(HELD) == 0
    stands = product.scene("door_stands", session=door["session"])
    came = {door["seats"][n] for n in {*by_one, *by_two}}
    came |= {door["seats"][SEATS - k] for k in (1, 2, 3, 4)}
    assert stands["scans"] == 200
    assert set(came) <= set(stands["present"])
    assert len(stands["present"]) == len(came) + 1  # the guest has a seat now
    assert stands["disputed"] == ["guest_twice", "undo_of_other"]
    assert sum(stands["outcomes"].values()) == 200
    _is_told(one, door["session"])


def test_the_page_at_the_door_is_fit_for_everybody(
    visit: Callable[..., Visitor], product: Product, phone: tuple[int, int]
) -> None:
    door = product.scene("door", seats=4)
    trainer = visit("trainer", size=phone)
    trainer.go(f"/bimtek/pintu/{door['session']}/")
    trainer.page.locator("[data-door][data-ready=yes]").wait_for()
    trainer.look("the door")
    for button in trainer.page.locator(".thumb button, [data-people] button").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44
    trainer.page.locator("[data-people] button").first.click()
    trainer.look("a person at the door")
    trainer.page.locator("dialog[open] [data-close]").click()
    trainer.page.locator("[data-open=guest]").click()
    trainer.look("a guest at the door")
    trainer.go(f"/bimtek/{door['session']}/layar/")
    trainer.look("the screen of the hall")
    code = trainer.page.locator(".bigcode").inner_text()
    with trainer.page.expect_response(lambda answer: answer.url.endswith("/layar/kode/")):
        pass
    assert trainer.page.locator(".bigcode").count() == 1
    assert len(code) == 9


def _lose_signal(device: Visitor) -> None:
    """Cut the device off; a page that is just loading knows of `set_offline` a moment too late."""
    device.context.set_offline(True)
    device.context.route("**/pindaian/", lambda route: route.abort("internetdisconnected"))


def _by_thumb(page: Page, door: dict[str, list[str]], *, spare: int) -> None:
    """Mark one by its typed code, one by hand with a reason, and write a guest down."""
    page.locator("[data-open=code]").click()
    page.fill("#typed", door["codes"][spare].lower())
    page.keyboard.press("Enter")
    page.locator("dialog[open] [data-said].ok").wait_for()
    page.locator("dialog[open] [data-close]").click()
    page.locator(f"[data-seat='{door['seats'][spare - 2]}'] button").click()
    page.locator("dialog[open] [data-reason=no_pass]").click()
    page.locator("[data-open=guest]").click()
    page.fill("#g-name", "Contoh Tamu")
    page.fill("#g-business", "Contoh Warung Tamu")
    page.fill("#g-phone", "081233334444")
    page.select_option("#g-form", "perorangan")
    page.locator("dialog[open] button.btn:not([data-close])").click()
    page.locator("dialog[open]").wait_for(state="detached")


def _change(page: Page, seat: str, what: str) -> None:
    page.locator(f"[data-seat='{seat}'] button").click()
    page.locator(f"dialog[open] [data-what={what}]").click()


def _lose_the_answer(route: Route) -> None:
    """The server takes it in, and the answer never arrives: it will be sent once more."""
    route.fetch()
    route.abort()


def _is_told(trainer: Visitor, session: str) -> None:
    """The page of the session lists what devices disagree on."""
    trainer.go(f"/bimtek/{session}/")
    assert trainer.page.locator("#disputed").is_visible()
    assert trainer.page.locator("a[href^='/bimtek/pindaian/']").count() == 2
    trainer.look("devices disagree")
    trainer.press("a[href^='/bimtek/pindaian/']")
    trainer.look("settle a disagreement")
