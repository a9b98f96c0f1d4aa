"""An auditor sees by assignment: what it covers, while it runs, and nothing is changed by them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from onboarding import roles
from onboarding.models import User, Vendor
from tests import factories as make
from tests.access.doors import DOORS
from tests.workflows import firms
from workflows import actions, sampling
from workflows.errors import NotAllowed, Refused
from workflows.flows import CaseFlow
from workflows.models import AuditAssignment, AuditEvent, Case, FlagCount, Look, RedFlag

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def auditor(**scope: Any) -> User:
    """An auditor whose only assignment is the one described."""
    user = make.make_user(roles.AUDITOR)
    AuditAssignment.objects.filter(auditors=user).delete()
    if scope:
        make.assign(user, **scope)
    return User.objects.get(pk=user.pk)


def entered(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def test_without_an_assignment_an_auditor_finds_a_page_that_says_so_and_nothing_else(
    client: Client,
) -> None:
    firm = make.refer()
    entered(client, auditor())
    page = client.get("/", follow=True)
    assert page.status_code == 200
    assert "Belum ada surat tugas" in page.content.decode() or "assignment" in page.content.decode()
    for url in (f"/usaha/{firm.pk}/", "/usaha/", "/jejak/", "/surat/", "/bimtek/"):
        assert client.get(url).status_code == 403, url


@pytest.mark.parametrize(("since", "until"), [(-9, -1), (1, 9)])
def test_access_begins_and_ends_by_itself(since: int, until: int) -> None:
    days = {"access_from": since, "access_until": until}
    user = auditor(**{key: TODAY() + timedelta(days=n) for key, n in days.items()})
    assert not user.may("workflows.view_vendors")
    assert not Vendor.objects.visible_to(user).exists()


def test_a_keeper_ends_an_access_before_its_time() -> None:
    user = auditor(regions=["35.78"])
    by = make.make_user(roles.MANAGER)
    actions.end_assignment(user.running_audits[0], reason="Selesai lebih cepat", by=by)
    assert not User.objects.get(pk=user.pk).may("workflows.view_vendors")


def test_an_auditor_of_a_region_sees_its_firms_and_their_acts_only(client: Client) -> None:
    here, there = make.refer(region="Kota Surabaya"), make.refer(region="Kota Malang")
    user = auditor(regions=["35.78"])
    assert set(Vendor.objects.visible_to(user)) == {here}
    seen = AuditEvent.objects.visible_to(user).values_list("vendor", flat=True)
    assert set(seen) == {here.pk}
    entered(client, user)
    assert client.get(f"/usaha/{here.pk}/").status_code == 200
    assert client.get(f"/usaha/{there.pk}/").status_code == 404


def test_an_auditor_of_an_office_sees_what_it_named() -> None:
    by = make.make_user(roles.AGENCY, agency="dinkes")
    named, _other = make.refer(by=by), make.refer()
    assert by.agency
    assert set(Vendor.objects.visible_to(auditor(agencies=[by.agency.pk]))) == {named}


def test_an_auditor_of_a_period_that_is_over_does_not_see_what_came_later() -> None:
    make.refer()
    yesterday = TODAY() - timedelta(days=1)
    user = auditor(audited_from=yesterday, audited_until=yesterday)
    assert not user.sees_every_vendor()
    assert not Vendor.objects.visible_to(user).exists()
    assert not AuditEvent.objects.visible_to(user).exists()


def test_auditors_only_are_let_in_and_only_by_the_keeper_or_the_head() -> None:
    day = TODAY()
    facts = {
        "letter_number": "094/1/2026", "letter_on": day, "issued_by": "Inspektorat Contoh",
        "access_from": day, "access_until": day, "audited_from": day, "audited_until": day,
    }  # fmt: skip
    keeper, other = make.make_user(roles.ADMIN), make.make_user(roles.OFFICER)
    with pytest.raises(Refused):
        actions.assign_auditors(auditors=[other], **facts, by=keeper)
    with pytest.raises(NotAllowed):
        actions.assign_auditors(auditors=[auditor()], **facts, by=other)
    early = {**facts, "access_until": day - timedelta(days=1)}
    with pytest.raises(Refused):
        actions.assign_auditors(auditors=[auditor()], **early, by=keeper)


def test_the_keeper_enters_a_letter_on_a_page(client: Client) -> None:
    user, day = auditor(), TODAY().isoformat()
    entered(client, make.make_user(roles.ADMIN))
    facts = {
        "letter_number": "094/7/2026", "letter_on": day, "issued_by": "Inspektorat Contoh",
        "auditors": [user.pk], "access_from": day, "access_until": day, "audited_from": day,
        "audited_until": day, "regions": ["35.78"],
    }  # fmt: skip
    assert client.post("/pemeriksaan/tugas/", {**facts, "access_until": ""}).status_code == 422
    answer = client.post("/pemeriksaan/tugas/", {**facts, "scan": make.photo("surat")})
    assignment = AuditAssignment.objects.get(letter_number="094/7/2026")
    assert answer["Location"] == f"/pemeriksaan/{assignment.pk}/"
    assert assignment.regions == ["35.78"]
    assert User.objects.get(pk=user.pk).may("workflows.audit")
    assert client.get(f"/pemeriksaan/{assignment.pk}/surat/").status_code == 200


def test_an_auditor_may_send_nothing_but_their_own_samples_notes_counts_and_packs() -> None:
    ours = [door for door in DOORS if not door.is_packaged and "" not in door.look]
    acting = {door.name for door in ours if roles.AUDITOR in door.act}
    own = {"draw_cases", "count_flags", "order_pack", "note_sampled", "own_ticket"}
    looking = {"search", "vendors"}
    account = {"usersessions_list", "end_device"}
    assert acting == account | {f"workflows:{name}" for name in own | looking}


def test_everything_that_an_auditor_opens_is_on_record(client: Client) -> None:
    case = firms.submitted()
    user = auditor(audited_until=TODAY())
    entered(client, user)
    for url in (f"/usaha/{case.vendor_id}/", f"/meja/kasus/{case.pk}/", "/jejak/?act=approve"):
        client.get(url)
    looks = set(Look.objects.filter(by=user).values_list("vendor", "what"))
    assert (case.vendor_id, "vendor") in looks
    read = AuditEvent.objects.filter(by=user, act="read_as_auditor")
    assert "workflows:trail" in set(read.values_list("detail__page", flat=True))


def test_a_sample_is_drawn_again_by_anybody_who_has_its_seed_and_weights(client: Client) -> None:
    cases = [firms.submitted() for _n in range(3)]
    Case.objects.filter(pk=cases[0].pk).update(returns=2)
    user = auditor(audited_until=TODAY())
    audit = user.running_audits[0]
    drawn = actions.draw_cases(
        audit, cases=actions.cases_of(audit), method="weighted", size=2, seed="bejo", by=user
    )
    weights = {int(case): weight for case, weight in drawn.weights.items()}
    assert weights[cases[0].pk] == 3
    again = sampling.draw(weights, seed="bejo", size=2)
    assert list(drawn.cases.values_list("case", flat=True)) == again
    row = drawn.cases.first()
    assert row is not None
    entered(client, user)
    note = f"/pemeriksaan/kasus/{row.pk}/"
    assert client.post(note, {"outcome": "finding", "note": ""}).status_code == 409
    client.post(note, {"outcome": "finding", "note": "Nama berbeda"})
    table = client.get(f"/pemeriksaan/sampel/{drawn.pk}/tabel.csv").content.decode("utf-8-sig")
    assert "Nama berbeda" in table
    assert "bejo" in table


@pytest.mark.parametrize("role", [roles.AUDITOR, roles.MANAGER])
def test_a_flag_about_people_and_no_firm_can_be_read(client: Client, role: str) -> None:
    reader, one, other = (make.make_user(r) for r in (role, roles.OFFICER, roles.APPROVER))
    audit = AuditAssignment.objects.first() or make.assign(make.make_user(roles.AUDITOR))
    bounds = dict.fromkeys(("flag_pair_cases", "flag_pair_percent"), 10)
    count = FlagCount.objects.create(
        assignment=audit, ordered_by=one, cut_at=timezone.now(), counts={"pair": 1}, bounds=bounds
    )
    firm = make.refer()
    case = Case.objects.create(flow_class=CaseFlow, vendor=firm, region=firm.region)
    facts = {"verifier": one.pk, "decider": other.pk, "cases": 10, "chance": 10.5}
    facts |= {"some": [case.pk], "bound": [other.pk]}
    RedFlag.objects.create(count=count, kind="pair", facts=facts)
    client.force_login(reader)
    page = client.get(f"/pemeriksaan/{audit.pk}/tanda/pair/")
    assert page.status_code == 200
    assert one.full_name in page.text
    assert "10,5" in page.text
    assert page.text.count(other.full_name) >= 2, "who worked with nobody else is named again"
    assert (f'href="/meja/kasus/{case.pk}/"' in page.text) == (role == roles.AUDITOR)
