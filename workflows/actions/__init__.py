"""What the desk does: it moves the vendor, gives work to people, writes the trail, tells people."""

from workflows.actions.afterwards import add_pictures, draw_certificates, write_session_paper
from workflows.actions.allocating import (
    give_up_allocation,
    give_up_inviting,
    invite_allocated,
    order_allocation,
    order_invitations,
    work_out_allocation,
)
from workflows.actions.answering import (
    answer_invitation,
    offer_free_seats,
    pass_on_seats,
    put_on_waiting_list,
    remind_due_guests,
    remind_guests,
    renew_answer_link,
)
from workflows.actions.assisting import begin_assistance, check_acts_for, end_assistance
from workflows.actions.bases import import_bases
from workflows.actions.campaigns import (
    change_campaign,
    make_campaign,
    remind_silent,
    replay_campaign,
    send_campaign,
    tell_again,
    tell_offices,
    tell_reminded,
)
from workflows.actions.casework import (
    claim_case,
    give_back_case,
    hand_on_case,
    open_case,
    release_stale_claims,
    verify_case,
)
from workflows.actions.corrections import (
    add_correction_item,
    remove_correction_item,
    resubmit_case,
    return_case,
)
from workflows.actions.counting import count_due, count_figures, order_count
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
from workflows.actions.joining import propose_trained
from workflows.actions.letters import cancel_letter, number_letter, sign_letter
from workflows.actions.links import confirm_contact, make_access_link, open_link
from workflows.actions.merging import (
    judge_waiting,
    merge_firms,
    settle_firm,
    unmerge_firms,
)
from workflows.actions.notes import give_up_notes, note_due, write_notes
from workflows.actions.objecting import object_to_value
from workflows.actions.outbox import mark_message_sent
from workflows.actions.pairing import (
    confirm_rest,
    confirm_same,
    draw_sample,
    give_up_merging,
    merge_rest,
    say_different,
    say_same,
)
from workflows.actions.papers import (
    agree_to_statement,
    hand_in_paper,
    submit_if_complete,
    take_in_correction,
    take_in_paper,
)
from workflows.actions.planning import call_off_session, tell_of_move
from workflows.actions.queueing import (
    drop_queue,
    hand_on_all,
    keep_queue,
    note_export,
    take_next_case,
)
from workflows.actions.reviewing import review_value
from workflows.actions.rulework import judge_again, leave_to_the_sweep, work_of_rules
from workflows.actions.runs import every_letter, give_up_run, number_run, order_run, write_run
from workflows.actions.screening import override_screening, screen_sheet, screen_vendors
from workflows.actions.settings import add_holiday, change_setting, remove_holiday
from workflows.actions.undoing import foresee_undoing, undo_sheet
from workflows.actions.walkins import seat_guests

__all__ = [
    "add_correction_item",
    "add_holiday",
    "add_pictures",
    "agree_to_statement",
    "answer_invitation",
    "appeal_case",
    "apply_attendance",
    "apply_correction_of_attendance",
    "begin_assistance",
    "call_off_session",
    "cancel_letter",
    "change_campaign",
    "change_setting",
    "check_acts_for",
    "claim_case",
    "confirm_contact",
    "confirm_listing",
    "confirm_rest",
    "confirm_same",
    "count_due",
    "count_figures",
    "decide_case",
    "delist_vendor",
    "draw_certificates",
    "draw_sample",
    "drop_queue",
    "end_assistance",
    "every_letter",
    "foresee_undoing",
    "give_back_case",
    "give_up_allocation",
    "give_up_inviting",
    "give_up_merging",
    "give_up_notes",
    "give_up_run",
    "hand_in_paper",
    "hand_on_all",
    "hand_on_case",
    "hand_over_case",
    "import_bases",
    "invite_allocated",
    "invite_vendors",
    "judge_again",
    "judge_waiting",
    "keep_queue",
    "lapse_due",
    "leave_to_the_sweep",
    "make_access_link",
    "make_campaign",
    "mark_message_sent",
    "merge_firms",
    "merge_rest",
    "note_due",
    "note_export",
    "number_letter",
    "number_run",
    "object_to_value",
    "offer_free_seats",
    "open_case",
    "open_link",
    "order_allocation",
    "order_count",
    "order_invitations",
    "order_run",
    "override_screening",
    "pass_on_seats",
    "propose_trained",
    "put_on_waiting_list",
    "reinstate_vendor",
    "release_seat",
    "release_stale_claims",
    "release_vendors",
    "relist_vendor",
    "remind_due_guests",
    "remind_guests",
    "remind_silent",
    "remove_correction_item",
    "remove_holiday",
    "renew_answer_link",
    "replay_campaign",
    "resubmit_case",
    "return_case",
    "review_value",
    "say_different",
    "say_same",
    "screen_sheet",
    "screen_vendors",
    "seat_guests",
    "seat_walk_in",
    "send_back_case",
    "send_campaign",
    "settle_firm",
    "sign_letter",
    "submit_if_complete",
    "suspend_vendor",
    "take_in_correction",
    "take_in_paper",
    "take_next_case",
    "tell_again",
    "tell_of_move",
    "tell_offices",
    "tell_reminded",
    "undo_sheet",
    "unguide_vendor",
    "unmerge_firms",
    "verify_case",
    "waive_guidance",
    "welcome_back",
    "withdraw_vendor",
    "work_of_rules",
    "work_out_allocation",
    "write_notes",
    "write_run",
    "write_session_paper",
]
