"""One running product and one Chromium for all journeys; a person of every role to walk them.

Without Chromium the journeys are skipped with a reason; `./mitra test` installs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import pages
from tests.browser.pages import Visitor, Walk
from tests.browser.product import Product, running
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from playwright.sync_api import Browser

WALKS: list[Walk] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, so that it can be left out by its mark; the longest walk goes
    first, or one process would end long after the other."""
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker("browser")
    items.sort(key=lambda item: "tests/browser/test_road.py" not in str(item.path))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give Debian's Chromium."""
    if pages.CHROMIUM is None:
        pytest.skip("chromium is not installed; './mitra test' installs it")
    with pages.open_browser() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """Give the running product, empty but for reference data and people."""
    with running() as started:
        started.scene("people")
        yield started


@pytest.fixture(scope="session")
def the_walk() -> Walk:
    """Gather what all journeys see."""
    WALKS.append(Walk())
    return WALKS[-1]


@pytest.fixture
def visit(browser: Browser, product: Product, the_walk: Walk) -> Iterator[Callable[..., Visitor]]:
    """Give a way to let people in: `visit("officer")`, or `visit()` for somebody unknown.

    When the test is over, everything that was wrong on any page of it is told at once.
    """
    visitors: list[Visitor] = []

    def let_in(role: str = "", **how: object) -> Visitor:
        visitor = Visitor(browser, product, the_walk, **how)  # type: ignore[arg-type]  # sizes and flags
        visitors.append(visitor)
        return visitor.sign_in(f"{role}@contoh.test", PASSWORD) if role else visitor

    let_in.present = visitors  # type: ignore[attr-defined]  # for the report of a failure
    yield let_in
    for visitor in visitors:
        visitor.leave()
    problems = the_walk.told()
    if problems:
        pytest.fail("On the way:\n" + "\n".join(problems), pytrace=False)


@pytest.fixture
def phone() -> tuple[int, int]:
    """The size of a cheap phone."""
    return pages.PHONE


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, Any]:
    """Show, beside a failure, what the programs said last and what stood on the screens."""
    report = yield
    present = getattr(item, "funcargs", {})
    if report.failed and "product" in present:
        report.sections.append(("what the programs said last", present["product"].last_words()))
    if report.failed and report.when == "call" and "visit" in present:
        for visitor in present["visit"].present:
            report.sections.append((f"at {visitor.page.url}", visitor.text()))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many pages were looked at, and what the owner's page weighs."""
    for walk in WALKS:
        terminalreporter.write_line(f"looked at {len(walk.looked_at)} pages, each at 3 widths")
        for weight in walk.weights:
            terminalreporter.write_line(weight)
