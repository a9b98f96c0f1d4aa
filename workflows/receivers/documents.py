"""What was handed in and read, and what it means for the road."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from documents import events as documents_events
from onboarding.models import Vendor
from workflows import actions, audit, jobs
from workflows.looks import note_look
from workflows.models import Job, Look
from workflows.receivers.ordering import order


@receiver(documents_events.paper_received)
def on_paper_received(paper: Any, by: Any, **_: Any) -> None:
    audit.record(
        "hand_in_paper", by=by, vendor=paper.vendor, paper=paper.pk,
        kind=paper.document_type_id, version=paper.version, digest=paper.digest,
        **_flags(paper),
    )  # fmt: skip
    actions.take_in_paper(paper, by=by)
    order(Job.Kind.READ_PAPER, paper.pk)


@receiver(documents_events.file_refused)
def on_file_refused(
    door: str, code: str, by: Any, vendor_id: int = 0, document_type: Any = None, **_: Any
) -> None:
    vendor = Vendor.objects.filter(pk=vendor_id).first()
    kind = {"kind": document_type.pk} if document_type else {}
    actions.refuse_file(door=door, code=code, by=by, vendor=vendor, **kind)


def _flags(paper: Any) -> dict[str, Any]:
    """What the files of a paper carry beside their pages; nothing where there is nothing."""
    found = {code for file in paper.files.all() for code in file.flags}
    return {"flags": sorted(found)} if found else {}


@receiver(documents_events.statement_received)
def on_statement_received(paper: Any, by: Any, **_: Any) -> None:
    audit.record(
        "agree_to_statement", by=by, vendor=paper.vendor, paper=paper.pk,
        kind=paper.document_type_id, version=paper.version, digest=paper.digest,
    )  # fmt: skip
    actions.take_in_paper(paper, by=by)


@receiver(documents_events.draft_begun)
def on_draft_begun(draft: Any, by: Any, **_: Any) -> None:
    audit.record("begin_paper", by=by, vendor=draft.vendor, kind=draft.document_type_id)


@receiver(documents_events.drafts_removed)
def on_drafts_removed(count: Any, until: Any, by: Any, **_: Any) -> None:
    audit.record("remove_drafts", by=by, papers=count, until=until.isoformat())


@receiver(documents_events.paper_missed)
def on_paper_missed(missed: Any, by: Any, **_: Any) -> None:
    audit.record("miss_paper", by=by, vendor=missed.vendor, kind=missed.document_type_id)


@receiver(documents_events.paper_read)
def on_paper_read(paper: Any, is_reused: bool, twins: Any, by: Any, **_: Any) -> None:
    audit.record(
        "read_paper", by=by, vendor=paper.vendor, paper=paper.pk, state=paper.state,
        reader=paper.reading.reader_version, reused=is_reused or "",
    )  # fmt: skip
    _flag_same_deed(paper, twins, by=by)
    actions.submit_if_complete(paper.vendor, by=by)


@receiver(documents_events.original_opened)
def on_original_opened(file: Any, by: Any, **_: Any) -> None:
    note_look(by, file.paper.vendor_id, Look.What.ORIGINAL)


@receiver(documents_events.rereading_ordered)
def on_rereading_ordered(rereadings: Any, since: Any, until: Any, by: Any, **_: Any) -> None:
    audit.record(
        "order_rereading", by=by, since=since.isoformat(),
        until=until.isoformat() if until else "", papers=len(rereadings),
    )  # fmt: skip
    jobs.order_many(Job.Kind.REREAD_PAPER, [rereading.pk for rereading in rereadings])


@receiver(documents_events.paper_reread)
def on_paper_reread(rereading: Any, twins: Any, by: Any, **_: Any) -> None:
    audit.record(
        "reread_paper", by=by, vendor=rereading.paper.vendor, paper=rereading.paper_id,
        reader=rereading.to_version, differing=len(rereading.changes),
        in_force=rereading.is_in_force or "", refusal=rereading.refusal,
    )  # fmt: skip
    _flag_same_deed(rereading.paper, twins, by=by)


def _flag_same_deed(paper: Any, twins: Any, *, by: Any) -> None:
    """Each firm's trail says that another has the same deed; which one, only the case page says."""
    for one in (paper, *twins) if twins else ():
        audit.record("flag_same_deed", by=by, vendor=one.vendor, paper=one.pk)
