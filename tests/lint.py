"""Two rules of ours that no linter knows: `python -m tests.lint templates | translations`.

Pages hold no inline script, style or handler, because the security policy would refuse them in
the browser; letters and e-mails, which never meet a browser, may. Every string of the sources is in
the Indonesian catalogue, is translated, and none is a guess ("fuzzy"). Prints file:line: what; exit
1 when anything is found.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
TRANSLATED = ("config", "onboarding", "documents", "training", "workflows", "templates")
NOT_FOR_BROWSERS = {"letters", "emails"}
TEMPLATE_TAG = re.compile(r"\{[{%#].*?[}%#]\}")
FORBIDDEN = {
    "inline style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "inline handler": re.compile(r"<[^>]*\s(?:on\w+|hx-on[\w:-]*)\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*(?:\ssrc=|application/json))", re.IGNORECASE),
    "inline style sheet": re.compile(r"<style", re.IGNORECASE),
    "script in a link": re.compile(r"javascript:", re.IGNORECASE),
}


def inline_code(text: str) -> Iterator[tuple[int, str]]:
    """Give line number and name of each forbidden thing in a template's text."""
    page = TEMPLATE_TAG.sub(" ", text)
    for what, pattern in FORBIDDEN.items():
        for match in pattern.finditer(page):
            yield page.count("\n", 0, match.end()) + 1, what


def templates() -> list[str]:
    """Look through every page's template."""
    found = []
    for path in sorted(ROOT.glob("templates/**/*.html")):
        if path.relative_to(ROOT / "templates").parts[0] not in NOT_FOR_BROWSERS:
            place = path.relative_to(ROOT)
            found += [f"{place}:{line}: {what}" for line, what in inline_code(path.read_text())]
    return found


def translations() -> list[str]:
    """Look through the Indonesian catalogue."""
    catalogues = sorted(ROOT.glob("locale/id/LC_MESSAGES/*.po"))
    found = [] if catalogues else ["locale/id: there is no catalogue"]
    for path in catalogues:
        entries = polib.pofile(str(path))
        for what, those in (
            ("untranslated", entries.untranslated_entries()),
            ("fuzzy", entries.fuzzy_entries()),
        ):
            found += [f"{path.name}:{entry.linenum}: {what}: {entry.msgid}" for entry in those]
        known = {(entry.msgctxt, entry.msgid) for entry in entries}
        found += [f"{path.name}: not collected: {msgid}" for _c, msgid in collected() - known]
    return found


def collected() -> set[tuple[str | None, str]]:
    """Collect the strings of the sources as `makemessages` does, in a copy of the tree."""
    with tempfile.TemporaryDirectory() as folder:
        for room in TRANSLATED:
            shutil.copytree(ROOT / room, Path(folder) / room)
        (Path(folder) / "locale").mkdir()
        words = [sys.executable, "-m", "django", "makemessages", "-l", "id", "--no-location"]
        environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(words, cwd=folder, env=environment, check=True, capture_output=True)
        entries = polib.pofile(str(Path(folder) / "locale/id/LC_MESSAGES/django.po"))
        return {(entry.msgctxt, entry.msgid) for entry in entries}


if __name__ == "__main__":
    findings = {"templates": templates, "translations": translations}[sys.argv[1]]()
    sys.exit("\n".join(findings) or 0)
