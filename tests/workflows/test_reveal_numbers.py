"""Numbers of persons are covered, shown for a reason, and whoever looks too much is noticed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onboarding import roles
from onboarding.models import User, Vendor
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.errors import NotAllowed, Refused, TakenByAnother
from workflows.models import AuditEvent, BrowsingAlert, Case, Look, Message, Setting
from workflows.numbers import sees_in_full
from workflows.owner.kept import looks_of

pytestmark = pytest.mark.django_db
NUMBERS = {"nik": "3578994102900001", "npwp": "1000000000000017"}


def page(person: User, firm: Vendor, path: str = "") -> str:
    client = Client()
    client.force_login(person)
    return client.get(f"/usaha/{firm.pk}/{path}").content.decode()


def numbers_on(text: str, firm: Vendor) -> list[str]:
    return [number for number in (firm.nik, firm.npwp, firm.phone) if number in text]


def look_at(firms_seen: list[Vendor], person: User, at: datetime) -> None:
    row = {"by": person, "role": person.role, "what": Look.What.VENDOR, "at": at}
    row["hour"] = at.replace(minute=0, second=0, microsecond=0)
    Look.objects.bulk_create(Look(vendor=one, **row) for one in firms_seen)


def test_an_officer_sees_the_numbers_after_saying_why_and_the_owner_sees_who_did() -> None:
    firm, officer = make.refer(**NUMBERS), make.make_user(roles.OFFICER)
    assert numbers_on(page(officer, firm), firm) == []
    assert numbers_on(page(officer, firm, "ubah/"), firm) == []
    client = Client()
    client.force_login(officer)
    answer = client.post(f"/usaha/{firm.pk}/nomor/", {"reveal-reason": "Menelepon pemilik"})
    assert answer.status_code == 302
    assert len(numbers_on(page(officer, firm), firm)) == 3
    assert len(numbers_on(page(officer, firm, "ubah/"), firm)) == 3
    event = AuditEvent.objects.get(act="reveal_numbers")
    assert (event.by, event.vendor, event.reason) == (officer, firm, "Menelepon pemilik")
    assert "numbers" in Look.objects.filter(vendor=firm).values_list("what", flat=True)
    assert str(Look.What.NUMBERS.label) in [what for *_rest, what in looks_of(firm)]


def test_without_a_reason_the_numbers_stay_covered() -> None:
    firm, officer = make.refer(**NUMBERS), make.make_user(roles.OFFICER)
    client = Client()
    client.force_login(officer)
    answer = client.post(f"/usaha/{firm.pk}/nomor/", {"reveal-reason": " "})
    assert answer.status_code == 422
    assert numbers_on(answer.content.decode(), firm) == []
    with pytest.raises(Refused):
        actions.reveal_numbers(firm, reason=" ", by=officer)
    for role in (roles.AUDITOR, roles.MANAGER, roles.ADMIN):
        with pytest.raises(NotAllowed):
            actions.reveal_numbers(firm, reason="Contoh", by=make.make_user(role))


def test_numbers_shown_are_covered_again_after_some_minutes_and_for_a_colleague_always() -> None:
    firm, officer = make.refer(**NUMBERS), make.make_user(roles.OFFICER)
    actions.reveal_numbers(firm, reason="Contoh", by=officer)
    assert sees_in_full(officer, firm)
    assert not sees_in_full(make.make_user(roles.OFFICER), firm)
    Setting.objects.update_or_create(pk="reveal_minutes", defaults={"value": 0})
    assert not sees_in_full(officer, firm)


def test_whoever_holds_the_case_sees_the_numbers_of_the_firm_without_asking() -> None:
    firm = firms.submitted().vendor
    officer = make.make_user(roles.OFFICER)
    case = Case.objects.get(vendor=firm)
    assert not sees_in_full(officer, firm)
    actions.claim_case(case, by=officer)
    assert sees_in_full(officer, firm)


def test_a_correction_does_not_touch_numbers_that_are_covered() -> None:
    firm, officer = make.refer(**NUMBERS), make.make_user(roles.OFFICER)
    client = Client()
    client.force_login(officer)
    facts = {name: getattr(firm, name) or "" for name in ("name", "legal_form", "nib", "address")}
    facts |= {"owner_name": firm.owner_name, "email": firm.email, "region": firm.region_id}
    facts |= {"kbli": firm.kbli, "category": firm.category, "reason": "Contoh"}
    facts |= {"address": "Jalan Contoh Baru 2", "nik": "3578994102900099", "phone": "08120000000"}
    assert client.post(f"/usaha/{firm.pk}/ubah/", facts).status_code == 302
    after = firm.refresh()
    assert (after.nik, after.phone, after.address) == (firm.nik, firm.phone, "Jalan Contoh Baru 2")


def test_thirty_reveals_in_an_hour_raise_one_alert_and_the_head_is_told() -> None:
    firm, officer, head = make.refer(), make.make_user(roles.OFFICER), make.make_user(roles.MANAGER)
    for _each in range(29):
        actions.reveal_numbers(firm, reason="Contoh", by=officer)
    assert not BrowsingAlert.objects.exists()
    for _each in range(3):
        actions.reveal_numbers(firm, reason="Contoh", by=officer)
    alert = BrowsingAlert.objects.get()
    assert (alert.person, alert.kind, alert.count) == (officer, "reveals", 30)
    assert Message.objects.get(kind="browsing_alert").to == head.email
    assert AuditEvent.objects.filter(act="raise_alert").count() == 1


def test_many_firms_outside_own_cases_raise_an_alert_and_own_cases_do_not() -> None:
    noon = timezone.localtime().replace(hour=12)
    Setting.objects.update_or_create(pk="alert_firms", defaults={"value": 2})
    own, others = firms.submitted().vendor, [make.refer(), make.refer(nib="0099000000017")]
    officer, busy = make.make_user(roles.OFFICER), make.make_user(roles.OFFICER)
    actions.claim_case(Case.objects.get(vendor=own), by=officer)
    look_at([own, others[0]], officer, noon - timedelta(minutes=1))
    look_at(others, busy, noon - timedelta(minutes=1))
    assert actions.watch_browsing(now=noon) == 1
    assert actions.watch_browsing(now=noon) == 0
    assert [(one.person, one.kind) for one in BrowsingAlert.objects.all()] == [(busy, "firms")]


def test_firms_opened_at_night_raise_an_alert() -> None:
    Setting.objects.update_or_create(pk="alert_night_firms", defaults={"value": 1})
    officer, firm = make.make_user(roles.OFFICER), make.refer()
    night = timezone.localtime().replace(hour=23, minute=30)
    look_at([firm], officer, night - timedelta(minutes=1))
    assert actions.watch_browsing(now=night) == 1
    assert BrowsingAlert.objects.get().kind == BrowsingAlert.Kind.NIGHT


def test_the_head_settles_an_alert_with_a_note_and_the_auditor_only_reads_it() -> None:
    officer, head = make.make_user(roles.OFFICER), make.make_user(roles.MANAGER)
    alert = BrowsingAlert.objects.create(
        person=officer, kind="firms", count=61, since=timezone.now()
    )
    url = f"/peringatan/{alert.pk}/"
    client = Client()
    client.force_login(head)
    assert officer.full_name in client.get("/peringatan/").content.decode()
    assert client.post(url, {f"alert-{alert.pk}-note": ""}).status_code == 422
    assert client.post(url, {f"alert-{alert.pk}-note": "Ditugaskan"}).status_code == 302
    alert.refresh_from_db()
    assert (alert.settled_by, alert.note) == (head, "Ditugaskan")
    with pytest.raises(TakenByAnother):
        actions.settle_alert(alert, note="Lagi", by=head)
    with pytest.raises(NotAllowed):
        actions.settle_alert(alert, note="Contoh", by=make.make_user(roles.ADMIN))
    assert "Ditugaskan" in client.get("/peringatan/?part=all").content.decode()


def test_nobody_settles_an_alert_about_themselves() -> None:
    head = make.make_user(roles.MANAGER)
    alert = BrowsingAlert.objects.create(person=head, kind="firms", count=61, since=timezone.now())
    assert not BrowsingAlert.objects.visible_to(head).exists()
    with pytest.raises(NotAllowed):
        actions.settle_alert(alert, note="Contoh", by=head)
