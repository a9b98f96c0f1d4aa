"""Red flags in words: what a rule looks for, and what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from onboarding.models import User, Vendor
from workflows import redflags
from workflows.models import Case
from workflows.sentences import act_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workflows.models import FlagCount, RedFlag

TITLES: Final[dict[str, Any]] = {
    redflags.FAST: _("Decided too soon after the verification"),
    redflags.PAIR: _("The same two people too often"),
    redflags.SAME_DEED: _("The same deed or file at two businesses"),
    redflags.CHANGED: _("Changed soon after the approval"),
    redflags.BY_HAND: _("Attendance without a pass"),
    redflags.OVERRIDE: _("Rules set aside by a person"),
    redflags.TIED: _("Handled by somebody tied to the business"),
    redflags.NIGHT: _("Decided at night"),
    redflags.LATE: _("Attendance corrected late"),
}
#: What the rule looks for, with the bounds that were in force when it was counted.
RULES: Final[dict[str, Any]] = {
    redflags.FAST: _("A decision %(flag_fast_minutes)s minutes after the verification or sooner."),
    redflags.PAIR: _(
        "A verifier and an approver who met in %(flag_pair_cases)s cases or more, and in "
        "%(flag_pair_percent)s%% or more of what chance would give them; or of whom one worked "
        "with nobody else, although others did that work."
    ),
    redflags.SAME_DEED: _("The same deed as it was read, or the same file byte for byte."),
    redflags.CHANGED: _(
        "Name, owner, number, contact, bank account or deed changed within %(flag_after_days)s "
        "days after the first approval."
    ),
    redflags.BY_HAND: _(
        "Sessions in which more than %(flag_by_hand_percent)s%% of those present were marked by "
        "hand or copied from paper."
    ),
    redflags.OVERRIDE: _("Found eligible against the rules, or guidance waived."),
    redflags.TIED: _(
        "Verified or decided by a person who said to be tied to the business, now or earlier, or "
        "who shares a number or an address with it."
    ),
    redflags.NIGHT: _(
        "Acts of the desk from %(flag_night_from)s until %(flag_night_until)s o’clock (WIB)."
    ),
    redflags.LATE: _(
        "Attendance corrected %(flag_correction_days)s days after the session or later."
    ),
}


def tiles_of(count: FlagCount | None, *, has_links: bool) -> list[dict[str, Any]]:
    """Return a tile for each rule: how many, what, and where they are listed."""
    if count is None:
        return []
    return [
        {
            "number": count.counts.get(kind, 0),
            "label": TITLES[kind],
            "url": _address(count, kind) if has_links and count.counts.get(kind) else "",
        }
        for kind in redflags.KINDS
    ]


def rule_words(kind: str, count: FlagCount) -> str:
    """Say what the rule looked for."""
    return str(RULES[kind]) % count.bounds


def found_words(flags: Iterable[RedFlag]) -> list[tuple[RedFlag, str, list[Case]]]:
    """Say of each flag what was found, and in which cases where it is about several; people, firms
    and cases are named in one query each."""
    rows = list(flags)
    ids = {flag.facts.get(key) for flag in rows for key in ("person", "verifier", "decider")}
    people = User.objects.in_bulk([pk for pk in ids if pk])
    firms = Vendor.objects.in_bulk({pk for flag in rows for pk in flag.facts.get("firms", ())})
    several = {pk for flag in rows for pk in flag.facts.get("some", ())}
    cases = Case.objects.select_related("vendor").in_bulk(several)
    return [
        (flag, _said(flag, people, firms), [cases[pk] for pk in flag.facts.get("some", ())])
        for flag in rows
    ]


def _address(count: FlagCount, kind: str) -> str:
    return reverse("workflows:red_flags", args=[count.assignment_id, kind])


def _said(flag: RedFlag, people: Mapping[int, User], firms: Mapping[int, Vendor]) -> str:
    facts: dict[str, Any] = dict(flag.facts)
    for key in ("person", "verifier", "decider"):
        facts[key] = str(people.get(facts.get(key, 0), ""))
    if "chance" in facts:
        facts["chance"] = number_format(facts["chance"], decimal_pos=1)
    if "act" in facts:
        moment = parse_datetime(facts["at"])
        facts["what"] = act_words(facts["act"])
        facts["when"] = date_format(moment, "DATETIME_FORMAT") if moment else ""
    if "firms" in facts:
        named = (firms.get(pk) for pk in facts["firms"])
        facts["others"] = ", ".join(firm.number for firm in named if firm)
    said = [str(SENTENCES[flag.kind]) % facts]
    for pk in facts.get("bound", ()):
        said.append(str(BOUND) % {"person": people.get(pk, "")})
    return " ".join(said)


#: Said after the sentence of a pair, of each of the two of whom it is so.
BOUND: Final = _("%(person)s worked with nobody else, although others did that work.")
SENTENCES: Final[dict[str, Any]] = {
    redflags.FAST: _("%(decider)s decided %(seconds)s seconds after %(verifier)s had verified."),
    redflags.PAIR: _(
        "%(verifier)s verified and %(decider)s decided %(cases)s cases; by chance it would be "
        "%(chance)s."
    ),
    redflags.SAME_DEED: _("Also at the business with the number %(others)s."),
    redflags.CHANGED: _("%(what)s %(days)s days after the approval, by %(person)s, %(when)s."),
    redflags.BY_HAND: _("%(hand)s of %(present)s present were marked by hand (%(percent)s%%)."),
    redflags.OVERRIDE: _("%(what)s by %(person)s, %(when)s."),
    redflags.TIED: _("%(person)s is or was tied to this business."),
    redflags.NIGHT: _("%(what)s by %(person)s, %(when)s."),
    redflags.LATE: _("Corrected %(days)s days after the session by %(person)s, %(when)s."),
}
