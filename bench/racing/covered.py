"""Which transitions there are, found in the code itself, and which of them no race stands for."""

from __future__ import annotations

import inspect
from types import FunctionType

import onboarding.actions
import training.actions
import workflows.actions
from bench.racing import desk, races, road
from workflows import flows, lifecycle

SUBJECTS = frozenset(
    ("Case", "FirmPair", "Letter", "Listing", "Merge", "Message", "Seat", "Session", "Ticket",
     "Vendor")
)  # fmt: skip
LAID_BY = (road, desk)
#: Acts that move nothing that a race could break twice, and why.
QUIET = {
    "pages and papers: raced by their own keys in tests/faults/test_races.py": (
        "add_files", "add_piece", "hand_in_paper", "send_draft", "add_pictures", "miss_paper",
        "write_session_paper",
    ),
    "said anew as often as somebody says it; the last word counts": (
        "choose_channel", "give_consent", "withdraw_consent", "note_validity", "set_correction_due",
        "object_to_value", "propose_correction", "record_sighting", "review_value", "note_consent",
        "answer_quiz", "mark_attendance", "change_session", "move_session", "report_wrong_number",
    ),
    "kept because it was looked at or taken along": ("note_copy", "reveal_numbers"),
    "asked once for a firm, by a constraint": ("ask_erasure",),
    "shown once and made anew each time": ("make_access_link",),
    "only asked": ("check_acts_for", "is_own_seat"),
    "part of an act that is raced": (
        "confirm_contact", "expire_hold", "leave_programme", "mark_reminded", "offer_free_seats",
        "offer_seats", "open_allocation", "propose_trained", "put_off", "put_on_waiting_list",
        "seat_guests", "vouch_for_contact", "wait_for_seats",
    ),
    "judged together with all marks of a seat, whatever their order": (
        "check_in", "check_in_oneself", "record_scans",
    ),
    "raced in tests/faults: test_race_of_answers, test_certificates": (
        "order_certificates", "release_office_seat", "seat_office_people",
    ),
    "work that is ordered: one job of a kind and subject": (
        "ask_register", "order_allocation", "remind_guests", "send_again",
    ),
}  # fmt: skip


def transitions() -> set[str]:
    """Every verb of the road, every node at which somebody acts, every act on what can move."""
    nodes = {
        f"{flow.__name__}.{node.name}"
        for flow in (flows.CaseFlow, flows.ChangeFlow)
        for node in flow.instance.nodes()
        if node.task_type == "HUMAN" or type(node).__name__ == "Handle"
    }
    rooms = (workflows.actions, training.actions, onboarding.actions)
    acts = {name for room in rooms for name, act in vars(room).items() if _moves(act)}
    return nodes | acts | {move.verb for move in lifecycle.table()}


def _moves(act: object) -> bool:
    if not isinstance(act, FunctionType):
        return False
    taken = inspect.signature(act).parameters
    first = next(iter(taken.values()), None)
    return first is not None and "by" in taken and str(first.annotation).strip("'") in SUBJECTS


def without_a_race() -> set[str]:
    """The transitions that no race stands for and nobody has said why."""
    raced = set().union(*(one.covers for one in races.SCENARIOS.values()))
    return transitions() - raced - {name for names in QUIET.values() for name in names}
