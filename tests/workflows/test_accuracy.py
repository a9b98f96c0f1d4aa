"""The measured accuracy: what counts, what does not, and who may look at it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from documents.models import ValueReview
from onboarding import roles
from tests import factories as make
from tests.workflows import firms
from workflows import accuracy

pytestmark = pytest.mark.django_db
EVERYTHING: dict[str, Any] = {"since": None, "until": None}


def review(outcome: str, *, path: str = "deed_number", **fields: Any) -> ValueReview:
    """A word that somebody said, without the road that led there."""
    known: dict[str, Any] = {
        "field": path.partition(".")[0],
        "kind": "akta_pt",
        "capture": "photo",
        "machine_confidence": 0.95,
        "reader_version": "2",
    }
    paper = fields.pop("paper", None) or firms.submitted().vendor.papers.first()
    return ValueReview.objects.create(
        paper=paper, path=path, outcome=outcome, by=make.make_user(roles.OFFICER),
        **{**known, **fields},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("hits", "tries", "low", "high"),
    [(0, 0, 0.0, 1.0), (10, 10, 0.7225, 1.0), (0, 10, 0.0, 0.2775), (81, 263, 0.2553, 0.3662)],
)
def test_the_interval_is_wilsons(hits: int, tries: int, low: float, high: float) -> None:
    assert accuracy.wilson(hits, tries) == pytest.approx((low, high), abs=1e-4)


def test_confirmed_is_right_corrected_is_wrong_and_unreadable_is_not_counted() -> None:
    paper = firms.submitted().vendor.papers.first()
    review("right", paper=paper)
    review("wrong", paper=paper, path="deed_date")
    review("wrong", paper=paper, path="notary_name", machine_confidence=0.6)
    review("unreadable", paper=paper, path="notary_seat")
    whole = accuracy.total(accuracy.measure(**EVERYTHING))
    assert (whole.looked_at, whole.right, whole.sure, whole.sure_wrong) == (3, 1, 2, 1)


def test_only_the_last_word_on_a_value_counts() -> None:
    first = review("wrong")
    review("right", paper=first.paper)
    whole = accuracy.total(accuracy.measure(**EVERYTHING))
    assert (whole.looked_at, whole.right) == (1, 1)


def test_it_is_told_by_value_kind_and_capture_and_narrowed_by_reader() -> None:
    paper = review("right").paper
    review("wrong", paper=paper, path="kbli.0", capture="scan", reader_version="1")
    cells = accuracy.measure(**EVERYTHING)
    assert {cell.field: cell.measure.right for cell in cells} == {"deed_number": 1, "kbli": 0}
    assert accuracy.summed(cells, "capture")["photo"].share == 1.0
    assert [cell.field for cell in accuracy.measure(**EVERYTHING, reader="1")] == ["kbli"]
    assert accuracy.readers() == ["2", "1"]


@pytest.mark.parametrize("role", [roles.MANAGER, roles.AUDITOR, roles.ADMIN])
def test_those_who_answer_for_the_machine_see_it_and_are_told_what_to_do_when_it_is_empty(
    client: Client, role: str
) -> None:
    client.force_login(make.make_user(role))
    empty = client.get("/ketelitian/")
    assert 'class="card empty"' in empty.text
    review("wrong", kind="=nama()")
    page = client.get("/ketelitian/", {"reader": "2", "since": "2020-01-01"})
    assert page.context["looked_at"] == 1
    file = client.get("/ketelitian/", {"format": "csv"})
    assert file["Content-Type"].startswith("text/csv")
    assert ";'=nama()" in file.text


def test_a_period_that_runs_backwards_is_said_so(client: Client) -> None:
    client.force_login(make.make_user(roles.MANAGER))
    page = client.get("/ketelitian/", {"since": "2026-02-01", "until": "2026-01-01"})
    assert page.status_code == 400


@pytest.mark.parametrize("role", [roles.OFFICER, roles.APPROVER, roles.VENDOR, roles.AGENCY])
def test_others_do_not_see_it(client: Client, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get("/ketelitian/").status_code == 403
