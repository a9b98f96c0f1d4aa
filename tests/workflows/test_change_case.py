"""Something changed at an approved firm: the same desk looks at it, and the status stays."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.models import Paper
from onboarding import roles
from onboarding.models import Status, User, Vendor
from tests import factories as make
from tests.workflows import firms
from workflows import actions, flows
from workflows.errors import MoveNotAllowed, Refused, SamePerson, TakenByAnother
from workflows.models import Case, CaseKind, Letter, Message, Setting, Stage

pytestmark = pytest.mark.django_db


def change(vendor: Vendor | None = None, *, by: User | None = None, **facts: Any) -> Case:
    """A change of the KBLI code that waits for its owner's new NIB."""
    vendor = vendor or firms.active()
    facts = {"kind": CaseKind.KBLI_2025, "kbli": "56301", "note": "Pindah kode", **facts}
    return actions.open_change_case(vendor, by=by or make.owner_of(vendor), **facts)


def sent_off(case: Case | None = None) -> Case:
    """A change whose papers came."""
    case = case or change()
    firms.put_paper(case.vendor, "nib")
    return actions.resubmit_case(case.vendor.refresh(), by=make.owner_of(case.vendor))


def nibs(vendor: Vendor) -> list[str]:
    papers = Paper.objects.filter(vendor=vendor, document_type="nib").order_by("version")
    return list(papers.values_list("state", flat=True))


def open_nodes(case: Case) -> set[str]:
    tasks = case.task_set.filter(finished=None)
    return {task.flow_task.name for task in tasks}


def test_a_change_is_verified_and_approved_while_the_status_stays() -> None:
    case = change()
    vendor = case.vendor
    assert (case.stage, case.status) == (Stage.CORRECT, "NEW")
    assert flows.flow_of(case) is flows.ChangeFlow
    case = sent_off(case)
    assert (case.stage, case.round_number) == (Stage.VERIFY, 2)
    assert nibs(vendor) == ["REPLACED", "READ"]
    case = make.verify(case)
    assert (case.stage, firms.status_of(vendor)) == (Stage.DECIDE, Status.ACTIVE)
    case = make.approve(case)
    vendor = vendor.refresh()
    assert (case.stage, vendor.status) == (Stage.CLOSED, Status.ACTIVE)
    assert (vendor.kbli, vendor.kbli_version) == ("56301", "2025")
    assert nibs(vendor) == ["REPLACED", "ACCEPTED"]
    acts = [act for act in firms.acts_on(vendor) if act.endswith("_change")]
    assert acts == ["open_change", "resubmit_change", "verify_change", "approve_change"]
    assert Message.objects.filter(vendor=vendor, kind="approved_change").exists()
    assert Letter.objects.filter(vendor=vendor, kind=Letter.Kind.DECISION).count() == 1


def test_a_refused_change_puts_the_paper_before_back_in_force() -> None:
    case = sent_off()
    vendor, kbli = case.vendor.refresh(), case.vendor.kbli
    case = make.reject(make.verify(case))
    assert (case.stage, firms.status_of(vendor)) == (Stage.CLOSED, Status.ACTIVE)
    assert nibs(vendor) == ["ACCEPTED", "REPLACED"]
    assert vendor.refresh().kbli == kbli
    assert vendor.refresh().rejected_on is None
    assert not Paper.objects.filter(vendor=vendor, state="ACCEPTED", frozen_at=None).exists()
    assert change(vendor.refresh()).stage == Stage.CORRECT  # may be reported again


def test_a_change_has_the_same_corrections_four_eyes_and_going_back() -> None:
    case = firms.returned(sent_off(), slug="nib")
    assert (case.stage, case.returns) == (Stage.CORRECT, 1)
    case = sent_off(case)
    officer = make.make_user(roles.OFFICER)
    case = make.verify(case, by=officer)
    officer.role = roles.APPROVER
    officer.save()
    with pytest.raises(SamePerson):
        make.approve(case, by=officer)
    actions.send_back_case(case, reason="Periksa lagi", by=make.make_user(roles.APPROVER))
    case = firms.again(case)
    assert (case.stage, open_nodes(case)) == (Stage.VERIFY, {"verify"})
    assert make.approve(make.verify(case)).stage == Stage.CLOSED
    assert firms.status_of(case) == Status.ACTIVE


def test_one_firm_has_one_open_case_and_only_an_approved_one_has_a_change() -> None:
    case = change()
    with pytest.raises(TakenByAnother):
        change(case.vendor.refresh())
    with pytest.raises(TakenByAnother):
        change(firms.registered().vendor.refresh())  # waits for its first product
    with pytest.raises(MoveNotAllowed):
        change(firms.guided())
    with pytest.raises(Refused):
        change(firms.active(), kind=CaseKind.NEW_DEED)  # a sole trader has no deed
    with pytest.raises(Refused):
        change(firms.active(), kbli="12")


def test_a_change_that_nobody_answers_lapses_and_leaves_everything_as_it_was() -> None:
    case = change(by=make.make_user(roles.OFFICER))
    assert Message.objects.filter(vendor=case.vendor, kind="change_asked").exists()
    firms.put_paper(case.vendor, "nib")
    with firms.in_time(case, days=0.1):
        actions.lapse_due(by=User.objects.system())
        actions.lapse_due(by=User.objects.system())
    assert firms.again(case).stage == Stage.CLOSED
    assert firms.status_of(case) == Status.ACTIVE
    assert nibs(case.vendor) == ["ACCEPTED", "REPLACED"]
    assert firms.acts_on(case.vendor).count("lapse_change") == 1
    assert Message.objects.filter(vendor=case.vendor, kind="lapsed_change").exists()


def test_the_owner_takes_back_only_what_they_reported_themselves() -> None:
    case = change()
    actions.drop_change_case(case.vendor, reason="Keliru", by=make.owner_of(case.vendor))
    assert firms.again(case).stage == Stage.CLOSED
    asked = change(case.vendor.refresh(), by=make.make_user(roles.OFFICER))
    with pytest.raises(MoveNotAllowed):
        actions.drop_change_case(asked.vendor, reason="-", by=make.owner_of(asked.vendor))


def test_a_suspended_firm_goes_on_with_its_change_and_a_held_one_waits() -> None:
    case = sent_off()
    firms.suspended(case)
    actions.hold_case(
        case,
        reason="Menunggu",
        look_again_on=timezone.localdate() + timedelta(days=2),
        by=make.make_user(roles.OFFICER),
    )
    actions.go_on_with_case(case, by=make.make_user(roles.OFFICER))
    assert make.approve(make.verify(case)).stage == Stage.CLOSED
    assert firms.status_of(case) == Status.SUSPENDED


def test_a_paper_that_expires_is_asked_for_once_and_in_time() -> None:
    vendor, system = firms.active(), User.objects.system()
    paper = Paper.objects.get(vendor=vendor, document_type="rekening")
    last = timezone.localdate() + timedelta(days=20)
    actions.note_validity(vendor, paper=paper, valid_until=last, by=make.make_user(roles.OFFICER))
    assert actions.open_expiring(by=system, within=10) == 0
    within = Setting.value_of("expiry_notice_days")
    assert actions.open_expiring(by=system, within=within) == 1
    assert actions.open_expiring(by=system, within=within) == 0
    case = Case.objects.get(vendor=vendor, kind=CaseKind.EXPIRED_PAPER)
    assert (case.stage, timezone.localdate(case.due_at)) == (Stage.CORRECT, last)
    with firms.in_time(case, days=0.1):
        actions.lapse_due(by=system)
        assert actions.open_expiring(by=system, within=within) == 0


def test_an_owner_reports_a_change_and_sends_the_paper_from_the_own_page(client: Client) -> None:
    vendor = firms.active()
    client.force_login(make.owner_of(vendor))
    own = reverse("workflows:own_page", args=[vendor.pk])
    assert b"/perubahan/" in client.get(own).content
    url = reverse("workflows:report_change", args=[vendor.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"kind": "KBLI_2025"}).status_code == 422
    assert client.post(url, {"kind": "KBLI_2025", "kbli": "1234x"}).status_code == 409
    assert client.post(url, {"kind": "KBLI_2025", "kbli": "56301"}).status_code == 302
    assert client.post(url, {"kind": "KBLI_2025", "kbli": "56301"}).status_code == 409
    shown = client.get(own)
    (point,) = shown.context["turn"].points
    assert client.get(point.act.url).context["may_send"]
    firms.put_paper(vendor, "nib")
    assert client.get(shown.context["turn"].points[0].act.url).status_code == 200
    resubmit = reverse("workflows:resubmit_case", args=[vendor.pk])
    assert client.get(resubmit).status_code == 200
    assert client.post(resubmit).status_code == 302
    assert client.get(own).context["turn"].kind == "info"
    assert Case.objects.is_open().get(vendor=vendor).stage == Stage.VERIFY


def test_an_officer_asks_for_a_change_from_the_vendor_page_and_drops_it(client: Client) -> None:
    vendor, officer = firms.active(), make.make_user(roles.OFFICER)
    client.force_login(officer)
    page = reverse("workflows:vendor", args=[vendor.pk]) + "?part=work"
    shown = client.get(page)
    assert shown.context["change_form"]
    paper = Paper.objects.get(vendor=vendor, document_type="rekening")
    said = {"validity-paper": paper.pk, "validity-valid_until": "2027-01-31"}
    assert (
        client.post(reverse("workflows:note_validity", args=[vendor.pk]), said).status_code == 302
    )
    said = {"validity-paper": 0, "validity-valid_until": "2027-01-31"}
    assert (
        client.post(reverse("workflows:note_validity", args=[vendor.pk]), said).status_code == 422
    )
    url = reverse("workflows:open_change_case", args=[vendor.pk])
    assert client.post(url, {"change-kind": "KBLI_2025"}).status_code == 422
    said = {"change-kind": "KBLI_2025", "change-kbli": "56301", "change-note": "Surat OSS"}
    assert client.post(url, said).status_code == 302
    assert client.post(url, said).status_code == 409
    case = Case.objects.is_open().get(vendor=vendor)
    review = client.get(reverse("workflows:review_case", args=[case.pk]))
    assert "56301" in review.content.decode()
    drop = reverse("workflows:drop_change_case", args=[vendor.pk])
    assert client.get(page).context["drop_form"]
    assert client.post(drop, {"drop-reason": ""}).status_code == 422
    assert client.post(drop, {"drop-reason": "Keliru"}).status_code == 302
    assert firms.again(case).stage == Stage.CLOSED


def test_the_review_shows_earlier_cases_and_what_an_objection_said(client: Client) -> None:
    case = firms.appealed()
    client.force_login(make.make_user(roles.OFFICER))
    shown = client.get(reverse("workflows:review_case", args=[case.pk]))
    assert shown.context["appeal"].reason == "Nama sudah benar"
    assert shown.context["refused_round"].reason == "Nama berbeda pada dokumen."
    later = change()
    client.force_login(make.make_user(roles.OFFICER))
    shown = client.get(reverse("workflows:review_case", args=[later.pk]))
    assert [r.decision for r in shown.context["rounds_before"]] == ["APPROVED"]


def test_an_appeal_goes_to_nobody_who_acted_before_by_no_way() -> None:
    officer, approver = make.make_user(roles.OFFICER), make.make_user(roles.APPROVER)
    refused = make.reject(make.verify(firms.submitted(), by=officer), by=approver)
    case = firms.appealed(refused)
    assert actions.take_next_case(by=officer) is None
    with pytest.raises(SamePerson):
        actions.claim_case(case, by=officer)
    other = make.make_user(roles.OFFICER)
    actions.claim_case(case, by=other)
    with pytest.raises(SamePerson):
        actions.hand_on_case(case, to=officer, reason="Cuti", by=other)
    make.verify(case, by=other)
    assert actions.take_next_case(by=approver) is None
    with pytest.raises(SamePerson):
        make.approve(case, by=approver)
    case = make.reject(case, by=make.make_user(roles.APPROVER))
    assert case.stage == Stage.CLOSED
    with pytest.raises(MoveNotAllowed):
        firms.appealed(case)


def test_a_change_keeps_a_firm_with_two_shops_from_no_act_of_the_platform() -> None:
    vendor = firms.active()
    listing = firms.only_listing(vendor)
    officer = make.make_user(roles.OFFICER)
    actions.delist_vendor(listing, reason="Ditutup", by=officer)
    change(vendor.refresh())
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        actions.relist_vendor(
            firms.only_listing(vendor), on_sale_on=timezone.localdate(), by=officer
        )
    assert firms.status_of(vendor) == Status.ACTIVE
