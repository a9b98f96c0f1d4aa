"""Numbers of a run: counted on in the part that runs, pasted as they were given."""

import pytest

from workflows.numbering import count_on, pasted, repeated


@pytest.mark.parametrize(
    ("first", "third"),
    [
        ("027/1234/022.1/2026", "027/1236/022.1/2026"),
        ("188/30433/KPTS/022.1/2022", "188/30435/KPTS/022.1/2022"),
        ("000.3.2/0098/022.1/2026", "000.3.2/0100/022.1/2026"),
        ("B-099", "B-101"),
        ("7", "9"),
    ],
)
def test_the_running_part_is_counted_on_and_the_others_stay(first: str, third: str) -> None:
    numbers = count_on(f" {first} ", 3)
    assert (numbers[0], numbers[2], len(set(numbers))) == (first, third, 3)


@pytest.mark.parametrize("first", ["tanpa nomor", "A/B/C", "005.1/umum/2026"])
def test_a_number_without_a_running_part_is_refused(first: str) -> None:
    with pytest.raises(ValueError, match=first):
        count_on(first, 2)


def test_a_pasted_list_keeps_its_order_and_tells_what_stands_twice() -> None:
    numbers = pasted("027/2/2026\r\n\n  027/1/2026 \n027/2/2026\n")
    assert numbers == ["027/2/2026", "027/1/2026", "027/2/2026"]
    assert repeated(numbers) == ["027/2/2026"]
