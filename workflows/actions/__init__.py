"""What the desk does: it moves the vendor, gives work to people, writes the trail, tells people."""

from workflows.actions.afterwards import (
    add_pictures as add_pictures,
    draw_certificates as draw_certificates,
    write_session_paper as write_session_paper,
)
from workflows.actions.allocating import (
    give_up_allocation as give_up_allocation,
    give_up_inviting as give_up_inviting,
    invite_allocated as invite_allocated,
    order_allocation as order_allocation,
    order_invitations as order_invitations,
    work_out_allocation as work_out_allocation,
)
from workflows.actions.answering import (
    answer_invitation as answer_invitation,
    offer_free_seats as offer_free_seats,
    pass_on_seats as pass_on_seats,
    put_on_waiting_list as put_on_waiting_list,
    remind_due_guests as remind_due_guests,
    remind_guests as remind_guests,
    renew_answer_link as renew_answer_link,
)
from workflows.actions.approving import (
    approve_many as approve_many,
    confirm_approval as confirm_approval,
    draw_approval as draw_approval,
    drop_approval as drop_approval,
    give_up_approving as give_up_approving,
    open_sampled as open_sampled,
)
from workflows.actions.asking import (
    find_by_word as find_by_word,
    may_reopen as may_reopen,
    open_complaint as open_complaint,
    open_support as open_support,
    reopen_ticket as reopen_ticket,
)
from workflows.actions.assigning import (
    assign_auditors as assign_auditors,
    end_assignment as end_assignment,
    enter_assignment as enter_assignment,
)
from workflows.actions.assisting import (
    begin_assistance as begin_assistance,
    check_acts_for as check_acts_for,
    end_assistance as end_assistance,
)
from workflows.actions.bases import import_bases as import_bases
from workflows.actions.breaches import (
    close_breach as close_breach,
    enter_breach as enter_breach,
    give_up_telling as give_up_telling,
    note_authority as note_authority,
    tell_breach as tell_breach,
    tell_concerned as tell_concerned,
)
from workflows.actions.campaigns import (
    change_campaign as change_campaign,
    make_campaign as make_campaign,
    remind_silent as remind_silent,
    replay_campaign as replay_campaign,
    send_campaign as send_campaign,
    tell_again as tell_again,
    tell_offices as tell_offices,
    tell_reminded as tell_reminded,
)
from workflows.actions.casenotes import add_case_note as add_case_note
from workflows.actions.casework import (
    claim_case as claim_case,
    give_back_case as give_back_case,
    hand_on_case as hand_on_case,
    open_case as open_case,
    release_stale_claims as release_stale_claims,
    verify_case as verify_case,
)
from workflows.actions.changing import (
    drop_change_case as drop_change_case,
    note_validity as note_validity,
    open_change_case as open_change_case,
    open_expiring as open_expiring,
)
from workflows.actions.conflicts import (
    add_mark as add_mark,
    declare_conflict as declare_conflict,
    end_conflict as end_conflict,
    remove_mark as remove_mark,
)
from workflows.actions.consenting import note_consent as note_consent
from workflows.actions.corrections import (
    add_correction_item as add_correction_item,
    answer_item as answer_item,
    change_correction_item as change_correction_item,
    remove_correction_item as remove_correction_item,
    resolve_item as resolve_item,
    resubmit_case as resubmit_case,
    return_case as return_case,
    set_correction_due as set_correction_due,
)
from workflows.actions.counting import (
    count_due as count_due,
    count_figures as count_figures,
    order_count as order_count,
)
from workflows.actions.decisions import (
    appeal_case as appeal_case,
    decide_case as decide_case,
    send_back_case as send_back_case,
)
from workflows.actions.drafting import (
    add_files as add_files,
    add_piece as add_piece,
    miss_paper as miss_paper,
    remove_old_drafts as remove_old_drafts,
    send_draft as send_draft,
)
from workflows.actions.drawing import (
    draw_cases as draw_cases,
    note_sampled as note_sampled,
)
from workflows.actions.endings import (
    lapse_due as lapse_due,
    reinstate_vendor as reinstate_vendor,
    suspend_vendor as suspend_vendor,
    welcome_back as welcome_back,
    withdraw_vendor as withdraw_vendor,
)
from workflows.actions.erasing import (
    ask_erasure as ask_erasure,
    confirm_erasure as confirm_erasure,
    erase_firm as erase_firm,
    erasures_due as erasures_due,
    keep_data as keep_data,
    list_erasures as list_erasures,
    replay_erasures as replay_erasures,
)
from workflows.actions.escalating import tell_of_time as tell_of_time
from workflows.actions.flagging import (
    count_flags as count_flags,
    give_up_flags as give_up_flags,
    order_flags as order_flags,
)
from workflows.actions.guidance import (
    apply_attendance as apply_attendance,
    apply_correction_of_attendance as apply_correction_of_attendance,
    invite_vendors as invite_vendors,
    release_seat as release_seat,
    release_vendors as release_vendors,
    seat_walk_in as seat_walk_in,
    unguide_vendor as unguide_vendor,
    waive_guidance as waive_guidance,
)
from workflows.actions.handover import (
    confirm_listing as confirm_listing,
    delist_vendor as delist_vendor,
    hand_over_case as hand_over_case,
    relist_vendor as relist_vendor,
)
from workflows.actions.heads import (
    check_trail as check_trail,
    give_up_check as give_up_check,
    order_check as order_check,
    resend_head as resend_head,
    watch_trail as watch_trail,
)
from workflows.actions.holding import (
    go_on_with_case as go_on_with_case,
    hold_case as hold_case,
)
from workflows.actions.joining import propose_trained as propose_trained
from workflows.actions.leaving import (
    end_leave as end_leave,
    hand_over_leaves as hand_over_leaves,
    plan_leave as plan_leave,
)
from workflows.actions.letters import (
    cancel_letter as cancel_letter,
    number_letter as number_letter,
    sign_letter as sign_letter,
)
from workflows.actions.links import (
    confirm_contact as confirm_contact,
    make_access_link as make_access_link,
    open_link as open_link,
)
from workflows.actions.merging import (
    judge_waiting as judge_waiting,
    merge_firms as merge_firms,
    settle_firm as settle_firm,
    unmerge_firms as unmerge_firms,
)
from workflows.actions.notes import (
    give_up_notes as give_up_notes,
    note_due as note_due,
    write_notes as write_notes,
)
from workflows.actions.objecting import object_to_value as object_to_value
from workflows.actions.outbox import (
    mark_message_sent as mark_message_sent,
    note_reports as note_reports,
    report_wrong_number as report_wrong_number,
    send_again as send_again,
)
from workflows.actions.packing import (
    cases_of as cases_of,
    give_up_pack as give_up_pack,
    make_pack as make_pack,
    order_pack as order_pack,
    packs_ready as packs_ready,
    take_pack as take_pack,
)
from workflows.actions.pairing import (
    confirm_rest as confirm_rest,
    confirm_same as confirm_same,
    draw_sample as draw_sample,
    give_up_merging as give_up_merging,
    merge_rest as merge_rest,
    say_different as say_different,
    say_same as say_same,
)
from workflows.actions.papers import (
    agree_to_statement as agree_to_statement,
    hand_in_paper as hand_in_paper,
    submit_if_complete as submit_if_complete,
    take_in_correction as take_in_correction,
    take_in_paper as take_in_paper,
)
from workflows.actions.pending import (
    acknowledge_refusal as acknowledge_refusal,
    finish as finish,
    finish_due as finish_due,
    put_off as put_off,
    take_back as take_back,
)
from workflows.actions.planning import (
    call_off_session as call_off_session,
    tell_of_certificates as tell_of_certificates,
    tell_of_move as tell_of_move,
)
from workflows.actions.queueing import (
    drop_queue as drop_queue,
    hand_on_all as hand_on_all,
    keep_queue as keep_queue,
    note_export as note_export,
    take_next_case as take_next_case,
)
from workflows.actions.reaching import (
    choose_channel as choose_channel,
    vouch_for_contact as vouch_for_contact,
)
from workflows.actions.refusing import refuse_file as refuse_file
from workflows.actions.reviewing import review_value as review_value
from workflows.actions.rights import (
    give_consent as give_consent,
    leave_programme as leave_programme,
    move_owner as move_owner,
    note_copy as note_copy,
    propose_correction as propose_correction,
    settle_correction as settle_correction,
    withdraw_consent as withdraw_consent,
)
from workflows.actions.rulework import (
    judge_again as judge_again,
    leave_to_the_sweep as leave_to_the_sweep,
    left_to_the_sweep as left_to_the_sweep,
    work_of_rules as work_of_rules,
)
from workflows.actions.runs import (
    every_letter as every_letter,
    give_up_run as give_up_run,
    number_run as number_run,
    order_run as order_run,
    write_run as write_run,
)
from workflows.actions.screening import (
    override_screening as override_screening,
    screen_sheet as screen_sheet,
    screen_vendors as screen_vendors,
    take_in_referral as take_in_referral,
)
from workflows.actions.searching import note_search as note_search
from workflows.actions.settings import (
    add_holiday as add_holiday,
    change_setting as change_setting,
    remove_holiday as remove_holiday,
)
from workflows.actions.sighting import record_sighting as record_sighting
from workflows.actions.sweeping import sweep_files as sweep_files
from workflows.actions.tickets import (
    answer_ticket as answer_ticket,
    close_ticket as close_ticket,
    hand_on_ticket as hand_on_ticket,
    hand_to_operator as hand_to_operator,
    name_person as name_person,
    note_ticket as note_ticket,
    record_operator_answer as record_operator_answer,
    take_over_ticket as take_over_ticket,
    take_ticket as take_ticket,
)
from workflows.actions.undoing import (
    foresee_undoing as foresee_undoing,
    undo_sheet as undo_sheet,
)
from workflows.actions.verdicts import (
    write_verdict as write_verdict,
    write_verdict_of_batch as write_verdict_of_batch,
)
from workflows.actions.walkins import seat_guests as seat_guests
from workflows.actions.watching import (
    reveal_numbers as reveal_numbers,
    settle_alert as settle_alert,
    watch_browsing as watch_browsing,
)
