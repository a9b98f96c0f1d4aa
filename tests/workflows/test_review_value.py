"""The officer's word on a value: kept beside the machine's, compared again, told in the trail."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from documents.errors import Refused as PaperRefused
from documents.models import PageImage, Paper, Reading, ReadValue, ValueReview
from onboarding import roles
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.errors import NotAllowed, Refused, TakenByAnother
from workflows.models import AuditEvent, Case

pytestmark = pytest.mark.django_db
NIK = "3578990311790019"


@pytest.fixture
def officer() -> make.User:
    return make.make_user(roles.OFFICER)


def read_deed(case: Case, **changes: Any) -> Paper:
    """Let the machine have read a deed: a name that differs, a NIK, a contradiction."""
    paper = case.vendor.papers.select_related("document_type").first()
    assert paper
    paper.document_type.is_read = True
    paper.document_type.save()
    paper.declared = {"company_name": "Contoh Makmur Jaya"}
    paper.save()
    PageImage.objects.create(
        paper=paper, number=1, stored_as=f"contoh-{paper.pk}.webp", width=930, height=1300
    )
    known: dict[str, Any] = {
        "kind": "akta_pt",
        "reader_version": "2",
        "fields": {"kbli": ["56210"], "persons": [{"name": "CONTOH SATU", "nik": NIK}]},
        "confidence": {"kbli.0": 0.95, "persons.0.name": 0.95, "persons.0.nik": 0.7},
        "evidence": [
            {"field": "person_nik", "page": 0, "display_box": [100, 400, 300, 420]},
            {"field": "deed_date", "page": 0, "display_box": [100, 200, 150, 220]},
        ],
        "checks": [
            {"name": "deed_date_words", "verdict": "agrees", "values": ["2020-01-02"] * 2},
            {
                "name": "nik_birth",
                "verdict": "differs",
                "values": [NIK, "1979-12-03"],
                "evidence": [0, 1],
                "spots": [
                    {"field": "person_nik", "page": 0, "display_box": [100, 400, 300, 420]},
                    {"field": "deed_date", "page": 0, "display_box": [100, 200, 150, 220]},
                ],
            },
        ],
        "further": {"capture": ["scan"]},
    }
    reading = Reading.objects.create(paper=paper, **{**known, **changes})
    ReadValue.objects.create(
        reading=reading,
        position=1,
        field="company_name",
        declared="Contoh Makmur Jaya",
        value="CONTOH MAKMUR RAYA",
        verdict="differs",
        confidence=0.93,
        page=1,
        shown_box=[100, 100, 400, 120],
    )
    return paper


def say(case: Case, paper: Paper, path: str, outcome: str, by: make.User, **more: str) -> Any:
    return actions.review_value(case, paper_id=paper.pk, path=path, outcome=outcome, by=by, **more)


def test_a_corrected_value_is_kept_beside_what_the_machine_read(officer: make.User) -> None:
    case = firms.submitted()
    paper = read_deed(case)
    review = say(
        case, paper, "company_name", "wrong", officer, value="pt contoh makmur jaya", note="cap"
    )
    assert (review.machine_value, review.machine_confidence) == ("CONTOH MAKMUR RAYA", 0.93)
    assert (review.value, review.comparison, review.by) == ("CONTOH MAKMUR JAYA", "agrees", officer)
    assert (review.kind, review.capture, review.reader_version) == ("akta_pt", "scan", "2")
    assert paper.reading.values_read.get().value == "CONTOH MAKMUR RAYA"


def test_the_same_word_twice_is_kept_once_and_the_latest_counts(officer: make.User) -> None:
    case = firms.submitted()
    paper = read_deed(case)
    first = say(case, paper, "kbli.0", "wrong", officer, value="47111")
    assert say(case, paper, "kbli.0", "wrong", officer, value="47111") == first
    say(case, paper, "kbli.0", "right", officer)
    paper.refresh_from_db()
    assert paper.reviewed["kbli.0"]["outcome"] == "right"
    assert ValueReview.objects.count() == 2
    assert firms.acts_on(case.vendor).count("review_value") == 2


def test_typing_what_the_machine_read_is_saying_that_it_is_right(officer: make.User) -> None:
    case = firms.submitted()
    paper = read_deed(case)
    assert say(case, paper, "kbli.0", "wrong", officer, value="56 210").outcome == "right"


def test_the_trail_says_who_corrected_what_and_covers_the_nik(officer: make.User) -> None:
    case = firms.submitted()
    paper = read_deed(case)
    say(case, paper, "persons.0.nik", "wrong", officer, value="3578 9903 1179 0018")
    event = AuditEvent.objects.get(act="review_value")
    assert (event.by, event.vendor_id) == (officer, case.vendor_id)
    assert event.detail["field"] == "persons.0.nik"
    assert (event.detail["read"], event.detail["right"]) == ("•" * 12 + "0019", "•" * 12 + "0018")


@pytest.mark.parametrize(
    ("path", "text"),
    [("persons.0.nik", "123"), ("kbli.0", "562"), ("company_name", "  "), ("kbli.7", "56210")],
)
def test_what_cannot_be_such_a_value_is_refused(path: str, text: str, officer: make.User) -> None:
    case = firms.submitted()
    paper = read_deed(case)
    with pytest.raises(PaperRefused):
        say(case, paper, path, "wrong", officer, value=text)
    assert not ValueReview.objects.exists()


def test_only_the_officer_who_holds_the_case_says_a_word(officer: make.User) -> None:
    case = firms.submitted()
    paper = read_deed(case)
    with pytest.raises(NotAllowed):
        say(case, paper, "kbli.0", "right", make.make_user(roles.APPROVER))
    actions.claim_case(case, by=officer)
    with pytest.raises(TakenByAnother):
        say(case, paper, "kbli.0", "right", make.make_user(roles.OFFICER))
    tied = make.make_user(roles.OFFICER, phone=case.vendor.phone)
    actions.give_back_case(case, by=officer)
    with pytest.raises(Refused):
        say(case, paper, "kbli.0", "right", tied)


def test_after_verification_and_on_anothers_paper_nothing_is_said(officer: make.User) -> None:
    case = firms.submitted()
    with pytest.raises(Refused):
        say(case, read_deed(firms.submitted()), "kbli.0", "right", officer)
    paper = read_deed(case)
    with pytest.raises(TakenByAnother):
        say(make.verify(case), paper, "kbli.0", "right", officer)


def test_the_page_shows_every_value_in_groups_and_the_contradiction_first(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    read_deed(case)
    actions.claim_case(case, by=officer)
    client.force_login(officer)
    page = client.get(f"/meja/kasus/{case.pk}/")
    assert NIK not in page.text
    assert "•" * 12 + "0019" in page.text
    assert [group.title != "" for group in page.context["groups"]] == [False, True, True]
    assert [question.outcome.row for question in page.context["questions"]] == ["b", ""]
    lines = {line.path: line for group in page.context["groups"] for line in group.lines}
    assert lines["persons.0.nik"].outcome.row == "w"
    assert lines["kbli.0"].title
    # The NIK has a box of its own already; the date beside it is found through the question's.
    nik = lines["persons.0.nik"].number
    assert [side.mark for side in page.context["questions"][0].sides] == [str(nik), "A2"]
    assert 'id="box-A2"' in page.text


def test_a_correction_ends_the_difference_and_says_so(client: Client, officer: make.User) -> None:
    case = firms.submitted()
    paper = read_deed(case, checks=[])
    actions.claim_case(case, by=officer)
    client.force_login(officer)
    url = f"/meja/kasus/{case.pk}/"
    assert client.get(url).context["file"].differing == 1
    form = client.get(f"{url}?paper={paper.pk}&value=company_name")
    assert 'value="CONTOH MAKMUR RAYA"' in form.text
    answer = client.post(
        f"{url}nilai/{paper.pk}/?paper={paper.pk}",
        {"path": "company_name", "outcome": "wrong", "value": "Contoh Makmur Jaya"},
    )
    assert answer["Location"] == f"{url}?paper={paper.pk}#value-company_name"
    page = client.get(url)
    assert page.context["file"].differing == 0
    assert "CONTOH MAKMUR RAYA" in page.text
    assert officer.full_name in page.text


@pytest.mark.parametrize(
    ("body", "status"),
    [({"outcome": "wrong"}, 422), ({"outcome": "wrong", "value": "1"}, 409), ({}, 422)],
)
def test_a_word_that_cannot_be_kept_comes_back_beside_its_value(
    client: Client, officer: make.User, body: dict[str, str], status: int
) -> None:
    case = firms.submitted()
    paper = read_deed(case)
    actions.claim_case(case, by=officer)
    client.force_login(officer)
    answer = client.post(f"/meja/kasus/{case.pk}/nilai/{paper.pk}/", {"path": "kbli.0", **body})
    assert answer.status_code == status
    assert 'id="error-summary"' in answer.text


def test_a_paper_in_the_wrong_slot_is_said_so_and_the_right_one_is_asked_for(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    read_deed(case, kind="nib", warnings=["wrong_kind"])
    actions.claim_case(case, by=officer)
    client.force_login(officer)
    page = client.get(f"/meja/kasus/{case.pk}/")
    assert "NIB" in page.context["file"].wrong_paper
    assert '<option value="DOC_WRONG_TYPE" selected>' in page.text
    assert 'href="#list"' in page.text


def test_the_same_deed_of_another_firm_leads_to_that_firm(
    client: Client, officer: make.User
) -> None:
    other = firms.submitted()
    twin = read_deed(other)
    case = firms.submitted()
    flag = {"name": "same_deed_elsewhere", "verdict": "differs", "values": [], "papers": [twin.pk]}
    read_deed(case, checks=[flag])
    client.force_login(officer)
    page = client.get(f"/meja/kasus/{case.pk}/").text
    assert other.vendor.name in page
    assert f'href="/usaha/{other.vendor_id}/"' in page
