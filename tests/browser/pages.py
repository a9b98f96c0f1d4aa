"""A person at a screen: signs in, walks, fills in, and looks whether a page is fit for everybody.

`Visitor.look` asks axe at the width of a phone and of a desk, in light and in dark, and checks that
nothing has to be scrolled sideways at 320 px, that the browser reports no error (a breach of the
security policy is one) and that nothing comes from another host. What is wrong is gathered in a
`Walk` and told at the end of the test, all of it at once.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

    from tests.browser.product import Product

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-quic"),
]
DESK, PHONE, NARROWEST = (1440, 1000), (360, 780), (320, 640)
PATIENCE_MS = 30_000  # for a page, on a busy machine
WORKER_MS = 90_000  # two photographs of a deed on a busy machine
#: A folder that gets a picture of every page that was looked at, for a person to judge.
PICTURES = os.environ.get("MITRA_TEST_PICTURES", "")
#: Says nothing about our pages: the browser's own line for an answer that is not 200, or for none.
NOT_OURS = re.compile(
    r"^Failed to load resource: (the server responded with a status of 4\d\d"
    r"|net::ERR_(INTERNET_DISCONNECTED|FAILED))"
)
AXE = {"resultTypes": ["violations"]}
CONTRAST = {**AXE, "runOnly": ["color-contrast"]}


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Open Debian's Chromium until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Walk:
    """Every page that was looked at, and what was wrong on the way."""

    looked_at: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    weights: list[str] = field(default_factory=list)

    def told(self) -> list[str]:
        """Give what is wrong, once, and forget it."""
        problems, self.problems = self.problems, []
        return list(dict.fromkeys(problems))


class Visitor:
    """One person with a browser of their own (cookies, cache, width)."""

    def __init__(
        self,
        browser: Browser,
        product: Product,
        walk: Walk,
        *,
        size: tuple[int, int] = DESK,
        scripts: bool = True,
        dots: float = 1,
    ) -> None:
        self.product, self.walk, self.size, self.scripts = product, walk, size, scripts
        self.context = browser.new_context(
            base_url=product.url,
            java_script_enabled=scripts,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            reduced_motion="reduce",
            device_scale_factor=dots,
            viewport={"width": size[0], "height": size[1]},
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._complain(f"script error: {error}"))
        self.page.on("request", self._watch)
        self.page.on("response", self._weigh_answer)

    def leave(self) -> None:
        """Close the browser of this person."""
        self.context.close()

    def sign_in(self, email: str, password: str) -> Visitor:
        """Sign in as somebody of an office does: e-mail and password."""
        self.go("/akun/login/")
        self.page.fill("[name=login]", email)
        self.page.fill("[name=password]", password)
        self.press("form[action$='/akun/login/'] button")
        return self

    def go(self, path: str) -> Response | None:
        """Open an address of the site."""
        return self.page.goto(path)

    def press(self, button: str) -> int:
        """Press a button or a link that brings a new page, and give the page's status."""
        with self.page.expect_navigation() as arrival:
            self.page.locator(button).first.click()
        answer: Response | None = arrival.value
        return answer.status if answer else 0

    def fill(self, **fields: str) -> None:
        """Fill in fields by their names; a select is given the value to choose."""
        for name, value in fields.items():
            self.field(name).fill(value)

    def choose(self, name: str, value: str | None = None, *, label: str | None = None) -> None:
        """Choose from a list by its value or its words."""
        if label is None:
            self.field(name).select_option(value)
        else:
            self.field(name).select_option(label=label)

    def field(self, name: str) -> Locator:
        """The visible field of this name."""
        return self.page.locator(f"main [name='{name}']:visible").first

    def send_paper(self, files: Sequence[Path]) -> None:
        """Choose photographs in the form of a paper and send them."""
        self.page.set_input_files("#files-files", [str(file) for file in files])
        go_on = "form[data-draft] .actions button"
        if not self.scripts:
            self.press(go_on)
            return
        self.page.locator("[data-chosen] li").nth(len(files) - 1).wait_for()
        # Each photo goes off as soon as it is chosen.
        there = ":not([data-state=kept], [data-state=refused])"
        on_the_way = self.page.locator(f"[data-chosen] li{there}").first
        on_the_way.wait_for(state="detached", timeout=WORKER_MS)
        if self.page.locator("[data-state=refused]").count():
            return
        self.page.locator(go_on).click()
        self.page.wait_for_url("**/periksa/")
        self.press("main form button")

    def wait_for(
        self, what: str, *, seconds: float = WORKER_MS / 1000, again: bool = False
    ) -> None:
        """Wait until the worker has done its part; `again` reloads the page, as a person does."""
        found = self.page.locator(what).first
        if not again:
            found.wait_for(timeout=seconds * 1000)
            return
        for _second in range(int(seconds)):
            if found.count():
                return
            self.page.wait_for_timeout(1000)
            self.page.reload()
        raise AssertionError(f"{what} did not appear within {seconds:.0f} s at {self.page.url}")

    def text(self) -> str:
        """What the page says, in its main part and its messages."""
        return self.page.locator("body").inner_text()

    def sentence(self) -> str:
        """What the page says is wrong, wherever it says it; fails when nothing does."""
        places = "main .note.bad, main .note.warn, main .error, main [role=alert]"
        said = " ".join(self.page.locator(places).all_inner_texts()).split()
        assert said, f"nothing says what is wrong at {self.page.url}"
        return " ".join(said)

    # --- looking -----------------------------------------------------------------------------

    def look(self, name: str) -> None:
        """Look at the page in every way in which somebody meets it."""
        self.walk.looked_at.append(name)
        if self.page.locator("h1").count() != 1:
            self._complain(f"{name}: {self.page.locator('h1').count()} headings of the first rank")
        is_demo = self.product.env["DEMO"] == "1"
        if not is_demo and "DATA CONTOH" in self.text():
            self._complain(f"{name}: says DATA CONTOH outside the demonstration")
        for width, height in (DESK, PHONE):
            self._resize(width, height)
            if self.scripts:
                self._ask_axe(f"{name} at {width} px", AXE)
                self.page.emulate_media(color_scheme="dark")
                self._ask_axe(f"{name} at {width} px in the dark", CONTRAST)
                self.page.emulate_media(color_scheme="light")
            self._take_picture(f"{name}-{width}")
        self._resize(*NARROWEST)
        wide = self.page.evaluate("document.scrollingElement.scrollWidth")
        if wide > NARROWEST[0]:
            self._complain(f"{name}: {wide} px wide on a screen of {NARROWEST[0]}: {self.widest()}")
        self._resize(*self.size)

    def _resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def _ask_axe(self, where: str, options: dict[str, Any]) -> None:
        try:
            found = self._found_by_axe(options)
        except Error:  # a page that shows progress has just loaded itself again
            self.page.wait_for_load_state()
            found = self._found_by_axe(options)
        for violation in found:
            nodes = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
            self._complain(f"{where}: {violation['id']} × {len(violation['nodes'])}: {nodes}")

    def _found_by_axe(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        """Ask axe, which is given to a page once: it is half a megabyte of script."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(Axe().axe_script)
        answer = self.page.evaluate("options => axe.run(options)", options)
        found: list[dict[str, Any]] = answer["violations"]
        return found

    def widest(self) -> str:
        """The first elements that stand out of a screen of 320 px, for the report."""
        return str(
            self.page.evaluate(
                """() => [...document.querySelectorAll("body *")]
                .filter(e => e.getBoundingClientRect().right > 321)
                .slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(" | ")"""
            )
        )

    def _take_picture(self, name: str) -> None:
        if PICTURES:
            safe = re.sub(r"[^a-z0-9]+", "-", name.lower())
            self.page.screenshot(path=Path(PICTURES, f"{safe}.png"), full_page=True)

    # --- hearing -----------------------------------------------------------------------------

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not NOT_OURS.match(message.text):
            self._complain(f"the browser says: {message.text}")

    def _watch(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and not request.url.startswith(self.product.url):
            self._complain(f"asks another host: {request.url}")

    def _weigh_answer(self, answer: Response) -> None:
        is_page = answer.request.resource_type in {"document", "xhr", "fetch"}
        if answer.status >= (500 if is_page else 400):
            self._complain(f"{answer.status} for {urlsplit(answer.url).path}")

    def _complain(self, problem: str) -> None:
        self.walk.problems.append(f"{urlsplit(self.page.url).path}: {problem}")
