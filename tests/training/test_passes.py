"""Passes and codes: what is not ours, not for here, not for now or taken back never counts."""

import secrets
from dataclasses import replace

from hypothesis import given, settings, strategies as st

from training.passes import (
    ALPHABET,
    PASS_LENGTH,
    STEP_SECONDS,
    Door,
    Pass,
    Refusal,
    hall_code,
    is_hall_code,
    key_of,
    read_code,
    short_code,
    sign_pass,
    verify_pass,
)

KEY = key_of("rahasia contoh", "pass")
DOOR = Door(session_id=7, versions={31: 2}, closes_at=1_000.0, now=900.0)
GOOD = sign_pass(KEY, seat_id=31, session_id=7, version=2)


def test_the_pass_of_a_seat_opens_its_own_door_and_is_short_enough_for_a_small_qr() -> None:
    assert verify_pass(GOOD, key=KEY, door=DOOR) == Pass(31, 7, 2)
    assert len(GOOD) == PASS_LENGTH


def test_of_500_forged_or_replayed_passes_none_is_accepted() -> None:
    others = [key_of("rahasia contoh", "code"), key_of("rahasia lain", "pass")]
    tried = [secrets.token_urlsafe(24) for _n in range(150)]
    tried += [
        sign_pass(key, seat_id=31, session_id=7, version=2) for key in others for _n in range(25)
    ]
    tried += [sign_pass(KEY, seat_id=31, session_id=pk, version=2) for pk in range(100, 200)]
    tried += [sign_pass(KEY, seat_id=pk, session_id=7, version=2) for pk in range(100, 170)]
    tried += [sign_pass(KEY, seat_id=31, session_id=7, version=v) for v in (1, *range(3, 32))]
    tried += [
        GOOD[:place] + ALPHABET[n % 29] + GOOD[place + 1 :]
        for place in range(32)
        for n in range(4)
        if GOOD[place] != ALPHABET[n % 29]
    ]
    answers = [verify_pass(text, key=KEY, door=DOOR) for text in tried]
    late = replace(DOOR, now=1_001.0)
    answers += [verify_pass(GOOD, key=KEY, door=late)] * 10
    assert len(answers) >= 500
    assert not [answer for answer in answers if not isinstance(answer, Refusal)]


def test_each_refusal_says_why() -> None:
    elsewhere = sign_pass(KEY, seat_id=31, session_id=8, version=2)
    older = sign_pass(KEY, seat_id=31, session_id=7, version=1)
    assert verify_pass(elsewhere, key=KEY, door=DOOR) == Refusal.OTHER_SESSION
    assert verify_pass(older, key=KEY, door=DOOR) == Refusal.REVOKED
    assert verify_pass(GOOD, key=KEY, door=replace(DOOR, now=2_000.0)) == Refusal.EXPIRED
    assert verify_pass(GOOD + "=", key=KEY, door=DOOR) == Refusal.FORGED


@given(text=st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_whatever_is_scanned_is_answered_and_never_fails(text: str) -> None:
    assert verify_pass(text, key=KEY, door=DOOR) == Refusal.FORGED
    read_code(text)
    assert not is_hall_code(text, key=KEY, session_id=7, now=1e6)


@given(seat=st.integers(1, 2**32 - 1), place=st.integers(0, 7), letter=st.sampled_from(ALPHABET))
@settings(max_examples=60, deadline=None)
def test_a_wrong_letter_or_a_swap_in_a_typed_code_is_noticed(
    seat: int, place: int, letter: str
) -> None:
    code = short_code(KEY, seat_id=seat, session_id=7, version=1)
    assert read_code(f" {code[:4].lower()}-{code[4:]} ") == code
    wrong = code[:place] + letter + code[place + 1 :]
    assert read_code(wrong) == (code if wrong == code else "")
    swapped = code[1] + code[0] + code[2:]
    assert read_code(swapped) == (code if swapped == code else "")


def test_the_code_of_the_hall_is_good_for_this_step_and_the_one_before() -> None:
    now = 10_000 * STEP_SECONDS + 5.0
    code = hall_code(KEY, session_id=7, now=now)
    assert len(code) == 8
    assert is_hall_code(code.lower(), key=KEY, session_id=7, now=now)
    assert is_hall_code(code, key=KEY, session_id=7, now=now + STEP_SECONDS)
    assert not is_hall_code(code, key=KEY, session_id=7, now=now + 2 * STEP_SECONDS)
    assert not is_hall_code(code, key=KEY, session_id=7, now=now - STEP_SECONDS)
    assert not is_hall_code(code, key=KEY, session_id=8, now=now)
