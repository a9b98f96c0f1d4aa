"""An officer types what the caller says: a name, half a number, a word with a slip in it."""

import pytest
from django.db import connection

from onboarding.actions import learn_words
from onboarding.models import FirmWord, Vendor
from onboarding.models.words import index_letters
from onboarding.search import find_firms

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms():
    named = {
        "Katering Contoh Sekar Wilis": "Sulastri",
        "Keripik Contoh Barokah": "Mochamad Rofi",
        "Keripik Contoh Barokah Jaya": "Siti",
        "Warung Contoh 100%": "Budi_Santoso",
    }
    made = [
        Vendor.objects.create(
            name=name,
            owner_name=owner,
            legal_form="perorangan",
            region_id="35.78",
            nib=f"00012100000{number:02}",
            phone=f"+62812345678{number:02}",
        )
        for number, (name, owner) in enumerate(named.items(), start=11)
    ]
    learn_words()
    return made


def found(wanted, most=10):
    return [firm.name for firm in find_firms(Vendor.objects.all(), wanted, most=most)]


def test_the_whole_name_comes_before_names_that_contain_it(firms):
    assert found("keripik contoh barokah") == [
        "Keripik Contoh Barokah",
        "Keripik Contoh Barokah Jaya",
    ]


@pytest.mark.parametrize("wanted", ["kar wil", "SEKAR", "Sulastri", "wilis katering"])
def test_any_part_of_the_name_or_the_owner_finds_the_firm(firms, wanted):
    assert found(wanted) == ["Katering Contoh Sekar Wilis"]


@pytest.mark.parametrize(
    "wanted", ["0001210000011", "10000011", "0812-3456-7811", "+62812345678 11"]
)
def test_a_whole_number_or_its_end_finds_the_firm(firms, wanted):
    assert found(wanted) == ["Katering Contoh Sekar Wilis"]


@pytest.mark.parametrize("wanted", ["7811", "812345678", "+6281234567"])
def test_no_part_of_a_phone_number_finds_a_firm(firms, wanted):
    assert found(wanted) == []


def test_a_part_of_a_phone_number_beside_a_name_tells_nothing_of_whose_it_is(firms):
    assert set(found("contoh 7811")) == set(found("contoh 9999"))


@pytest.mark.parametrize("wanted", ["katring sekar wiliss", "ktering sekr", "sulastir"])
def test_a_slip_of_the_fingers_is_forgiven(firms, wanted):
    assert found(wanted)[0] == "Katering Contoh Sekar Wilis"


@pytest.mark.parametrize(
    "wanted", ['"', "%%%", "a' OR 1=1 --", "NEAR(", "___", "*", "\x00abc", "zzzqqq"]
)
def test_signs_that_mean_something_to_a_database_mean_nothing_here(firms, wanted):
    assert found(wanted) == []


def test_a_percent_sign_is_looked_for_as_it_is(firms):
    assert "Warung Contoh 100%" in found("contoh 100%")


def test_a_corrected_name_is_found_and_the_old_one_is_not(firms):
    firm = firms[0]
    firm.name = "Dapur Contoh Kenanga"
    firm.save()
    assert found("kenanga") == ["Dapur Contoh Kenanga"]
    assert found("sekar wilis") == []


def test_an_index_that_a_migration_took_away_is_built_again(firms):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite forgets its triggers")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER vendor_letters_changed")
    firms[0].name = "Dapur Contoh Kenanga"
    firms[0].save()
    index_letters(connection)
    assert found("kenanga") == ["Dapur Contoh Kenanga"]


def test_words_are_learnt_once(firms):
    before = set(FirmWord.objects.values_list("word", flat=True))
    assert learn_words() == 0
    assert {"barokah", "sulastri"} <= before
