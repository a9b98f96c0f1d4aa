"""Takes the pictures of the README: `./mitra shots`, into docs/images.

The demonstration is started in a folder that is thrown away; every role signs in and opens the page
that shows its work best. Pictures are reduced to 256 colours, so that none weighs over 150 KB.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from tests.browser.pages import DESK, Visitor, Walk, open_browser
from tests.browser.product import ROOT, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.product import Product

IMAGES = ROOT / "docs" / "images"
MOST_BYTES = 150_000
COLOURS = 256
PHONE = (360, 860)


class Shot(NamedTuple):
    """One picture: its name, who looks, where, and the links to follow from there."""

    name: str
    who: str
    path: str
    follow: tuple[str, ...] = ()
    size: tuple[int, int] = DESK


SHOTS = (
    Shot("owner-papers", "usaha", "/saya/", size=PHONE),
    Shot("owner-paper", "usaha", "/saya/", ("main a.btn[href*='/dokumen/']",), PHONE),
    Shot(
        "owner-receipt",
        "usaha",
        "/saya/",
        ("main a[href$='/dokumen/npwp/']", "main a[href*='/tanda-terima/']"),
        PHONE,
    ),
    Shot("owner-corrections", "usaha2", "/saya/", size=PHONE),
    Shot("agency-list", "koperasi", "/usulan/?tab=lists", ("main a[href^='/usulan/daftar/']",)),
    Shot("officer-queue", "petugas", "/meja/"),
    Shot("officer-review", "petugas", "/meja/", ("main a:has-text('CONTOH TANI')",)),
    Shot("officer-message", "petugas", "/pesan/kirim/"),
    Shot("approver-many", "penyetuju", "/meja/setujui/"),
    Shot("approver-decision", "penyetuju", "/meja/", ("main th a[href^='/meja/kasus/']",)),
    Shot(
        "trainer-door",
        "narasumber",
        "/bimtek/",
        ("main h2:has-text('Hari ini') ~ ul a", "main a[href^='/bimtek/pintu/']"),
        PHONE,
    ),
    Shot("officer-evenness", "petugas", "/pemerataan/"),
    Shot("auditor-trail", "pemeriksa", "/jejak/"),
    Shot("manager-overview", "pimpinan", "/ringkasan/"),
    Shot("admin-settings", "admin", "/pengaturan/"),
)


def main() -> int:
    """Take the pictures that are named on the command line, or all."""
    wanted = [shot for shot in SHOTS if not sys.argv[1:] or shot.name in sys.argv[1:]]
    IMAGES.mkdir(parents=True, exist_ok=True)
    sys.stdout.write("• starting the demonstration, which takes a minute or two\n")
    with running(demo=True) as product, open_browser() as browser:
        passwords = passwords_of(product)
        for shot in wanted:
            size = take(shot, browser, product, passwords)
            sys.stdout.write(f"{shot.name}.png: {size // 1024} KB\n")
            if size > MOST_BYTES:
                return 1
    return 0


def passwords_of(product: Product) -> dict[str, str]:
    """Ask the demonstration for its accounts, as a person at the terminal does."""
    said = subprocess.run(
        [sys.executable, "manage.py", "demo_accounts", "--json"],
        cwd=ROOT,
        env=product.env,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return {account["email"]: account["password"] for account in json.loads(said)}


def take(shot: Shot, browser: Browser, product: Product, passwords: dict[str, str]) -> int:
    """Take one picture and give its size in bytes."""
    visitor = Visitor(browser, product, Walk(), size=shot.size, dots=2 if shot.size == PHONE else 1)
    email = f"{shot.who}@contoh.test"
    visitor.sign_in(email, passwords[email])
    visitor.go(shot.path)
    for link in shot.follow:
        visitor.press(link)
    visitor.page.wait_for_load_state("networkidle")
    picture = visitor.page.screenshot()
    visitor.leave()
    return keep(picture, IMAGES / f"{shot.name}.png")


def keep(picture: bytes, path: Path) -> int:
    """Write a picture small; a screen of words and lines needs few colours."""
    with Image.open(io.BytesIO(picture)) as drawn:
        drawn.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    return path.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
