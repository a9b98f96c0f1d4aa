"""What is said before and after a deadline, and what the rules do not bring up again."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from onboarding.actions import refer_vendor
from onboarding.models import Referral, ReferralSheet, Status, User
from tests import factories as make
from tests.workflows import firms
from workflows import actions, jobs, tasks
from workflows.errors import ConflictOfInterest, Refused
from workflows.models import Job, Message

pytestmark = pytest.mark.django_db


def lapse_due() -> None:
    actions.lapse_due(by=User.objects.system())


def in_days(days: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=days))


def test_an_owner_is_reminded_once_before_a_correction_is_due_and_told_when_it_lapsed() -> None:
    case = firms.returned()
    vendor = case.vendor
    lapse_due()
    assert not Message.objects.filter(vendor=vendor, kind="correction_due").exists()
    with firms.in_time(case, days=-1):
        lapse_due()
        lapse_due()
    assert {m.channel for m in Message.objects.filter(vendor=vendor, kind="correction_due")} == {
        "email",
        "whatsapp",
    }
    with time_machine.travel(case.due_at + timedelta(minutes=5)):
        lapse_due()
    assert firms.status_of(vendor) == Status.LAPSED
    assert Message.objects.filter(vendor=vendor, kind="lapsed").count() == 2


def test_a_firm_that_an_officer_found_eligible_is_not_sent_back_by_the_same_rule() -> None:
    vendor = make.refer(nib="")
    assert vendor.status == Status.INELIGIBLE
    actions.override_screening(vendor, reason="NIB dilihat", by=make.make_user(roles.OFFICER))
    actions.screen_vendors([vendor.pk], by=User.objects.system())
    assert firms.status_of(vendor) == Status.ELIGIBLE


def test_a_new_reason_sends_a_firm_back_although_another_was_overruled() -> None:
    vendor = make.refer(nib="")
    actions.override_screening(vendor, reason="NIB dilihat", by=make.make_user(roles.OFFICER))
    type(vendor).objects.filter(pk=vendor.pk).update(blacklisted_on=timezone.localdate())
    actions.screen_vendors([vendor.pk], by=User.objects.system())
    assert firms.status_of(vendor) == Status.INELIGIBLE


def test_a_firm_taken_off_sale_while_suspended_comes_back_without_a_product() -> None:
    vendor = firms.active()
    actions.suspend_vendor(vendor, reason="Laporan", by=make.make_user(roles.APPROVER))
    actions.delist_vendor(
        firms.only_listing(vendor), reason="Ditutup operator", by=make.make_user(roles.OFFICER)
    )
    vendor = actions.reinstate_vendor(
        vendor.refresh(), reason="Jelas", by=make.make_user(roles.APPROVER)
    )
    assert vendor.status == Status.REGISTERED


def test_an_officer_cannot_invite_a_firm_that_shares_their_phone() -> None:
    officer = make.make_user(roles.OFFICER, phone="+6281234567001")
    vendor = make.refer(phone="081234567001")
    with pytest.raises(ConflictOfInterest):
        actions.invite_vendors(make.make_session(), vendor_ids=[vendor.pk], by=officer)
    assert firms.status_of(vendor) == Status.ELIGIBLE


def test_a_message_sent_by_hand_is_marked_once(client: Client) -> None:
    vendor = make.invite(make.refer())
    message = Message.objects.get(vendor=vendor, state=Message.State.BY_HAND)
    client.force_login(make.make_user(roles.OFFICER))
    url = reverse("workflows:mark_message_sent", args=[message.pk])
    assert client.post(url).status_code == 302
    message.refresh_from_db()
    assert message.state == Message.State.SENT
    assert client.post(url).status_code == 409
    with pytest.raises(Refused):
        actions.mark_message_sent(message, by=make.make_user(roles.OFFICER))


def test_a_form_sent_twice_makes_one_referral() -> None:
    by = make.make_user(roles.AGENCY)
    assert by.agency
    typed = make.values(nib="")
    first = refer_vendor(values=typed, agency=by.agency, form_key="a-key", by=by)
    second = refer_vendor(values=typed, agency=by.agency, form_key="a-key", by=by)
    assert first.pk == second.pk
    assert Referral.objects.filter(agency=by.agency).count() == 1


def test_a_list_that_no_worker_could_enter_is_to_be_confirmed_again() -> None:
    by = make.make_user(roles.AGENCY)
    sheet = ReferralSheet.objects.create(
        agency=by.agency,
        original_name="daftar.xlsx",
        stored_as="sheets/gone",
        sha256="0" * 64,
        size=1,
        state=ReferralSheet.State.CONFIRMED,
        confirmed_at=timezone.now(),
        confirmed_by=by,
        received_by=by,
    )
    job = Job.objects.create(
        kind=Job.Kind.ENTER_SHEET, subject_id=sheet.pk, attempts=jobs.MOST_ATTEMPTS
    )
    tasks.give_up(job)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.refusal) == (ReferralSheet.State.READ, "not_entered")
