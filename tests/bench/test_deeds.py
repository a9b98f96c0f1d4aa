"""The invented papers that the reader is measured on hold what their truth says."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from bench.deeds import making
from bench.deeds.making import SEEN, Plan
from bench.deeds.numerals import Spelling

KINDS = sorted(SEEN)
FIELDS = {
    *("company_name", "company_seat", "deed_number", "deed_date", "notary_name", "notary_seat"),
    *("notary_sk_number", "notary_sk_date", "authorized_capital", "paid_up_capital", "kbli"),
    *("person_name", "person_nik", "sk_ahu_number", "sk_ahu_date", "nib", "nib_date", "npwp"),
}
# Typed on the page in another form than the truth's: dates, dotted amounts, dotted tax numbers.
AS_TYPED = ("company_name", "deed_number", "sk_ahu_number", "notary_sk_number", "nib")


def planned(kind: str, form: str, is_bundle: bool, anomaly: str = "") -> Plan:
    return Plan(f"000-{kind}", "tuned", f"test/{kind}", kind, form, is_bundle, anomaly, False)


def truth_of(plan: Plan, folder: Path, level: str = "clean") -> dict:
    return json.loads(making.write(making.make(plan, basic=True), level, folder).read_text())


@pytest.mark.parametrize(("kind", "form", "is_bundle"), KINDS)
def test_each_kind_of_paper_prints_what_its_truth_says(
    kind: str, form: str, is_bundle: bool, tmp_path: Path
) -> None:
    told = truth_of(planned(kind, form, is_bundle), tmp_path)
    text = " ".join(" ".join(told["text"]).split()).lower()
    fields = told["fields"]
    for name in AS_TYPED:
        assert str(fields.get(name, "")).lower() in text
    for code in [*fields.get("kbli", []), *(p["name"] for p in fields.get("persons", []))]:
        assert code.lower() in text
    with pypdfium2.PdfDocument(tmp_path / told["files"][0]) as pdf:
        assert len(pdf) == told["pages"] == len(told["text"])


def test_every_value_stands_where_the_truth_says(tmp_path: Path) -> None:
    told = truth_of(planned("akta_pt", "PT", True), tmp_path)
    with pypdfium2.PdfDocument(tmp_path / told["files"][0]) as pdf:
        for value in told["evidence"]:
            assert value["place"]
            assert value["field"].removesuffix("_words") in FIELDS
            for part in value["place"]:
                (x0, y0), _, (x1, y1), _ = part["quad"]
                tall = told["page_size"][part["page"]][1]
                page = pdf[part["page"]].get_textpage()
                seen = page.get_text_bounded(x0 - 1, tall - y1 - 1, x1 + 1, tall - y0 + 1)
                assert set(seen.split()[0]) <= set(value["text"] + '".,;:()"“”')


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    plan = planned("sk_ahu", "CV", False)
    for level in ("clean", "fax150", "photo"):
        first, second = tmp_path / f"{level}1", tmp_path / f"{level}2"
        for folder in (first, second):
            folder.mkdir()
            truth_of(plan, folder, level)
        for path in first.iterdir():
            assert path.read_bytes() == (second / path.name).read_bytes()


def test_a_set_contradicts_itself_in_fifteen_of_a_hundred_papers_and_the_halves_differ() -> None:
    tuned, reported = (making.plan(half, 100, 1) for half in ("tuned", "reported"))
    assert [sum(bool(one.anomaly) for one in half) for half in (tuned, reported)] == [15, 15]
    assert [one.kind for one in tuned] != [one.kind for one in reported]


def test_numbers_are_spelled_as_typists_spell_them() -> None:
    assert Spelling().words(1_250_315_111) == (
        "satu miliar dua ratus lima puluh juta tiga ratus lima belas ribu seratus sebelas"
    )
    assert Spelling(glue="all", old_billion=True).words(2_000_002_017) == (
        "dua milyar duaribu tujuhbelas"
    )
