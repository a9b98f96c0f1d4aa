"""Every act of the trail in words, so that a timeline reads like a diary and not like a log."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Moves of the vendor along the road (``lifecycle``).
MOVES: Final[dict[str, Any]] = {
    "find_eligible": _("Found eligible"),
    "find_ineligible": _("Found not yet eligible"),
    "invite": _("Invited to technical guidance"),
    "release": _("Seat given back, not counted"),
    "miss": _("Did not come to the session"),
    "guide": _("Counted as guided"),
    "unguide": _("Guidance taken back"),
    "submit": _("Papers complete, case opened"),
    "return_for_correction": _("Returned for correction"),
    "resubmit": _("Corrections handed in"),
    "verify": _("Papers verified"),
    "send_back": _("Sent back to verification"),
    "approve": _("Approved"),
    "reject": _("Rejected"),
    "appeal": _("Objection raised"),
    "register": _("Registered on a platform"),
    "go_live": _("Put on sale"),
    "delist": _("No longer on sale anywhere"),
    "suspend": _("Suspended"),
    "reinstate": _("Reinstated"),
    "withdraw": _("Withdrawn"),
    "lapse": _("Referral lapsed"),
    "refer": _("Referred again"),
    "no_move": _("Recorded without a change of status"),
}

#: Everything else that people and the machine do.
OTHERS: Final[dict[str, Any]] = {
    "receive_sheet": _("List of businesses received"),
    "read_sheet": _("List of businesses read"),
    "confirm_sheet": _("List of businesses confirmed"),
    "enter_sheet": _("List of businesses entered"),
    "cancel_sheet": _("List of businesses cancelled"),
    "refer_vendor": _("Referred by an office"),
    "correct_vendor": _("Facts of the business corrected"),
    "prove_membership": _("Ownership of the business proved"),
    "invite_person": _("Account offered to a colleague"),
    "accept_invitation": _("Account opened by invitation"),
    "open_owner_account": _("Account of the owner opened"),
    "switch_on_account": _("Account switched on"),
    "switch_off_account": _("Account switched off"),
    "hand_in_paper": _("Document handed in"),
    "agree_to_statement": _("Statement agreed to"),
    "read_paper": _("Document read by the machine"),
    "order_rereading": _("Documents of a period sent to be read again"),
    "reread_paper": _("Document read again by a newer reader"),
    "flag_same_deed": _("The same deed was handed in by another business"),
    "review_value": _("Value on a document checked by a person"),
    "object_to_value": _("The owner says that a value was read wrongly"),
    "plan_session": _("Session planned"),
    "cancel_session": _("Session cancelled"),
    "give_seats": _("Seats given"),
    "release_seat": _("Seat given back"),
    "mark_attendance": _("Attendance marked"),
    "close_sheet": _("Attendance sheet closed"),
    "correct_attendance": _("Attendance corrected"),
    "claim_case": _("Case taken"),
    "give_back_case": _("Case given back"),
    "release_claim": _("Case returned to the queue by itself"),
    "add_correction_item": _("Item added to the list of corrections"),
    "remove_correction_item": _("Item removed from the list of corrections"),
    "put_on_sale": _("Put on sale on one more platform"),
    "take_off_sale": _("Taken off sale on one platform"),
    "number_letter": _("Letter numbered"),
    "send_by_hand": _("Message sent by hand"),
    "sign_letter": _("Signature of a letter recorded"),
    "cancel_letter": _("Letter cancelled"),
    "make_access_link": _("Access link made"),
    "use_sign_in_link": _("Signed in with a link"),
    "change_setting": _("Setting changed"),
    "add_holiday": _("Holiday added"),
    "remove_holiday": _("Holiday removed"),
    "add_reference": _("Reference data added"),
    "change_reference": _("Reference data changed"),
}

ACT_WORDS: Final[dict[str, Any]] = {**MOVES, **OTHERS}

#: What an event keeps beside its sentence; other keys are shown as their code.
DETAILS: Final[dict[str, Any]] = {
    "absent": _("absent"),
    "agency": _("office"),
    "case": _("case"),
    "code": _("reason code"),
    "codes": _("reason codes"),
    "created": _("new"),
    "differing": _("values that differ"),
    "digest": _("fingerprint"),
    "field": _("field"),
    "fields": _("fields"),
    "in_force": _("taken over"),
    "item": _("item"),
    "kind": _("kind"),
    "letter": _("letter"),
    "link": _("link"),
    "linked": _("known"),
    "message": _("message"),
    "number": _("number"),
    "of_role": _("role"),
    "outcome": _("outcome"),
    "overruled": _("against the rules"),
    "paper": _("document"),
    "papers": _("documents"),
    "person": _("person"),
    "platform": _("platform"),
    "present": _("present"),
    "purpose": _("purpose"),
    "read": _("read by the machine"),
    "reader": _("reader version"),
    "reasons": _("reasons"),
    "refused": _("refused"),
    "refusal": _("could not be read"),
    "reused": _("known from the same file"),
    "review": _("to be compared"),
    "right": _("right"),
    "round": _("round"),
    "rows": _("rows"),
    "rules_version": _("rules version"),
    "seats": _("seats"),
    "session": _("session"),
    "sha256": _("fingerprint"),
    "sheet": _("list"),
    "since": _("from"),
    "stage": _("step"),
    "state": _("state"),
    "until": _("to"),
    "verdict": _("result"),
    "version": _("version"),
    "waived": _("waived"),
}

#: Reasons that the machine writes, as patterns; what people typed is shown as it was typed.
MACHINE_REASONS: Final[tuple[tuple[re.Pattern[str], Any], ...]] = (
    (re.compile(r"session cancelled"), _("The session was cancelled.")),
    (re.compile(r"waiting time"), _("The waiting time after a refusal is not over.")),
    (re.compile(r"(?P<count>\d+) missed sessions"), _("Missed %(count)s sessions.")),
    (re.compile(r"submit_days passed"), _("The papers were not completed in time.")),
    (re.compile(r"correction window passed"), _("The corrections were not handed in in time.")),
    (re.compile(r"idle_days passed"), _("Nothing happened for too long.")),
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
