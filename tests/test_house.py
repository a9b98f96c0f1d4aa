"""The rules of the house that a machine can check."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.dispatch import Signal

from documents import events as documents_events
from onboarding import events as onboarding_events, roles
from onboarding.models import Status
from training import events as training_events
from workflows import lifecycle
from workflows.flows import CaseFlow, ChangeFlow

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("config", "onboarding", "documents", "training", "workflows")
SOURCES = [
    path
    for room in ROOMS
    for path in (ROOT / room).rglob("*.py")
    if "migrations" not in path.parts and path.stat().st_size
]
EVENTS = {
    f"{module.__name__}.{name}": signal
    for module in (onboarding_events, documents_events, training_events)
    for name, signal in vars(module).items()
    if isinstance(signal, Signal)
}


@pytest.mark.parametrize("name", EVENTS)
def test_each_event_has_exactly_one_receiver_at_the_desk(name: str) -> None:
    receivers = [entry[1]() for entry in EVENTS[name].receivers]
    room = name.partition(".")[0]
    assert [receiver.__module__ for receiver in receivers] == [f"workflows.receivers.{room}"]


@pytest.mark.parametrize("name", EVENTS)
def test_each_event_is_sent_by_its_own_room(name: str) -> None:
    room, _events, event = name.split(".")
    senders = [
        path for path in SOURCES if f"events.{event}.send(" in path.read_text(encoding="utf-8")
    ]
    assert senders, f"nobody sends {name}"
    assert {path.relative_to(ROOT).parts[0] for path in senders} == {room}


def test_only_the_lifecycle_writes_the_status_of_a_vendor() -> None:
    writers = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if _writes_vendor_status(node):
                writers.add(str(path.relative_to(ROOT)))
    assert writers == {"workflows/lifecycle.py"}


def _writes_vendor_status(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        targets = [t for t in node.targets if isinstance(t, ast.Attribute) and t.attr == "status"]
        return any(ast.unparse(t).endswith(("vendor.status", "firm.status")) for t in targets)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return (
            node.func.attr in {"update", "create"}
            and "Vendor.objects" in ast.unparse(node.func)
            and any(keyword.arg == "status" for keyword in node.keywords)
        )
    return False


def test_no_page_form_or_admin_writes_a_row_by_itself() -> None:
    written = []
    for path in SOURCES:
        places = {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
        if places & {"views", "forms", "list_forms", "admin", "urls", "templatetags"}:
            calls = [one for one in ast.walk(ast.parse(path.read_text("utf-8"))) if _writes(one)]
            written += [f"{path.relative_to(ROOT)}: {ast.unparse(call)}" for call in calls]
    assert written == []


def _writes(node: ast.AST) -> bool:
    """A call that makes, changes or removes rows; ``update`` is also what dictionaries have."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    if node.func.attr == "update":
        rows = ("objects", "filter(", "exclude(", "all()", "_set")
        return any(word in ast.unparse(node.func.value) for word in rows)
    return node.func.attr in {
        "save", "delete", "create", "bulk_create", "bulk_update", "get_or_create",
        "update_or_create",
    }  # fmt: skip


def test_every_status_can_be_reached_and_all_but_the_ended_can_be_left() -> None:
    moves = lifecycle.table()
    reached = {Status.REFERRED.value} | {move.target for move in moves}
    assert reached == set(Status.values)
    assert {move.source for move in moves} == set(Status.values)


def test_no_signal_of_the_database_is_used() -> None:
    banned = re.compile(r"\b(post_save|pre_save|post_delete|pre_delete|m2m_changed)\b")
    assert [str(p) for p in SOURCES if banned.search(p.read_text(encoding="utf-8"))] == []


#: What one machine writes and another one judges (`workflows.clock`).
COUNT_DOWN = {
    *("lease_until", "send_after", "seen_at", "claimed_at", "hold_until", "due_at", "final_at"),
    *("next_try_at", "taken_at", "refused_since"),
}


def test_what_counts_down_is_never_asked_of_this_machines_clock() -> None:
    found = [
        f"{path}: {ast.unparse(node)}"
        for path in SOURCES
        if "demo" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if _columns_in(node) & COUNT_DOWN and "timezone.now()" in ast.unparse(node)
    ]
    assert found == []


def _columns_in(node: ast.AST) -> set[str]:
    """What is written or compared here: `lease_until__lt=…`, `case.claimed_at = …`, `a.b < …`."""
    if isinstance(node, ast.keyword):
        return {(node.arg or "").partition("__")[0]}
    if not isinstance(node, ast.Assign | ast.Compare | ast.BinOp):
        return set()
    return {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}


def test_every_flow_has_a_real_lock() -> None:
    for flow in (CaseFlow, ChangeFlow):
        lock = flow.lock_impl
        assert type(lock).__name__ == "SelectForUpdateLock"
        assert (lock.nowait, lock.attempts) == (False, 1)


def test_every_human_step_asks_for_a_permission_that_some_role_holds() -> None:
    for node in (*CaseFlow.instance.nodes(), *ChangeFlow.instance.nodes()):
        if node.task_type == "HUMAN":
            assert node._owner_permission in roles.EVERY_ACT, node.name


def test_no_act_is_held_by_nobody_and_every_named_act_exists() -> None:
    named = set()
    for path in SOURCES:
        named |= set(re.findall(r"may\(\s*\"([a-z]+\.[a-z_]+)\"", path.read_text(encoding="utf-8")))
        named |= set(
            re.findall(r"permission_required\(\s*\"([a-z]+\.[a-z_]+)\"", path.read_text("utf-8"))
        )
    assert named <= roles.EVERY_ACT, named - roles.EVERY_ACT


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_file_is_small_and_says_why_it_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400, "split it into a package with the same public names"
    assert ast.get_docstring(ast.parse(text)), "a module begins with a sentence of why"


def test_no_module_has_a_name_that_names_nothing() -> None:
    empty = {"utils", "helpers", "common", "base", "manager", "service", "handler", "data", "info"}
    assert [str(path) for path in SOURCES if path.stem in empty | {"core", "misc"}] == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_page_of_states_is_fresh() -> None:
    call_command("draw_states", check=True)
