"""The code on a resident's slip: 14 drawn characters and one that checks them. Pure: the randomness is a parameter.

The alphabet has 23 characters, none of which looks like another (no 0 O Q D, 1 I L, 5 S, B, Z, U, G). 23 is a prime, so
the check finds every single wrong character and every two that changed places. 14 × log2(23) = 63.3 bits are drawn.
"""

import unicodedata
from collections.abc import Callable

ALPHABET = "2346789ACEFHJKMNPRTVWXY"
DRAWN = 14
LENGTH = DRAWN + 1
GROUP = 5
_PLACE = {character: place for place, character in enumerate(ALPHABET)}
# Whoever reads a letter that is none of ours means the one that looks like it.
_LOOKS_LIKE = str.maketrans({"B": "8", "Z": "2", "G": "6", "U": "V"})
_BETWEEN = str.maketrans("", "", " -—–－·.\u3000\t")


def make_code(draw: Callable[[int], int]) -> str:
    """A new code of 15 characters; `draw(n)` gives a number from 0 to n - 1, such as `secrets.randbelow`."""
    body = "".join(ALPHABET[draw(len(ALPHABET))] for _ in range(DRAWN))
    return body + _check_of(body)


def read_code(typed: str) -> str | None:
    """What was typed, as 15 characters of ours; None when it cannot be one. Spaces, dashes and small letters pass."""
    plain = unicodedata.normalize("NFKC", typed[:60]).upper().translate(_BETWEEN).translate(_LOOKS_LIKE)
    if len(plain) != LENGTH or any(character not in _PLACE for character in plain):
        return None
    return plain if _check_of(plain[:DRAWN]) == plain[DRAWN] else None


def spaced(code: str) -> str:
    """`ABCDE-FGHJK-LMNPQ`, as it is printed."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def _check_of(body: str) -> str:
    """Weights 1 … 14 differ modulo the prime, which is what finds two characters that changed places."""
    return ALPHABET[sum(weight * _PLACE[each] for weight, each in enumerate(body, 1)) % len(ALPHABET)]
