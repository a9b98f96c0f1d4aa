"""What of one case goes into a pack: who decided what, when, and on which evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db.models import Q

from documents import child
from documents.models import PageImage, Paper, ReadValue, ValueReview
from onboarding.models import Referral, Screening
from training.models import Seat
from workflows import evidence
from workflows.casefile import reading_of
from workflows.models import (
    Case,
    CorrectionItem,
    FactCorrection,
    Letter,
    Listing,
    Look,
    Message,
    Round,
)
from workflows.packs.covering import covered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from workflows.evidence import Line
    from workflows.packs.writing import Pack

PAD = 6  # pixels around a value, so that its letters are whole
FACTS = ("name", "legal_form", "nib", "npwp", "owner_name", "nik", "phone", "email", "region_id",
         "address", "kbli_version", "kbli", "category", "status", "created_at")  # fmt: skip


def add_case(pack: Pack, case: Case, *, until: datetime, shows_numbers: bool) -> None:
    """Put a case into a pack, in a folder of its own: what there was by the end of the period."""
    folder = f"kasus/{case.pk}"
    shown = _same if shows_numbers else covered
    pack.add_json(f"{folder}/kasus.json", shown(story_of(case, until)))
    for letter in letters_of(case, until).exclude(stored_as=""):
        if default_storage.exists(letter.stored_as):
            with default_storage.open(letter.stored_as) as file:
                pack.copy(f"{folder}/surat/{letter.pk}.pdf", file)
    papers = Paper.objects.filter(vendor=case.vendor_id, received_at__lt=until)
    papers = papers.select_related("document_type", "reading")
    for paper in papers.prefetch_related("files", "pages"):
        _add_paper(pack, folder, paper, shows_numbers=shows_numbers)


def story_of(case: Case, until: datetime) -> dict[str, Any]:
    """Return everything about a case that is words and dates, in the order in which it happened."""
    firm = case.vendor
    return {
        "case": case.pk,
        "kind": case.kind,
        "opened_at": case.opened_at,
        "stage": case.stage,
        "vendor": {"id": firm.pk, "number": firm.number} | {n: getattr(firm, n) for n in FACTS},
        "versions_of_facts": _up_to(until, "at", _versions(firm.pk)),
        "rounds": _up_to(until, "opened_at", _rounds(case)),
        "corrections": _up_to(until, "sent_at", _corrections(case)),
        "attendance": _up_to(until, "starts_at", _attendance(firm.pk)),
        "listings": list(
            Listing.objects.filter(vendor=firm).values(
                "platform_id", "state", "registered_on", "on_sale_on", "off_sale_on"
            )
        ),
        "letters": list(
            letters_of(case, until).values(
                "id", "kind", "state", "subject", "number", "dated_on", "signed_on",
                "signed_by_name", "sha256",
            )
        ),
        "messages": _up_to(until, "created_at", _messages(firm.pk)),
        "looks": list(
            Look.objects.filter(vendor=firm, at__lt=until)
            .order_by("pk")
            .values("at", "by__full_name", "role", "what")
        ),
    }  # fmt: skip


def letters_of(case: Case, until: datetime) -> QuerySet[Letter]:
    """Return the letters about a case or its firm, oldest first."""
    about = Q(case=case) | Q(vendor=case.vendor_id)
    return Letter.objects.filter(about, created_at__lt=until).order_by("pk")


def _up_to(until: datetime, moment: str, rows: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was there before a moment; what is not sent or dated yet is not evidence."""
    return [row for row in rows if row[moment] and row[moment] < until]


def _same(facts: Any) -> Any:
    return facts


def _versions(vendor_id: int) -> Iterator[dict[str, Any]]:
    """The facts as each office sent them, as the rules saw them, as the owner corrected them."""
    for named in Referral.objects.filter(vendor=vendor_id).select_related("agency").order_by("pk"):
        office = named.agency.name if named.agency else ""
        yield {"source": "referral", "at": named.created_at, "office": office,
               "facts": named.received, "verdict": named.verdict}  # fmt: skip
    for judged in Screening.objects.filter(vendor=vendor_id).order_by("pk"):
        yield {"source": "screening", "at": judged.judged_at, "eligible": judged.is_eligible,
               "facts": judged.facts, "reasons": judged.reasons,
               "rules": judged.rules_version}  # fmt: skip
    for asked in FactCorrection.objects.filter(vendor=vendor_id).order_by("pk"):
        yield {"source": "owner", "at": asked.proposed_at, "facts": {asked.fact: asked.value},
               "reason": asked.reason, "state": asked.state}  # fmt: skip


def _rounds(case: Case) -> Iterator[dict[str, Any]]:
    rounds = Round.objects.filter(case=case).order_by("number")
    for one in rounds.select_related("verified_by", "decided_by"):
        yield {
            "number": one.number,
            "opened_at": one.opened_at,
            "verified_by": str(one.verified_by or ""),
            "verified_at": one.verified_at,
            "recommendation": one.recommendation,
            "decided_by": str(one.decided_by or ""),
            "decided_at": one.decided_at,
            "decision": one.decision,
            "reason_code": one.reason_code_id,
            "reason": one.reason,
        }


def _corrections(case: Case) -> Iterator[dict[str, Any]]:
    items = CorrectionItem.objects.filter(request__case=case).order_by("request__pk", "number")
    for item in items.select_related("request", "resolved_by"):
        yield {
            "round": item.request.round_number,
            "number": item.number,
            "sent_at": item.request.sent_at,
            "due_on": item.request.due_on,
            "document": item.document_type_id,
            "reason_code": item.reason_code_id,
            "text": item.text,
            "answer": item.answer,
            "resolution": item.resolution,
            "resolved_at": item.resolved_at,
            "resolved_by": str(item.resolved_by or ""),
        }


def _attendance(vendor_id: int) -> Iterator[dict[str, Any]]:
    seats = Seat.objects.filter(vendor=vendor_id).order_by("pk")
    for seat in seats.select_related("session", "marked_by"):
        yield {
            "session": seat.session_id,
            "title": seat.session.title,
            "starts_at": seat.session.starts_at,
            "state": seat.state,
            "arrived_at": seat.arrived_at,
            "via": seat.arrived_via,
            "marked_by": str(seat.marked_by or ""),
            "reason": seat.mark_reason,
        }


def _messages(vendor_id: int) -> Iterator[dict[str, Any]]:
    """What was really said to the firm; messages about complaints would tell who complained."""
    sent = Message.objects.filter(vendor=vendor_id).order_by("pk")
    for one in sent.exclude(kind__in=("complaint", "complaint_answered")):
        yield {
            "kind": one.kind,
            "channel": one.channel,
            "state": one.state,
            "created_at": one.created_at,
            "sent_at": one.sent_at,
            "subject": one.subject,
            "text": one.sent_body or one.body,
        }


def _add_paper(pack: Pack, folder: str, paper: Paper, *, shows_numbers: bool) -> None:
    place = f"{folder}/dokumen/{paper.document_type_id}-v{paper.version}"
    reading = reading_of(paper)
    values = list(ReadValue.objects.filter(reading=reading)) if reading else []
    lines = evidence.lines_of(reading, values, paper) if reading else []
    if not shows_numbers:
        lines = [line for line in lines if not _is_of_a_person(line)]
    crops = _add_crops(pack, place, paper, lines)
    facts = {
        "document": paper.document_type_id,
        "version": paper.version,
        "state": paper.state,
        "received_at": paper.received_at,
        "frozen_at": paper.frozen_at,
        "digest": paper.digest,
        "files": [{"name": one.original_name, "sha256": one.sha256, "size": one.size}
                  for one in paper.files.all()],
        "declared": paper.declared,
        "reader": reading.reader_version if reading else "",
        "values": [_value(line, crops.get(line.number, "")) for line in lines],
        "checks": reading.checks if reading else [],
        "reviews": list(
            ValueReview.objects.filter(paper=paper).order_by("pk").values(
                "path", "machine_value", "outcome", "value", "note", "by__full_name", "at"
            )
        ) if reading else [],
    }  # fmt: skip
    if not shows_numbers:
        facts["reviews"] = [one for one in facts["reviews"] if not _is_number(one["path"])]
        facts = covered(facts)
    pack.add_json(f"{place}/nilai.json", facts)


def _value(line: Line, crop: str) -> dict[str, Any]:
    return {
        "path": line.path,
        "label": line.label,
        "declared": " ".join(piece.text for piece in line.declared),
        "read": " ".join(piece.text for piece in line.read),
        "result": line.outcome.word,
        "reviewed_by": line.review.by if line.review else "",
        "page": line.page,
        "box": list(line.box),
        "crop": crop,
    }


def _add_crops(pack: Pack, place: str, paper: Paper, lines: list[Line]) -> dict[int, str]:
    """Cut out where each value stands, page by page; returns the file of each line."""
    crops = {}
    for page in paper.pages.all():
        of_page = [line for line in lines if line.page == page.number and len(line.box) == 4]
        for line, cut in zip(of_page, _cut(page, of_page), strict=False):
            if cut:
                name = f"potongan/{line.number:03d}-{line.path.replace('.', '-')}.jpg"
                pack.add(f"{place}/{name}", cut)
                crops[line.number] = name
    return crops


def _cut(page: PageImage, lines: list[Line]) -> list[bytes]:
    if not lines or not default_storage.exists(page.stored_as):
        return []
    boxes = [
        (round(left) - PAD, round(top) - PAD, round(right) + PAD, round(bottom) + PAD)
        for left, top, right, bottom in (line.box for line in lines)
    ]
    with default_storage.open(page.stored_as) as picture:
        try:
            return child.cut_many(picture.read(), boxes)
        except ValueError:  # a picture that cannot be opened is missing in the pack, and said so
            return []


def _is_of_a_person(line: Line) -> bool:
    return _is_number(line.path)


def _is_number(path: str) -> bool:
    return path.rpartition(".")[2] in {"nik", "npwp", "person_nik"}
