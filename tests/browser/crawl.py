"""Walks every page that a role can reach by its links: `./mitra crawl [ROLE ...]`.

The demonstration is started in a folder that is thrown away; each role signs in and follows every
link from page to page. Pages that one view draws are one kind, of which the first is looked at,
told apart also by tab: axe at 1440 and 360 px, light and dark, nothing sideways at 320 px, no word
of English in Indonesian, no error of the browser, no answer over 400. A list of pages that somebody
keeps by hand would forget the newest.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit

import django
from django.urls import Resolver404, resolve

from tests.browser.pages import Visitor, Walk, open_browser
from tests.browser.product import running
from tests.browser.shots import passwords_of
from tests.english import english_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.product import Product

WHO = {
    "officer": "petugas",
    "approver": "penyetuju",
    "agency": "instansi",
    "cooperative": "koperasi",
    "vendor": "usaha",
    "vendor-to-correct": "usaha2",
    "trainer": "narasumber",
    "auditor": "pemeriksa",
    "manager": "pimpinan",
    "admin": "admin",
    "nobody": "",
}
BEGINNINGS = ("/", "/akun/login/", "/pengaduan/", "/privasi/", "/sertifikat/")
TOLD_APART_BY = ("tab", "part")
LEFT_OUT = ("/akun/logout/", "/admin/")
#: Stands in a link where a script fills the key in.
PLACE = "/0/"
MOST_PAGES = 200


def main() -> int:
    """Crawl as the roles named on the command line, or as all; 1 when anything was wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    wanted = sys.argv[1:] or list(WHO)
    problems = 0
    sys.stdout.write("• starting the demonstration, which takes a minute or two\n")
    with running(demo=True) as product, open_browser() as browser:
        passwords = passwords_of(product)
        for role in wanted:
            walk = crawl(role, browser, product, passwords)
            told = walk.told()
            problems += len(told)
            sys.stdout.write(f"{role}: {len(walk.looked_at)} pages, {len(told)} problems\n")
            sys.stdout.writelines(f"  {problem}\n" for problem in told)
            sys.stdout.flush()
    return int(problems > 0)


def crawl(role: str, browser: Browser, product: Product, passwords: dict[str, str]) -> Walk:
    """Look at one page of every kind that this role can reach."""
    walk = Walk()
    visitor = Visitor(browser, product, walk)
    if WHO[role]:
        email = f"{WHO[role]}@contoh.test"
        visitor.sign_in(email, passwords[email])
    seen: set[str] = set()
    waiting = deque([urljoin(product.url, path) for path in BEGINNINGS])
    while waiting and len(walk.looked_at) < MOST_PAGES:
        url = waiting.popleft()
        kind = _kind(url)
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        if not _is_page(visitor, url, kind):
            continue
        answer = visitor.go(url)
        landed = _kind(visitor.page.url)
        if landed != kind and landed in seen:
            continue
        seen.add(landed or kind)
        _judge(visitor, answer.status if answer else 0, f"{role}: {landed or kind}")
        waiting.extend(_links(visitor, product))
    visitor.leave()
    return walk


def _judge(visitor: Visitor, status: int, name: str) -> None:
    if status >= 400:
        visitor.walk.problems.append(f"{name}: {status}")
    path = urlsplit(visitor.page.url).path
    for text in english_in(visitor.page.content()):
        visitor.walk.problems.append(f"{path}: English: {text}")
    visitor.look(name)


def _is_page(visitor: Visitor, url: str, kind: str) -> bool:
    """Ask first: a file that is handed out is no page to look at."""
    answer = visitor.context.request.get(url)
    if answer.status >= 400:
        visitor.walk.problems.append(f"{kind}: {answer.status} for {urlsplit(url).path}")
        return False
    return "html" in answer.headers.get("content-type", "")


def _links(visitor: Visitor, product: Product) -> Iterator[str]:
    found: list[str] = visitor.page.eval_on_selector_all(
        "a[href], form[method=get][action]",  # links of a drawing have an object for their href
        """all => all.map(one => new URL(
            one.getAttribute("href") ?? one.getAttribute("action"), location).href)""",
    )
    for url in found:
        path = urlsplit(url).path
        is_left_out = path.startswith(LEFT_OUT) or PLACE in path
        if url.startswith(product.url) and not is_left_out:
            yield url.split("#")[0]


def _kind(url: str) -> str | None:
    """What draws a page: the name of its view, and the tab."""
    parts = urlsplit(url)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    query = parse_qs(parts.query)
    tabs = [f"{key}={query[key][0]}" for key in TOLD_APART_BY if key in query]
    return "?".join([name, *tabs])


if __name__ == "__main__":
    sys.exit(main())
