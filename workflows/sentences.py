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
    "screen_sheet": _("Businesses of a list held against the rules"),
    "cancel_sheet": _("List of businesses cancelled"),
    "confirm_columns": _("Columns of a list confirmed"),
    "fix_rows": _("Rows of a list mended"),
    "answer_doubt": _("A doubted number was found right"),
    "undo_sheet": _("List of businesses taken back"),
    "begin_assistance": _("Somebody acts for the owner, with consent"),
    "end_assistance": _("Acting for the owner ended"),
    "refer_vendor": _("Referred by an office"),
    "look_for_twins": _("New businesses compared with all others"),
    "make_campaign": _("Request to offices drafted"),
    "change_campaign": _("Request to offices changed"),
    "send_campaign": _("Request sent to offices"),
    "replay_campaign": _("Request to offices drafted anew from an earlier one"),
    "close_campaign": _("Request to offices closed"),
    "write_letters": _("Letters to offices ordered"),
    "answer_request": _("An office answered a request"),
    "give_time": _("An office was given more time"),
    "change_contact": _("Contact of an office changed"),
    "renew_link": _("Link of an office replaced"),
    "remind_offices": _("Silent offices reminded"),
    "write_notes": _("Monthly notes to offices written"),
    "correct_vendor": _("Facts of the business corrected"),
    "judge_pair": _("Said whether two businesses are one"),
    "take_in_firm": _("Another record of the business was merged into this one"),
    "merge_firm": _("Merged into another record of the business"),
    "part_firm": _("A merge was undone"),
    "draw_sample": _("Sample of look-alikes drawn"),
    "stop_sample": _("Sample stopped: two of it are different businesses"),
    "merge_rest": _("Merging of the remaining pairs ordered"),
    "finish_rest": _("Remaining pairs merged"),
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
    "seat_office_people": _("Seats given to people of an office"),
    "release_office_seat": _("Seat of an office’s person given back"),
    "write_joining_step": _("Step of an office written"),
    "confirm_joining_step": _("Proposed step of an office confirmed"),
    "withdraw_joining_step": _("Step of an office taken back"),
    "propose_joining_step": _("Step of an office proposed by the machine"),
    "import_bases": _("Numbers of MSMEs by region brought in"),
    "plan_series": _("Series of sessions planned"),
    "change_session": _("Session changed"),
    "move_session": _("Session moved to another date or place"),
    "keep_venue": _("Hall written down"),
    "keep_syllabus": _("Syllabus or its materials changed"),
    "make_feed": _("Calendar address made"),
    "revoke_feed": _("Calendar address revoked"),
    "cancel_session": _("Session cancelled"),
    "give_seats": _("Seats given"),
    "release_seat": _("Seat given back"),
    "allocate_seats": _("List of who is invited worked out"),
    "override_place": _("List of who is invited changed by hand"),
    "answer_invitation": _("Invitation to a session answered"),
    "wait_for_seats": _("Businesses put on the waiting list of a session"),
    "offer_seats": _("Freed seats held for the next who wait"),
    "remind_guests": _("Guests reminded of a session"),
    "renew_answer_link": _("Answer link of an invitation replaced"),
    "mark_attendance": _("Attendance marked"),
    "record_scans": _("Marks of a device at the door taken in"),
    "settle_scans": _("Disagreement at the door settled"),
    "renew_pass": _("Pass made worthless and renewed"),
    "close_sheet": _("Attendance sheet closed"),
    "correct_attendance": _("Attendance corrected"),
    "add_pictures": _("Photographs of a session added"),
    "write_minutes": _("Minutes or report of a session drafted"),
    "give_feedback": _("Somebody who was there said what they thought"),
    "change_quiz": _("Quiz of a syllabus changed"),
    "answer_quiz": _("Quiz of a session answered"),
    "order_certificates": _("Certificates numbered and ordered"),
    "make_certificates": _("Certificates made"),
    "revoke_certificate": _("Certificate revoked"),
    "claim_case": _("Case taken"),
    "give_back_case": _("Case given back"),
    "hand_on_case": _("Case handed on to a colleague"),
    "keep_queue": _("Queue kept under a name"),
    "drop_queue": _("Queue that was kept removed"),
    "export_queue": _("Queue saved as a file"),
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
    "draft_rules": _("Change of the rules begun"),
    "change_rule": _("Rule of a draft changed"),
    "repeat_rule": _("Line added to a draft of the rules"),
    "plan_rules": _("First day of a draft of the rules set"),
    "drop_draft": _("Draft of the rules dropped"),
    "order_preview": _("Preview of a draft of the rules ordered"),
    "finish_preview": _("Preview of a draft of the rules finished"),
    "switch_on_rules": _("Rules switched on"),
    "judge_again": _("Businesses judged again by new rules"),
    "import_blacklist": _("National blacklist brought in"),
    "judge_blacklist": _("Name on the blacklist judged by a person"),
    "turn_blacklist": _("Sanctions began or ended"),
    "load_kbli": _("List of KBLI codes loaded"),
    "ask_register": _("Register outside asked"),
    "add_reference": _("Reference data added"),
    "change_reference": _("Reference data changed"),
}

ACT_WORDS: Final[dict[str, Any]] = {**MOVES, **OTHERS}

#: What an event keeps beside its sentence; other keys are shown as their code.
DETAILS: Final[dict[str, Any]] = {
    "absent": _("absent"),
    "agency": _("office"),
    "allocation": _("list of who is invited"),
    "rank": _("place in the list"),
    "seat": _("seat"),
    "answer": _("answer"),
    "campaign": _("request to offices"),
    "case": _("case"),
    "code": _("reason code"),
    "codes": _("reason codes"),
    "created": _("new"),
    "differing": _("values that differ"),
    "digest": _("fingerprint"),
    "field": _("field"),
    "fields": _("fields"),
    "firm": _("record"),
    "in_force": _("taken over"),
    "item": _("item"),
    "kind": _("kind"),
    "letter": _("letter"),
    "link": _("link"),
    "left": _("left"),
    "linked": _("known"),
    "merge": _("merge"),
    "merged": _("merged"),
    "message": _("message"),
    "messages": _("messages"),
    "month": _("month"),
    "number": _("number"),
    "of_role": _("role"),
    "outcome": _("outcome"),
    "overruled": _("against the rules"),
    "pair": _("pair"),
    "pairs": _("pairs"),
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
    "request": _("office asked"),
    "requests": _("offices asked"),
    "reused": _("known from the same file"),
    "review": _("to be compared"),
    "right": _("right"),
    "round": _("round"),
    "rows": _("rows"),
    "run": _("run of letters"),
    "attempts": _("attempts"),
    "becoming": _("would become eligible"),
    "changed": _("changed"),
    "codes_loaded": _("codes"),
    "entries": _("sanctions"),
    "entry": _("sanction"),
    "firms": _("businesses"),
    "look": _("to be looked at"),
    "same": _("the same"),
    "strong": _("almost surely the same"),
    "losing": _("would no longer be eligible"),
    "preview": _("preview"),
    "queue": _("queue"),
    "shared": _("for colleagues too"),
    "tab": _("tab"),
    "register": _("register"),
    "rule": _("rule"),
    "rules_number": _("version of the rules"),
    "rules_version": _("rules version"),
    "sample": _("sample"),
    "seats": _("seats"),
    "pictures": _("photographs"),
    "batch": _("batch"),
    "seed": _("seed"),
    "series": _("series"),
    "session": _("session"),
    "sessions": _("sessions"),
    "venue": _("hall"),
    "feed": _("calendar address"),
    "sha256": _("fingerprint"),
    "sheet": _("list"),
    "since": _("from"),
    "stage": _("step"),
    "step": _("step"),
    "on": _("day"),
    "years": _("years"),
    "state": _("state"),
    "unchanged": _("unchanged"),
    "count": _("number of rows"),
    "taken_back": _("referrals taken back"),
    "leaving": _("businesses that left"),
    "stayed": _("businesses that stayed"),
    "until": _("to"),
    "verdict": _("result"),
    "version": _("version"),
    "via": _("by way of"),
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
