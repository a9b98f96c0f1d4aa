"""What an owner's phone carries and waits for: `./mitra bench phone`.

The real product is started; Chromium, with nothing kept from before, opens each page of an owner at
the width of a small phone, over an emulated slow 3G (400 kbit/s, 400 ms) and with a processor four
times slower. Bytes are what crosses the line (compressed, headers included); a page is usable when
its scripts have run and nothing holds the thumb up. Limits: 60 KB, 12 requests, 5 seconds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser import files
from tests.browser.pages import Visitor, Walk, open_browser
from tests.browser.product import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext

    from tests.browser.product import Product

MOST_BYTES, MOST_REQUESTS, MOST_SECONDS = 60_000, 12, 5.0
SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
SLOWER = 4
SIZE = (360, 780)


@dataclass(frozen=True)
class Cost:
    """What one opening of one page cost."""

    page: str
    bytes_: int
    requests: int
    seconds: float

    @property
    def ratio(self) -> float:
        """The worst of the three against its limit; 1 is the limit."""
        return max(
            self.bytes_ / MOST_BYTES, self.requests / MOST_REQUESTS, self.seconds / MOST_SECONDS
        )


def main(arguments: list[str]) -> int:
    """Measure each page; 1 when a limit is broken."""
    parser = argparse.ArgumentParser(prog="./mitra bench phone", description=__doc__)
    parser.add_argument(
        "--turns", type=int, default=3, help="openings of a page; the middle counts"
    )
    chosen = parser.parse_args(arguments)
    print(f"{'page':<10} {'bytes':>8} {'requests':>9} {'seconds':>8} {'worst/limit':>12}")
    worst = 0.0
    with running() as product, open_browser() as browser:
        for costs in _measured(product, browser, chosen.turns):
            cost = sorted(costs, key=lambda one: one.seconds)[len(costs) // 2]
            worst = max(worst, cost.ratio)
            print(
                f"{cost.page:<10} {cost.bytes_:>8,} {cost.requests:>9} "
                f"{cost.seconds:>8.2f} {cost.ratio:>12.2f}"
            )
    print(f"limits     {MOST_BYTES:>8,} {MOST_REQUESTS:>9} {MOST_SECONDS:>8.2f} {1:>12.2f}")
    return 0 if worst <= 1 else 1


def _measured(product: Product, browser: Browser, turns: int) -> Iterator[list[Cost]]:
    product.scene("people")
    firm = product.scene("guided_firm", name="Contoh Ponsel Lambat")
    owner = Visitor(browser, product, Walk(), size=SIZE)
    owner.go(product.scene("sign_in_link", vendor=firm["vendor"]))
    owner.press("main form.card button")
    own = f"/saya/{firm['vendor']}/"
    owner.go(f"{own}dokumen/ktp/")
    with tempfile.TemporaryDirectory() as folder:
        owner.send_paper([files.noisy_photo(Path(folder, "ktp.jpg"), 1)])
    receipt = owner.page.url.removeprefix(product.url)
    owner.wait_for("#reading:not([data-poll])")
    state = owner.context.storage_state()
    owner.leave()
    pages = {"own page": own, "paper": f"{own}dokumen/nib/", "receipt": receipt}
    for name, path in pages.items():
        yield [_open(browser, product, state, name, path) for _turn in range(turns)]


def _open(browser: Browser, product: Product, state: Any, name: str, path: str) -> Cost:
    context: BrowserContext = browser.new_context(
        base_url=product.url,
        storage_state=state,
        locale="id-ID",
        viewport={"width": SIZE[0], "height": SIZE[1]},
    )
    page = context.new_page()
    line = context.new_cdp_session(page)
    arrived: list[float] = []
    line.on("Network.loadingFinished", lambda event: arrived.append(event["encodedDataLength"]))
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send("Network.emulateNetworkConditions", SLOW_3G)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(path, wait_until="load")
    # With deferred scripts alone, the page answers a thumb once the document was interactive.
    told = page.evaluate(
        "performance.getEntriesByType('navigation').map(e => e.domContentLoadedEventEnd)[0]"
    )
    page.wait_for_timeout(500)
    context.close()
    return Cost(name, int(sum(arrived)), len(arrived), told / 1000)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
