"""Who may see what has one answer for each model, and every page, form and file asks it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeGuard

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
    *("session__in", "sheet__in", "pk__in", "assistance__in", "seat__vendor", "request__case"),
    *("reading", "reading__paper__in", "request__campaign"),
}
#: These read nothing: they write, or begin with nothing.
READ_NOTHING: Final = {"create", "bulk_create", "get_or_create", "none", "system"}
#: Acts ask for the right themselves and models hold the answer; the others show nobody anything.
NO_PAGES: Final = {"actions", "models", "migrations", "management", "demo", "receivers", "reading"}
#: Whoever names one of these has somebody who looks.
LOOKERS: Final = {"User", "SignedIn", "HttpRequest"}
#: Places that ask without a person's sight, each with its reason.
WITHOUT_SIGHT: Final = {
    ("training/views/offices.py", "Session"): "sessions for offices are open to offices",
    ("workflows/beside.py", "CorrectionItem"): "counts reasons; cases are narrowed by sight",
    ("workflows/beside.py", "FirmPair"): "ids only; the cases shown are narrowed by sight",
    ("workflows/beside.py", "Vendor"): "ids only; the cases shown are narrowed by sight",
    ("workflows/casefile.py", "AuditEvent"): "own events in sight, and those told of lists",
    ("workflows/casefile.py", "DeadContact"): "whether, beside a case in sight",
    ("workflows/casefile.py", "Vendor"): "ids of one firm and of those merged into it",
    ("workflows/finding.py", "ReadValue"): "ids only; the papers are narrowed by sight",
    ("workflows/flagwords.py", "Case"): "named by flags of an assignment in sight",
    ("workflows/flagwords.py", "User"): "named by flags of an assignment in sight",
    ("workflows/flagwords.py", "Vendor"): "numbers named by flags of an assignment in sight",
    ("workflows/flows.py", "Case"): "the flow's own",
    ("workflows/flows.py", "Vendor"): "the flow's own",
    ("workflows/forms/queueing.py", "User"): "colleagues by name",
    ("workflows/forms/tickets.py", "User"): "colleagues by name, typed in full",
    ("workflows/leaves.py", "Leave"): "who stands in, asked by acts",
    ("workflows/lifecycle.py", "Vendor"): "the only writer of the status",
    ("workflows/messages/dead.py", "DeadContact"): "whether an address is dead",
    ("workflows/messages/dead.py", "Message"): "told to go another way, shown to nobody",
    ("workflows/owner/copied.py", "Ticket"): "of the firm and its owners",
    ("workflows/pendings.py", "PendingAct"): "one's own, and of the cases on the page",
    ("workflows/reach.py", "DeadContact"): "whether, of a firm in sight",
    ("workflows/reports.py", "Case"): "counts",
    ("workflows/reports.py", "Vendor"): "counts",
    ("workflows/responses.py", "Referral"): "counts by request",
    ("workflows/sealing.py", "AuditEvent"): "the machine's own",
    ("workflows/sealing.py", "Look"): "hashed, shown to nobody",
    ("workflows/signin.py", "User"): "who signs in, before anybody is",
    ("workflows/steps.py", "Case"): "locked for an act that asked",
    ("workflows/ticketbook.py", "Ticket"): "one's own, and counts by platform",
    ("workflows/verdicts.py", "Round"): "minutes of a batch, written by the machine",
    ("workflows/views/access.py", "AccessLink"): "found by its secret",
    ("workflows/views/answers.py", "Seat"): "found by link or in sight before",
    ("workflows/views/audits.py", "AuditEvent"): "of one assignment, for who oversees audits",
    ("workflows/views/blacklist.py", "BlacklistEntry"): "narrowed by firms in sight",
    ("workflows/views/certificates.py", "Certificate"): "open to whoever holds its code",
    ("workflows/views/complaints.py", "Ticket"): "of() asks for number and word",
    ("workflows/views/guidance.py", "Vendor"): "a guest who knows the exact number",
    ("workflows/views/heads.py", "Message"): "to the inspectorate, about no firm",
    ("workflows/views/heads.py", "TrailCheck"): "how the trail is, without an event of it",
    ("workflows/views/overview.py", "TrailCheck"): "how the trail is, without an event of it",
    ("workflows/views/owner.py", "Assistance"): "one's own",
    ("workflows/views/owner.py", "DeadContact"): "whether, beside a firm in sight",
    ("workflows/views/papers_missed.py", "PaperMissed"): "counts by region",
    ("workflows/views/receipts.py", "Paper"): "found by link",
    ("workflows/views/requests.py", "ReferralRequest"): "found by link or in sight before",
    ("workflows/views/settings.py", "AuditEvent"): "changes of settings, about no firm",
    ("workflows/views/settings.py", "TrailCheck"): "how the trail is, without an event of it",
    ("workflows/views/signing.py", "AccessLink"): "found by its secret",
    ("workflows/views/takingback.py", "PendingAct"): "narrows cases in sight",
    ("workflows/views/trend.py", "JoiningStep"): "counts",
    ("workflows/views/twins.py", "FirmPair"): "for officers, who see every firm",
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


def pages() -> Iterator[tuple[str, ast.Module]]:
    """Every module in which somebody looks: it takes a request or a person."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            place, text = path.relative_to(ROOT), path.read_text(encoding="utf-8")
            if ".objects" not in text or NO_PAGES & set(place.parts):
                continue
            tree = ast.parse(text)
            if has_lookers(tree):
                yield str(place), tree


def has_lookers(tree: ast.Module) -> bool:
    arguments = [node for node in ast.walk(tree) if isinstance(node, ast.arg)]
    types = [one.annotation for one in arguments if one.annotation is not None]
    named = {node.id for one in types for node in ast.walk(one) if isinstance(node, ast.Name)}
    return bool(LOOKERS & named or {"user", "request"} & {one.arg for one in arguments})


def unseeing(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each query that asks for nobody's sight: (line, model)."""
    above = {below: node for node in ast.walk(tree) for below in ast.iter_child_nodes(node)}
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if not isinstance(node, ast.Attribute) or node.attr != "objects":
                continue
            model = node.value.id if isinstance(node.value, ast.Name) else ""
            if model in SIGHTED and not is_narrowed(node, function, above):
                yield node.lineno, model


def is_narrowed(query: ast.expr, function: ast.FunctionDef, above: dict[ast.AST, ast.AST]) -> bool:
    """Whether this query, by itself or under the name that it is given, asks for sight or for what
    hangs on something in sight."""
    names, words = {""}, set()
    while isinstance(step := above[query], ast.Attribute | ast.Call | ast.Subscript):
        if query not in (getattr(step, "value", None), getattr(step, "func", None)):
            break
        names |= {step.attr} if isinstance(step, ast.Attribute) else set()
        if isinstance(step, ast.Call) and query.attr in ("filter", "get"):  # type: ignore[attr-defined]  # a method
            words |= narrowed_by(step)
        query = step
    if isinstance(step, ast.Call) and ast.unparse(step.func) == "get_object_or_404":
        words |= narrowed_by(step) if step.args[0] is query else set()
    if names & {"visible_to", *READ_NOTHING} or words & {"visible_to", *HELD}:
        return True
    if not isinstance(step, ast.Assign) or not isinstance(step.targets[0], ast.Name):
        return False
    uses = [node for node in ast.walk(function) if is_use(node, step)]
    return any(is_narrowed(use, function, above) for use in uses)


def narrowed_by(call: ast.Call) -> set[str]:
    """The fields that a call narrows by, and "visible_to" where what is in sight is among them."""
    asked = {node.attr for one in call.keywords for node in ast.walk(one.value)
             if isinstance(node, ast.Attribute)}  # fmt: skip
    return {one.arg for one in call.keywords if one.arg} | (asked & {"visible_to"})


def is_use(node: ast.AST, given: ast.Assign) -> TypeGuard[ast.expr]:
    """Whether the name that was given here is used there, later."""
    name = ast.unparse(given.targets[0])
    is_name = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id == name
    return is_name and node.lineno > (given.end_lineno or 0)


def test_no_page_form_or_file_asks_for_rows_without_asking_who_sees_them() -> None:
    found, used = [], set()
    for place, tree in pages():
        for line, model in unseeing(tree):
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
        (
            "def page(r, v):\n    p = Paper.objects.get(vendor=v)\n    return Case.objects.all()",
            1,
        ),
        ("def page(r, v):\n    p = Paper.objects.all()\n    return p.filter(vendor=v)", 0),
        ("def page(r, v):\n    p = Paper.objects.all()\n    return p.filter(state=v)", 1),
        ("def page(r):\n    return get_object_or_404(Paper.objects.visible_to(r), pk=1)", 0),
        ("def page(r):\n    return get_object_or_404(Paper.objects.all(), pk=1)", 1),
    ],
)
def test_the_rule_finds_what_it_is_for(text: str, count: int) -> None:
    assert len(list(unseeing(ast.parse(text)))) == count
