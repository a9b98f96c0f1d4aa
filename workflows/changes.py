"""What changed since the owner was asked: the version before beside the new one, value by value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from documents.models import Paper, ReadValue
from workflows import evidence
from workflows.casefile import reading_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workflows.casefile import CaseFile
    from workflows.evidence import Line, Piece
    from workflows.models import CorrectionItem


@dataclass(frozen=True)
class Changed:
    """One value: what stood before, what stands now."""

    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Change:
    """One point that was asked: the version it was about, the one that came, what they say.

    ``stayed`` is the value that was asked about and is the same as before.
    """

    item: CorrectionItem
    before: Paper | None
    now: Paper | None
    values: tuple[Changed, ...] = ()
    stayed: str = ""

    @property
    def has_come(self) -> bool:
        """A new version of the paper is here."""
        return self.before is not None and self.now is not None and self.before.pk != self.now.pk

    @property
    def is_unmoved(self) -> bool:
        """Nothing new came although it was asked, and nobody said why."""
        said = self.item.answer or self.item.resolution
        return bool(self.item.document_type_id) and not self.has_come and not said


def changes_of_case(file: CaseFile) -> dict[str, Any]:
    """Return the points of the list sent last with what became of each; two queries, none in the
    first round."""
    if file.case.round_number == 1 or not file.sent:
        return {"changes": []}
    asked = [item for item in file.sent if item.request_id == file.sent[0].request_id]
    kinds = {item.document_type_id for item in asked if item.document_type_id}
    versions = _versions(file, kinds) if kinds else {}
    values = _values([paper for some in versions.values() for paper in some])
    return {"changes": [_change(item, versions, values) for item in asked]}


def _versions(file: CaseFile, kinds: Iterable[str]) -> dict[str, list[Paper]]:
    papers = Paper.objects.filter(vendor=file.case.vendor_id, document_type__in=kinds)
    found: dict[str, list[Paper]] = {}
    for paper in (
        papers.select_related("document_type", "reading")
        .defer("reading__text")
        .order_by("document_type", "version")
    ):
        found.setdefault(paper.document_type_id, []).append(paper)
    return found


def _values(papers: Sequence[Paper]) -> dict[int, list[ReadValue]]:
    own = {paper.reading.pk: paper.pk for paper in papers if reading_of(paper)}
    found: dict[int, list[ReadValue]] = {}
    for value in ReadValue.objects.filter(reading__in=own) if own else ():
        found.setdefault(own[value.reading_id], []).append(value)
    return found


def _change(
    item: CorrectionItem,
    versions: dict[str, list[Paper]],
    values: dict[int, list[ReadValue]],
) -> Change:
    papers = versions.get(item.document_type_id or "", [])
    sent_at = item.request.sent_at
    before = [paper for paper in papers if sent_at and paper.received_at <= sent_at]
    old, new = (before[-1] if before else None), (papers[-1] if papers else None)
    if old is None or new is None or old.pk == new.pk:
        return Change(item, old, new)
    first, second = _lines(old, values), _lines(new, values)
    changed = tuple(_differing(first, second))
    stays = item.path and item.path in first and item.path in second
    same = stays and _said(first[item.path]) == _said(second[item.path])
    return Change(item, old, new, changed, second[item.path].label if same else "")


def _lines(paper: Paper, values: dict[int, list[ReadValue]]) -> dict[str, Line]:
    reading = reading_of(paper)
    if reading is None:
        return {}
    lines = evidence.lines_of(reading, values.get(paper.pk, ()), paper)
    return {line.path: line for line in lines}


def _differing(first: dict[str, Line], second: dict[str, Line]) -> Iterable[Changed]:
    for path in [*second, *(path for path in first if path not in second)]:
        before, now = first.get(path), second.get(path)
        said = tuple(_said(line) if line else ("", "") for line in (before, now))
        label = (now or before or second[path]).label
        if said[0][1] != said[1][1]:
            yield Changed(label, said[0][1], said[1][1])
        elif said[0][0] != said[1][0]:
            yield Changed(f"{label} ({_('declared')})", said[0][0], said[1][0])


def _said(line: Line) -> tuple[str, str]:
    return _text(line.declared), _text(line.read)


def _text(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in pieces)
