"""A newer reader looks again at a period: both readings are kept, and no decision moves."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from documents import actions, child
from documents.actions.rereading import changes_between
from documents.models import Paper, Reading, Rereading
from documents.reading import READER_VERSION
from onboarding import roles
from onboarding.models import User
from tests import factories as make
from tests.documents.deeds import hand_in_deed, read
from tests.workflows import firms
from workflows import jobs, tasks
from workflows.models import Job
from workflows.sample_deeds import SampleDeed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_once")]


@pytest.fixture
def paper(samples: dict[str, SampleDeed]) -> Paper:
    """A deed as an older reader read it: with another number, and a founder unseen."""
    paper = read(hand_in_deed(make.refer(), samples["pt-clean"], deed_number="9999"))
    reading = paper.reading
    people = reading.fields["persons"][:1]
    reading.fields = {**reading.fields, "deed_number": "9999", "persons": people}
    reading.reader_version, reading.source_hash = "1", ""
    reading.save()
    reading.values_read.filter(field="deed_number").update(value="9999", verdict="agrees")
    return paper


def order(**facts: Any) -> list[Rereading]:
    today = timezone.localdate()
    return actions.order_rereading(**{"since": today, "by": make.make_user(roles.ADMIN), **facts})


def work_off() -> None:
    """Sweeps come until nothing waits."""
    for job in Job.objects.filter(kind=Job.Kind.REREAD_PAPER, state=Job.State.QUEUED):
        assert tasks.do_job(job.pk) == "done"


def again(paper: Paper) -> Paper:
    return Paper.objects.get(pk=paper.pk)


# --- ordering ---
def test_only_papers_of_the_period_that_an_older_reader_read_are_ordered(paper: Paper) -> None:
    today = timezone.localdate()
    found = actions.papers_to_reread
    assert list(found(since=today)) == [paper]
    assert list(found(since=today - timedelta(days=9), until=today)) == [paper]
    assert not found(since=today + timedelta(days=1)).exists()
    assert not found(since=today - timedelta(days=9), until=today - timedelta(days=1)).exists()
    Reading.objects.update(reader_version=READER_VERSION)
    assert not found(since=today).exists()


def test_ordering_twice_reads_once(paper: Paper) -> None:
    assert len(order()) == 1
    assert order() == []
    assert Job.objects.filter(kind=Job.Kind.REREAD_PAPER).count() == 1


# --- what is kept ---
def test_the_newer_reading_takes_its_place_and_the_older_is_kept_beside(
    paper: Paper, samples: dict[str, SampleDeed]
) -> None:
    older = set(paper.pages.values_list("stored_as", flat=True))
    order()
    work_off()
    reading, rereading = again(paper).reading, Rereading.objects.get()
    number = str(samples["pt-clean"].deed.number)
    assert (reading.reader_version, reading.fields["deed_number"]) == (READER_VERSION, number)
    assert reading.values_read.get(field="deed_number").verdict == "differs"
    assert rereading.is_in_force
    assert rereading.aside["fields"]["deed_number"] == "9999"
    assert {"field": "deed_number", "old": "9999", "new": number} in rereading.changes
    assert again(paper).pages.count() == len(older)
    assert not older & set(again(paper).pages.values_list("stored_as", flat=True))


def test_pictures_of_the_older_reading_are_removed_once_it_is_certain(
    paper: Paper, django_capture_on_commit_callbacks: Any
) -> None:
    older = list(paper.pages.values_list("stored_as", flat=True))
    order()
    with django_capture_on_commit_callbacks(execute=True):
        work_off()
    assert not any(default_storage.exists(name) for name in older)


def test_the_case_is_told_how_many_values_differ_and_nothing_moves(paper: Paper) -> None:
    status = firms.status_of(paper.vendor)
    order()
    work_off()
    event = paper.vendor.events.get(act="reread_paper")
    assert event.detail["differing"] == len(Rereading.objects.get().changes) > 0
    assert firms.status_of(paper.vendor) == status


def test_numbers_of_persons_are_covered_in_what_changed(
    paper: Paper, samples: dict[str, SampleDeed]
) -> None:
    order()
    work_off()
    said = json.dumps(Rereading.objects.get().changes)
    nik = samples["pt-clean"].deed.founders[1].nik
    assert nik[-4:] in said
    assert nik not in said


def test_a_reading_that_people_decided_on_stays_and_the_newer_is_laid_beside(
    paper: Paper, samples: dict[str, SampleDeed]
) -> None:
    actions.freeze_papers(paper.vendor_id)
    pages = list(paper.pages.values_list("stored_as", flat=True))
    order()
    work_off()
    reading, rereading = again(paper).reading, Rereading.objects.get()
    assert (reading.reader_version, reading.fields["deed_number"]) == ("1", "9999")
    assert reading.values_read.get(field="deed_number").verdict == "agrees"
    assert list(paper.pages.values_list("stored_as", flat=True)) == pages
    assert again(paper).state == Paper.State.ACCEPTED
    assert not rereading.is_in_force
    assert rereading.aside["fields"]["deed_number"] == str(samples["pt-clean"].deed.number)
    assert order() == []


def test_a_paper_that_no_machine_could_read_may_be_readable_now(paper: Paper) -> None:
    Paper.objects.update(state=Paper.State.UNREADABLE)
    Reading.objects.update(refusal="reading_failed", fields={})
    order()
    work_off()
    assert again(paper).state == Paper.State.READ
    assert again(paper).reading.refusal == ""


def test_a_reading_is_never_given_up_for_one_that_failed(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    order()
    failed = iter([{"refusal": "reading_failed"}])
    monkeypatch.setattr(child, "read", lambda *_args, **_facts: failed)
    work_off()
    assert again(paper).reading.fields["deed_number"] == "9999"
    assert Rereading.objects.get().refusal == "reading_failed"


def test_a_paper_that_was_replaced_meanwhile_is_left_alone(paper: Paper) -> None:
    order()
    Paper.objects.update(state=Paper.State.REPLACED)
    work_off()
    assert again(paper).reading.reader_version == "1"
    assert Rereading.objects.get().finished_at


# --- as safe as any other long work ---
def test_a_worker_that_lost_its_lease_keeps_nothing_and_the_next_one_does(paper: Paper) -> None:
    order()
    job = Job.objects.get(kind=Job.Kind.REREAD_PAPER)
    first = jobs.claim(job.pk)
    assert first
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    second = jobs.claim(job.pk)
    assert second
    with pytest.raises(jobs.LeaseLost):
        actions.reread_paper(job.subject_id, by=User.objects.system(), beat=first.beat)
    assert again(paper).reading.reader_version == "1"
    actions.reread_paper(job.subject_id, by=User.objects.system(), beat=second.beat)
    actions.reread_paper(job.subject_id, by=User.objects.system(), beat=second.beat)
    assert paper.vendor.events.filter(act="reread_paper").count() == 1


def test_what_no_worker_can_read_again_keeps_its_older_reading(paper: Paper) -> None:
    order()
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(kind=Job.Kind.REREAD_PAPER).update(
        attempts=jobs.MOST_ATTEMPTS, send_after=past
    )
    tasks.sweep()
    assert Rereading.objects.get().refusal == "reading_failed"
    assert again(paper).reading.reader_version == "1"


def test_papers_that_people_wait_for_go_first() -> None:
    past = timezone.now() - timedelta(seconds=1)
    jobs.order_many(Job.Kind.REREAD_PAPER, range(1, 6))
    awaited = Job.objects.create(kind=Job.Kind.READ_PAPER, subject_id=1)
    Job.objects.update(send_after=past)
    sent: list[int] = []
    jobs.resend_stuck(sent.append)
    assert sent[0] == awaited.pk
    assert len(sent) == 1 + jobs.IN_NO_HURRY[Job.Kind.REREAD_PAPER]


# --- the command ---
def test_the_command_counts_first_and_orders_then(
    paper: Paper, capsys: pytest.CaptureFixture[str]
) -> None:
    since = timezone.localdate().isoformat()
    call_command("reread_papers", "--since", since, "--dry-run", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["papers"], told["ordered"], Rereading.objects.count()) == (1, 0, 0)
    call_command("reread_papers", "--since", since, "--until", since, "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["reader"], told["papers"], told["ordered"]) == (READER_VERSION, 1, 1)
    assert Rereading.objects.get().paper == paper


def test_the_command_refuses_a_period_that_runs_backwards() -> None:
    with pytest.raises(CommandError):
        call_command("reread_papers", "--since", "2026-02-01", "--until", "2026-01-01")


# --- what counts as a change ---
def test_readings_that_say_the_same_differ_in_nothing() -> None:
    reading = {"kind": "akta_pt", "fields": {"kbli": ["56210"], "deed_number": "1"}, "checks": []}
    assert changes_between(reading, {**reading, "confidence": {"deed_number": 0.9}}) == []


def test_lost_values_and_turned_checks_are_changes() -> None:
    check = {"name": "deed_date_weekday", "verdict": "agrees"}
    before = {"kind": "akta_pt", "fields": {"kbli": ["56210"]}, "checks": [check]}
    after = {"kind": "akta_cv", "fields": {}, "checks": [{**check, "verdict": "differs"}]}
    assert changes_between(before, after) == [
        {"field": "kind", "old": "akta_pt", "new": "akta_cv"},
        {"field": "kbli", "old": "56210", "new": ""},
        {"field": "check.deed_date_weekday", "old": "agrees", "new": "differs"},
    ]
