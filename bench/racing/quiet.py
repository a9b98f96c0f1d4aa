"""Acts that no race stands for, and why: they read, or say again what may be said again."""

from __future__ import annotations

QUIET = {
    "only asked: nothing is written": (
        "check_acts_for", "is_own_seat", "cases_of", "code_of", "digests_of", "due_seats",
        "every_letter", "foresee_undoing", "guests_of", "hall_code", "has_hall_open", "in_turn",
        "is_answered", "judged_pages", "lesson_hours", "link_token", "may_reopen", "moment_of",
        "only_named_by", "open_disagreements", "pass_of", "preview_of", "seat_token",
        "sessions_of", "unheard_devices", "waiting_of", "why_over",
    ),
    "only takes a lock or checks": ("lock_open_session",),
    "pages and papers: raced by their own keys in tests/faults/test_races.py": (
        "add_files", "add_piece", "hand_in_paper", "send_draft", "add_pictures", "miss_paper",
        "write_session_paper",
    ),
    "the owner's own draft, under its lock; nothing of it counts before it is sent": (
        "documents.drop_draft", "move_page", "remove_page", "save_draft",
    ),
    "said anew as often as somebody says it; the last word counts": (
        "choose_channel", "give_consent", "withdraw_consent", "note_validity", "set_correction_due",
        "object_to_value", "propose_correction", "record_sighting", "review_value", "note_consent",
        "answer_quiz", "mark_attendance", "change_session", "move_session", "report_wrong_number",
        "change_campaign", "change_contact",
        "change_correction_item", "change_rule", "plan_rules", "fix_row", "judge_name",
        "note_authority", "note_sampled", "acknowledge_refusal",
    ),
    "written down once for each form, and each is one more": (
        "note_refusal", "add_material", "answer_request", "answer_with_list", "repeat_rule",
        "save_question", "remove_question",
    ),
    "under the list's lock; what is mended or answered is not proposed a second time": (
        "accept_repairs", "overrule_doubt",
    ),
    "made anew each time it is asked for, and each is on record": (
        "draw_cases", "order_pack", "order_preview", "replay_campaign", "renew_link",
        "resend_head", "make_access_link",
    ),
    "kept because it was looked at or taken along": (
        "note_copy", "reveal_numbers", "open_original", "take_pack",
    ),
    "asked once for a firm, by a constraint": ("ask_erasure",),
    "part of an act that is raced": (
        "confirm_contact", "expire_hold", "leave_programme", "mark_reminded", "offer_free_seats",
        "offer_seats", "open_allocation", "propose_trained", "put_on_waiting_list", "seat_guests",
        "vouch_for_contact", "wait_for_seats", "drop_sessions",
        "place_guest", "take_in_referral", "tell_of_move",
    ),
    "a message with a unique key: told a second time it is not written": (
        "tell_again", "tell_of_certificates",
    ),
    "judged together with all marks of a seat, whatever their order": (
        "check_in", "check_in_oneself", "record_scans",
    ),
    "raced in tests/faults/test_race_of_answers.py": ("release_office_seat", "seat_office_people"),
    "work that is ordered: one job of a kind and subject": (
        "ask_register", "order_allocation", "remind_guests", "send_again",
    ),
    "ordered again it writes only the letters that are missing, under the lock of their subject": (
        "order_run",
    ),
    "a step of work that one worker holds by its lease (tests/faults/test_worker.py)": (
        "close_allocation", "fill_allocation", "finish_batch", "keep_certificate", "note_judged",
        "note_screened",
    ),
}  # fmt: skip
