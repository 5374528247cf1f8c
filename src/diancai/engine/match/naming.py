"""Whether a need names an offer outright: all that the offer is about, apart from how an office handles it.

生育津贴还能领取吗 names 生育津贴支付, though most words of a long letter are others. A paper (许可, 备案, 证明) is
named only by somebody who wants a paper or an answer: noise at night asks for no permit to build at night.
"""

from dataclasses import dataclass

from diancai.engine.lexicon import word_list
from diancai.engine.tokens import pairs_of, words

from .fit import PERMIT, families

# How an office handles a thing, and what every thing has that it handles.
_HANDLING = word_list("handling")
# What is done to a paper that somebody has already; he says so when he wants it.
_AFTERWARDS = word_list("afterwards")
# What somebody says or is given who wants a paper, money or an answer.
_ASKING = word_list("asking")
_ASKING_FORMS = frozenset((PERMIT, "咨询", "帮办"))
# At least two words, and nearly all of it: 幼儿园 alone names no permit to open one.
FEWEST_WORDS, NEARLY_ALL = 2, 0.75
# What is done afterwards and was not asked for: who asks for help wants no 残疾人证注销.
NOT_ASKED_FOR = 0.8


@dataclass(frozen=True, slots=True)
class Named:
    """What an offer is about, the handlings of it that come afterwards, and whether it is a paper.

    `words` are the character pairs of each word it is about, `core` those of all.
    """

    words: tuple[frozenset[str], ...]
    core: frozenset[str]
    afterwards: frozenset[str]
    is_paper: bool


def named_by(service: str) -> Named:
    """What a need must say to name this service."""
    told = [word for word in words(service) if word not in _HANDLING]
    about = tuple(frozenset(pairs_of(word)) for word in dict.fromkeys(told) if word not in _AFTERWARDS)
    return Named(about, frozenset().union(*about), frozenset(_AFTERWARDS & set(told)), PERMIT in families(service))


def wants_paper(text: str, service_form: str) -> bool:
    """Whether somebody asks for a paper, for money or for an answer."""
    return bool(families(service_form) & _ASKING_FORMS) or any(word in text + service_form for word in _ASKING)
