"""Who is recognised as a firm on record, and who is only shown to a person."""

import pytest

from onboarding.matching import Known, Match, company_npwp, recognise

NIB, OTHER_NIB, NPWP = "0001210000017", "0012240000023", "0099999997000000"
KNOWN = Known(
    by_nib={NIB: 1},
    by_company_npwp={NPWP: 1},
    by_phone={"+6281234567890": [1, 2, 3]},
    by_nik={"3578994102900001": [2]},
    by_name_region={("maju contoh", "35.78"): [3]},
    nib_of={1: NIB},
    form_of={1: "cv", 2: "perorangan", 3: "pt"},
)


def recognised(**clean):
    return recognise({"legal_form": "cv", "name": "Lain Contoh", "region": "35.15", **clean}, KNOWN)


def test_equal_nib_is_the_same_firm():
    assert recognised(nib=NIB) == Match("same", 1, ("same_nib",), (1,))


def test_equal_company_npwp_is_the_same_firm():
    assert recognised(npwp=NPWP) == Match("same", 1, ("same_company_npwp",), (1,))


@pytest.mark.parametrize(
    ("clean", "reason"),
    [
        ({"npwp": NPWP, "nib": OTHER_NIB}, "nib_differs"),
        ({"npwp": NPWP, "legal_form": "pt"}, "legal_form_differs"),
        ({"npwp": NPWP, "legal_form": "perorangan"}, "legal_form_differs"),
    ],
)
def test_company_npwp_with_a_contradiction_only_asks_to_look(clean, reason):
    match = recognised(**clean)
    assert (match.kind, match.vendor_id) == ("look", 1)
    assert match.reasons == ("same_company_npwp", reason)


def test_sole_trader_never_links_by_npwp_even_when_the_known_form_is_not_told():
    known = Known(by_company_npwp={NPWP: 1})
    match = recognise({"legal_form": "perorangan", "npwp": NPWP}, known)
    assert (match.kind, match.reasons[1]) == ("look", "npwp_not_of_a_company")


def test_persons_npwp_never_links_a_company():
    nik = "3578994102900001"
    match = recognise({"legal_form": "cv", "npwp": nik}, Known(by_company_npwp={nik: 1}))
    assert match.kind == "look"
    assert company_npwp({"legal_form": "cv", "npwp": nik}) == ""


def test_nib_of_one_firm_and_npwp_of_another_asks_to_look():
    known = Known(by_nib={NIB: 1}, by_company_npwp={NPWP: 2})
    match = recognise({"legal_form": "cv", "nib": NIB, "npwp": NPWP}, known)
    assert (match.kind, match.candidates) == ("look", (1, 2))


@pytest.mark.parametrize("sham", ["", "0000000000000", "1234567890123"])
def test_placeholder_never_links(sham):
    known = Known(by_nib={sham: 1}, by_company_npwp={sham: 1})
    assert recognise({"legal_form": "cv", "nib": sham, "npwp": sham}, known).kind == "new"


@pytest.mark.parametrize(
    ("clean", "reasons", "candidates"),
    [
        ({"phone": "+6281234567890"}, ("same_phone",), (1, 2, 3)),
        ({"nik": "3578994102900001"}, ("same_nik",), (2,)),
        ({"name": "PT Maju Contoh", "region": "35.78"}, ("same_name_and_region",), (3,)),
        (
            {"name": "Maju Contoh", "region": "35.78", "phone": "+6281234567890"},
            ("same_phone", "same_name_and_region"),
            (3, 1, 2),
        ),
    ],
)
def test_likeness_proposes_and_never_links(clean, reasons, candidates):
    match = recognised(**clean)
    assert (match.kind, match.reasons, match.candidates) == ("look", reasons, candidates)
    assert match.vendor_id == candidates[0]


def test_same_name_in_another_region_is_new():
    assert recognised(name="Maju Contoh", region="35.07") == Match("new")


def test_absent_values_match_nobody():
    known = Known(by_phone={"": [1]}, by_nik={"": [1]}, by_name_region={("", ""): [1]})
    assert recognise({"legal_form": "cv"}, known).kind == "new"
