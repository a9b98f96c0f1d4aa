"""What the desk does: it moves the vendor, gives work to people, writes the trail, tells people."""

from workflows.actions.afterwards import (
    add_pictures as add_pictures,
)
from workflows.actions.afterwards import (
    draw_certificates as draw_certificates,
)
from workflows.actions.afterwards import (
    write_session_paper as write_session_paper,
)
from workflows.actions.allocating import (
    give_up_allocation as give_up_allocation,
)
from workflows.actions.allocating import (
    give_up_inviting as give_up_inviting,
)
from workflows.actions.allocating import (
    invite_allocated as invite_allocated,
)
from workflows.actions.allocating import (
    order_allocation as order_allocation,
)
from workflows.actions.allocating import (
    order_invitations as order_invitations,
)
from workflows.actions.allocating import (
    work_out_allocation as work_out_allocation,
)
from workflows.actions.answering import (
    answer_invitation as answer_invitation,
)
from workflows.actions.answering import (
    offer_free_seats as offer_free_seats,
)
from workflows.actions.answering import (
    pass_on_seats as pass_on_seats,
)
from workflows.actions.answering import (
    put_on_waiting_list as put_on_waiting_list,
)
from workflows.actions.answering import (
    remind_due_guests as remind_due_guests,
)
from workflows.actions.answering import (
    remind_guests as remind_guests,
)
from workflows.actions.answering import (
    renew_answer_link as renew_answer_link,
)
from workflows.actions.approving import (
    approve_many as approve_many,
)
from workflows.actions.approving import (
    confirm_approval as confirm_approval,
)
from workflows.actions.approving import (
    draw_approval as draw_approval,
)
from workflows.actions.approving import (
    drop_approval as drop_approval,
)
from workflows.actions.approving import (
    give_up_approving as give_up_approving,
)
from workflows.actions.approving import (
    open_sampled as open_sampled,
)
from workflows.actions.asking import (
    find_by_word as find_by_word,
)
from workflows.actions.asking import (
    may_reopen as may_reopen,
)
from workflows.actions.asking import (
    open_complaint as open_complaint,
)
from workflows.actions.asking import (
    open_support as open_support,
)
from workflows.actions.asking import (
    reopen_ticket as reopen_ticket,
)
from workflows.actions.assigning import (
    assign_auditors as assign_auditors,
)
from workflows.actions.assigning import (
    end_assignment as end_assignment,
)
from workflows.actions.assigning import (
    enter_assignment as enter_assignment,
)
from workflows.actions.assisting import (
    begin_assistance as begin_assistance,
)
from workflows.actions.assisting import (
    check_acts_for as check_acts_for,
)
from workflows.actions.assisting import (
    end_assistance as end_assistance,
)
from workflows.actions.bases import import_bases as import_bases
from workflows.actions.breaches import (
    close_breach as close_breach,
)
from workflows.actions.breaches import (
    enter_breach as enter_breach,
)
from workflows.actions.breaches import (
    give_up_telling as give_up_telling,
)
from workflows.actions.breaches import (
    note_authority as note_authority,
)
from workflows.actions.breaches import (
    tell_breach as tell_breach,
)
from workflows.actions.breaches import (
    tell_concerned as tell_concerned,
)
from workflows.actions.campaigns import (
    change_campaign as change_campaign,
)
from workflows.actions.campaigns import (
    make_campaign as make_campaign,
)
from workflows.actions.campaigns import (
    remind_silent as remind_silent,
)
from workflows.actions.campaigns import (
    replay_campaign as replay_campaign,
)
from workflows.actions.campaigns import (
    send_campaign as send_campaign,
)
from workflows.actions.campaigns import (
    tell_again as tell_again,
)
from workflows.actions.campaigns import (
    tell_offices as tell_offices,
)
from workflows.actions.campaigns import (
    tell_reminded as tell_reminded,
)
from workflows.actions.casenotes import add_case_note as add_case_note
from workflows.actions.casework import (
    claim_case as claim_case,
)
from workflows.actions.casework import (
    give_back_case as give_back_case,
)
from workflows.actions.casework import (
    hand_on_case as hand_on_case,
)
from workflows.actions.casework import (
    open_case as open_case,
)
from workflows.actions.casework import (
    release_stale_claims as release_stale_claims,
)
from workflows.actions.casework import (
    verify_case as verify_case,
)
from workflows.actions.changing import (
    drop_change_case as drop_change_case,
)
from workflows.actions.changing import (
    note_validity as note_validity,
)
from workflows.actions.changing import (
    open_change_case as open_change_case,
)
from workflows.actions.changing import (
    open_expiring as open_expiring,
)
from workflows.actions.conflicts import (
    add_mark as add_mark,
)
from workflows.actions.conflicts import (
    declare_conflict as declare_conflict,
)
from workflows.actions.conflicts import (
    end_conflict as end_conflict,
)
from workflows.actions.conflicts import (
    remove_mark as remove_mark,
)
from workflows.actions.consenting import note_consent as note_consent
from workflows.actions.corrections import (
    add_correction_item as add_correction_item,
)
from workflows.actions.corrections import (
    answer_item as answer_item,
)
from workflows.actions.corrections import (
    change_correction_item as change_correction_item,
)
from workflows.actions.corrections import (
    remove_correction_item as remove_correction_item,
)
from workflows.actions.corrections import (
    resolve_item as resolve_item,
)
from workflows.actions.corrections import (
    resubmit_case as resubmit_case,
)
from workflows.actions.corrections import (
    return_case as return_case,
)
from workflows.actions.corrections import (
    set_correction_due as set_correction_due,
)
from workflows.actions.counting import (
    count_due as count_due,
)
from workflows.actions.counting import (
    count_figures as count_figures,
)
from workflows.actions.counting import (
    order_count as order_count,
)
from workflows.actions.decisions import (
    appeal_case as appeal_case,
)
from workflows.actions.decisions import (
    decide_case as decide_case,
)
from workflows.actions.decisions import (
    send_back_case as send_back_case,
)
from workflows.actions.drafting import (
    add_files as add_files,
)
from workflows.actions.drafting import (
    add_piece as add_piece,
)
from workflows.actions.drafting import (
    miss_paper as miss_paper,
)
from workflows.actions.drafting import (
    remove_old_drafts as remove_old_drafts,
)
from workflows.actions.drafting import (
    send_draft as send_draft,
)
from workflows.actions.drawing import (
    draw_cases as draw_cases,
)
from workflows.actions.drawing import (
    note_sampled as note_sampled,
)
from workflows.actions.endings import (
    lapse_due as lapse_due,
)
from workflows.actions.endings import (
    reinstate_vendor as reinstate_vendor,
)
from workflows.actions.endings import (
    suspend_vendor as suspend_vendor,
)
from workflows.actions.endings import (
    welcome_back as welcome_back,
)
from workflows.actions.endings import (
    withdraw_vendor as withdraw_vendor,
)
from workflows.actions.erasing import (
    ask_erasure as ask_erasure,
)
from workflows.actions.erasing import (
    confirm_erasure as confirm_erasure,
)
from workflows.actions.erasing import (
    erase_firm as erase_firm,
)
from workflows.actions.erasing import (
    erasures_due as erasures_due,
)
from workflows.actions.erasing import (
    keep_data as keep_data,
)
from workflows.actions.erasing import (
    list_erasures as list_erasures,
)
from workflows.actions.erasing import (
    replay_erasures as replay_erasures,
)
from workflows.actions.escalating import tell_of_time as tell_of_time
from workflows.actions.flagging import (
    count_flags as count_flags,
)
from workflows.actions.flagging import (
    give_up_flags as give_up_flags,
)
from workflows.actions.flagging import (
    order_flags as order_flags,
)
from workflows.actions.guidance import (
    apply_attendance as apply_attendance,
)
from workflows.actions.guidance import (
    apply_correction_of_attendance as apply_correction_of_attendance,
)
from workflows.actions.guidance import (
    invite_vendors as invite_vendors,
)
from workflows.actions.guidance import (
    release_seat as release_seat,
)
from workflows.actions.guidance import (
    release_vendors as release_vendors,
)
from workflows.actions.guidance import (
    seat_walk_in as seat_walk_in,
)
from workflows.actions.guidance import (
    unguide_vendor as unguide_vendor,
)
from workflows.actions.guidance import (
    waive_guidance as waive_guidance,
)
from workflows.actions.handover import (
    confirm_listing as confirm_listing,
)
from workflows.actions.handover import (
    delist_vendor as delist_vendor,
)
from workflows.actions.handover import (
    hand_over_case as hand_over_case,
)
from workflows.actions.handover import (
    relist_vendor as relist_vendor,
)
from workflows.actions.heads import (
    check_trail as check_trail,
)
from workflows.actions.heads import (
    give_up_check as give_up_check,
)
from workflows.actions.heads import (
    order_check as order_check,
)
from workflows.actions.heads import (
    resend_head as resend_head,
)
from workflows.actions.heads import (
    watch_trail as watch_trail,
)
from workflows.actions.holding import (
    go_on_with_case as go_on_with_case,
)
from workflows.actions.holding import (
    hold_case as hold_case,
)
from workflows.actions.joining import propose_trained as propose_trained
from workflows.actions.leaving import (
    end_leave as end_leave,
)
from workflows.actions.leaving import (
    hand_over_leaves as hand_over_leaves,
)
from workflows.actions.leaving import (
    plan_leave as plan_leave,
)
from workflows.actions.letters import (
    cancel_letter as cancel_letter,
)
from workflows.actions.letters import (
    number_letter as number_letter,
)
from workflows.actions.letters import (
    sign_letter as sign_letter,
)
from workflows.actions.links import (
    confirm_contact as confirm_contact,
)
from workflows.actions.links import (
    make_access_link as make_access_link,
)
from workflows.actions.links import (
    open_link as open_link,
)
from workflows.actions.merging import (
    judge_waiting as judge_waiting,
)
from workflows.actions.merging import (
    merge_firms as merge_firms,
)
from workflows.actions.merging import (
    settle_firm as settle_firm,
)
from workflows.actions.merging import (
    unmerge_firms as unmerge_firms,
)
from workflows.actions.notes import (
    give_up_notes as give_up_notes,
)
from workflows.actions.notes import (
    note_due as note_due,
)
from workflows.actions.notes import (
    write_notes as write_notes,
)
from workflows.actions.objecting import object_to_value as object_to_value
from workflows.actions.outbox import (
    mark_message_sent as mark_message_sent,
)
from workflows.actions.outbox import (
    note_reports as note_reports,
)
from workflows.actions.outbox import (
    report_wrong_number as report_wrong_number,
)
from workflows.actions.outbox import (
    send_again as send_again,
)
from workflows.actions.packing import (
    cases_of as cases_of,
)
from workflows.actions.packing import (
    give_up_pack as give_up_pack,
)
from workflows.actions.packing import (
    make_pack as make_pack,
)
from workflows.actions.packing import (
    order_pack as order_pack,
)
from workflows.actions.packing import (
    packs_ready as packs_ready,
)
from workflows.actions.packing import (
    take_pack as take_pack,
)
from workflows.actions.pairing import (
    confirm_rest as confirm_rest,
)
from workflows.actions.pairing import (
    confirm_same as confirm_same,
)
from workflows.actions.pairing import (
    draw_sample as draw_sample,
)
from workflows.actions.pairing import (
    give_up_merging as give_up_merging,
)
from workflows.actions.pairing import (
    merge_rest as merge_rest,
)
from workflows.actions.pairing import (
    say_different as say_different,
)
from workflows.actions.pairing import (
    say_same as say_same,
)
from workflows.actions.papers import (
    agree_to_statement as agree_to_statement,
)
from workflows.actions.papers import (
    hand_in_paper as hand_in_paper,
)
from workflows.actions.papers import (
    submit_if_complete as submit_if_complete,
)
from workflows.actions.papers import (
    take_in_correction as take_in_correction,
)
from workflows.actions.papers import (
    take_in_paper as take_in_paper,
)
from workflows.actions.pending import (
    acknowledge_refusal as acknowledge_refusal,
)
from workflows.actions.pending import (
    finish as finish,
)
from workflows.actions.pending import (
    finish_due as finish_due,
)
from workflows.actions.pending import (
    put_off as put_off,
)
from workflows.actions.pending import (
    take_back as take_back,
)
from workflows.actions.planning import (
    call_off_session as call_off_session,
)
from workflows.actions.planning import (
    tell_of_certificates as tell_of_certificates,
)
from workflows.actions.planning import (
    tell_of_move as tell_of_move,
)
from workflows.actions.queueing import (
    drop_queue as drop_queue,
)
from workflows.actions.queueing import (
    hand_on_all as hand_on_all,
)
from workflows.actions.queueing import (
    keep_queue as keep_queue,
)
from workflows.actions.queueing import (
    note_export as note_export,
)
from workflows.actions.queueing import (
    take_next_case as take_next_case,
)
from workflows.actions.reaching import (
    choose_channel as choose_channel,
)
from workflows.actions.reaching import (
    vouch_for_contact as vouch_for_contact,
)
from workflows.actions.reviewing import review_value as review_value
from workflows.actions.rights import (
    give_consent as give_consent,
)
from workflows.actions.rights import (
    leave_programme as leave_programme,
)
from workflows.actions.rights import (
    move_owner as move_owner,
)
from workflows.actions.rights import (
    note_copy as note_copy,
)
from workflows.actions.rights import (
    propose_correction as propose_correction,
)
from workflows.actions.rights import (
    settle_correction as settle_correction,
)
from workflows.actions.rights import (
    withdraw_consent as withdraw_consent,
)
from workflows.actions.rulework import (
    judge_again as judge_again,
)
from workflows.actions.rulework import (
    leave_to_the_sweep as leave_to_the_sweep,
)
from workflows.actions.rulework import (
    work_of_rules as work_of_rules,
)
from workflows.actions.runs import (
    every_letter as every_letter,
)
from workflows.actions.runs import (
    give_up_run as give_up_run,
)
from workflows.actions.runs import (
    number_run as number_run,
)
from workflows.actions.runs import (
    order_run as order_run,
)
from workflows.actions.runs import (
    write_run as write_run,
)
from workflows.actions.screening import (
    override_screening as override_screening,
)
from workflows.actions.screening import (
    screen_sheet as screen_sheet,
)
from workflows.actions.screening import (
    screen_vendors as screen_vendors,
)
from workflows.actions.screening import (
    take_in_referral as take_in_referral,
)
from workflows.actions.searching import note_search as note_search
from workflows.actions.settings import (
    add_holiday as add_holiday,
)
from workflows.actions.settings import (
    change_setting as change_setting,
)
from workflows.actions.settings import (
    remove_holiday as remove_holiday,
)
from workflows.actions.sighting import record_sighting as record_sighting
from workflows.actions.sweeping import sweep_files as sweep_files
from workflows.actions.tickets import (
    answer_ticket as answer_ticket,
)
from workflows.actions.tickets import (
    close_ticket as close_ticket,
)
from workflows.actions.tickets import (
    hand_on_ticket as hand_on_ticket,
)
from workflows.actions.tickets import (
    hand_to_operator as hand_to_operator,
)
from workflows.actions.tickets import (
    name_person as name_person,
)
from workflows.actions.tickets import (
    note_ticket as note_ticket,
)
from workflows.actions.tickets import (
    record_operator_answer as record_operator_answer,
)
from workflows.actions.tickets import (
    take_over_ticket as take_over_ticket,
)
from workflows.actions.tickets import (
    take_ticket as take_ticket,
)
from workflows.actions.undoing import (
    foresee_undoing as foresee_undoing,
)
from workflows.actions.undoing import (
    undo_sheet as undo_sheet,
)
from workflows.actions.verdicts import (
    write_verdict as write_verdict,
)
from workflows.actions.verdicts import (
    write_verdict_of_batch as write_verdict_of_batch,
)
from workflows.actions.walkins import seat_guests as seat_guests
from workflows.actions.watching import (
    reveal_numbers as reveal_numbers,
)
from workflows.actions.watching import (
    settle_alert as settle_alert,
)
from workflows.actions.watching import (
    watch_browsing as watch_browsing,
)
