"""What the desk does: it moves the vendor, gives work to people, writes the trail, tells people."""

from workflows.actions.casework import (
    add_correction_item,
    claim_case,
    give_back_case,
    open_case,
    release_stale_claims,
    remove_correction_item,
    resubmit_case,
    return_case,
    verify_case,
)
from workflows.actions.decisions import appeal_case, decide_case, send_back_case
from workflows.actions.endings import (
    lapse_due,
    reinstate_vendor,
    suspend_vendor,
    welcome_back,
    withdraw_vendor,
)
from workflows.actions.guidance import (
    apply_attendance,
    apply_correction_of_attendance,
    invite_vendors,
    release_seat,
    release_vendors,
    seat_walk_in,
    unguide_vendor,
    waive_guidance,
)
from workflows.actions.handover import confirm_listing, delist_vendor, hand_over_case, relist_vendor
from workflows.actions.letters import cancel_letter, number_letter, sign_letter
from workflows.actions.links import confirm_contact, make_access_link, open_link
from workflows.actions.objecting import object_to_value
from workflows.actions.outbox import mark_message_sent
from workflows.actions.papers import (
    agree_to_statement,
    hand_in_paper,
    submit_if_complete,
    take_in_correction,
    take_in_paper,
)
from workflows.actions.queueing import take_next_case
from workflows.actions.reviewing import review_value
from workflows.actions.screening import override_screening, screen_vendors
from workflows.actions.settings import add_holiday, change_setting, remove_holiday

__all__ = [
    "add_correction_item",
    "add_holiday",
    "agree_to_statement",
    "appeal_case",
    "apply_attendance",
    "apply_correction_of_attendance",
    "cancel_letter",
    "change_setting",
    "claim_case",
    "confirm_contact",
    "confirm_listing",
    "decide_case",
    "delist_vendor",
    "give_back_case",
    "hand_in_paper",
    "hand_over_case",
    "invite_vendors",
    "lapse_due",
    "make_access_link",
    "mark_message_sent",
    "number_letter",
    "object_to_value",
    "open_case",
    "open_link",
    "override_screening",
    "reinstate_vendor",
    "release_seat",
    "release_stale_claims",
    "release_vendors",
    "relist_vendor",
    "remove_correction_item",
    "remove_holiday",
    "resubmit_case",
    "return_case",
    "review_value",
    "screen_vendors",
    "seat_walk_in",
    "send_back_case",
    "sign_letter",
    "submit_if_complete",
    "suspend_vendor",
    "take_in_correction",
    "take_in_paper",
    "take_next_case",
    "unguide_vendor",
    "verify_case",
    "waive_guidance",
    "welcome_back",
    "withdraw_vendor",
]
