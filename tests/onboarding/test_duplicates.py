"""Which firms are found to be one, almost surely one, worth a look, or two."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from onboarding.identifiers import fold_name
from onboarding.matching import Firm, compare_all, explain, find_pairs, sweep

NIB, OTHER_NIB = "0012240000017", "0007240000023"
NIK, OTHER_NIK = "3578994102900001", "3578995203910002"
NPWP, OTHER_NPWP = "0012345673000000", "0098765432000000"


def firm(number: int = 1, name: str = "Dapur Sekar Wilis Contoh", **facts: str) -> Firm:
    told = {
        "legal_form": "perorangan",
        "owner": "Sulastri Handayani",
        "phone": "+6281234567890",
        "region": "35.78",
        "address": "Jl. Kalimas Contoh No. 12, Gubeng",
    }
    return Firm(number, fold_name(name), **(told | facts))


def band(one: Firm, other: Firm) -> str:
    return explain(one, other).band


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"name": "SEKAR WILIS CONTOH, DAPUR"}, "strong"),
        ({"name": "Dapoer Sekar Wilis Tjontoh", "owner": "Soelastri Handajani"}, "strong"),
        ({"name": "Dapur SekarWilis Contoh", "phone": "", "address": ""}, "strong"),
        ({"name": "Dapur Sekr Wiils Contoh", "phone": "+6281234567809"}, "strong"),
        ({"owner": "Hj. Sulastri H., S.E.", "phone": ""}, "strong"),
        # a helper lends one phone to thirty firms
        ({"name": "Bengkel Roda Jaya", "owner": "Bambang Eko", "address": ""}, "different"),
        # one owner has several firms at home
        ({"name": "Konveksi Busana Melati"}, "different"),
        # a chain has one name in several regions, also when one owner runs it
        ({"region": "35.07", "owner": "Rudi", "phone": "", "address": ""}, "different"),
        ({"region": "35.07", "address": "Jl. Semeru 4, Lawang"}, "look"),
        # a family shares a house
        ({"name": "Mebel Jati Alas", "owner": "Joko Handayani", "phone": ""}, "different"),
        ({"name": "Dapur Sekar Wilis Contoh 2"}, "strong"),
        # a CV beside the shop of the same owner
        ({"legal_form": "cv", "phone": "", "address": ""}, "strong"),
        ({"legal_form": "cv", "phone": "+6285700001111", "address": ""}, "look"),
    ],
)
def test_likeness_without_numbers_of_the_firm(other: dict[str, str], expected: str) -> None:
    assert band(firm(), firm(2, **other)) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"nib": NIB}, {"nib": NIB}, "same"),
        ({"nib": NIB}, {"nib": NIB, "name": "Wilis", "phone": "", "address": ""}, "same"),
        ({"nib": NIB}, {"nib": NIB, "name": "Mebel Jati", "owner": "Joko"}, "look"),
        ({"nib": NIB, "nik": NIK}, {"nib": NIB, "nik": OTHER_NIK}, "look"),
        ({"nib": NIB}, {"nib": OTHER_NIB}, "look"),
        ({"nik": NIK}, {"nik": OTHER_NIK}, "look"),
        ({"legal_form": "cv"}, {"legal_form": "pt"}, "look"),
        (
            {"legal_form": "cv", "npwp": NPWP},
            {"legal_form": "cv", "npwp": NPWP, "phone": ""},
            "same",
        ),
        ({"legal_form": "cv", "npwp": NPWP}, {"legal_form": "pt", "npwp": NPWP}, "look"),
        ({"legal_form": "cv", "npwp": NPWP}, {"legal_form": "cv", "npwp": OTHER_NPWP}, "look"),
        # a person's old number and the NIK that took its place do not contradict each other
        ({"npwp": NPWP}, {"npwp": NIK}, "strong"),
        ({"npwp": NPWP}, {"npwp": OTHER_NPWP}, "look"),
        # what half a village is called is not enough beside another phone
        (
            {"name": "Toko Berkah", "owner": "Siti", "address": ""},
            {"name": "Toko Berkah", "owner": "Siti", "address": "", "phone": "+6285700001111"},
            "look",
        ),
        ({"npwp": NIK}, {"npwp": NIK, "name": "Mebel Jati Alas"}, "different"),
        ({"name": "Mawar Contoh 1"}, {"name": "Mawar Contoh 2"}, "look"),
    ],
)
def test_numbers_join_and_contradict(
    one: dict[str, str], other: dict[str, str], expected: str
) -> None:
    assert band(firm(**one), firm(2, **other)) == expected


@pytest.mark.parametrize("sham", ["1234567890123", "0000000000000", "-", ""])
def test_a_placeholder_never_says_same(sham: str) -> None:
    other = firm(2, "Mebel Jati Alas", owner="Joko", phone="", address="", nib=sham, npwp=sham)
    assert band(firm(nib=sham, npwp=sham), other) == "different"


def test_reasons_name_every_field_and_what_it_says() -> None:
    pair = explain(firm(nib=NIB), firm(2, nib=OTHER_NIB, phone="", name="Dapur Sekar Wils Contoh"))
    said = {reason.field: reason.verdict for reason in pair.reasons}
    assert said["nib"] == "differs"
    assert said["phone"] == "missing"
    assert said["name"] in ("similar", "agrees")
    assert {"nib_differs", "owner_agrees"} <= set(pair.codes)
    assert not [code for code in pair.codes if "missing" in code]


WORD = st.text(st.sampled_from("abdeijknoprstuwyz"), min_size=2, max_size=9)
FIRMS = st.builds(
    Firm,
    id=st.integers(1, 10**9),
    name=st.lists(WORD, min_size=1, max_size=4).map(" ".join),
    legal_form=st.sampled_from(["perorangan", "cv", "pt", ""]),
    nib=st.sampled_from(["", NIB, OTHER_NIB, "1234567890123"]),
    npwp=st.sampled_from(["", NPWP, NIK]),
    nik=st.sampled_from(["", NIK, OTHER_NIK]),
    owner=st.lists(WORD, max_size=3).map(" ".join),
    phone=st.sampled_from(["", "+6281234567890", "+6281234567891"]),
    region=st.sampled_from(["35.78", "35.07"]),
    address=st.lists(WORD, max_size=4).map(" ".join),
)


@settings(max_examples=30, deadline=None)
@given(FIRMS, FIRMS.filter(lambda one: one.id > 0))
def test_it_does_not_matter_which_firm_is_asked_first(one: Firm, other: Firm) -> None:
    there, back = explain(one, other), explain(other, one)
    assert (there.band, there.codes) == (back.band, back.codes)
    assert there.score == pytest.approx(back.score, abs=1e-4)
    assert 0 <= there.score <= 1


def test_pairs_are_found_once_with_the_older_firm_first() -> None:
    others = [firm(n, f"Usaha Lain {n}", owner=f"Orang {n}", phone="") for n in range(10, 40)]
    (pair,) = find_pairs([firm(7), *others, firm(3, "Dapur Sekar Wils Contoh")])
    assert (pair.a, pair.b, pair.band) == (3, 7, "strong")


def test_firms_already_known_are_not_compared_with_each_other() -> None:
    known = [firm(1), firm(2)]
    for found in (find_pairs, compare_all):
        assert {(p.a, p.b) for p in found([firm(3)], known)} == {(1, 3), (2, 3)}


def test_a_register_is_swept_by_region_and_then_across() -> None:
    regions = [[firm(1), firm(2)], [], [firm(3, region="35.07", nib=NIB)]]
    of_all = {one.id: one for firms in regions for one in firms}
    swept = {(p.a, p.b): p.band for p in sweep(regions, lambda ids: [of_all[i] for i in ids])}
    assert swept[1, 2] == "strong"
    assert swept.keys() == {(1, 2), (1, 3), (2, 3)}
    only_new = sweep(regions, lambda ids: [of_all[i] for i in ids], new={3})
    assert {(p.a, p.b) for p in only_new} == {(1, 3), (2, 3)}
