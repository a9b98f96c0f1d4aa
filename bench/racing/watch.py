"""Races over what is decided about many, about people's data, and by those who watch: batches,
erasures, breaches, audits, alerts, ties, leaves; and acts that can still be taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from bench.racing.races import Race, on, race
from bench.racing.road import approver, at, officer
from onboarding import roles
from onboarding.models import User
from tests import factories as make
from tests.workflows import firms
from workflows import actions, clock
from workflows.models import (
    Assistance,
    Breach,
    BrowsingAlert,
    BulkApproval,
    CorrectionItem,
    Erasure,
    FactCorrection,
    Leave,
    PairSample,
    PendingAct,
    SavedQueue,
)


def nobody(_job: int) -> None:
    """The queue that only hints."""


# --- batches ---
def _batch(**more: Any) -> BulkApproval:
    case = firms.verified()
    return BulkApproval.objects.create(
        cases=[case.pk], seed=1, sample=[case.pk], drawn_by=approver(), **more
    )


@race("confirm_approval")
def batch_approved() -> Race:
    batch = _batch()
    BulkApproval.objects.filter(pk=batch.pk).update(opened=batch.sample)
    do = on(batch, actions.confirm_approval, count=1, send=nobody)
    return Race("approve_many", [batch.drawn_by], do=do)


@race("open_sampled")
def sample_opened() -> Race:
    batch = _batch()
    do = on(batch, actions.open_sampled, case_id=batch.sample[0])
    return Race("open_sampled", [batch.drawn_by], do=do)


@race("drop_approval")
def batch_dropped() -> Race:
    batch = _batch()
    return Race("drop_approval", [batch.drawn_by], do=on(batch, actions.drop_approval))


@race("write_verdict_of_batch")
def verdict_of_batch_written() -> Race:
    now = timezone.now()
    batch = _batch(typed=1, confirmed_at=now, finished_at=now)
    batch.results = {str(pk): "" for pk in batch.cases}
    batch.save()
    do = on(batch, actions.write_verdict_of_batch)
    return Race("write_verdict", [officer()], do=do)


@race("confirm_rest")
def rest_of_pairs_merged() -> Race:
    PairSample.objects.filter(stopped_at=None, finished_at=None).update(stopped_at=timezone.now())
    sample = PairSample.objects.create(band="strong", seed=1, until_pair=0, drawn_by=officer())
    do = on(sample, actions.confirm_rest, count=0, send=nobody)
    return Race("merge_rest", [officer()], do=do)


# --- what people's data is owed ---
def _erasure() -> Erasure:
    return Erasure.objects.create(
        vendor=firms.withdrawn(), ground=Erasure.Ground.values[0], listed_by=User.objects.system()
    )


@race("confirm_erasure")
def erasure_confirmed() -> Race:
    do = on(_erasure(), actions.confirm_erasure, reason="Contoh", send=nobody)
    return Race("confirm_erasure", [make.make_user(roles.MANAGER)], do=do)


@race("keep_data")
def data_kept() -> Race:
    do = on(_erasure(), actions.keep_data, reason="Contoh")
    return Race("keep_data", [make.make_user(roles.MANAGER)], do=do)


def _correction() -> FactCorrection:
    vendor = firms.eligible()
    return actions.propose_correction(
        vendor, fact="address", value="Jalan Contoh 78", reason="", by=make.owner_of(vendor)
    )


@race("settle_correction", "correct_vendor")
def correction_accepted() -> Race:
    do = on(_correction(), actions.settle_correction, is_accepted=True, answer="")
    return Race("correct_vendor", [officer()], do=do)


@race("settle_correction")
def correction_refused() -> Race:
    do = on(_correction(), actions.settle_correction, is_accepted=False, answer="Contoh")
    return Race("refuse_correction", [officer()], do=do)


def _breach() -> Breach:
    facts = {"is_drill": False, "what": "Contoh", "known_at": timezone.now() - timedelta(hours=1),
             "whose": "Contoh", "which": "Contoh", "people": 1, "done": "Contoh",
             "advice": "Contoh"}  # fmt: skip
    return actions.enter_breach(facts=facts, by=make.make_user(roles.ADMIN))


@race("tell_concerned")
def concerned_told() -> Race:
    said = {"numbers": [firms.eligible().number], "send": nobody}
    do = on(_breach(), actions.tell_concerned, **said)
    return Race("tell_concerned", [make.make_user(roles.MANAGER)], do=do)


@race("close_breach")
def breach_closed() -> Race:
    by = make.make_user(roles.MANAGER)
    breach = actions.note_authority(_breach(), whom="Contoh", at=timezone.now(), by=by)
    do = on(breach, actions.close_breach, done="Contoh", untold_reason="Contoh")
    return Race("close_breach", [by], do=do)


# --- audits and alerts ---
@race("end_assignment")
def audit_ended() -> Race:
    audit = make.make_user(roles.AUDITOR).running_audits[0]
    do = on(audit, actions.end_assignment, reason="Contoh")
    return Race("end_audit", [make.make_user(roles.ADMIN)], do=do)


@race("order_flags")
def flags_ordered() -> Race:
    auditor = make.make_user(roles.AUDITOR)
    do = on(auditor.running_audits[0], actions.order_flags, send=nobody)
    return Race("order_flags", [auditor], do=do)


@race("settle_alert")
def alert_settled() -> Race:
    alert = BrowsingAlert.objects.create(
        person=officer(), kind=BrowsingAlert.Kind.values[0], count=1, since=timezone.now()
    )
    do = on(alert, actions.settle_alert, note="Contoh")
    return Race("settle_alert", [make.make_user(roles.MANAGER)], do=do)


# --- ties, leaves, help, own lists ---
@race("end_conflict")
def tie_ended() -> Race:
    tied = actions.declare_conflict(firms.eligible(), reason="Contoh", by=officer())
    do = on(tied, actions.end_conflict, reason="Contoh")
    return Race("end_conflict", [officer()], do=do)


@race("remove_mark")
def mark_removed() -> Race:
    by = officer()
    mark = actions.add_mark(kind="email", value=f"tanda{by.pk}@contoh.test", by=by)
    return Race("remove_mark", [by], do=on(mark, actions.remove_mark))


@race("end_leave")
def leave_ended() -> Race:
    by, today = officer(), timezone.localdate()
    leave = Leave.objects.create(user=by, cover=officer(), from_on=today, until_on=today)
    return Race("end_leave", [by], do=on(leave, actions.end_leave))


@race("end_assistance")
def help_ended() -> Race:
    by, vendor = officer(), firms.eligible()
    helping = Assistance.objects.create(
        vendor=vendor, helper=by, consent_of=vendor.owner_name, way=Assistance.Way.values[0],
        ends_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    return Race("end_assistance", [by], do=on(helping, actions.end_assistance))


@race("drop_queue")
def queue_dropped() -> Race:
    by = officer()
    kept = SavedQueue.objects.create(name=f"Contoh {by.pk}", owner=by, query="")
    return Race("drop_queue", [by], do=on(kept, actions.drop_queue))


# --- points of a correction ---
@race("remove_correction_item")
def point_removed() -> Race:
    case = firms.submitted()
    by = firms.ask(case, slug=None)
    point = CorrectionItem.objects.get(request__case=case)
    do = on(point, actions.remove_correction_item)
    return Race("remove_correction_item", [by], do=do)


@race("answer_item")
def point_answered() -> Race:
    case = firms.returned(slug=None)
    point = CorrectionItem.objects.get(request__case=case)
    do = on(point, actions.answer_item, answer="Contoh")
    return Race("answer_item", [make.owner_of(case.vendor)], do=do)


@race("resolve_item")
def point_settled() -> Race:
    case = firms.returned(slug=None)
    point = CorrectionItem.objects.get(request__case=case)
    do = on(point, actions.resolve_item, reason="Contoh")
    return Race("resolve_item", [officer()], do=do)


# --- the real path: an act of the desk waits for ten seconds, then workers carry it out ---
def _seconds_are_over() -> None:
    PendingAct.objects.filter(ended_at=None).update(final_at=clock.now() - timedelta(seconds=1))
    actions.finish_due(now=clock.now(), by=User.objects.system())


@race("verify", "verify_case", "CaseFlow.verify", "put_off", undo_seconds=10)
def verified_after_ten_seconds() -> Race:
    url = at("verify_case", firms.submitted().pk)
    return Race("verify", [officer()], url, {"advice": "approve"}, then=_seconds_are_over)


@race("approve", "decide_case", "CaseFlow.decide", "put_off", undo_seconds=10)
def approved_after_ten_seconds() -> Race:
    case = firms.verified()
    said = {"decision": "approve", "approve-reason": "Contoh"}
    return Race("approve", [approver() for _one in range(8)], at("decide_case", case.pk), said,
                then=_seconds_are_over)  # fmt: skip


@race("take_back", undo_seconds=10)
def act_taken_back() -> Race:
    case, by = firms.submitted(), officer()
    said = {"recommendation": "Contoh"}
    pending = actions.put_off(
        case, act=PendingAct.Act.VERIFY, said=said, by=by, send=lambda _pending: None
    )
    assert pending
    return Race("take_back_act", [by], do=on(pending, actions.take_back), then=_seconds_are_over)
