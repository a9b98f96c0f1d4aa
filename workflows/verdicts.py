"""Minutes of decision (*berita acara keputusan*) as facts: who, when, on which evidence, and why.

They are letters: DRAF until numbered and signed. What was verified is named by the fingerprints
that the trail kept at that moment, so that later versions of a paper change nothing.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from django.utils import formats, timezone, translation

from documents.models import Paper, ReadValue
from workflows import evidence, questions
from workflows.casefile import reading_of
from workflows.models import AuditEvent, Case, CorrectionItem, Round
from workflows.sighted import sightings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from documents.models import Sighting
    from workflows.models import BulkApproval

SUBJECT: Final = "Berita Acara Keputusan Verifikasi"
SUBJECT_OF_MANY: Final = "Berita Acara Keputusan Verifikasi Bersama"
DECIDED: Final = (Round.Decision.APPROVED, Round.Decision.REJECTED)


def facts_of_case(case: Case, decided: Round) -> dict[str, Any]:
    """Return what the minutes of one decision say, as texts, in the language of letters."""
    with translation.override("id"):
        papers = papers_verified(case, decided)
        vendor = case.vendor
        return {
            "name": vendor.name,
            "owner": vendor.owner_name,
            "region": vendor.region.display_name,
            "number": vendor.number,
            "kind": str(case.get_kind_display()),
            "round": decided.number,
            "approved": decided.decision == Round.Decision.APPROVED,
            "verified_by": _person(decided.verified_by),
            "verified_at": _moment(decided.verified_at),
            "recommendation": decided.recommendation,
            "decided_by": _person(decided.decided_by),
            "decided_at": _moment(decided.decided_at),
            "reason_text": decided.reason_code.text_id if decided.reason_code else "",
            "reason": decided.reason,
            "papers": [_paper(paper) for paper in papers],
            "checks": list(_checks(papers)),
            "sightings": [_sighting(one) for one in sightings_of(papers)],
            "corrections": list(_corrections(case, decided)),
            "rounds": [_round(one) for one in case.rounds.order_by("number") if one.decided_at],
        }


def facts_of_many(approval: BulkApproval) -> dict[str, Any]:
    """Return what the minutes of a batch say: the draw, who was approved on which evidence, and
    who was left out."""
    with translation.override("id"):
        found = Round.objects.filter(case__in=approval.cases, number=1).select_related(
            "case__vendor__region", "verified_by"
        )
        rounds = {one.case_id: one for one in found}
        prints = _prints(approval.approved)
        return {
            "batch": approval.pk,
            "decided_by": _person(approval.drawn_by),
            "drawn_at": _moment(approval.drawn_at),
            "confirmed_at": _moment(approval.confirmed_at),
            "finished_at": _moment(approval.finished_at),
            "seed": str(approval.seed),
            "typed": approval.typed,
            "sample": [_firm(rounds[pk]) for pk in approval.sample if pk in rounds],
            "cases": [
                [*_firm(rounds[pk]), _person(rounds[pk].verified_by), prints.get(pk, "")]
                for pk in approval.approved
            ],
            "left": [
                [*_firm(rounds[int(pk)]), why]
                for pk, why in approval.results.items()
                if why and int(pk) in rounds
            ],
        }


def papers_verified(case: Case, decided: Round) -> Sequence[Paper]:
    """Return the very versions that were verified in a round, by the fingerprints in the trail."""
    event = (
        AuditEvent.objects.filter(
            vendor=case.vendor_id,
            act__in=("verify", "verify_change"),
            detail__case=case.pk,
            detail__round=decided.number,
        )
        .order_by("pk")
        .last()
    )
    kept = event.detail.get("papers", {}) if event else {}
    papers = Paper.objects.filter(vendor=case.vendor_id, document_type__in=kept)
    papers = papers.filter(digest__in=kept.values()).select_related("document_type", "reading")
    found = {paper.document_type_id: paper for paper in papers.order_by("version")}
    return sorted(found.values(), key=lambda paper: paper.document_type.position)


def _paper(paper: Paper) -> list[Any]:
    prints = [file.sha256 for file in paper.files.all()] or [paper.digest]
    return [str(paper.document_type), paper.version, _moment(paper.received_at), prints]


def _sighting(one: Sighting) -> list[str]:
    kind = str(one.paper.document_type)
    return [kind, _day(one.sighted_on), one.place, _person(one.by), one.note]


def _checks(papers: Iterable[Paper]) -> Iterable[list[str]]:
    for paper in papers:
        reading = reading_of(paper)
        if reading is None or not paper.document_type.is_read:
            continue
        values = list(ReadValue.objects.filter(reading=reading))
        lines = evidence.lines_of(reading, values, paper)
        kind = str(paper.document_type)
        for line in lines:
            if not line.group:
                sides = [" ".join(p.text for p in side) for side in (line.declared, line.read)]
                yield [kind, line.label, *sides, line.outcome.word]
        for question in questions.questions_of(reading, lines):
            yield [kind, question.label, "", "", question.outcome.word]


def _corrections(case: Case, decided: Round) -> Iterable[list[Any]]:
    items = CorrectionItem.objects.filter(
        request__case=case,
        request__sent_at__isnull=False,
        request__round_number__lte=decided.number,
    ).select_related("request", "document_type")
    for item in items.order_by("request", "number"):
        about = f"{item.document_type}: " if item.document_type else ""
        answer = item.answer or item.resolution or ("dijawab" if item.resolved_at else "terbuka")
        sent_at, answered_at = _moment(item.request.sent_at), _moment(item.resolved_at)
        yield [item.request.round_number, about + item.text, sent_at, answered_at, answer]


def _round(one: Round) -> list[Any]:
    verified = [_person(one.verified_by), _moment(one.verified_at)]
    decided = [_person(one.decided_by), _moment(one.decided_at)]
    return [one.number, *verified, *decided, str(one.get_decision_display())]


def _prints(case_ids: Sequence[int]) -> dict[int, str]:
    """One fingerprint per case over those of all its papers, as they were verified."""
    events = AuditEvent.objects.filter(
        act="verify",
        vendor__in=Case.objects.filter(pk__in=case_ids).values("vendor"),
        detail__round=1,
    )
    wanted = set(case_ids)
    return {
        event.detail["case"]: _print_of(event.detail.get("papers", {}))
        for event in events.order_by("pk")
        if event.detail.get("case") in wanted
    }


def _print_of(papers: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(papers, sort_keys=True).encode()).hexdigest()


def _firm(one: Round) -> list[str]:
    vendor = one.case.vendor
    return [vendor.number, vendor.name, vendor.region.display_name]


def _person(user: Any) -> str:
    return user.full_name or str(user) if user else ""


def _moment(moment: datetime | None) -> str:
    return formats.date_format(timezone.localtime(moment), "j F Y, H.i") if moment else ""


def _day(day: Any) -> str:
    return str(formats.date_format(day, "j F Y"))
