"""A passkey in a real browser: made, used as second step, used alone, named, removed."""

from __future__ import annotations

from dataclasses import replace

from tests.browser.pages import Visitor
from tests.factories import PASSWORD

WHO = "officer2@contoh.test"


def test_a_passkey_is_made_and_signs_in_alone_and_as_second_step(
    browser, product, the_walk
) -> None:
    # An address of numbers can hold no passkey.
    by_name = replace(product, url=product.url.replace("127.0.0.1", "localhost"))
    person = Visitor(browser, by_name, the_walk)
    devices = person.context.new_cdp_session(person.page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    person.sign_in(WHO, PASSWORD)
    person.go("/akun/2fa/")
    person.look("two-step sign-in, nothing set up")
    person.go("/akun/2fa/webauthn/add/")
    person.fill(name="Laptop Contoh")
    person.look("add a passkey")
    person.press("form[data-passkey=create] button.btn")
    assert person.page.url.endswith("/akun/2fa/recovery-codes/")
    person.go("/akun/2fa/")
    assert "Laptop Contoh" in person.text()
    person.look("two-step sign-in with a passkey")

    person.context.clear_cookies()
    person.sign_in(WHO, PASSWORD)
    assert person.page.url.endswith("/akun/2fa/authenticate/")
    person.look("the second step")
    person.press("form[data-passkey=get] button.btn")
    assert "login" not in person.page.url
    person.go("/meja/")
    assert person.page.url.endswith("/meja/")

    person.context.clear_cookies()
    person.go("/akun/login/")
    person.press("form[data-passkey=login] button.btn")
    assert "login" not in person.page.url
    person.go("/akun/2fa/")
    person.press("a[href$='/edit/']")
    person.fill(name="Laptop Kantor")
    person.press("main form button.btn")
    person.go("/akun/2fa/")
    assert "Laptop Kantor" in person.text()
    person.press("a[href$='/remove/']")
    person.press("main form button.danger")
    assert "Laptop Kantor" not in person.text().replace("“Laptop Kantor”", "")
    person.leave()
    assert not the_walk.told()
