"""Pages become PDF: the one place that knows WeasyPrint.

Asking fontconfig for the fonts costs more than drawing a page, so each thread asks once and keeps
the answer, with our style sheets parsed. Nothing may be fetched but the packaged style and emblem.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from workflows.models import TrailHead

STYLE: Final = Path(settings.BASE_DIR) / "templates" / "letters"
_kept = threading.local()


def print_page(template: str, context: dict[str, Any], *, style: str = "letter.css") -> bytes:
    """Return a page as PDF; a letter is official text, so it is always Indonesian."""
    return draw(page_of(template, context), style=style)


def page_of(template: str, context: dict[str, Any]) -> str:
    """Return the HTML of a page under ``templates/letters``; its foot bears the newest head of the
    trail, so that every paper that leaves the house is a witness of it."""
    with translation.override("id"):
        return render_to_string(
            f"letters/{template}.html", {"trail_head": TrailHead.objects.first(), **context}
        )


def draw(html: str, *, style: str = "letter.css") -> bytes:
    """Draw a page; ``style`` is a sheet beside the templates."""
    import weasyprint  # noqa: PLC0415 - half a second that no other page should wait for

    fonts, sheets = _fonts()
    sheet = sheets.get(style)
    if sheet is None:
        sheet = sheets[style] = weasyprint.CSS(
            filename=STYLE / style, font_config=fonts, url_fetcher=_only_ours()
        )
    page = weasyprint.HTML(string=html, base_url=STYLE.as_uri() + "/", url_fetcher=_only_ours())
    return bytes(page.write_pdf(stylesheets=[sheet], font_config=fonts))


def _fonts() -> tuple[Any, dict[str, Any]]:
    """The fonts and the parsed style sheets of this thread (Pango's are not to be shared)."""
    if not hasattr(_kept, "fonts"):
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - as above

        _kept.fonts, _kept.sheets = FontConfiguration(), {}
    return _kept.fonts, _kept.sheets


def _only_ours() -> Any:
    """Let a page load its own style and emblem from the package, and nothing else."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 - as above

    class PackagedOnly(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith(STYLE.as_uri() + "/") and not url.startswith("data:"):
                raise ValueError("a letter loads only what it is shipped with")
            return super().fetch(url, headers)

    return PackagedOnly()
