"""Many approved at once: only green cases, after a sample, with the number typed; one by one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from documents.models import Paper, Reading
from onboarding import roles
from onboarding.models import Status
from tests import factories as make
from tests.workflows import firms
from workflows import actions, jobs, tasks
from workflows.actions.approving import green_cases
from workflows.advice import advice_words
from workflows.errors import Refused, TakenByAnother
from workflows.letters import render_pdf
from workflows.models import BulkApproval, Case, Job, Letter

pytestmark = pytest.mark.django_db


def nobody(_job: int) -> None:
    """The queue that only hints."""


def green(**changes: Any) -> Case:
    """A case that was verified with nothing but the advice to approve; one original was seen."""
    case = firms.submitted(**changes)
    Paper.objects.filter(vendor=case.vendor, document_type="ktp").update(sighted_at=timezone.now())
    words = advice_words("approve")
    return actions.verify_case(case, recommendation=words, by=make.make_user(roles.OFFICER))


def opened(count: int, by: make.User) -> BulkApproval:
    """A batch whose sample was opened."""
    batch = actions.draw_approval(by=by, seed=7)
    assert len(batch.cases) == count
    for pk in batch.sample:
        batch = actions.open_sampled(batch, case_id=pk, by=by)
    return batch


def test_only_green_cases_are_drawn() -> None:
    good, tied = green(), green()
    firms.verified()  # the officer explained something
    doubtful, returned = green(), firms.resubmitted()
    actions.verify_case(
        returned, recommendation=advice_words("approve"), by=make.make_user(roles.OFFICER)
    )
    paper = Paper.objects.filter(vendor=doubtful.vendor).select_related("document_type")[0]
    paper.document_type.is_read = True
    approver = make.make_user(roles.APPROVER, phone=tied.vendor.phone)
    assert {case.pk for case, _why in green_cases(approver)} == {good.pk, doubtful.pk}
    Reading.objects.create(
        paper=paper, kind="deed", fields={"deed_number": "7"}, confidence={"deed_number": 0.5}
    )
    paper.document_type.save()
    for other in Paper.objects.filter(vendor=good.vendor, document_type=paper.document_type):
        Reading.objects.create(paper=other, kind="deed")
    assert [case.pk for case, _why in green_cases(approver)] == [good.pk]


def test_silence_is_not_green() -> None:
    case = green()
    Paper.objects.filter(vendor=case.vendor).update(sighted_at=None)
    approver = make.make_user(roles.APPROVER)
    assert green_cases(approver) == []
    with pytest.raises(Refused):
        actions.draw_approval(by=approver)


def test_the_page_walks_from_the_draw_to_the_result(client: Client) -> None:
    cases = [green(), green()]
    approver = make.make_user(roles.APPROVER)
    client.force_login(approver)
    assert client.get("/meja/setujui/").context["cases"]
    assert client.post("/meja/setujui/").status_code == 302
    batch = BulkApproval.objects.get()
    url = f"/meja/setujui/{batch.pk}/"
    assert client.post(url, {"count": "2"}).status_code == 409
    for pk in batch.sample:
        assert client.post(f"{url}buka/{pk}/").status_code == 302
    assert client.post(url, {"count": "3"}).status_code == 409
    assert client.post(url, {"count": "2"}).status_code == 302
    assert "<progress" in client.get(url).text
    make.run_jobs()
    assert {firms.status_of(case) for case in cases} == {Status.APPROVED}
    assert client.get(url).status_code == 200
    assert client.post(f"{url}berita-acara/").status_code == 302
    letter = Letter.objects.get(kind=Letter.Kind.VERDICT)
    assert len(letter.content["cases"]) == 2
    assert render_pdf(letter).startswith(b"%PDF")
    stranger = make.make_user(roles.APPROVER)
    client.force_login(stranger)
    assert client.get(url).status_code == 404


def test_who_is_not_green_any_more_is_left_out_with_why_and_the_rest_is_approved() -> None:
    first, second = green(), green()
    by = make.make_user(roles.APPROVER)
    batch = opened(2, by)
    with pytest.raises(TakenByAnother):
        actions.draw_approval(by=by)
    actions.confirm_approval(batch, count=2, by=by, send=nobody)
    actions.declare_conflict(second.vendor, reason="Sepupu", by=by)
    make.run_jobs()
    batch.refresh_from_db()
    assert batch.approved == [first.pk]
    assert batch.results[str(second.pk)]
    assert firms.again(first).round.decided_by == by
    assert firms.status_of(second) == Status.VERIFIED


def test_a_killed_worker_goes_on_and_decides_nothing_twice() -> None:
    cases = [green(), green()]
    by = make.make_user(roles.APPROVER)
    batch = actions.confirm_approval(opened(2, by), count=2, by=by, send=nobody)
    beats = iter([None, jobs.LeaseLost("killed")])

    def dies() -> None:
        if (fault := next(beats)) is not None:
            raise fault

    with pytest.raises(jobs.LeaseLost):
        actions.approve_many(batch.pk, by=by, beat=dies)
    batch.refresh_from_db()
    assert len(batch.approved) == 1
    tasks.do_job(Job.objects.get(kind=Job.Kind.APPROVE_MANY).pk)
    batch.refresh_from_db()
    assert sorted(batch.approved) == sorted(case.pk for case in cases)
    assert batch.finished_at


def test_a_batch_is_dropped_and_drawn_again_by_the_same_seed() -> None:
    green(), green()
    by = make.make_user(roles.APPROVER)
    first = actions.draw_approval(by=by, seed=3)
    with pytest.raises(Refused):
        actions.open_sampled(first, case_id=-1, by=by)
    actions.drop_approval(first, by=by)
    assert actions.draw_approval(by=by, seed=3).sample == first.sample


def test_minutes_of_a_decision_name_people_papers_corrections_and_the_reason(
    client: Client,
) -> None:
    officer, approver = make.make_user(roles.OFFICER), make.make_user(roles.APPROVER)
    case = make.reject(make.verify(firms.resubmitted(), by=officer), by=approver)
    client.force_login(approver)
    page = client.get(f"/meja/kasus/{case.pk}/")
    assert f"/meja/kasus/{case.pk}/berita-acara/" in page.text
    client.post(f"/meja/kasus/{case.pk}/berita-acara/")
    letter = Letter.objects.get(kind=Letter.Kind.VERDICT)
    said = letter.content
    assert (said["verified_by"], said["decided_by"]) == (officer.full_name, approver.full_name)
    digests = set(Paper.objects.filter(vendor=case.vendor).values_list("digest", flat=True))
    assert {one for paper in said["papers"] for one in paper[3]} <= digests
    assert len(said["papers"]) == len(make.required_of(case.vendor))
    assert said["corrections"][0][1].endswith("Foto KTP buram")
    assert said["reason"]
    assert actions.write_verdict(case, by=officer).pk == letter.pk
    for role in (roles.OFFICER, roles.APPROVER, roles.AUDITOR):
        client.force_login(make.make_user(role))
        assert client.get(f"/surat/{letter.pk}/pdf/").content.startswith(b"%PDF")


def test_nothing_decided_has_no_minutes() -> None:
    with pytest.raises(Refused):
        actions.write_verdict(firms.verified(), by=make.make_user(roles.APPROVER))
