"""A deed that two firms hand in is put before a person's eyes, on both sides."""

import pytest

from documents import actions
from documents.models import DocumentType, Paper
from tests import factories as make
from tests.documents.deeds import hand_in_deed, read
from workflows.sample_deeds import SampleDeed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_once")]
FLAG = "same_deed_elsewhere"


def flag_of(paper: Paper) -> dict[str, object] | None:
    paper = Paper.objects.get(pk=paper.pk)
    return next((check for check in paper.reading.checks if check["name"] == FLAG), None)


@pytest.mark.parametrize("more", [b"", b"\n% the same deed, another file\n"])
def test_the_same_deed_of_another_firm_is_flagged_on_both_sides(
    samples: dict[str, SampleDeed], more: bytes
) -> None:
    first = read(hand_in_deed(make.refer(), samples["pt-clean"]))
    assert flag_of(first) is None
    second = read(hand_in_deed(make.refer(), samples["pt-clean"], more=more))
    for mine, other in ((first, second), (second, first)):
        flag = flag_of(mine)
        assert flag is not None
        assert (flag["verdict"], flag["papers"], flag["values"]) == ("differs", [other.pk], [])
        assert mine.vendor.events.filter(act="flag_same_deed").count() == 1


def test_the_flag_names_no_other_firm_where_an_owner_could_read_it(
    samples: dict[str, SampleDeed],
) -> None:
    first = read(hand_in_deed(make.refer(), samples["pt-clean"]))
    second = read(hand_in_deed(make.refer(), samples["pt-clean"]))
    said = str([second.reading.checks, second.reading.further, second.reading.warnings])
    assert first.vendor.name not in said


def test_a_firms_own_deed_sent_again_is_no_flag(samples: dict[str, SampleDeed]) -> None:
    vendor = make.refer()
    read(hand_in_deed(vendor, samples["pt-clean"]))
    again = read(hand_in_deed(vendor, samples["pt-clean"], more=b"\n% again\n"))
    assert again.version == 2
    assert flag_of(again) is None


def test_a_deed_that_its_firm_has_replaced_is_no_flag(samples: dict[str, SampleDeed]) -> None:
    vendor = make.refer()
    read(hand_in_deed(vendor, samples["pt-clean"]))
    read(hand_in_deed(vendor, samples["cv-scan"]))
    assert flag_of(read(hand_in_deed(make.refer(), samples["pt-clean"]))) is None


def test_a_third_firm_is_flagged_with_both_others(samples: dict[str, SampleDeed]) -> None:
    papers = [read(hand_in_deed(make.refer(), samples["pt-clean"])) for _firm in range(3)]
    for paper in papers:
        flag = flag_of(paper)
        assert flag is not None
        assert flag["papers"] == [one.pk for one in papers if one != paper]


def test_the_same_identity_card_of_two_firms_is_no_flag() -> None:
    photo = make.photo()
    for vendor in (make.refer(), make.refer()):
        photo.seek(0)
        paper = actions.receive_paper(
            vendor.pk,
            document_type=DocumentType.objects.get(slug="ktp"),
            files=[photo],
            declared={},
            by=make.owner_of(vendor),
        )
        assert flag_of(read(paper)) is None
