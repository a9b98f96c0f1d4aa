"""Firms: every exit of naming one, judging them by the rules, and correcting what is known."""

from __future__ import annotations

import pytest
from django.utils import timezone

from onboarding import roles
from onboarding.actions import correct_vendor, judge_vendors, refer_vendor
from onboarding.errors import NotAllowed, Refused
from onboarding.models import Agency, Referral, Screening, Status, User
from tests import factories as make
from workflows.models import AuditEvent

pytestmark = pytest.mark.django_db


def office() -> Agency:
    return Agency.objects.get(code="dindik")


def test_a_named_firm_is_entered_credited_and_screened() -> None:
    by = make.make_user(roles.AGENCY)
    referral = refer_vendor(values=make.values(), agency=office(), by=by)
    assert (referral.agency, referral.verdict, referral.created_by) == (office(), "created", by)
    assert referral.vendor.refresh().status == Status.ELIGIBLE
    assert AuditEvent.objects.filter(act="refer_vendor", vendor=referral.vendor).count() == 1


def test_what_was_typed_is_kept_as_it_was_typed() -> None:
    typed = make.values(phone="0812 3456 7890")
    referral = refer_vendor(values=typed, agency=office(), by=make.make_user(roles.AGENCY))
    assert referral.received["phone"] == "0812 3456 7890"
    assert referral.vendor.phone == "+6281234567890"


@pytest.mark.parametrize("role", [roles.VENDOR, roles.TRAINER, roles.AUDITOR, roles.MANAGER])
def test_a_role_that_does_not_refer_is_refused(role: str) -> None:
    with pytest.raises(NotAllowed):
        refer_vendor(values=make.values(), agency=office(), by=make.make_user(role))


def test_a_row_with_an_error_is_refused_and_leaves_nothing() -> None:
    by = make.make_user(roles.AGENCY)
    with pytest.raises(Refused):
        refer_vendor(values=make.values(nib="12"), agency=office(), by=by)
    assert Referral.objects.count() == 0


def test_an_equal_nib_links_and_both_offices_keep_the_credit() -> None:
    known = make.refer()
    by = make.make_user(roles.COOPERATIVE)
    assert by.agency
    second = refer_vendor(values=make.values(nib=known.nib), agency=by.agency, by=by)
    assert (second.vendor, second.verdict) == (known, "linked")
    assert second.source == Referral.Source.COOPERATIVE
    assert known.referrals.count() == 2


def test_a_second_office_fills_gaps_and_overwrites_nothing() -> None:
    known = make.refer(email="", name="Contoh Nama Lama")
    make.refer(nib=known.nib, email="baru@contoh.test", name="Contoh Nama Baru")
    known = known.refresh()
    assert (known.email, known.name) == ("baru@contoh.test", "Contoh Nama Lama")


def test_an_equal_phone_makes_a_firm_of_its_own_that_somebody_looks_at() -> None:
    known = make.refer(phone="081234567890")
    other = refer_vendor(
        values=make.values(phone="081234567890"),
        agency=office(),
        by=make.make_user(roles.AGENCY),
    )
    assert other.vendor != known
    assert (other.verdict, other.needs_look) == ("review", True)


def test_a_firm_without_a_nib_is_not_yet_eligible_and_has_a_path() -> None:
    vendor = make.refer(nib="")
    screening = vendor.screenings.get()
    assert vendor.status == Status.INELIGIBLE
    assert screening.reasons == [{"code": "NIB_INVALID", "path": ["get_nib"]}]


def test_judging_keeps_the_facts_and_the_version_and_moves_nobody() -> None:
    vendor = make.refer()
    before = Screening.objects.count()
    (screening,) = judge_vendors([vendor.pk], today=timezone.localdate(), by=User.objects.system())
    assert screening.is_eligible
    assert screening.facts["nib"] == vendor.nib
    assert screening.rules_version
    assert Screening.objects.count() == before + 1
    assert vendor.refresh().status == vendor.status


def test_a_correction_is_recorded_with_its_reason_and_the_firm_is_screened_again() -> None:
    vendor = make.refer(nib="")
    officer = make.make_user(roles.OFFICER)
    correct_vendor(vendor, changes={"nib": "0001210000017"}, reason="Dilihat pada OSS.", by=officer)
    assert vendor.refresh().status == Status.ELIGIBLE
    event = AuditEvent.objects.get(act="correct_vendor")
    assert (event.reason, event.detail["fields"]) == ("Dilihat pada OSS.", ["nib"])


def test_a_correction_to_the_nib_of_another_firm_is_refused() -> None:
    first, second = make.refer(), make.refer()
    with pytest.raises(Refused):
        correct_vendor(
            second, changes={"nib": first.nib}, reason="Salah", by=make.make_user(roles.OFFICER)
        )


def test_a_corrected_name_is_found_again_by_its_folded_form() -> None:
    vendor = make.refer()
    correct_vendor(
        vendor,
        changes={"name": "CV. Contoh Ganti Nama"},
        reason="Salah ketik",
        by=make.make_user(roles.OFFICER),
    )
    assert vendor.refresh().folded_name == "contoh ganti nama"
