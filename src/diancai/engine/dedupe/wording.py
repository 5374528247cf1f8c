"""What of a text counts when two are compared: the words of the matter, not the courtesy of asking."""

import re

from diancai.engine.lexicon import word_list
from diancai.engine.tokens import normal, pairs_of, words

# Wording of petitions: it heads messages of every kind and would make them alike.
_PETITION = word_list("petition")
# How a service is given: two needs for training are not one need.
_SERVICE = word_list("service")
_PETITION_PATTERN = re.compile("|".join(sorted(map(re.escape, _PETITION), key=len, reverse=True)))
_SERVICE_PATTERN = re.compile("|".join(sorted(map(re.escape, _SERVICE), key=len, reverse=True)))
_AMOUNT = re.compile(r"[（(][^（()）]*[)）]|[约近]?\d+(\.\d+)?\s*[a-z\u4e00-\u9fff]?")


def body_words(subject: str, text: str) -> list[str]:
    """Words of a message, its title counted three times, without the wording of petitions."""
    found = words(subject) * 3 + words(text)
    return [word for word in found if word not in _PETITION]


def title_pairs(subject: str) -> list[str]:
    """Character pairs of a title without the wording of petitions."""
    return pairs_of(without_petition(subject))


def without_petition(subject: str) -> str:
    """A title with a blank in place of the wording of petitions."""
    return _PETITION_PATTERN.sub(" ", normal(subject))


def core(content: str) -> str:
    """The matter of a need's short line: amounts, brackets and the way of service taken out."""
    return _SERVICE_PATTERN.sub(" ", _PETITION_PATTERN.sub(" ", _AMOUNT.sub(" ", normal(content)))).strip()
