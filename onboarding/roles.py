"""Who may do what, in one table that can be read aloud.

An *act* is ``room.verb_noun``; Django's ``user.has_perm(act)`` and our ``user.may(act)`` both
answer
from ``ACTS``. Rooms check acts through Django's own permission calls, so they need not know this
module. Whether the act fits the vendor's status is asked of the lifecycle, not of this table.
"""

from __future__ import annotations

from typing import Final

OFFICER: Final = "officer"
APPROVER: Final = "approver"
AGENCY: Final = "agency"
COOPERATIVE: Final = "cooperative"
VENDOR: Final = "vendor"
TRAINER: Final = "trainer"
AUDITOR: Final = "auditor"
MANAGER: Final = "manager"
ADMIN: Final = "admin"
SYSTEM: Final = "system"

ROLES: Final = (
    OFFICER,
    APPROVER,
    AGENCY,
    COOPERATIVE,
    VENDOR,
    TRAINER,
    AUDITOR,
    MANAGER,
    ADMIN,
)

REFERRERS: Final = frozenset({AGENCY, COOPERATIVE, OFFICER})
SEES_EVERY_VENDOR: Final = frozenset({OFFICER, APPROVER, AUDITOR, MANAGER, SYSTEM})
STAFF: Final = frozenset({OFFICER, APPROVER, TRAINER, AUDITOR, MANAGER, ADMIN})

_REFERRING: Final = frozenset(
    {
        "workflows.search_everything",
        "onboarding.view_joining",
        "training.name_participants",
        "onboarding.answer_requests",
        "onboarding.confirm_sheet",
        "onboarding.refer_vendors",
        "onboarding.undo_sheet",
        "onboarding.view_referrals",
    }
)
#: All that an auditor may do while no assignment runs: read that none does.
WITHOUT_ASSIGNMENT: Final = frozenset({"workflows.read_audits"})
#: On the owner's pages, for a firm whose owner consented; the desk asks for the consent each time.
_ASSISTING: Final = frozenset(
    {
        "workflows.assist_owner",
        "workflows.hand_in_paper",
        "workflows.own_page",
        "workflows.resubmit_case",
    }
)

ACTS: Final[dict[str, frozenset[str]]] = {
    OFFICER: _REFERRING
    | _ASSISTING
    | {
        "workflows.end_assistance",
        "workflows.end_conflict",
        "onboarding.ask_registers",
        "onboarding.refer_walk_in",
        "onboarding.import_blacklist",
        "onboarding.judge_blacklist",
        "onboarding.view_blacklist",
        "onboarding.view_rules",
        "documents.view_papers",
        "onboarding.correct_vendor",
        "onboarding.judge_pairs",
        "onboarding.remind_offices",
        "onboarding.run_campaigns",
        "onboarding.view_campaigns",
        "onboarding.write_joining",
        "training.answer_invitations",
        "training.make_feed",
        "training.plan_session",
        "training.view_sessions",
        "training.take_attendance",
        "training.close_sheet",
        "training.correct_attendance",
        "training.issue_certificates",
        "training.view_certificates",
        "workflows.answer_tickets",
        "workflows.appeal_for_owner",
        "workflows.ask_support",
        "workflows.confirm_contact",
        "workflows.confirm_listing",
        "workflows.count_figures",
        "workflows.declare_conflict",
        "workflows.delist_vendor",
        "workflows.hand_in_paper",
        "workflows.hand_over_case",
        "workflows.invite_vendors",
        "workflows.make_access_link",
        "workflows.merge_firms",
        "workflows.note_validity",
        "workflows.number_letter",
        "workflows.open_change",
        "workflows.override_screening",
        "workflows.read_timeline",
        "workflows.record_sighting",
        "workflows.release_seat",
        "workflows.return_case",
        "workflows.reveal_numbers",
        "workflows.review_value",
        "workflows.read_samples",
        "workflows.say_reach",
        "workflows.send_by_hand",
        "workflows.unguide_vendor",
        "workflows.unmerge_firms",
        "workflows.verify_case",
        "workflows.view_rereadings",
        "workflows.view_letters",
        "workflows.view_messages",
        "workflows.view_evenness",
        "workflows.view_tickets",
        "workflows.view_vendors",
        "workflows.waive_guidance",
        "workflows.withdraw_vendor",
        "workflows.work_queue",
        "workflows.write_bases",
        "workflows.write_minutes",
        "workflows.write_verdict",
    },
    APPROVER: frozenset(
        {
            "onboarding.view_blacklist",
            "onboarding.view_joining",
            "onboarding.view_rules",
            "documents.view_papers",
            "onboarding.judge_pairs",
            "training.make_feed",
            "training.view_sessions",
            "workflows.decide_case",
            "workflows.declare_conflict",
            "workflows.end_conflict",
            "workflows.read_timeline",
            "workflows.reinstate_vendor",
            "workflows.reveal_numbers",
            "workflows.search_everything",
            "workflows.send_back_case",
            "workflows.suspend_vendor",
            "workflows.unmerge_firms",
            "workflows.view_evenness",
            "workflows.view_letters",
            "workflows.view_rereadings",
            "workflows.view_vendors",
            "workflows.work_queue",
            "workflows.write_verdict",
        }
    ),
    AGENCY: _REFERRING | {"training.answer_invitations", "workflows.declare_conflict"},
    COOPERATIVE: _REFERRING
    | _ASSISTING
    | {"training.answer_invitations", "workflows.declare_conflict"},
    VENDOR: frozenset(
        {
            "documents.view_papers",
            "training.answer_for_seat",
            "training.answer_invitations",
            "training.view_certificates",
            "workflows.appeal_case",
            "workflows.ask_support",
            "workflows.hand_in_paper",
            "workflows.end_assistance",
            "workflows.open_change",
            "workflows.own_page",
            "workflows.resubmit_case",
            "workflows.say_reach",
            "workflows.withdraw_vendor",
        }
    ),
    TRAINER: frozenset(
        {
            "onboarding.refer_walk_in",
            "training.make_feed",
            "training.view_sessions",
            "training.take_attendance",
            "training.close_sheet",
            "workflows.declare_conflict",
        }
    ),
    AUDITOR: frozenset(
        {
            "onboarding.view_blacklist",
            "onboarding.view_rules",
            "documents.view_papers",
            "onboarding.view_campaigns",
            "onboarding.view_joining",
            "onboarding.view_referrals",
            "training.view_certificates",
            "training.view_sessions",
            "workflows.audit",
            "workflows.read_audits",
            "workflows.read_findings",
            "workflows.read_trail",
            "workflows.read_timeline",
            "workflows.search_everything",
            "workflows.view_accuracy",
            "workflows.view_alerts",
            "workflows.view_evenness",
            "workflows.view_heads",
            "workflows.view_letters",
            "workflows.view_messages",
            "workflows.view_rereadings",
            "workflows.view_tickets",
            "workflows.view_vendors",
        }
    ),
    MANAGER: frozenset(
        {
            "onboarding.change_rules",
            "onboarding.view_joining",
            "onboarding.view_rules",
            "training.make_feed",
            "training.view_sessions",
            "workflows.answer_tickets",
            "workflows.count_figures",
            "workflows.assign_auditors",
            "workflows.oversee_audits",
            "workflows.read_audits",
            "workflows.read_findings",
            "workflows.settle_alerts",
            "workflows.view_accuracy",
            "workflows.view_alerts",
            "workflows.view_evenness",
            "workflows.erase_data",
            "workflows.keep_breaches",
            "workflows.view_funnel",
            "workflows.view_heads",
            "workflows.view_tickets",
        }
    ),
    ADMIN: frozenset(
        {
            "onboarding.change_rules",
            "onboarding.view_rules",
            "onboarding.manage_people",
            "workflows.assign_auditors",
            "workflows.oversee_audits",
            "workflows.read_audits",
            "workflows.change_settings",
            "workflows.read_samples",
            "workflows.reread_papers",
            "workflows.keep_breaches",
            "workflows.resend_head",
            "workflows.view_heads",
            "workflows.view_accuracy",
            "workflows.view_alerts",
            "workflows.view_health",
            "workflows.view_rereadings",
        }
    ),
    SYSTEM: frozenset(
        {
            "onboarding.correct_vendor",
            "onboarding.enter_self_referral",
            "onboarding.answer_requests",
            "onboarding.confirm_sheet",
            "onboarding.refer_vendors",
            "onboarding.remind_offices",
            "training.answer_for_seat",
            "training.answer_invitations",
            "training.close_sheet",
            "workflows.invite_vendors",
            "workflows.lapse_vendor",
            "workflows.open_change",
            "workflows.release_seat",
            "workflows.screen_vendors",
            "workflows.submit_vendor",
        }
    ),
}

EVERY_ACT: Final = frozenset().union(*ACTS.values())


def may(role: str, act: str) -> bool:
    """Say whether a role holds an act; an act nobody holds is a typing error and raises
    KeyError."""
    if act not in EVERY_ACT:
        raise KeyError(f"no role holds the act {act!r}")
    return act in ACTS.get(role, frozenset())
