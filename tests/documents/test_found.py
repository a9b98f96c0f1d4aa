"""Every value that was read is listed with its own evidence, never with another's."""

from __future__ import annotations

from typing import Any

from documents.found import found_in
from documents.models import Reading, ReadValue

BOX = [1.0, 2.0, 3.0, 4.0]


def reading(**changes: Any) -> Reading:
    known: dict[str, Any] = {
        "fields": {"deed_number": "8", "kbli": ["56210", "47111"], "persons": [{"nik": "1" * 16}]},
        "confidence": {"kbli.0": 0.9},
        "evidence": [
            {"field": "kbli", "page": 0, "display_box": BOX},
            {"field": "kbli", "page": 1, "display_box": [5.0, 6.0, 7.0, 8.0]},
        ],
    }
    return Reading(**{**known, **changes})


def test_lists_and_persons_are_named_by_their_paths() -> None:
    found = found_in(reading(), [ReadValue(field="deed_number", value="8", page=1)])
    assert [one.path for one in found] == ["deed_number", "kbli.0", "kbli.1", "persons.0.nik"]
    assert [one.field for one in found] == ["deed_number", "kbli", "kbli", "person_nik"]
    assert [(one.page, list(one.box)[:1]) for one in found[1:3]] == [(1, [1.0]), (2, [5.0])]


def test_a_box_that_may_belong_to_another_value_is_not_shown() -> None:
    third = {"field": "kbli", "page": 2, "display_box": BOX}
    odd = reading(evidence=[*reading().evidence, third])
    assert all(one.page is None for one in found_in(odd) if one.field == "kbli")


def test_the_reader_says_which_boxes_and_which_other_readings_belong_to_a_value() -> None:
    told = {
        "kbli.1": {"evidence": [0], "how": "eye", "agree": ["47111"] * 2, "contradict": ["47117"]}
    }
    found = found_in(reading(further={"readings": told, "capture": ["photo", "scan"]}))
    second = next(one for one in found if one.path == "kbli.1")
    assert (second.page, second.capture, second.how) == (1, "photo", "eye")
    assert (second.places, second.against) == (2, ("47117",))
