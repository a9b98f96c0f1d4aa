"""Who may see what has one answer for each model, and every page, form and file asks it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from django.apps import apps

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("onboarding", "documents", "training", "workflows")
#: Models that lead to no firm and to no person, each with its reason.
SEEN_BY_ALL: Final = {
    "Region": "a place",
    "District": "a place",
    "Agency": "an office of the state, by its public name",
    "Campaign": "what offices are asked; who was asked is a ReferralRequest",
    "ColumnMap": "titles of columns",
    "RuleVersion": "the rules are public",
    "RulePreview": "counts; the firms are RuleFlips",
    "KbliCode": "a public list",
    "FirmWord": "words without the firms that bear them",
    "WordsLearnt": "a mark of how far words were learnt",
    "BlacklistImport": "when a public list was brought in",
    "DocumentType": "a kind of paper",
    "Requirement": "which kinds of paper are asked",
    "Syllabus": "what is taught",
    "Material": "what is taught",
    "QuizQuestion": "what is asked of everybody",
    "CertificateYear": "a counter",
    "RejectionReason": "a list of reasons",
    "RegionBase": "figures of a region",
    "Reckoning": "when figures were counted",
    "PairSample": "ids of pairs; the pairs are FirmPairs",
    "Holiday": "a day",
    "Setting": "a number of the programme",
    "Platform": "a shop",
    "ChainLink": "hashes; the events are AuditEvents",
    "Job": "ids for the worker, shown by no page",
    "Pulse": "when the machine was last seen",
    "PostedForm": "keys that the browser itself sent, shown by no page",
    "SignOn": "asked with what the sign-on itself said, before anybody is signed in",
    "SignInMessage": "codes on their way, shown by no page",
}
#: A row that hangs on what the page has already found in sight is in sight.
HELD: Final = {
    *("vendor", "case", "paper", "session", "seat", "campaign", "user", "drawn_by", "approval"),
    *("request", "sheet", "ticket", "item", "sample", "count", "vendor__in", "campaign__in"),
    *("request__case__vendor", "case__vendor", "paper__vendor", "draft__vendor", "paper__in"),
    *("session__in", "sheet__in", "pk__in", "assistance__in"),
}
NARROWING: Final = (".filter", ".get", "get_object_or_404")
#: Places that ask without a person's sight, each with its reason.
WITHOUT_SIGHT: Final = {
    ("workflows/views/certificates.py", "Certificate"): "open to whoever holds its code",
    ("workflows/views/complaints.py", "Ticket"): "of() asks for number and word",
    ("workflows/views/heads.py", "Message"): "to the inspectorate, about no firm",
    ("workflows/views/requests.py", "ReferralRequest"): "found by link or in sight before",
    ("workflows/views/answers.py", "Seat"): "found by link or in sight before",
    ("workflows/views/receipts.py", "Paper"): "found by link",
    ("workflows/views/takingback.py", "PendingAct"): "narrows cases in sight",
    ("workflows/views/papers_missed.py", "PaperMissed"): "counts by region",
    ("workflows/views/twins.py", "FirmPair"): "for officers, who see every firm",
    ("workflows/views/owner.py", "DeadContact"): "whether, beside a firm in sight",
    ("workflows/owner/receipts.py", "Paper"): "found by link",
    ("workflows/owner/copied.py", "Ticket"): "of the firm and its owners",
    ("workflows/forms/vendors.py", "Vendor"): "whether a number is taken",
    ("workflows/forms/tickets.py", "User"): "colleagues by name, typed in full",
    ("workflows/forms/queueing.py", "User"): "colleagues by name",
    ("workflows/forms/answers.py", "Session"): "sessions to choose from are public",
    ("training/views/offices.py", "Session"): "sessions for offices are open to offices",
    ("workflows/views/signing.py", "AccessLink"): "found by its secret",
    ("workflows/views/guidance.py", "Vendor"): "a guest who knows the exact number",
    ("workflows/views/blacklist.py", "BlacklistEntry"): "narrowed by firms in sight",
    ("workflows/views/vendors.py", "Vendor"): "merged firms, for who sees every firm",
    ("workflows/views/audits.py", "AuditEvent"): "of one assignment, for who oversees audits",
    ("workflows/views/overview.py", "TrailCheck"): "how the trail is, without an event of it",
    ("workflows/views/settings.py", "TrailCheck"): "how the trail is, without an event of it",
    ("training/forms/planning.py", "Venue"): "halls to choose from",
    ("training/forms/series.py", "Venue"): "halls to choose from",
    ("workflows/views/access.py", "AccessLink"): "found by its secret",
}
SIGHTED: Final = {
    model.__name__
    for room in ROOMS
    for model in apps.get_app_config(room).get_models()
    if hasattr(model._default_manager.all(), "visible_to")
}


def test_every_model_says_who_sees_it_or_why_everybody_may() -> None:
    every = {model.__name__ for room in ROOMS for model in apps.get_app_config(room).get_models()}
    assert every - SIGHTED == set(SEEN_BY_ALL)


def pages() -> Iterator[Path]:
    """Every module that binds a request to rows."""
    for room in ROOMS:
        for part in ("views", "forms", "owner"):
            yield from sorted((ROOT / room / part).glob("*.py"))
        yield from sorted((ROOT / room).glob("[vf][io][er][wm]s.py"))


def unseeing(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each query of a function that asks for nobody's sight: (line, model)."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        names = {node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)}
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
        narrowing = [call for call in calls if ast.unparse(call.func).endswith(NARROWING)]
        words = {one.arg for call in narrowing for one in call.keywords if one.arg}
        if "visible_to" in names or words & HELD:
            continue
        for node in ast.walk(function):
            if not isinstance(node, ast.Attribute) or node.attr in ("none", "system"):
                continue
            manager = node.value
            is_query = isinstance(manager, ast.Attribute) and manager.attr == "objects"
            if is_query and isinstance(manager.value, ast.Name) and manager.value.id in SIGHTED:
                yield node.lineno, manager.value.id


def test_no_page_form_or_file_asks_for_rows_without_asking_who_sees_them() -> None:
    found, used = [], set()
    for path in pages():
        place = str(path.relative_to(ROOT))
        for line, model in unseeing(ast.parse(path.read_text(encoding="utf-8"))):
            used.add((place, model))
            if (place, model) not in WITHOUT_SIGHT:
                found.append(f"{place}:{line}: {model} without visible_to")
    assert not found, "\n".join(found)
    assert set(WITHOUT_SIGHT) <= used, "these ask no longer: take them off the list"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("def page(r):\n    return Vendor.objects.all()", 1),
        ("def page(r):\n    return Vendor.objects.visible_to(r.user)", 0),
        ("def page(r, v):\n    return Paper.objects.filter(vendor=v)", 0),
        ("def page(r):\n    return Region.objects.all()", 0),
    ],
)
def test_the_rule_finds_what_it_is_for(text: str, count: int) -> None:
    assert len(list(unseeing(ast.parse(text)))) == count
