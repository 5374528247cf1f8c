"""Noun phrases around a number, by the word classes of rjieba and the lists of `words.json`.

`phrase_before` gives the thing named before a number, `noun_after` the thing named behind its unit. Called by `what`
and `setting`.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from diancai.engine.tokens import tagged as tagged_words

_LINKS = frozenset("、和与及")
_OPENING, _CLOSING = frozenset("“‘《「"), frozenset("”’》」")
_NOMINAL = frozenset("nbsjlizga")
_NOMINAL_KINDS = frozenset({"vn", "eng", "t", "an"})
_BODIES = frozenset("村镇乡县旗组社站队")
_SUFFIXES = frozenset("户员点站班车者民工率量额费所会室厅馆院岗证品物款金机器棚圈舍井渠路桥林地田病苗料粮犬卡")
_PARTICLES = frozenset({"y", "ul", "uz", "ug", "ud", "uv"})
_PUNCTUATION = frozenset("，。：；（）,.;:!?！？—…-~·/ \n")


@dataclass(frozen=True)
class Phrase:
    """Words that name a thing, and whether they are a noun or only a doing (办结, 跑)."""

    words: str
    is_noun: bool


@cache
def _list(name: str) -> frozenset[str]:
    raw = json.loads(files(__package__).joinpath("words.json").read_text(encoding="utf-8"))
    return frozenset(raw[name].split())


def _tagged(phrase: str) -> list[tuple[str, str]]:
    """The words with their classes; a quotation is one noun."""
    tagged: list[tuple[str, str]] = []
    opened = -1
    for word, kind in tagged_words(phrase):
        tagged.append((word, kind))
        if word in _OPENING:
            opened = len(tagged) - 1
        elif word in _CLOSING and opened >= 0:
            tagged[opened:] = [("".join(part for part, _ in tagged[opened:]), "nq")]
            opened = -1
        elif _is_suffixed(tagged):
            tagged[-2:] = [(tagged[-2][0] + word, "n")]
    return tagged


def _is_suffixed(tagged: list[tuple[str, str]]) -> bool:
    """代办 + 员, 脱贫 + 户: a doing with a one-character head is a thing."""
    if len(tagged) < 2 or tagged[-1][0] not in _SUFFIXES:
        return False
    doing, kind = tagged[-2]
    return len(doing) >= 2 and kind in ("v", "vn") and doing not in _list("tails")


def actions() -> frozenset[str]:
    """Verbs that only say that something was given, held or done (发放, 举办)."""
    return _list("actions")


def is_action(word: str) -> bool:
    """Whether the word is one of `actions`."""
    return word in actions()


def phrase_before(phrase: str) -> Phrase:
    """The thing named at the end of `phrase`: its last noun phrase, or the last doing where it has no noun."""
    words = _tagged(phrase.strip())
    while words and _is_tail(*words[-1]):
        words.pop()
    nouns = _trailing_nouns(_without_moves(words))
    if nouns:
        return Phrase(_without_actions(nouns), True)
    return Phrase(_trailing_verbs(words), False)


def _is_tail(word: str, kind: str) -> bool:
    particle = (kind in ("p", "t", "m") and word not in _list("noun_like")) or (kind in _PARTICLES and len(word) == 1)
    return word in _list("tails") or particle or word in _PUNCTUATION


def _without_moves(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """挂历发了800份, 社员来了90人: a verb of coming and giving between thing and number is passed over."""
    kept = list(words)
    while len(kept) > 1 and kept[-1][0].rstrip("了") in _list("moves"):
        kept.pop()
    return kept if kept and _is_nominal(*kept[-1]) else words


def _trailing_nouns(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    start = len(words)
    while start and (_continues(words, start - 1) or (words[start - 1][0] in _LINKS and start < len(words))):
        start -= 1
    while start < len(words) and words[start][0] in _LINKS:
        start += 1
    return words[start:]


def _continues(words: list[tuple[str, str]], place: int) -> bool:
    """A noun, or a verb that only describes the noun behind it (种植能手, 推广人员)."""
    word, kind = words[place]
    if _is_nominal(word, kind):
        return True
    if kind != "v" or place + 1 >= len(words) or len(word) < 2 or not _is_nominal(*words[place + 1]):
        return False
    beside = place > 0 and (_is_nominal(*words[place - 1]) or words[place - 1][0] in _LINKS)
    described = words[place + 1][0] in _list("verbal_heads") and beside
    return described or word not in _list("actions")


def _is_nominal(word: str, kind: str) -> bool:
    if word in _list("not_nouns") or word in _PUNCTUATION or word in _LINKS:
        return False
    return word in _list("noun_like") or kind in _NOMINAL_KINDS or kind[:1] in _NOMINAL


def _without_actions(words: list[tuple[str, str]]) -> str:
    actions = _list("actions")
    while len(words) > 1 and words[0][0] in actions and words[1][0] not in _LINKS:
        words = words[1:]
    if len(words) > 2 and words[0][1] == "nq" and words[1][0] in actions:
        words = words[2:]  # 借助“炕头讲堂”辅导妇女: the quoted name says by what, not whom.
    return "".join(word for word, _ in words)


def _trailing_verbs(words: list[tuple[str, str]]) -> str:
    start = len(words)
    while start and words[start - 1][1][:1] in "vdanu" and words[start - 1][0] not in _LINKS:
        start -= 1
    return "".join(word for word, _ in words[start:]).strip("了的")


def noun_after(phrase: str, *, skip_verbs: bool) -> str:
    """The thing named at the beginning of `phrase`; with `skip_verbs` also behind a verb or a description up to 的."""
    words = _tagged(phrase)
    if words and not _is_nominal(*words[0]) and phrase[0] in _BODIES and words[0][0] != phrase[0]:
        return phrase[0]  # 16个村有13个 is cut as 村有 by the word cutter.
    begin = _after_description(words) if skip_verbs else 0
    nouns = [words[begin - 1][0]] if 0 < begin < len(words) and _describes(words, begin - 1) else []
    begin_nouns = len(nouns)
    for place in range(begin, len(words)):
        word, kind = words[place]
        if word == "的" and nouns and _nominal_at(words, place + 1):
            nouns = []
        elif _is_nominal(word, kind) or (nouns and word in _LINKS and _nominal_at(words, place + 1)):
            nouns.append(word)
        else:
            break
    return "".join(nouns) if len(nouns) > begin_nouns else ""


def described_noun(phrase: str) -> str:
    """返乡青年, 留守儿童: a noun with a doing before it that only describes it; anything else gives nothing."""
    words = _tagged(phrase[:16])
    return noun_after(phrase, skip_verbs=True) if len(words) > 1 and _describes(words, 0) else ""


def _describes(words: list[tuple[str, str]], place: int) -> bool:
    word, kind = words[place]
    verbal = kind in ("v", "vn") and len(word) == 2 and word not in actions()
    return verbal and _nominal_at(words, place + 1)


def _nominal_at(words: list[tuple[str, str]], place: int) -> bool:
    return place < len(words) and _is_nominal(*words[place])


def _after_description(words: list[tuple[str, str]]) -> int:
    """Where the noun begins: behind the last 的 near by, or behind the verbs that open the phrase."""
    described = [place for place, (word, _) in enumerate(words[:12]) if word == "的" and _nominal_at(words, place + 1)]
    if described and words[0][1][:1] in "vd":
        return described[-1] + 1
    begin = 0
    while begin < min(3, len(words)) and words[begin][1][:1] in "vdpa" and not _is_nominal(*words[begin]):
        begin += 1
    return begin


def predicate_after(phrase: str) -> str:
    """What is done, in the words right behind the unit: 37件在办 counts 在办."""
    words = _tagged(phrase[:12])
    taken: list[str] = []
    for word, _ in words:
        if word in _PUNCTUATION or word in _LINKS or sum(map(len, taken)) >= 6:
            break
        taken.append(word)
    return "".join(taken).strip("的了")


def leading_noun(phrase: str) -> str:
    """The noun that a clause begins with: its subject."""
    return noun_after(phrase.lstrip("，、 "), skip_verbs=False) or phrase_before(phrase).words
