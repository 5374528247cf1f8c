"""The code on a slip: long enough, readable, and every slip of the hand is found."""

import math
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.stages.feedback.rules import ALPHABET, LENGTH, make_code, read_code, spaced

codes = st.integers(0, 2**32).map(lambda seed: make_code(random.Random(seed).randrange))


def test_sixty_bits_are_drawn_from_letters_that_look_like_no_other() -> None:
    assert (LENGTH - 1) * math.log2(len(ALPHABET)) > 60
    assert len(set(ALPHABET)) == len(ALPHABET) == 23
    assert not set(ALPHABET) & set("0OQD1ILS5BZUG")


@settings(max_examples=60, deadline=None)
@given(codes, st.booleans(), st.sampled_from(["", " ", "-", "－"]))
def test_a_code_is_read_however_it_is_written(code: str, small: bool, between: str) -> None:
    written = between.join(spaced(code).split("-"))
    assert read_code(written.lower() if small else written) == code


@settings(max_examples=60, deadline=None)
@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(code: str, place: int, other: str) -> None:
    wrong = code[:place] + other + code[place + 1 :]
    assert read_code(wrong) == (code if other == code[place] else None)


@settings(max_examples=60, deadline=None)
@given(codes, st.integers(0, LENGTH - 3), st.integers(0, LENGTH - 3))
def test_two_that_changed_places_are_always_found(code: str, one: int, two: int) -> None:
    held = list(code)
    held[one], held[two] = held[two], held[one]
    swapped = "".join(held)
    assert read_code(swapped) == (code if swapped == code else None)


def test_what_cannot_be_a_code_is_none() -> None:
    for typed in ("", "nobody", "A" * 14, "A" * 16, "１" * 15, "\x00" * 15, "A" * 100_000, "乌" * 15):
        assert read_code(typed) is None
