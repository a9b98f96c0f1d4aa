"""Corrections as objects: a place on the paper, a date, an answer; what changed in round two."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from documents.models import PageImage, Paper, Reading, ReadValue
from onboarding import roles
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.actions.corrections import check_nothing_open
from workflows.casefile import open_casefile
from workflows.changes import changes_of_case
from workflows.errors import ItemsStillOpen, Refused, TakenByAnother
from workflows.models import Case, CorrectionItem, CorrectionRequest, Setting, Stage

pytestmark = pytest.mark.django_db
SPOT = 'class="spot"'


@pytest.fixture
def officer(client: Client) -> make.User:
    user = make.make_user(roles.OFFICER)
    client.force_login(user)
    return user


def read(paper: Paper, value: str, *, verdict: str = "differs") -> Paper:
    """Let the machine have read a name on a paper, with a picture of its page."""
    kind = paper.document_type
    kind.is_read = True
    kind.save()
    PageImage.objects.create(
        paper=paper, number=1, stored_as=f"contoh-{paper.pk}.webp", width=1130, height=1600
    )
    ReadValue.objects.create(
        reading=Reading.objects.create(paper=paper, kind="deed"),
        position=1,
        field="company_name",
        declared="Contoh Makmur",
        value=value,
        verdict=verdict,
        confidence=0.95,
        page=1,
        shown_box=[10, 20, 400, 60],
    )
    return paper


def ktp_of(case: Case) -> Paper:
    return Paper.objects.exclude(state="REPLACED").get(vendor=case.vendor_id, document_type="ktp")


def asked(client: Client, officer: make.User, case: Case) -> CorrectionItem:
    """The officer asks to correct the name that the machine read on the KTP."""
    paper = read(ktp_of(case), "Contoh Abadi")
    actions.claim_case(case, by=officer)
    url = f"/meja/kasus/{case.pk}/"
    form = client.get(f"{url}?paper={paper.pk}&item=company_name").context["item_form"]
    assert form.initial["reason_code"] == "NAME_MISMATCH"
    body = {key: form.initial[key] for key in ("document_type", "reason_code", "text", "path")}
    assert client.post(f"{url}butir/?paper={paper.pk}", body).status_code == 302
    return CorrectionItem.objects.get(request__case=case)


def test_a_differing_value_is_asked_about_with_its_place_and_the_owner_sees_it(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    item = asked(client, officer, case)
    assert (item.paper, item.page, item.box) == (ktp_of(case), 1, [10, 20, 400, 60])
    assert "Contoh Abadi" in item.text
    assert SPOT in client.get(f"/meja/kasus/{case.pk}/").text
    actions.return_case(case, by=officer)
    client.force_login(make.owner_of(case.vendor))
    assert SPOT in client.get(f"/saya/{case.vendor_id}/").text
    assert SPOT in client.get(f"/saya/{case.vendor_id}/dokumen/ktp/").text


def test_left_empty_the_words_of_the_reason_are_taken(client: Client, officer: make.User) -> None:
    case = firms.submitted()
    actions.claim_case(case, by=officer)
    client.post(
        f"/meja/kasus/{case.pk}/butir/", {"reason_code": "DOC_UNREADABLE", "document_type": "ktp"}
    )
    item = CorrectionItem.objects.get(request__case=case)
    assert item.text == item.reason_code.suggestion != ""
    url = f"/meja/kasus/{case.pk}/butir/{item.pk}/ubah/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"text": "Foto ulang KTP."}).status_code == 302
    item.refresh_from_db()
    assert item.text == "Foto ulang KTP."


def test_the_owner_gets_the_date_that_the_officer_chose_within_the_limits() -> None:
    case, today = firms.submitted(), timezone.localdate()
    officer = firms.ask(case)
    with pytest.raises(Refused):
        actions.set_correction_due(case, due_on=today + timedelta(days=1), by=officer)
    actions.set_correction_due(case, due_on=today + timedelta(days=20), by=officer)
    actions.return_case(case, by=officer)
    assert CorrectionRequest.objects.get(case=case).due_on == today + timedelta(days=20)
    due_at = firms.again(case).due_at
    assert due_at
    assert timezone.localdate(due_at) == today + timedelta(days=20)


def test_a_point_is_settled_by_the_owners_words_or_by_an_officer_once(client: Client) -> None:
    case = firms.returned(slug=None)
    item = CorrectionItem.objects.get(request__case=case)
    client.force_login(make.owner_of(case.vendor))
    assert f"/perbaikan/{item.pk}/" in client.get(f"/saya/{case.vendor_id}/").text
    client.post(f"/saya/{case.vendor_id}/perbaikan/{item.pk}/", {"answer": "Sudah di OSS"})
    item.refresh_from_db()
    assert (item.answer, item.resolved_by) == ("Sudah di OSS", make.owner_of(case.vendor))
    with pytest.raises(TakenByAnother):
        actions.resolve_item(item, reason="Ditelepon", by=make.make_user(roles.OFFICER))
    other = firms.returned()
    point = CorrectionItem.objects.get(request__case=other)
    actions.resolve_item(point, reason="Sudah jelas", by=make.make_user(roles.OFFICER))
    actions.resubmit_case(other.vendor.refresh(), by=make.owner_of(other.vendor))
    assert firms.again(other).stage == Stage.VERIFY


def test_nothing_is_decided_while_a_point_is_open() -> None:
    case = firms.verified()
    request = CorrectionRequest.objects.create(
        case=case,
        round_number=1,
        created_by=make.make_user(roles.OFFICER),
    )
    CorrectionItem.objects.create(
        request=request, number=1, reason_code=firms.reason(), text="Contoh"
    )
    with pytest.raises(ItemsStillOpen):
        make.approve(case)
    CorrectionItem.objects.all().delete()
    check_nothing_open(case)


def test_the_second_round_shows_what_changed_and_what_stayed(
    client: Client, officer: make.User, django_assert_max_num_queries: object
) -> None:
    case = firms.submitted()
    item = asked(client, officer, case)
    actions.return_case(case, by=officer)
    firms.put_paper(case.vendor, "ktp")
    read(ktp_of(case), "Contoh Makmur", verdict="agrees")
    actions.resubmit_case(case.vendor.refresh(), by=make.owner_of(case.vendor))
    file = open_casefile(officer, case.pk)
    with django_assert_max_num_queries(2):  # type: ignore[operator]  # a fixture
        changes_of_case(file)
    page = client.get(f"/meja/kasus/{case.pk}/")
    (change,) = page.context["changes"]
    assert (change.before, change.now) == (item.paper, ktp_of(case))
    assert [(one.before, one.now) for one in change.values] == [("Contoh Abadi", "Contoh Makmur")]
    assert not change.stayed
    beside = f"/meja/kasus/{case.pk}/versi/{change.before.pk}/"
    assert beside in page.text
    assert client.get(beside).status_code == 200
    ReadValue.objects.filter(reading__paper=change.now).update(value="Contoh Abadi")
    (change,) = client.get(f"/meja/kasus/{case.pk}/").context["changes"]
    assert change.stayed


def test_where_the_bureau_asks_for_it_the_original_is_seen_before_verifying(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    actions.claim_case(case, by=officer)
    Setting.objects.update_or_create(key="sighting_required", defaults={"value": 1})
    with pytest.raises(ItemsStillOpen):
        make.verify(case, by=officer)
    nib = Paper.objects.get(vendor=case.vendor, document_type="nib")
    today = timezone.localdate().isoformat()
    seen = {"seen-paper": nib.pk, "seen-place": "Loket Contoh", "seen-sighted_on": today}
    late = {**seen, "seen-sighted_on": "2999-01-01"}
    assert client.post(f"/meja/kasus/{case.pk}/asli/", late).status_code == 422
    assert client.post(f"/meja/kasus/{case.pk}/asli/", seen).status_code == 302
    assert "Loket Contoh" in client.get(f"/meja/kasus/{case.pk}/").text
    make.verify(case, by=officer)
