"""Every door of the site and who may go through it: the table that the access matrix walks.

A row says who may ``look`` (GET) and who may ``act`` (POST), by the letters of the roles; whoever
is not named is refused, and those who are named but see only their own do not find another's.
``thing`` names the object of the world that stands in the address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from onboarding import roles

LETTERS = {
    "O": roles.OFFICER,
    "P": roles.APPROVER,
    "A": roles.AGENCY,
    "C": roles.COOPERATIVE,
    "V": roles.VENDOR,
    "T": roles.TRAINER,
    "U": roles.AUDITOR,
    "M": roles.MANAGER,
    "K": roles.ADMIN,
}
EVERYBODY = "O P A C V T U M K"
#: These see what is theirs only; another's page does not exist for them.
SEE_THEIR_OWN = frozenset({roles.AGENCY, roles.COOPERATIVE, roles.VENDOR, roles.TRAINER})


@dataclass(frozen=True)
class Door:
    """One address; "" among the roles is who has not signed in."""

    name: str
    look: frozenset[str] = frozenset()
    act: frozenset[str] = frozenset()
    things: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | Callable[[Any], Mapping[str, Any]] = field(default_factory=dict)
    answers: frozenset[int] = frozenset({200, 302, 400, 409, 422})
    refusal: str = "forbidden"
    is_packaged: bool = False
    is_shared: bool = False

    @property
    def is_scoped(self) -> bool:
        """An object of somebody stands in the address, and not everybody may know it."""
        named = any(not word.startswith("=") for word in self.things.values())
        return named and "" not in self.look and not self.is_shared

    def args(self, find: Callable[[str], Any]) -> dict[str, Any]:
        """Fill the address; a word that begins with ``=`` stands for itself."""
        found = {
            key: word[1:] if word.startswith("=") else find(word)
            for key, word in self.things.items()
        }
        return {key: getattr(thing, "pk", thing) for key, thing in found.items()}

    def filled(self, find: Callable[[str], Any]) -> Mapping[str, Any]:
        """Return what is posted."""
        return self.body(find) if callable(self.body) else self.body


def _roles(letters: str) -> frozenset[str]:
    return frozenset(LETTERS[letter] for letter in letters.split())


def door(
    name: str,
    *,
    look: str = "",
    act: str = "",
    body: Any = None,
    answers: Any = None,
    is_shared: bool = False,
    **things: str,
) -> Door:
    """A door of our own for those who are signed in; a shared thing is nobody's own."""
    more: dict[str, Any] = {"answers": frozenset(answers)} if answers else {}
    more["is_shared"] = is_shared
    return Door(name, _roles(look), _roles(act), things, body or {}, **more)


def public(name: str, *, act: bool = False, answers: Any = (200, 302), **things: str) -> Door:
    """A door that is open to whoever knows the address."""
    everybody = _roles(EVERYBODY) | {""}
    acting = everybody if act else frozenset()
    return Door(name, everybody, acting, things, answers=frozenset(answers))


def packaged(
    name: str, *, is_open: bool = False, answers: Any = (200, 302, 405), **things: str
) -> Door:
    """A door that a package brought: its own forms answer other methods as they like."""
    people = _roles(EVERYBODY) | ({""} if is_open else set())
    return Door(name, people, people, things, answers=frozenset(answers), is_packaged=True)


def kept(
    name: str,
    *,
    look: str = "K",
    act: str = "K",
    refusal: str = "login",
    answers: Any = (200, 302, 405),
    **things: str,
) -> Door:
    """A page of Django's own for the keeper; everybody else is sent to sign in as the keeper."""
    return Door(
        f"admin:{name}",
        _roles(look),
        _roles(act),
        things,
        answers=frozenset(answers),
        refusal=refusal,
        is_packaged=True,
    )


def _ours() -> tuple[Door, ...]:
    return (
        # --- open to all ---
        public("home"),
        public("healthz"),
        public("workflows:metrics"),
        door("workflows:health", look="K"),
        public("complain", act=True, answers=(200, 302, 422)),
        public("workflows:complaint_status", act=True, answers=(200, 422)),
        door("workflows:own_ticket", look=EVERYBODY, act=EVERYBODY, pk="support",
             body={"act": "reopen", "text": "Contoh"}, answers=(200, 404, 409)),
        public("privacy"),
        public("source"),
        public("source_archive"),
        public("workflows:refer_oneself", act=True, answers=(200, 302, 422)),
        public("workflows:referred_oneself"),
        public("workflows:sign_in"),
        public("workflows:receive_sign_in_link", token="sign_in_token"),
        public("workflows:use_sign_in_link", act=True, answers=(200, 409)),
        public("workflows:receive_status_link", token="status_token", answers=(302,)),
        public("workflows:receive_status_link", token="=contoh", answers=(404,)),
        public("workflows:status", answers=(404,)),
        packaged("workflows:send_code_of_link", is_open=True, answers=(302, 405)),
        public("workflows:accept_invitation", token="invitation_token"),
        public("workflows:use_invitation", act=True, answers=(409,)),
        # --- offices and their referrals ---
        door("onboarding:referrals", look="O A C U"),
        door("onboarding:export_referrals", look="O A C U"),
        door("onboarding:upload_sheet", look="O A C", act="O A C"),
        door("onboarding:template", look="O A C"),
        door("onboarding:template_csv", look="O A C"),
        door("onboarding:sheet", look="O A C U", pk="sheet"),
        door("onboarding:sheet_progress", look="O A C U", pk="sheet"),
        door("onboarding:confirm_sheet", act="O A C", pk="sheet"),
        door("onboarding:cancel_sheet", act="O A C", pk="sheet"),
        door("onboarding:refused_rows", look="O A C", pk="sheet"),
        door("onboarding:mended_file", look="O A C", pk="sheet"),
        door("onboarding:confirm_columns", look="O A C", act="O A C", pk="sheet"),
        door("onboarding:accept_repairs", act="O A C", pk="sheet",
             body={"kind": "nib:nib_length"}),
        door("onboarding:fix_row", look="O A C", act="O A C", pk="sheet", row="sheet_row"),
        door("onboarding:overrule_doubt", act="O A C", pk="sheet", row="sheet_row"),
        door("workflows:undo_sheet", look="O A C", act="O A C", pk="sheet",
             body={"reason": "Contoh"}),
        door("onboarding:refer_vendor", look="O A C", act="O A C"),
        # --- the keeper ---
        door("onboarding:people", look="K"),
        door("onboarding:invite_person", look="K", act="K"),
        door("onboarding:withdraw_invitation", act="K", pk="invitation"),
        door("onboarding:reset_factors", look="K", act="K", pk="person", body={"reason": "Contoh"}),
        door("onboarding:set_person_active", act="K", pk="person", body={"active": "0"}),
        door("workflows:settings", look="K", act="K", body={"act": "setting", "key": "verify_days",
             "value": "9", "reason": "Contoh"}),
        # --- papers ---
        door("documents:page_image", look="O P V U", pk="page"),
        door("documents:page_spot", look="O P V U", pk="page", box="=0-0-40-40"),
        door("documents:original", look="O P V U", pk="original"),
        door("documents:progress", look="O P V U", pk="paper"),
        # --- guidance ---
        door("training:sessions", look="O P T U M"),
        door("training:plan_session", look="O", act="O"),
        door("training:session", look="O P T U M", pk="session"),
        door("training:plan_series", look="O", act="O"),
        door("training:series", look="O P T U M", pk="series"),
        door("training:change_session", look="O", act="O", pk="session"),
        door("training:move_session", look="O", act="O", pk="session"),
        door("training:sessions_for_offices", look="O A C"),
        door("training:name_participants", look="A C", act="A C", pk="government", is_shared=True,
             body={"name": "Contoh"}),
        door("training:seat_offices", look="O", act="O", pk="government"),
        door("training:release_office_seat", act="O A C", pk="office_seat"),
        door("training:session_entry", look="O P T U M", pk="session"),
        door("training:calendar", look="O P T U M"),
        door("training:make_feed", act="O P T M"),
        door("training:revoke_feed", act="O P T M"),
        public("training:feed", token="feed_token", answers=(200,)),
        door("training:venues", look="O P T U M"),
        door("training:add_venue", look="O", act="O"),
        door("training:keep_venue", look="O", act="O", pk="venue"),
        door("training:syllabi", look="O P T U M"),
        door("training:add_syllabus", act="O"),
        door("training:add_material", act="O", pk="syllabus"),
        door("training:attendance_sheet", look="O T", act="O T", pk="session",
             body=lambda find: {"present": find("seat").pk, "why": "no_pass"}),
        # the door of a session
        door("training:door", look="O T", pk="session"),
        public("training:door_worker", answers=(200,)),
        door("training:sync_scans", act="O T", pk="session"),
        door("training:import_scans", act="O T", pk="session"),
        door("training:settle_scans", look="O T", act="O T", pk="dispute",
             body={"present": "0", "reason": "Contoh"}),
        public("training:receive_pass", token="pass", answers=(302,)),
        public("training:opened_pass", answers=(404,)),
        door("training:check_in", act="O T", answers=(409,)),
        door("training:seat_pass", look="V", pk="seat"),
        door("training:renew_pass", look="O T", act="O T", pk="seat", body={"reason": "Contoh"}),
        door("training:hall_screen", look="O T", pk="session"),
        door("training:hall_code", look="O T", pk="session"),
        public("training:check_in_oneself", act=True, answers=(200, 400), pk="session"),
        public("training:receive_hall_code", answers=(302,), pk="session", code="=CONTOH22"),
        public("workflows:pass_of_invitation", answers=(302,)),
        door("workflows:roster_pdf", look="O T", pk="session"),
        door("training:close_sheet", act="O T", pk="session", body={"present": "0", "sure": "on"}),
        door("training:cancel_session", act="O", pk="session", body={"reason": "Contoh"}),
        door("training:correct_attendance", look="O", act="O", pk="attended",
             body={"present": "0", "reason": "Contoh"}),
        door("workflows:invite_vendors", look="O", act="O", pk="session",
             body=lambda find: {"vendors": find("vendor").pk}),
        door("workflows:make_allocation", look="O", act="O", pk="session"),
        door("workflows:allocation", look="O", act="O", pk="allocation",
             body={"act": "invite", "invite-letters": "list", "invite-waiting": "0"}),
        door("workflows:guest_letters", look="O P U", act="O", pk="session",
             body={"act": "number", "number-first": "027/1/2026",
                   "number-dated_on": "2026-01-05"}),
        door("workflows:guest_bundle", look="O P U", pk="guest_bundle"),
        door("workflows:remind_guests", look="O", act="O", pk="session", body={"whom": "all"}),
        door("workflows:record_answer", look="O", act="O", pk="seat", body={"act": "yes"}),
        door("workflows:renew_answer_link", act="O", pk="seat"),
        public("workflows:receive_answer_link", token="answer_token", answers=(302,)),
        public("workflows:receive_answer_link", token="=contoh", answers=(404,)),
        public("workflows:answer_invitation", act=True, answers=(404,)),
        public("workflows:calendar_of_invitation", answers=(404,)),
        door("workflows:answer_own_invitation", look="V", act="V", pk="invited",
             body={"act": "yes"}),
        door("workflows:calendar_of_own_invitation", look="V", pk="invited"),
        door("workflows:release_seat", look="O", act="O", pk="seat", body={"declined": "1"}),
        door("workflows:seat_walk_in", look="O T", act="O T", pk="session",
             body=lambda find: {"number": find("vendor").nib, "reason": "Contoh", "sure": "1"}),
        # --- after a session ---
        door("training:picture", look="O P T U M", pk="picture"),
        door("training:give_feedback", look="V", act="V", pk="attended",
             body={"useful": "5", "clear": "4", "ready": "3", "remark": "Contoh"}),
        door("training:take_quiz", look="V", act="V", pk="attended", body={"q1": "0"}),
        door("training:quiz", look="O", act="O", pk="syllabus",
             body={"text": "Contoh?", "answers": "Ya\nTidak", "right": "1"}),
        door("workflows:after_session", look="O P T U M", pk="closed"),
        door("workflows:add_picture", act="O T", pk="closed", body={"kind": "photo"}),
        door("workflows:write_session_paper", act="O", pk="closed", slug="=laporan"),
        door("workflows:certificates", look="O U", act="O", pk="closed",
             body={"signed_by_name": "Contoh", "signed_on": "2026-01-05"}),
        door("workflows:certificates_progress", look="O U", pk="closed"),
        door("workflows:certificate_bundle", look="O", pk="batch"),
        door("workflows:certificate_pdf", look="O V U", pk="certificate"),
        door("workflows:change_certificate", look="O", act="O", pk="certificate",
             body={"reason": "Contoh"}),
        public("workflows:feedback_of_link", act=True, answers=(302,)),
        public("workflows:quiz_of_link", act=True, answers=(302,)),
        public("workflows:check_certificate", act=True, answers=(200, 400, 404)),
        public("workflows:certificate", code="certificate_code"),
        # --- the owner ---
        door("workflows:own_firms", look="V"),
        door("workflows:prove_membership", look="V", act="V", pk="membership",
             body=lambda find: {"number": find("membership").vendor.nib}),
        door("workflows:own_data", look="V", pk="vendor"),
        door("workflows:copy_own_data", act="V", pk="vendor"),
        door("workflows:propose_correction", look="V", act="V", pk="vendor"),
        door("workflows:change_consent", act="V", pk="vendor", answers=(302, 404)),
        door("workflows:settle_correction", act="O", pk="=0", answers=(404,)),
        door("workflows:move_owner", look="O", act="O", pk="=0", answers=(404,)),
        door("workflows:own_page", look="V", pk="vendor"),
        door("workflows:ask_support", look="O V", act="O V", pk="active",
             body={"platform": "toko-daring", "topic": "order", "text": "Contoh"}),
        # --- complaints, faults and the search ---
        door("workflows:tickets", look="O U M"),
        door("workflows:ticket", look="O U M", act="O M", pk="support",
             body={"act": "note", "note-text": "Contoh"}),
        door("workflows:search", look="O P A C U", act="O P A C U", body={"wanted": "contoh"}),
        door("workflows:hand_in_paper", look="V", act="V", pk="vendor", slug="=ktp"),
        door("workflows:send_piece", look="V", act="V", pk="vendor", slug="=ktp",
             answers=(200, 422)),
        door("workflows:arrange_draft", act="V", pk="vendor", slug="=ktp"),
        door("workflows:check_draft", look="V", act="V", pk="vendor", slug="=ktp"),
        door("workflows:draft_picture", look="V", pk="vendor", page="=1", answers=(200, 404)),
        door("workflows:miss_paper", act="V", pk="vendor", slug="=nib"),
        door("workflows:receipt", look="V", pk="guided", paper="paper"),
        door("workflows:receipt_pdf", look="V", pk="guided", paper="paper"),
        public("workflows:receive_receipt_link", token="=falsch", answers=(404,)),
        public("workflows:check_receipt", answers=(404,)),
        door("workflows:object_to_value", act="V", pk="vendor", slug="=ktp",
             body={"paper": "1", "field": "deed_number", "note": "12"}),
        door("workflows:agree_to_statement", look="V", act="V", pk="vendor",
             slug="=pakta-integritas", body={"agree": "on"}),
        door("workflows:resubmit_case", look="V", act="V", pk="returned"),
        door("workflows:answer_item", act="V", pk="returned", item="asked_item",
             body={"answer": "Contoh"}),
        door("workflows:report_change", look="V", act="V", pk="active", body={"kind": "KBLI_2025"}),
        door("workflows:take_back_change", act="V", pk="active"),
        door("workflows:appeal_case", look="V", act="V", pk="rejected", body={"reason": "Contoh"}),
        door("workflows:say_own_reach", act="V", pk="vendor", body={"channel": "whatsapp"}),
        door("workflows:withdraw_own_firm", look="V", act="V", pk="vendor",
             body={"reason": "Contoh", "sure": "on"}),
        # --- the queue and the review ---
        door("workflows:queue", look="O P"),
        door("workflows:take_next", act="O P", body={"tab": "verify"}),
        door("workflows:review_case", look="O P U", pk="case"),
        door("workflows:case_beside", look="O P U", pk="case"),
        door("workflows:add_case_note", act="O P", pk="case", body={"note-text": "Contoh"}),
        door("workflows:take_back_act", act="O P", pk="=0", answers=(404,)),
        door("workflows:acknowledge_refusal", act="O P", pk="=0", answers=(404,)),
        door("workflows:claim_case", act="O P", pk="case"),
        door("workflows:give_back_case", act="O P", pk="case"),
        door("workflows:hold_case", act="O P", pk="case",
             body={"hold-reason": "Contoh", "hold-look_again_on": "2099-01-01"}),
        door("workflows:go_on_with_case", act="O P", pk="case"),
        door("workflows:hand_on_case", look="O P", act="O P", pk="case"),
        door("workflows:hand_on_all", look="O P", act="O P"),
        door("workflows:leaves", look="O P", act="O P"),
        door("workflows:end_leave", act="O P", pk="leave"),
        door("workflows:keep_queue", act="O P", body={"name": "Contoh", "query": "tab=late"}),
        door("workflows:drop_queue", act="O P", pk="kept_queue"),
        door("workflows:export_queue", act="O P", body={"query": "tab=late"}),
        door("workflows:add_correction_item", act="O", pk="case",
             body={"reason_code": "NAME_MISMATCH", "text": "Contoh"}),
        door("workflows:remove_correction_item", act="O", pk="case", item="item"),
        door("workflows:change_correction_item", look="O", act="O", pk="case", item="item",
             body={"text": "Contoh"}),
        door("workflows:set_correction_due", act="O", pk="case", body={"due_on": "2026-12-01"}),
        door("workflows:record_sighting", act="O", pk="case", body={"seen-place": "Contoh"}),
        door("workflows:compare_versions", look="O P U", pk="case", paper="case_paper"),
        door("workflows:review_value", act="O", pk="case", paper="paper",
             body={"path": "deed_number", "outcome": "right"}),
        door("workflows:return_case", act="O", pk="case"),
        door("workflows:verify_case", act="O", pk="case", body={"advice": "approve"}),
        door("workflows:decide_case", act="P", pk="verified", body={"decision": "approve"}),
        door("workflows:send_back_case", act="P", pk="verified", body={"back-reason": "Contoh"}),
        door("workflows:hand_over_case", act="O", pk="approved",
             body={"platform": "toko-daring", "account": "Contoh", "registered_on": "2026-01-05"}),
        door("workflows:confirm_listing", act="O", pk="registered",
             body={"on_sale_on": "2026-01-06"}),
        # --- firms that may be one ---
        door("workflows:twins", look="O"),
        door("workflows:judge_pair", look="O", act="O", pk="pair", body={"verdict": "same"}),
        door("workflows:draw_sample", act="O"),
        door("workflows:merge_rest", act="O", pk="sample", body={"count": "1"}),
        door("workflows:merge_same", act="O", body={"count": "1"}),
        door("workflows:merge", look="O P U", act="O P", pk="merge",
             body={"are_two": "two", "reason": "Contoh"}),
        # --- firms ---
        door("workflows:vendors", look="O P U", act="O P U", body={"wanted": "Contoh"}),
        door("workflows:vendor", look="O P U", pk="vendor"),
        door("workflows:correct_vendor", look="O", act="O", pk="vendor",
             body={"name": "Contoh Lain", "reason": "Contoh"}),
        door("workflows:reveal_numbers", act="O P", pk="vendor", body={"reveal-reason": "Contoh"}),
        door("workflows:alerts", look="U M K"),
        door("workflows:settle_alert", act="M", pk="alert",
             body=lambda find: {f"alert-{find('alert').pk}-note": "Contoh"}),
        door("workflows:assist_owner", look="O C", act="O C", pk="helped",
             body={"consent_of": "Contoh", "way": "phone", "knows": "on"}),
        door("workflows:end_assistance", act="O C V", pk="assistance"),
        door("workflows:make_access_link", act="O", pk="vendor", body={"purpose": "sign_in"}),
        door("workflows:say_reach", act="O", pk="vendor", body={"channel": "whatsapp"}),
        door("workflows:confirm_contact", act="O", pk="vendor",
             body=lambda find: {"membership": find("vendor").memberships.get().pk}),
        door("workflows:open_change_case", act="O", pk="active",
             body={"change-kind": "KBLI_2025", "change-kbli": "56301"}),
        door("workflows:drop_change_case", act="O", pk="active", body={"drop-reason": "Contoh"}),
        door("workflows:note_validity", act="O", pk="active"),
        door("workflows:move_vendor", act="O", pk="vendor", verb="=withdraw",
             body={"withdraw-reason": "Contoh"}),
        door("workflows:move_vendor", act="P", pk="active", verb="=suspend",
             body={"suspend-reason": "Contoh"}),
        door("workflows:change_listing", act="O", pk="listing",
             body=lambda find: {f"listing-{find('listing').pk}-reason": "Contoh"}),
        # --- audits ---
        door("workflows:audits", look="U M K"),
        door("workflows:assign_auditors", look="M K", act="M K"),
        door("workflows:audit", look="U M K", pk="audit"),
        door("workflows:audit_letter", look="U M K", pk="audit", answers=(404,)),
        door("workflows:end_audit", act="M K", pk="audit", body={"reason": "Contoh"}),
        door("workflows:audit_progress", look="U M K", pk="audit"),
        door("workflows:draw_cases", act="U", pk="audit", body={"method": "random", "size": "1"}),
        door("workflows:count_flags", act="U", pk="audit"),
        door("workflows:red_flags", look="U M", pk="audit", slug="=by-hand"),
        door("workflows:order_pack", act="U", pk="audit"),
        door("workflows:take_pack", look="U", pk="audit_pack"),
        door("workflows:audit_sample", look="U M", pk="audit_sample"),
        door("workflows:export_sample", look="U M", pk="audit_sample", kind="=csv"),
        door("workflows:note_sampled", look="U", act="U", pk="sampled",
             body={"outcome": "fine", "note": "Contoh"}),
        # --- requests to offices ---
        public("workflows:receive_request_link", token="request_token", answers=(302, 404)),
        public("workflows:answer_request", act=True, answers=(404,)),
        door("workflows:answer_own_request", look="O A C", act="O A C", pk="asked",
             body={"act": "nothing", "nothing-said_by": "Contoh", "nothing-note": "Contoh"}),
        door("workflows:campaigns", look="O U"),
        door("workflows:make_campaign", look="O", act="O"),
        door("workflows:campaign", look="O U", pk="campaign"),
        door("workflows:change_campaign", look="O", act="O", pk="draft_campaign"),
        door("workflows:move_campaign", act="O", pk="campaign", verb="=tutup"),
        door("workflows:move_campaign", act="O", pk="draft_campaign", verb="=kirim"),
        door("workflows:remind_offices", act="O", pk="campaign",
             body=lambda find: {"requests": find("asked").pk}),
        door("workflows:export_campaign", look="O U", pk="campaign"),
        door("workflows:campaign_letters", look="O U", act="O", pk="campaign",
             body={"act": "number", "number-first": "027/1/2026",
                   "number-dated_on": "2026-01-05"}),
        door("workflows:letter_bundle", look="O U", pk="bundle"),
        door("workflows:office_request", look="O U", act="O", pk="asked", body={"act": "link"}),
        # --- rules, sanctions, registers ---
        door("workflows:rules", look="O P U M K"),
        door("workflows:draft_rules", act="M K"),
        door("workflows:rule_version", look="O P U M K", act="M K", number="draft",
             body={"act": "plan", "from_on": ""}),
        door("workflows:preview_file", look="O P U M", number="draft"),
        door("workflows:change_rule", look="M K", act="M K", number="draft", line="=0",
             body={"is_on": "on"}),
        door("workflows:blacklist", look="O P U", act="O", body={"act": "import"}),
        door("workflows:ask_register", act="O", pk="vendor", body={"register-register": "oss"}),
        # --- many approved at once, minutes of decision ---
        door("workflows:approvals", look="P", act="P"),
        door("workflows:approval", look="P", act="P", pk="approval", body={"count": "1"}),
        door("workflows:open_sampled", act="P", pk="approval", case="=1"),
        door("workflows:write_verdict", act="O P", pk="approved"),
        door("workflows:write_verdict_of_batch", act="O P", pk="approval"),
        # --- ties of colleagues ---
        door("workflows:own_ties", look="O P A C T", act="O P A C T",
             body={"kind": "email", "value": "contoh@contoh.test"}),
        door("workflows:remove_mark", act="O P A C T", pk="mark", answers=(302, 404)),
        door("workflows:declare_conflict", look="O P A C T", act="O P A C T", pk="tied",
             body={"reason": "Contoh"}),
        door("workflows:end_conflict", look="O P", act="O P", pk="conflict",
             body={"reason": "Contoh"}),
        # --- letters and messages ---
        door("workflows:letters", look="O P U"),
        door("workflows:letter", look="O P U", act="O", pk="letter",
             body={"act": "cancel", "cancel-reason": "Contoh"}),
        door("workflows:letter_pdf", look="O P U", pk="letter"),
        door("workflows:messages", look="O U"),
        door("workflows:mark_message_sent", act="O", pk="message"),
        door("workflows:send_next", look="O"),
        door("workflows:message_samples", look="O K"),
        door("workflows:change_text", act="O", pk="message", body={"text": "Contoh"}),
        door("workflows:report_wrong_number", act="O", pk="message"),
        door("workflows:send_again", act="O", pk="message"),
        public("workflows:whatsapp_reports", act=True, answers=(404,)),
        # --- those who look ---
        door("workflows:overview", look="M"),
        door("workflows:evenness", look="O P U M"),
        door("workflows:papers_missed", look="O P U M"),
        door("workflows:count_figures", act="O M"),
        door("workflows:region_bases", look="O P U M", act="O"),
        door("workflows:export_evenness", look="O P U M", kind="=csv"),
        door("workflows:export_evenness", look="O P U M", kind="=xlsx"),
        door("workflows:trend", look="O P U M"),
        door("workflows:forecast", look="O P U M"),
        door("onboarding:joining", look="O P A C U M"),
        door("onboarding:office_road", look="O P A C U M", act="O", pk="agency",
             body={"act": "write"}),
        door("workflows:accuracy", look="U M K"),
        door("workflows:rereadings", look="O P U K", act="K", body={"since": "2026-01-01"}),
        door("workflows:trail", look="U"),
        door("workflows:erasures", look="M"),
        door("workflows:decide_erasure", act="M", pk="erasure", is_shared=True,
             body=lambda find: {f"{find('erasure').pk}-act": "keep",
                                f"{find('erasure').pk}-reason": "Contoh"}),
        door("workflows:breaches", look="M K", act="M K"),
        door("workflows:breach", look="M K", act="M K", pk="breach", is_shared=True),
        door("workflows:ask_erasure", act="V", pk="vendor"),
        door("workflows:trail_heads", look="U M K"),
        door("workflows:order_check", act="K"),
        door("workflows:resend_head", act="K", pk="trail_head", is_shared=True),
    )  # fmt: skip


def _of_accounts() -> tuple[Door, ...]:
    return (
        packaged("set_language", is_open=True),
        packaged("account_login", is_open=True),
        packaged("account_logout", is_open=True),
        packaged("account_inactive", is_open=True),
        packaged("account_signup", is_open=True),
        packaged("account_email_verification_sent", is_open=True),
        packaged("account_confirm_email", is_open=True, key="=contoh", answers=(200, 404, 405)),
        packaged("account_reset_password", is_open=True),
        packaged("account_reset_password_done", is_open=True),
        packaged("account_reset_password_from_key", is_open=True, uidb36="=1", key="=contoh"),
        packaged("account_reset_password_from_key_done", is_open=True),
        packaged("account_request_login_code", is_open=True),
        packaged("account_confirm_login_code", is_open=True),
        packaged("mfa_authenticate", is_open=True),
        packaged("account_reauthenticate"),
        packaged("account_email"),
        packaged("account_change_password"),
        packaged("account_set_password"),
        packaged("mfa_index"),
        packaged("mfa_reauthenticate"),
        packaged("mfa_activate_totp"),
        packaged("mfa_generate_recovery_codes"),
        # Not found as long as this person has no second factor.
        packaged("mfa_deactivate_totp", answers=(404,)),
        packaged("mfa_view_recovery_codes", answers=(404, 405)),
        packaged("mfa_download_recovery_codes", answers=(404,)),
        packaged("mfa_list_webauthn"),
        packaged("mfa_add_webauthn"),
        packaged("mfa_reauthenticate_webauthn"),
        packaged("mfa_login_webauthn", is_open=True),
        packaged("mfa_remove_webauthn", answers=(404, 405), pk="=1"),
        packaged("mfa_edit_webauthn", answers=(404, 405), pk="=1"),
        # Not there without a sign-on in the settings.
        packaged("workflows:sign_on", is_open=True, answers=(404, 405)),
        packaged("workflows:sign_on_return", is_open=True, answers=(404, 405)),
        packaged("workflows:link_sign_on", answers=(404, 405)),
        door("usersessions_list", look=EVERYBODY, act=EVERYBODY, answers=(200, 302, 409)),
        door("end_device", act=EVERYBODY, answers=(409,), pk="=1"),
    )


#: Reference rows by the word of the world that names one; the last three are looked at only.
CHANGED = {
    "onboarding_agency": "agency",
    "documents_documenttype": "=ktp",
    "documents_requirement": "requirement",
    "workflows_rejectionreason": "=NAME_MISMATCH",
    "workflows_platform": "=toko-daring",
}
LOOKED_AT = {
    "onboarding_region": "=35.78",
    "workflows_holiday": "holiday",
    "workflows_setting": "setting",
}


def _of_the_keeper() -> tuple[Door, ...]:
    doors = [
        kept("index"),
        kept("login", refusal="forbidden"),
        kept("logout", refusal="302"),
        kept("password_change"),
        kept("password_change_done"),
        kept("autocomplete", look="", act=""),
        kept("jsi18n"),
        kept("view_on_site", answers=(404,), content_type_id="=1", object_id="=1"),
        kept("app_list", app_label="=workflows"),
    ]
    for model, word in (CHANGED | LOOKED_AT).items():
        keeper = "K" if model in CHANGED else ""
        doors += [
            kept(f"{model}_changelist"),
            kept(f"{model}_add", look=keeper, act=keeper),
            kept(f"{model}_change", act=keeper, object_id=word),
            kept(f"{model}_history", object_id=word),
            kept(f"{model}_delete", look="", act="", object_id=word),
        ]
    return tuple(doors)


_OURS = _ours()
DOORS = (*_OURS, *_of_accounts(), *_of_the_keeper())
BY_NAME: dict[str, list[Door]] = {}
for _door in DOORS:
    BY_NAME.setdefault(_door.name, []).append(_door)

#: Parts of a page that stand behind a tab, a filter or a search in the address.
PARTS: dict[str, tuple[str, ...]] = {
    "onboarding:referrals": ("tab=lists", "status=ELIGIBLE"),
    "onboarding:sheet": ("verdict=refused", "verdict=created"),
    "onboarding:people": ("role=vendor", "name=contoh"),
    "training:sessions": ("tab=past",),
    "training:calendar": ("month=2026-12", "month=x"),
    "training:attendance_sheet": ("close=1", "q=contoh"),
    "workflows:invite_vendors": ("tick=1", "category=Makanan"),
    "workflows:queue": ("tab=mine", "tab=vendor", "tab=hand-over", "tab=listing", "tab=decide"),
    "workflows:twins": ("part=strong", "part=same", "after=1"),
    "workflows:vendors": ("status=ELIGIBLE", "region=35.78"),
    "workflows:vendor": ("part=work", "part=sent", "part=history"),
    "workflows:campaign": ("show=silent", "show=late"),
    "workflows:campaign_letters": ("reminder=1",),
    "workflows:letters": ("state=DRAFT",),
    "workflows:blacklist": ("part=all",),
    "workflows:messages": ("state=BY_HAND", "state=FAILED", "kind=guided&region=35.78", "kind=x"),
    "workflows:send_next": ("kind=guided&region=35.78", "after=1", "after=x"),
    "workflows:alerts": ("part=all",),
    "workflows:trail": ("act=invite", "role=officer"),
    "workflows:evenness": ("map=cadence",),
    "workflows:export_evenness": ("for=public",),
    "workflows:forecast": ("firms=10", "firms=x&by=kemarin"),
    "onboarding:joining": ("kind=opd", "step=not_joined", "kind=x"),
    "workflows:accuracy": ("reader=2", "since=2026-01-01&format=csv"),
    "workflows:rereadings": ("since=2026-01-01", "since=kemarin", "before=1"),
    "workflows:settings": ("key=verify_days",),
    "workflows:tickets": ("tab=all", "tab=conduct", "tab=x&kind=support&state=NEW"),
}
#: The same page with another object of the world in its address.
FURTHER: dict[str, tuple[str, ...]] = {
    "training:session": ("closed",),
    "workflows:own_page": ("returned", "rejected", "active", "guided"),
    "workflows:review_case": ("verified", "approved", "registered"),
    "workflows:vendor": ("active", "returned", "rejected"),
}


def pages_of(role: str, find: Callable[[str], Any]) -> list[str]:
    """Return the address of every page of ours that this role may look at, parts included."""
    addresses = []
    for one in _OURS:
        if role not in one.look or "" in one.look:
            continue
        url = reverse(one.name, kwargs=one.args(find))
        addresses += [url, *(f"{url}?{part}" for part in PARTS.get(one.name, ()))]
        addresses += [reverse(one.name, args=[find(word).pk]) for word in FURTHER.get(one.name, ())]
    return addresses
