"""The same bytes are read once by one reader; what it found is compared anew for each paper."""

from typing import Any

import pytest
from django.core.files.storage import default_storage

from documents import actions, child
from documents.models import Paper
from tests import factories as make
from tests.documents.deeds import hand_in_deed, read
from workflows.sample_deeds import SampleDeed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_once")]


@pytest.fixture
def no_reader(monkeypatch: pytest.MonkeyPatch):
    """From now on nothing can be read any more."""

    def stop() -> None:
        def refuse(*_args: Any, **_facts: Any) -> Any:
            raise AssertionError("the reader was asked")

        monkeypatch.setattr(child, "read", refuse)

    return stop


def test_the_same_file_is_not_read_again_and_is_compared_with_what_this_firm_declared(
    samples: dict[str, SampleDeed], no_reader
) -> None:
    deed = samples["pt-clean"]
    first = read(hand_in_deed(make.refer(), deed, deed_number=str(deed.deed.number)))
    no_reader()
    second = read(hand_in_deed(make.refer(), deed, deed_number="9999"))
    numbers = [one.reading.values_read.get(field="deed_number") for one in (first, second)]
    assert [number.verdict for number in numbers] == ["agrees", "differs"]
    assert numbers[0].shown_box == numbers[1].shown_box
    assert second.reading.fields == first.reading.fields
    assert second.reading.further["page_size"] == first.reading.further["page_size"]
    assert second.reading.pages_done == 2


def test_each_paper_owns_its_pictures(samples: dict[str, SampleDeed], no_reader) -> None:
    first = read(hand_in_deed(make.refer(), samples["pt-clean"]))
    no_reader()
    second = read(hand_in_deed(make.refer(), samples["pt-clean"]))
    kept = [set(one.pages.values_list("stored_as", flat=True)) for one in (first, second)]
    assert (len(kept[1]), kept[0] & kept[1]) == (2, set())
    assert all(default_storage.exists(name) for name in kept[1])


def test_an_owner_is_not_told_that_the_file_was_known(
    samples: dict[str, SampleDeed], no_reader
) -> None:
    read(hand_in_deed(make.refer(), samples["pt-clean"]))
    no_reader()
    second = read(hand_in_deed(make.refer(), samples["pt-clean"]))
    event = second.vendor.events.get(act="read_paper")
    assert event.detail["reused"] is True
    assert "reused" not in str(second.reading.further)
    assert second.reading.warnings == []


def test_a_file_whose_pictures_are_gone_is_read_again(samples: dict[str, SampleDeed]) -> None:
    first = read(hand_in_deed(make.refer(), samples["pt-clean"]))
    for page in first.pages.all():
        default_storage.delete(page.stored_as)
    second = read(hand_in_deed(make.refer(), samples["pt-clean"]))
    assert second.state == Paper.State.READ
    assert not second.vendor.events.get(act="read_paper").detail["reused"]


def test_values_are_kept_as_they_come_and_in_full_at_the_end(
    samples: dict[str, SampleDeed],
) -> None:
    paper = hand_in_deed(make.refer(), samples["cv-scan"])
    known: list[dict[str, Any]] = []

    def look() -> None:
        known.append(Paper.objects.get(pk=paper.pk).reading.fields)

    actions.read_paper(paper.pk, by=make.make_user("officer"), beat=look)
    assert known[0] == {}
    assert known[1]["company_name"] == samples["cv-scan"].deed.company
    reading = Paper.objects.get(pk=paper.pk).reading
    assert len(reading.fields["persons"]) == len(samples["cv-scan"].deed.founders)
    assert reading.confidence["deed_number"] > 0
    assert {"field", "page", "box", "display_box"} <= set(reading.evidence[0])
    assert reading.further["capture"] == ["scan", "scan"]
