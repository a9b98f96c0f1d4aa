"""The review page: the evidence is shown, each act comes back with nothing lost."""

from __future__ import annotations

import pytest
from django.test import Client

from documents.models import PageImage, Paper, Reading, ReadValue
from onboarding import roles
from onboarding.models import Status
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.models import Case, CorrectionItem, RejectionReason, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client) -> make.User:
    user = make.make_user(roles.OFFICER)
    client.force_login(user)
    return user


def with_a_difference(case: Case) -> ReadValue:
    """Let the machine have read another name, as if on a deed."""
    paper = case.vendor.papers.select_related("document_type").first()
    assert paper
    paper.document_type.is_read = True
    paper.document_type.save()
    page = PageImage.objects.create(
        paper=paper, number=1, stored_as=f"contoh-{paper.pk}.webp", width=1130, height=1600
    )
    return ReadValue.objects.create(
        reading=Reading.objects.create(paper=paper, kind="deed"),
        position=1,
        field="company_name",
        declared="Contoh Makmur Jaya",
        value="Contoh Makmur Abadi",
        verdict="differs",
        confidence=0.93,
        page=1,
        shown_box=[10, 20, page.width / 2, 60],
    )


def taken(case: Case, user: make.User) -> str:
    actions.claim_case(case, by=user)
    return f"/meja/kasus/{case.pk}/"


def item(case: Case, officer: make.User) -> CorrectionItem:
    return actions.add_correction_item(
        case,
        reason_code=RejectionReason.objects.get(code="DOC_UNREADABLE"),
        text="Foto ulang KTP.",
        document_type=case.vendor.papers.first().document_type,
        by=officer,
    )


def test_a_difference_is_shown_in_the_table_and_on_the_page(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    with_a_difference(case)
    page = client.get(f"/meja/kasus/{case.pk}/").text
    assert "<mark>Jaya</mark>" in page
    assert "<mark>Abadi</mark>" in page
    assert "93%" in page
    assert 'class="box b"' in page
    assert 'href="#box-1"' in page
    assert "/dokumen/halaman/" in page
    assert page.count("<h1") == 1


def test_a_case_is_taken_before_anything_can_be_done(client: Client, officer: make.User) -> None:
    case = firms.submitted()
    before = client.get(f"/meja/kasus/{case.pk}/").text
    assert f'action="/meja/kasus/{case.pk}/ambil/"' in before
    assert "/verifikasi/" not in before
    after = client.get(taken(case, officer)).text
    assert "/verifikasi/" in after


def test_a_case_in_a_colleagues_hands_says_whose(client: Client, officer: make.User) -> None:
    case = firms.submitted()
    colleague = make.make_user(roles.OFFICER)
    actions.claim_case(case, by=colleague)
    page = client.get(f"/meja/kasus/{case.pk}/").text
    assert colleague.full_name in page
    assert "/verifikasi/" not in page


def test_the_auditor_reads_and_has_no_buttons(client: Client) -> None:
    case = firms.submitted()
    client.force_login(make.make_user(roles.AUDITOR))
    page = client.get(f"/meja/kasus/{case.pk}/")
    assert page.status_code == 200
    assert f"/meja/kasus/{case.pk}/ambil/" not in page.text


@pytest.mark.parametrize("role", [roles.AGENCY, roles.VENDOR, roles.TRAINER, roles.MANAGER])
def test_others_do_not_see_a_case(client: Client, role: str) -> None:
    case = firms.submitted()
    client.force_login(make.make_user(role))
    assert client.get(f"/meja/kasus/{case.pk}/").status_code == 403
    assert client.post(f"/meja/kasus/{case.pk}/verifikasi/").status_code == 403


def test_a_case_that_is_not_there_is_not_found(client: Client, officer: make.User) -> None:
    assert client.get("/meja/kasus/9999/").status_code == 404
    assert client.post("/meja/kasus/9999/verifikasi/").status_code == 404
    assert client.get(f"/meja/kasus/{'9' * 24}/").status_code == 404
    assert client.get(f"/meja/?tab=verify&after=1_{'9' * 24}").status_code == 200


def test_a_paper_that_no_machine_reads_stands_beside_what_was_declared(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    url = taken(case, officer)
    nib = case.vendor.papers.get(document_type="nib")
    page = client.get(f"{url}?paper={nib.pk}")
    assert ("NIB", case.vendor.nib) in page.context["declared"]
    assert page.context["declared"][0][1] == case.vendor.name
    assert nib.state_in_words == Paper.State.RECEIVED.label


@pytest.mark.parametrize("act", ["butir", "perbaikan", "verifikasi", "butir/1/hapus"])
def test_looking_does_nothing(client: Client, officer: make.User, act: str) -> None:
    assert client.get(f"/meja/kasus/1/{act}/").status_code == 405


def test_corrections_are_written_taken_off_and_sent_together(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    url = taken(case, officer)
    kind = case.vendor.papers.first().document_type_id
    for text in ("Foto ulang KTP.", "Salah tulis."):
        answer = client.post(
            f"{url}butir/",
            {"document_type": kind, "reason_code": "DOC_UNREADABLE", "text": text},
        )
        assert answer.status_code == 302
    wrong = CorrectionItem.objects.get(text="Salah tulis.")
    client.post(f"{url}butir/{wrong.pk}/hapus/")
    assert [i.text for i in CorrectionItem.objects.all()] == ["Foto ulang KTP."]
    assert client.post(f"{url}perbaikan/").status_code == 302
    assert case.vendor.refresh().status == Status.RETURNED
    assert "Foto ulang KTP." in client.get(url).text


def test_an_item_without_a_text_comes_back_with_what_was_chosen(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    answer = client.post(f"{taken(case, officer)}butir/", {"reason_code": "CAPACITY"})
    assert answer.status_code == 422
    assert 'id="error-summary"' in answer.text
    assert '<option value="CAPACITY" selected>' in answer.text


def test_a_paper_that_was_not_handed_in_cannot_be_asked_for_again(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    answer = client.post(
        f"{taken(case, officer)}butir/",
        {"document_type": "halal", "reason_code": "DOC_MISSING", "text": "Kirim."},
    )
    assert answer.status_code == 422


def test_an_empty_list_is_not_sent(client: Client, officer: make.User) -> None:
    case = firms.submitted()
    answer = client.post(f"{taken(case, officer)}perbaikan/")
    assert answer.status_code == 409
    assert case.vendor.refresh().status == Status.SUBMITTED


def test_an_item_of_another_case_is_not_found(client: Client, officer: make.User) -> None:
    other = item(firms.submitted(), officer)
    case = firms.submitted()
    assert client.post(f"{taken(case, officer)}butir/{other.pk}/hapus/").status_code == 404


def test_officer_verifies_with_a_recommendation(client: Client, officer: make.User) -> None:
    case = firms.submitted()
    answer = client.post(
        f"{taken(case, officer)}verifikasi/", {"advice": "approve", "explanation": "Lengkap."}
    )
    assert answer.status_code == 302
    case = Case.objects.get(pk=case.pk)
    assert case.stage == Stage.DECIDE
    assert case.round.recommendation.endswith("Lengkap.")
    assert case.round.verified_by == officer


def test_when_something_differs_corrections_come_first_and_verifying_asks_why(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    with_a_difference(case)
    url = taken(case, officer)
    page = client.get(url)
    assert page.context["return_first"]
    answer = client.post(f"{url}verifikasi/", {"advice": "approve"})
    assert answer.status_code == 422
    assert case.vendor.refresh().status == Status.SUBMITTED


def test_a_recommendation_to_refuse_says_why(client: Client, officer: make.User) -> None:
    case = firms.submitted()
    answer = client.post(f"{taken(case, officer)}verifikasi/", {"advice": "reject"})
    assert answer.status_code == 422


def test_verifying_with_an_open_item_is_refused_and_the_text_stays(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    item(case, officer)
    answer = client.post(
        f"{taken(case, officer)}verifikasi/",
        {"advice": "approve", "explanation": "Sudah saya lihat aslinya."},
    )
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text


def test_a_case_verified_by_a_colleague_meanwhile_is_told_so(
    client: Client, officer: make.User
) -> None:
    case = firms.verified()
    answer = client.post(f"/meja/kasus/{case.pk}/verifikasi/", {"advice": "approve"})
    assert answer.status_code == 409


def test_a_paper_and_a_page_can_be_chosen(client: Client, officer: make.User) -> None:
    case = firms.submitted()
    papers = list(Paper.objects.filter(vendor=case.vendor))
    page = client.get(f"/meja/kasus/{case.pk}/?paper={papers[2].pk}&page=1")
    assert page.context["file"].shown == papers[2]
    assert client.get(f"/meja/kasus/{case.pk}/?paper=x&page=99").status_code == 200


@pytest.mark.parametrize("role", [roles.OFFICER, roles.APPROVER])
@pytest.mark.parametrize("is_mine", [False, True])
def test_the_review_costs_twelve_queries(
    client: Client, role: str, is_mine: bool, django_assert_max_num_queries: object
) -> None:
    case = firms.submitted()
    with_a_difference(case)
    if role == roles.APPROVER:
        case = make.verify(case)
    user = make.make_user(role)
    if is_mine:
        actions.claim_case(case, by=user)
    client.force_login(user)
    assert client.get(f"/meja/kasus/{case.pk}/").status_code == 200  # this look is noted
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # a fixture of pytest-django
        client.get(f"/meja/kasus/{case.pk}/")
