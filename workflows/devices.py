"""What a person calls the device on which they are signed in; never more than can be told.

A browser says what it likes about itself, so this helps an owner to recognise a phone and decides
nothing. Pure: words in, words out.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

#: The first that is named wins: every browser also names those that it wants to be taken for.
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("WhatsApp", "WhatsApp"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("OPR/", "Opera"),
    ("Opera", "Opera"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


class Device(NamedTuple):
    """An icon and a few words: "Mobile phone · Android · Chrome"."""

    icon: str
    words: str


def device_of(user_agent: str) -> Device:
    """Return the words for what a browser said of itself."""
    system = _first(SYSTEMS, user_agent)
    browser = _first(BROWSERS, user_agent)
    is_phone = system == "iPhone" or "Mobile" in user_agent
    is_tablet = system == "iPad" or (system == "Android" and not is_phone)
    if is_tablet:
        kind = _("Tablet")
    elif is_phone:
        kind = _("Mobile phone")
    else:
        kind = _("Computer") if system else _("Unknown device")
    icon = "phone" if is_phone or is_tablet else "office"
    return Device(icon, " · ".join(filter(None, (kind, system, browser))))


def _first(marks: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in marks if mark in user_agent), "")
