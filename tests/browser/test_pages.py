"""Pages that no journey passes are fit for everybody too, and the owner's page is light."""

from __future__ import annotations

import pytest

from tests.browser.acts import make_sign_in_link, open_link

MOST_BYTES, MOST_REQUESTS = 100_000, 12
OFFICE_PAGES = {
    "officer": ["/surat/", "/pesan/", "/usulan/", "/meja/?tab=listing", "/meja/?tab=decide"],
    "cooperative": ["/usulan/", "/usulan/formulir/"],
    "auditor": ["/surat/", "/bimtek/?tab=past", "/pembacaan-ulang/"],
    "manager": ["/ringkasan/", "/bimtek/"],
    "admin": [
        "/usulan/orang/",
        "/usulan/orang/undang/",
        "/pengaturan/",
        "/akun/email/",
        "/pembacaan-ulang/",
        "/pembacaan-ulang/?since=2026-01-01",
    ],
}


def test_public_pages_are_fit_for_everybody(visit, phone) -> None:
    stranger = visit(size=phone)
    paths = ("/akun/login/", "/pengaduan/", "/privasi/", "/sumber/", "/status/", "/sertifikat/")
    for path in paths:
        stranger.go(path)
        stranger.look(path)


@pytest.mark.parametrize("role", OFFICE_PAGES)
def test_the_other_pages_of_an_office_are_fit_for_everybody(visit, role: str) -> None:
    somebody = visit(role)
    for path in OFFICE_PAGES[role]:
        answer = somebody.go(path)
        assert answer.ok, path
        somebody.look(f"{role}: {path}")


def test_the_owners_page_is_light_for_a_phone_that_comes_for_the_first_time(
    visit, product, phone
) -> None:
    firm = product.scene("guided_firm", name="Contoh Batik Ringan")
    owner = visit(size=phone)
    open_link(owner, make_sign_in_link(visit("officer"), firm["vendor"]))
    for path in (f"/saya/{firm['vendor']}/", f"/saya/{firm['vendor']}/dokumen/ktp/"):
        requests, transferred = weigh(owner, path)
        owner.walk.weights.append(f"{path} cold: {transferred:,} bytes in {requests} requests")
        assert transferred <= MOST_BYTES
        assert requests <= MOST_REQUESTS


def weigh(visitor, path: str) -> tuple[int, int]:
    """Count requests and bytes on the wire of one page with an empty cache."""
    line = visitor.context.new_cdp_session(visitor.page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[int] = []
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    visitor.page.goto(path, wait_until="networkidle")
    line.detach()
    return len(sizes), int(sum(sizes))
