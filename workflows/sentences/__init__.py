"""Every act of the trail in words, so that a timeline reads like a diary and not like a log."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _, ngettext

from workflows.sentences.acts import ACT_WORDS
from workflows.sentences.details import DETAILS

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Reasons that the machine writes, as patterns; what people typed is shown as it was typed.
MACHINE_REASONS: Final[tuple[tuple[re.Pattern[str], Any], ...]] = (
    (re.compile(r"session cancelled"), _("The session was cancelled.")),
    (re.compile(r"waiting time"), _("The waiting time after a refusal is not over.")),
    (re.compile(r"(?P<count>\d+) missed sessions"), _("Missed %(count)s sessions.")),
    (re.compile(r"submit_days passed"), _("The papers were not completed in time.")),
    (re.compile(r"correction window passed"), _("The corrections were not handed in in time.")),
    (re.compile(r"idle_days passed"), _("Nothing happened for too long.")),
    (re.compile(r"change approved"), _("The change was approved.")),
    (re.compile(r"\w+_days passed"), _("The time ran out.")),
)


def act_words(act: str) -> str:
    """Return an act in words; an act that this version does not know shows its code."""
    words = ACT_WORDS.get(act)
    return str(words) if words else act.replace("_", " ")


def reason_words(reason: str) -> str:
    """Return a reason as it was typed, or, when the machine wrote it, in the reader's language."""
    for pattern, words in MACHINE_REASONS:
        found = pattern.fullmatch(reason)
        if found:
            return str(words) % found.groupdict()
    return reason


def detail_words(detail: Mapping[str, Any]) -> str:
    """Return what an event keeps beside its sentence (codes, counts) on one line, lists as counts."""
    parts = []
    for key, value in detail.items():
        if value in ("", None, [], {}):
            continue
        shown = _count(len(value)) if _is_many(value) else value
        parts.append(f"{DETAILS.get(key, key)}: {shown}")
    return " · ".join(parts)


def _count(entries: int) -> str:
    return ngettext("%(count)d entry", "%(count)d entries", entries) % {"count": entries}


def _is_many(value: Any) -> bool:
    return isinstance(value, list | dict) and len(value) > 3
