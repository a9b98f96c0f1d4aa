"""Which transitions there are, found in the code itself, and which of them no race stands for."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from types import FunctionType

from django.apps import apps

import documents.actions
import onboarding.actions
import training.actions
import workflows.actions
from bench.racing import desk, meetings, offices, races, road, watch
from bench.racing.quiet import QUIET
from workflows import flows, lifecycle

LAID_BY = (road, desk, offices, meetings, watch)
ROOMS = (onboarding.actions, documents.actions, training.actions, workflows.actions)


def transitions() -> set[str]:
    """Every verb of the road, every node at which somebody acts, every act whose first argument is
    a row of any table."""
    nodes = {
        f"{flow.__name__}.{node.name}"
        for flow in (flows.CaseFlow, flows.ChangeFlow)
        for node in flow.instance.nodes()
        if node.task_type == "HUMAN" or type(node).__name__ == "Handle"
    }
    return nodes | _acts() | {move.verb for move in lifecycle.table()}


def _acts() -> set[str]:
    """By name; with its room before it where two rooms have an act of that name."""
    found: dict[str, dict[FunctionType, str]] = defaultdict(dict)
    models = {model.__name__ for model in apps.get_models()}
    for room in ROOMS:
        for name, act in vars(room).items():
            if isinstance(act, FunctionType) and models & _taken_first(act):
                found[name].setdefault(act, f"{room.__name__.partition('.')[0]}.{name}")
    return {
        name if len(acts) == 1 else full for name, acts in found.items() for full in acts.values()
    }


def _taken_first(act: FunctionType) -> set[str]:
    """The words of the type of the first argument; none where all are given by name."""
    first = next(iter(inspect.signature(act).parameters.values()), None)
    if first is None or first.kind is inspect.Parameter.KEYWORD_ONLY:
        return set()
    return set(re.findall(r"\w+", str(first.annotation)))


def without_a_race() -> set[str]:
    """The transitions that no race stands for and nobody has said why."""
    known = _raced() | _excused()
    return {name for name in transitions() if not {name, _plain(name)} & known}


def named_for_nothing() -> set[str]:
    """What is excused although there is no such transition, or although it is raced."""
    found = transitions()
    return (_excused() - found - {_plain(name) for name in found}) | (_excused() & _raced())


def _raced() -> set[str]:
    return set().union(*(one.covers for one in races.SCENARIOS.values()))


def _excused() -> set[str]:
    return {name for names in QUIET.values() for name in names}


def _plain(name: str) -> str:
    """A name without its room: the desk's act of the same name is done by way of the room's."""
    room, _dot, plain = name.rpartition(".")
    return plain if room in {one.__name__.partition(".")[0] for one in ROOMS} else name
