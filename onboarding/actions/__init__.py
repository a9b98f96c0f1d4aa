"""What can be done in this room: every write goes through one of these functions."""

from onboarding.actions.admitting import note_refusal
from onboarding.actions.answers import (
    answer_request,
    answer_with_list,
    change_contact,
    find_request,
    give_time,
    link_token,
    renew_link,
)
from onboarding.actions.blacklist import import_blacklist, judge_name, turn_blacklist
from onboarding.actions.campaigns import (
    change_campaign,
    close_campaign,
    make_campaign,
    remind_offices,
    replay_campaign,
    send_campaign,
)
from onboarding.actions.columns import confirm_columns
from onboarding.actions.devices import drop_sessions, end_sessions, move_owner, sessions_of
from onboarding.actions.firms import (
    correct_vendor,
    refer_oneself,
    refer_vendor,
    refer_walk_in,
)
from onboarding.actions.joining import (
    confirm_joining_step,
    propose_trained,
    withdraw_joining_step,
    write_joining_step,
)
from onboarding.actions.judging import judge_vendors
from onboarding.actions.kbli import load_kbli
from onboarding.actions.lists import CHUNK as LIST_CHUNK, import_list, note_screened
from onboarding.actions.merging import (
    judge_pair,
    lock_pair,
    move_memberships,
    move_nominations,
    move_pairs,
)
from onboarding.actions.people import (
    accept_invitation,
    confirm_contact,
    find_invitation,
    invite_person,
    link_sign_on,
    open_owner_account,
    prove_membership,
    reset_factors,
    set_person_active,
    unlink_sign_on,
)
from onboarding.actions.previewing import give_up_preview, work_out_preview
from onboarding.actions.registers import RegisterBusy, ask_again, ask_register, due_to_be_asked
from onboarding.actions.repairs import accept_repairs, fix_row, overrule_doubt
from onboarding.actions.rules import (
    NoPreview,
    RulesNotReady,
    change_rule,
    draft_rules,
    drop_draft,
    finish_judging,
    note_judged,
    order_preview,
    plan_rules,
    preview_of,
    repeat_rule,
    switch_on_rules,
)
from onboarding.actions.sheets import (
    cancel_sheet,
    confirm_sheet,
    enter_sheet,
    give_up_sheet,
    read_sheet,
    receive_sheet,
)
from onboarding.actions.twins import (
    TELLING,
    all_pairs,
    look_again,
    look_for_twins,
    look_for_twins_of_referral,
)
from onboarding.actions.undoing import only_named_by, withdraw_sheet
from onboarding.actions.words import learn_words

__all__ = [
    "LIST_CHUNK",
    "TELLING",
    "NoPreview",
    "RegisterBusy",
    "RulesNotReady",
    "accept_invitation",
    "accept_repairs",
    "all_pairs",
    "answer_request",
    "answer_with_list",
    "ask_again",
    "ask_register",
    "cancel_sheet",
    "change_campaign",
    "change_contact",
    "change_rule",
    "close_campaign",
    "confirm_columns",
    "confirm_contact",
    "confirm_joining_step",
    "confirm_sheet",
    "correct_vendor",
    "draft_rules",
    "drop_draft",
    "drop_sessions",
    "due_to_be_asked",
    "end_sessions",
    "enter_sheet",
    "find_invitation",
    "find_request",
    "finish_judging",
    "fix_row",
    "give_time",
    "give_up_preview",
    "give_up_sheet",
    "import_blacklist",
    "import_list",
    "invite_person",
    "judge_name",
    "judge_pair",
    "judge_vendors",
    "learn_words",
    "link_sign_on",
    "link_token",
    "load_kbli",
    "lock_pair",
    "look_again",
    "look_for_twins",
    "look_for_twins_of_referral",
    "make_campaign",
    "move_memberships",
    "move_nominations",
    "move_owner",
    "move_pairs",
    "note_judged",
    "note_refusal",
    "note_screened",
    "only_named_by",
    "open_owner_account",
    "order_preview",
    "overrule_doubt",
    "plan_rules",
    "preview_of",
    "propose_trained",
    "prove_membership",
    "read_sheet",
    "receive_sheet",
    "refer_oneself",
    "refer_vendor",
    "refer_walk_in",
    "remind_offices",
    "renew_link",
    "repeat_rule",
    "replay_campaign",
    "reset_factors",
    "send_campaign",
    "sessions_of",
    "set_person_active",
    "switch_on_rules",
    "turn_blacklist",
    "unlink_sign_on",
    "withdraw_joining_step",
    "withdraw_sheet",
    "work_out_preview",
    "write_joining_step",
]
