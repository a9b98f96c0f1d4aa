"""Papers enter at the desk: when, by whom, and when the firm is complete."""

from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage

from documents.actions import Judged
from documents.models import DocumentType, Paper
from onboarding import roles
from onboarding.models import Status, Vendor
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.errors import MoveNotAllowed, NotAllowed, Refused
from workflows.models import Case, CorrectionItem, Job

pytestmark = pytest.mark.django_db

STATEMENT = "pakta-integritas"


def kind(slug: str) -> DocumentType:
    return DocumentType.objects.get(slug=slug)


def agree(vendor: Vendor, slug: str = STATEMENT, *, by: make.User | None = None) -> Paper:
    return actions.agree_to_statement(
        vendor.refresh(),
        document_type=kind(slug),
        text="Saya menyatakan benar.",
        by=by or make.owner_of(vendor),
    )


# --- when ---
@pytest.mark.parametrize("point", ["eligible", "guided"])
def test_a_paper_may_be_handed_in_before_submission(point: str) -> None:
    paper = make.hand_in(getattr(firms, point)(), "ktp")
    assert paper.state == Paper.State.RECEIVED
    assert Job.objects.get(subject_id=paper.pk).kind == Job.Kind.READ_PAPER


def test_an_invited_firm_may_hand_in_papers_and_a_returned_one_its_corrections() -> None:
    for vendor in (make.invite(firms.eligible()), firms.returned().vendor):
        assert make.hand_in(vendor, "ktp").state == Paper.State.RECEIVED


@pytest.mark.parametrize(
    "point", ["submitted", "verified", "rejected", "approved", "active", "withdrawn", "suspended"]
)
def test_no_paper_is_taken_at_other_times(point: str) -> None:
    here = getattr(firms, point)()
    vendor = here if isinstance(here, Vendor) else here.vendor
    before = Paper.objects.filter(vendor=vendor).count()
    with pytest.raises(MoveNotAllowed):
        make.hand_in(vendor, "ktp")
    with pytest.raises(MoveNotAllowed):
        agree(vendor)
    assert Paper.objects.filter(vendor=vendor).count() == before


# --- while the files are judged ---
def send_while(vendor: Vendor, meanwhile: Callable[[], object]) -> Paper:
    """One photo handed in; what happens while the child looks at it has happened then."""

    def judge() -> list[Judged]:
        meanwhile()
        return [Judged(make.photo(), "0" * 64, "jpeg", 1)]

    return actions.papers.hand_in_judged(
        vendor.refresh(),
        document_type=kind("ktp"),
        judge=judge,
        declared={},
        upload_key="satu-unggahan",
        by=make.owner_of(vendor),
    )


def stored() -> set[str]:
    return set(default_storage.listdir("papers")[1]) if default_storage.exists("papers") else set()


def leave(vendor: Vendor) -> None:
    actions.leave_programme(vendor.refresh(), reason="Tutup usaha", by=make.owner_of(vendor))


def merge_away(vendor: Vendor) -> None:
    actions.merge_firms(
        kept=firms.guided(), merged=vendor.refresh(), by=make.make_user(roles.OFFICER)
    )


def resubmit(vendor: Vendor) -> None:
    firms.put_paper(vendor, "ktp")
    actions.resubmit_case(vendor.refresh(), by=make.owner_of(vendor))


@pytest.mark.parametrize(
    ("point", "meanwhile", "why"),
    [
        ("eligible", merge_away, "digabungkan"),
        ("returned", resubmit, "Diajukan"),
        ("eligible", leave, "Mengundurkan diri"),
    ],
)
def test_a_firm_that_moved_on_while_a_photo_was_judged_does_not_get_it_and_reads_why(
    point: str, meanwhile: Callable[[Vendor], None], why: str
) -> None:
    here = getattr(firms, point)()
    vendor = here if isinstance(here, Vendor) else here.vendor
    before = stored()
    with pytest.raises(Refused, match=why):
        send_while(vendor, lambda: meanwhile(vendor))
    assert not Paper.objects.filter(upload_key="satu-unggahan").exists()
    assert stored() == before


def test_an_upload_that_came_twice_gets_its_paper_though_the_firm_moved_on_meanwhile() -> None:
    vendor, first = firms.eligible(), []

    def meanwhile() -> None:
        first.append(send_while(vendor, lambda: None))
        leave(vendor)

    assert [send_while(vendor, meanwhile)] == first


# --- by whom ---
def test_an_officer_hands_in_for_an_owner_who_consented_and_the_trail_tells_who() -> None:
    vendor, officer = firms.guided(), make.make_user(roles.OFFICER)
    with pytest.raises(NotAllowed):
        make.hand_in(vendor, "ktp", by=officer)
    actions.begin_assistance(vendor, consent_of="Contoh", way="phone", by=officer)
    make.hand_in(vendor, "ktp", by=officer)
    assert vendor.events.get(act="hand_in_paper").by == officer
    with pytest.raises(NotAllowed):
        agree(vendor, by=officer)


@pytest.mark.parametrize("role", [roles.APPROVER, roles.AGENCY, roles.TRAINER, roles.VENDOR])
def test_nobody_else_hands_in_papers(role: str) -> None:
    vendor, person = firms.guided(), make.make_user(role)
    with pytest.raises(NotAllowed):
        make.hand_in(vendor, "ktp", by=person)
    with pytest.raises(NotAllowed):
        agree(vendor, by=person)


# --- statements ---
def test_a_statement_is_kept_word_for_word_and_needs_no_worker() -> None:
    vendor = firms.guided()
    paper = agree(vendor)
    assert (paper.state, paper.declared) == (
        Paper.State.READ,
        {"statement": "Saya menyatakan benar."},
    )
    assert not Job.objects.exists()
    assert vendor.events.get(act="agree_to_statement").detail["digest"] == paper.digest


def test_a_click_does_not_stand_in_for_a_paper_that_must_be_sent() -> None:
    vendor = firms.guided()
    with pytest.raises(Refused):
        agree(vendor, "ktp")
    assert not Paper.objects.filter(vendor=vendor).exists()


# --- complete ---
def test_a_guided_firm_is_submitted_when_its_last_paper_was_read() -> None:
    vendor = firms.guided()
    *others, last = make.required_of(vendor)
    for slug in others:
        firms.put_paper(vendor, slug)
    make.hand_in(vendor, last)
    assert firms.status_of(vendor) == Status.GUIDED
    make.run_jobs()
    assert firms.status_of(vendor) == Status.SUBMITTED
    assert Case.objects.get(vendor=vendor).round.number == 1


def test_a_firm_with_a_paper_missing_is_not_submitted() -> None:
    vendor = firms.guided()
    for slug in make.required_of(vendor)[1:]:
        firms.put_paper(vendor, slug)
    assert actions.submit_if_complete(vendor, by=make.owner_of(vendor)).status == Status.GUIDED


def test_a_complete_firm_that_was_not_guided_is_not_submitted() -> None:
    vendor = firms.put_papers(firms.eligible())
    assert actions.submit_if_complete(vendor, by=make.owner_of(vendor)).status == Status.ELIGIBLE
    assert not Case.objects.exists()


def test_a_firm_is_submitted_once() -> None:
    case = firms.submitted()
    actions.submit_if_complete(case.vendor, by=make.owner_of(case.vendor))
    assert Case.objects.filter(vendor=case.vendor).count() == 1
    assert firms.acts_on(case.vendor).count("submit") == 1


@pytest.mark.parametrize("form", ["perorangan", "cv", "pt", "pt_perorangan", "koperasi"])
def test_every_legal_form_has_a_way_to_completeness(form: str) -> None:
    assert firms.status_of(firms.submitted(legal_form=form)) == Status.SUBMITTED


# --- corrections ---
def test_the_new_paper_resolves_the_item_that_asked_for_it() -> None:
    case = firms.returned()
    owner = make.owner_of(case.vendor)
    make.hand_in(case.vendor, "ktp", by=owner)
    item = CorrectionItem.objects.get(request__case=case)
    assert (item.resolved_by, bool(item.resolved_at)) == (owner, True)


def test_another_paper_resolves_nothing() -> None:
    case = firms.returned()
    make.hand_in(case.vendor, "npwp")
    assert CorrectionItem.objects.get(request__case=case).resolved_at is None
