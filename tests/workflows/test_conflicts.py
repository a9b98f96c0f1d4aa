"""Ties: said, found by marks, ended by a colleague only; under the lock of every act."""

from __future__ import annotations

import pytest
from django.test import Client

from documents.models import Paper, Reading
from onboarding import roles
from tests import factories as make
from tests.workflows import firms
from workflows import actions, rights
from workflows.errors import ConflictOfInterest, Refused, SamePerson
from workflows.models import AuditEvent, PersonalMark

pytestmark = pytest.mark.django_db
NIK = "3578994102900777"


def test_who_says_to_be_tied_loses_the_case_and_acts_on_it_no_more(client: Client) -> None:
    case, officer = firms.submitted(), make.make_user(roles.OFFICER)
    actions.claim_case(case, by=officer)
    client.force_login(officer)
    url = f"/keterkaitan/usaha/{case.vendor_id}/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "Toko kakak saya"}).status_code == 302
    assert firms.again(case).owner is None
    with pytest.raises(ConflictOfInterest):
        actions.verify_case(case, recommendation="Baik", by=officer)
    assert (
        str(rights.ties_of(officer, [case.vendor_id])[case.vendor_id])
        in client.get(f"/meja/kasus/{case.pk}/").text
    )
    assert "declare_conflict" in firms.acts_on(case.vendor)


def test_only_a_colleague_ends_a_tie_and_says_why(client: Client) -> None:
    vendor, officer, colleague = firms.eligible(), *(make.make_user(roles.OFFICER) for _ in "ab")
    tie = actions.declare_conflict(vendor, reason="Mantan majikan", by=officer)
    with pytest.raises(SamePerson):
        actions.end_conflict(tie, reason="Sudah tidak", by=officer)
    client.force_login(colleague)
    answer = client.post(f"/keterkaitan/{tie.pk}/selesai/", {"reason": "Sudah lima tahun"})
    assert answer.status_code == 302
    rights.check_no_kinship(officer, vendor)
    assert AuditEvent.objects.get(act="end_conflict").detail["person"] == officer.pk


@pytest.mark.parametrize(
    ("kind", "stated", "changes"),
    [
        ("nik", NIK, {"nik": NIK}),
        ("phone", "0812-9999-0001", {"phone": "081299990001"}),
        ("email", "Kakak@Contoh.Test", {"email": "kakak@contoh.test"}),
        ("address", "Jl. Contoh Mawar no 5, Ketintang", {"address": "Jalan Contoh Mawar 5"}),
    ],
)
def test_a_mark_shared_with_the_firm_is_a_tie(
    kind: str, stated: str, changes: dict[str, str]
) -> None:
    vendor, officer = firms.eligible(**changes), make.make_user(roles.OFFICER)
    mark = actions.add_mark(kind=kind, value=stated, region="35.78", by=officer)
    assert stated not in str(vars(mark))
    with pytest.raises(ConflictOfInterest) as refusal:
        rights.check_no_kinship(officer, firms.eligible(), vendor)
    assert changes[kind] not in refusal.value.sentence
    actions.remove_mark(mark, by=officer)
    rights.check_no_kinship(officer, vendor)


def test_a_mark_shared_with_the_owners_account_or_with_a_person_on_the_deed_is_a_tie() -> None:
    case, officer = firms.submitted(), make.make_user(roles.OFFICER)
    owner = make.owner_of(case.vendor)
    actions.add_mark(kind="email", value=owner.email or "", by=officer)
    actions.add_mark(kind="nik", value=NIK, by=officer)
    assert rights.ties_of(officer, [case.vendor_id])
    PersonalMark.objects.filter(user=officer, kind="email").delete()
    assert not rights.ties_of(officer, [case.vendor_id])
    paper = Paper.objects.filter(vendor=case.vendor).first()
    Reading.objects.create(paper=paper, fields={"persons": [{"name": "Contoh", "nik": NIK}]})
    with pytest.raises(ConflictOfInterest):
        actions.claim_case(case, by=officer)


def test_a_batch_is_asked_in_few_queries(django_assert_max_num_queries: object) -> None:
    ids = [firms.eligible().pk for _each in range(3)]
    officer = make.make_user(roles.OFFICER)
    with django_assert_max_num_queries(1):  # type: ignore[operator]  # a fixture
        rights.check_no_kinship(officer, *ids)
    actions.add_mark(kind="nik", value=NIK, by=officer)
    with django_assert_max_num_queries(2):  # type: ignore[operator]  # a fixture
        rights.check_no_kinship(officer, *ids)


def test_my_marks_show_kind_and_day_only(client: Client) -> None:
    officer = make.make_user(roles.OFFICER)
    client.force_login(officer)
    assert client.post("/keterkaitan/", {"kind": "nik", "value": NIK}).status_code == 302
    assert client.post("/keterkaitan/", {"kind": "nik", "value": "12"}).status_code == 409
    page = client.get("/keterkaitan/").text
    assert NIK not in page
    mark = PersonalMark.objects.get(user=officer)
    stranger = make.make_user(roles.OFFICER)
    with pytest.raises(Refused):
        actions.remove_mark(mark, by=stranger)
    assert client.post(f"/keterkaitan/penanda/{mark.pk}/hapus/").status_code == 302
    assert not PersonalMark.objects.exists()
