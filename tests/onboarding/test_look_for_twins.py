"""New firms are compared with all others; what a person said of two firms is remembered."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from onboarding import roles
from onboarding.actions import correct_vendor, judge_pair, look_for_twins, refer_vendor, twins
from onboarding.models import FirmPair, Referral, User, Vendor
from tests import factories as make
from workflows.models import AuditEvent, Job
from workflows.tasks import do_job

pytestmark = pytest.mark.django_db

ONE: dict[str, Any] = {
    "name": "Dapur Sekar Wilis Contoh",
    "owner_name": "Sulastri Handayani",
    "address": "Jl. Kalimas 12, Gubeng",
    "nib": "",
}


def entered(**changes: Any) -> Vendor:
    return make.refer(**{**ONE, **changes})


def look(*firms: Vendor) -> dict[str, int]:
    return look_for_twins(
        vendor_ids=[firm.pk for firm in firms], by=User.objects.system(), beat=lambda: None
    )


def test_a_firm_that_is_named_a_second_time_is_found_and_its_referral_marked() -> None:
    old, stranger = entered(), make.refer()
    new = entered(name="Dapoer Sekar Wils Contoh")
    assert look(new) == {"strong": 1}
    pair = FirmPair.objects.get()
    assert (pair.first, pair.second, pair.verdict) == (old, new, "open")
    assert {"field": "address", "verdict": "agrees", "likeness": 1.0} in pair.reasons
    assert [new.referrals.get().needs_look, old.referrals.get().needs_look] == [True, False]
    assert not stranger.referrals.get().needs_look
    event = AuditEvent.objects.filter(act="look_for_twins").latest("pk")
    assert event.detail["strong"] == 1


def test_a_firm_of_another_region_is_found_by_its_number() -> None:
    old = entered(phone="0812 3456 7890")
    new = entered(phone="0812 3456 7890", region="Kab. Gresik", address="Jl. Semeru 4")
    assert look(new) == {"look": 1}
    assert FirmPair.objects.get().first == old


def test_what_a_person_said_is_not_asked_again() -> None:
    entered()
    new = entered()
    look(new)
    said = {"verdict": "different", "decided_by": make.make_user(roles.OFFICER)}
    FirmPair.objects.update(decided_at=timezone.now(), score=0.1, **said)
    Referral.objects.update(needs_look=False)
    assert look(new) == {}
    assert FirmPair.objects.get().score == 0.1
    assert not Referral.objects.filter(needs_look=True).exists()


def test_looking_twice_asks_once_and_a_merged_firm_is_left_alone() -> None:
    old, new = entered(), entered()
    assert look(new) == look(new) == {"strong": 1}
    assert FirmPair.objects.count() == 1
    FirmPair.objects.all().delete()
    Vendor.objects.filter(pk=old.pk).update(merged_into=new)
    assert look(new) == {}


@pytest.mark.parametrize(("few", "a_list"), [(20, 5000), (0, 5000), (0, 0)])
def test_a_few_a_list_and_a_register_are_looked_through_alike(
    monkeypatch: pytest.MonkeyPatch, few: int, a_list: int
) -> None:
    monkeypatch.setattr(twins, "FEW", few)
    monkeypatch.setattr(twins, "A_LIST", a_list)
    phone = {"phone": "0812 3456 7890"}
    here, there = entered(**phone), entered(region="Kab. Gresik", address="Jl. Semeru 4", **phone)
    new, other = entered(**phone), make.refer()
    assert look(new, other) == {"strong": 1, "look": 1}
    assert set(FirmPair.objects.values_list("first", "second")) == {
        (here.pk, new.pk), (there.pk, new.pk),
    }  # fmt: skip


def test_naming_a_firm_orders_the_look_and_its_work_is_done_by_the_worker() -> None:
    entered()
    by = make.make_user(roles.AGENCY)
    referral = refer_vendor(values=make.values(**ONE), agency=by.agency, by=by)
    job = Job.objects.get(kind=Job.Kind.LOOK_FOR_TWINS, subject_id=referral.pk)
    assert do_job(job.pk) == "done"
    assert FirmPair.objects.filter(second=referral.vendor, band="strong").exists()


def test_a_corrected_firm_is_looked_at_again_and_old_questions_end() -> None:
    old, new = entered(), entered()
    far = entered(name="Bengkel Lestari Contoh", address="Jl. Semeru 4", owner_name="Budi Santoso")
    look(new)
    changes = {"name": far.name, "address": far.address, "owner_name": far.owner_name}
    correct_vendor(new, changes=changes, reason="Salah baris", by=make.make_user(roles.OFFICER))
    assert do_job(Job.objects.get(kind=Job.Kind.LOOK_AGAIN, subject_id=new.pk).pk) == "done"
    bands = {pair.first: pair.band for pair in FirmPair.objects.filter(second__in=(new, far))}
    assert bands[old] == "different"
    assert FirmPair.objects.filter(first=new, second=far, band="strong").exists()


def test_the_doubt_ends_for_those_who_named_it_once_somebody_has_said_they_are_two() -> None:
    entered()
    new = entered()
    look(new)
    rows = Referral.objects.filter(vendor=new)
    assert rows.with_doubts().get().is_doubted
    judge_pair(FirmPair.objects.get(), verdict="different", by=make.make_user(roles.OFFICER))
    assert not rows.with_doubts().get().is_doubted


def test_the_command_prints_a_line_for_each_pair_and_stores_nothing() -> None:
    old, new = entered(), entered(legal_form="cv", name="CV Dapur Sekar Wilis Contoh")
    make.refer()
    out = io.StringIO()
    call_command("find_duplicates", "--jsonl", stdout=out)
    (line,) = [json.loads(line) for line in out.getvalue().splitlines()]
    assert line.keys() == {"a", "b", "band", "score", "reasons"}
    assert (line["a"], line["b"], line["band"]) == (old.pk, new.pk, "strong")
    assert 0 <= line["score"] <= 1
    assert {"name_agrees", "legal_form_differs"} <= set(line["reasons"])
    assert not FirmPair.objects.exists()
