"""Which papers are asked of whom, and since when."""

import csv
from datetime import date
from pathlib import Path

import pytest

import documents
from documents.requirements import Requirement, missing, read_requirements, required_for

TODAY = date(2026, 11, 21)
with (Path(documents.__file__).parent / "reference/document-types.csv").open(
    encoding="utf-8", newline=""
) as file:
    TABLE = read_requirements(csv.DictReader(file), basis="Contoh")


@pytest.mark.parametrize(
    ("form", "has_deed", "has_certificate"),
    [
        ("perorangan", False, False),
        ("cv", True, False),
        ("pt", True, False),
        ("pt_perorangan", False, True),
        ("koperasi", True, False),
    ],
)
def test_deed_and_certificate_follow_the_legal_form(form, has_deed, has_certificate):
    papers = required_for(form, TABLE, TODAY)
    assert ("akta-pendirian" in papers) is has_deed
    assert ("sertifikat-pendaftaran" in papers) is has_certificate
    assert {"ktp", "nib", "npwp", "rekening"} <= set(papers)


def test_conditional_and_optional_papers_are_not_required():
    assert "akta-perubahan" not in required_for("cv", TABLE, TODAY)
    assert "akta-perubahan" in required_for("cv", TABLE, TODAY, "conditional")
    assert required_for("cv", TABLE, TODAY, "optional") == ("foto-usaha",)


@pytest.mark.parametrize(
    ("today", "asked"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_paper_is_asked_between_its_dates_only(today, asked):
    rule = Requirement("halal", "cv", "required", date(2026, 1, 1), date(2026, 6, 30))
    assert bool(required_for("cv", [rule], today)) is asked


def test_later_rule_for_the_same_paper_counts():
    rules = [
        Requirement("halal", "cv", "required", date(2026, 1, 1)),
        Requirement("halal", "cv", "optional", date(2026, 5, 1)),
        Requirement("halal", "cv", "conditional"),
    ]
    assert required_for("cv", rules, date(2026, 4, 30)) == ("halal",)
    assert required_for("cv", rules, date(2026, 5, 1)) == ()


def test_missing_papers_are_told_in_the_order_of_the_list():
    assert missing(("ktp", "nib", "npwp"), {"nib"}) == ("ktp", "npwp")
    assert missing(("ktp",), {"ktp", "nib"}) == ()


def test_unknown_form_is_asked_nothing():
    assert required_for("yayasan", TABLE, TODAY) == ()
