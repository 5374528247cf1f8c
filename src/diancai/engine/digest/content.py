"""The line on the list: a neutral phrase of at most 30 characters, made of the topic's pattern and the things named.

Patterns stand in `lexicon/content.json` by topic; a slot that nothing in the text fills takes its default or makes
the pattern unfit, so that no fact is added. Where no pattern fits, the asking clause itself is shortened.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from diancai.engine.digest.measure import Measured
from diancai.engine.digest.parts import Part
from diancai.engine.digest.things import things_in
from diancai.engine.digest.topics import Topic
from diancai.engine.lexicon.shelf import open_list, words_of
from diancai.engine.tokens import word_end
from diancai.words import Kind, Strand

LONGEST = 30
LEAST_CLAUSE = 12  # a clause shorter than this is no line, though a pause follows it
_SLOT = re.compile(r"\{([a-z|]{1,20})(:([^{}]{0,8}))?\}")
_UNITS = ("嘎查", "社区", "分场", "社", "组", "队", "村")
_TEACHING = ("培训", "讲讲", "讲一讲", "讲解", "讲课", "宣讲", "办个班", "讲")
_SINGLE_CROP_TOPICS = ("种植业", "设施农业")
_TAUGHT = (Strand.SCIENCE, Strand.POLICY, Strand.THEORY, Strand.HEALTH)
_PRINTED = ("本本", "手册", "资料", "的书")
_NOT_IN_BRACKETS = frozenset(("个棚", "个温室", "只", "头", "峰", "匹", "万元", "元", "万"))


@dataclass(frozen=True, slots=True)
class Line:
    """What a line is made of."""

    part: Part
    topic: Topic | None
    kind: Kind
    measured: Measured
    subject: str = ""
    is_letter: bool = False


def sub_place_word(text: str) -> str:
    """What the speaker calls his own place: 社, 组, 嘎查, else 村."""
    if "嘎查" in text:
        return "嘎查"
    for unit in _UNITS:
        if f"我们{unit}" in text or f"咱{unit}" in text or f"咱们{unit}" in text:
            return unit
    return "村"


def _teaching(text: str) -> str:
    return "技术培训" if any(word in text for word in _TEACHING) else "技术指导"


def _from_words(name: str, line: Line, text: str) -> str:
    """Slots that are filled by a rule, not by a list of things; empty when the text says nothing of it."""
    rule = _RULES.get(name)
    return rule(line, text) if rule else ""


_RULES: dict[str, Callable[[Line, str], str]] = {
    "teach": lambda line, text: _teaching(text),
    "unit": lambda line, text: sub_place_word(text),
    "elder": lambda line, text: "老年人" if line.part.has("old") else "",
    "pay": lambda line, text: "（可收费）" if line.part.has("pay") else "",
    "newcard": lambda line, text: "（本人已换卡）" if "换了卡" in text or "换卡" in text else "",
    "site": lambda line, text: next((place for place in ("镇", "苏木", "乡") if place in text), ""),
    "eyes": lambda line, text: next((q.plain() for q in line.measured.quantities if q.unit == "眼"), ""),
}


def _ailments(found: dict[str, tuple[str, ...]]) -> str:
    # Measuring before looking, as a clinic day does it.
    named = sorted(found.get("ailment", ()), key=list(open_list("things")["ailment"]).index)[:2]
    return f"（{'、'.join(named)}）" if named else ""


def _fill(say: str, line: Line, text: str) -> str | None:
    found = things_in(text)
    lacking = False

    def value(slot: re.Match[str]) -> str:
        nonlocal lacking
        for name in slot[1].split("|"):
            told = _ailments(found) if name == "ailments" else "、".join(found.get(name, ())[: _most(name, line)])
            told = told or _from_words(name, line, text)
            if told:
                return told
        if slot[2] is None:
            lacking = True
        return slot[3] or ""

    said = _SLOT.sub(value, say)
    return None if lacking else said


def _most(name: str, line: Line) -> int:
    return 1 if name != "crop" or (line.topic and line.topic.level1 in _SINGLE_CROP_TOPICS) else 2


def _fits(needs: list[list[str]], text: str) -> bool:
    return all(any(word in text for word in group) for group in needs)


def _by_pattern(line: Line, text: str) -> str | None:
    if line.topic is None or line.is_letter:
        return None  # a letter of a city speaks of other things than the patterns do
    for rule in open_list("content")["rules"].get(line.topic.label, ()):
        if _fits(rule["needs"], text):
            said = _fill(rule["say"], line, text)
            if said:
                return said
    return None


def _languages(text: str) -> str:
    """The language asked for is a condition of the service."""
    spoken = any(word in text for word in ("蒙古话", "蒙语", "蒙古语", "蒙话"))
    printed = any(word in text for word in ("蒙文", "蒙古文")) or (spoken and any(w in text for w in _PRINTED))
    told = [*(["蒙古语授课"] if spoken else []), *(["蒙古文资料"] if printed else [])]
    return f"（{'、'.join(told)}）" if told else ""


def _amounts(line: Line, said: str) -> str:
    told = [q.plain() for q in line.measured.quantities if q.unit not in _NOT_IN_BRACKETS and q.plain() not in said]
    return f"（{'、'.join(told[:2])}）" if told else ""


def shorten(text: str, *, leads: str = "lead_in", tails: str = "tails") -> str:
    """A clause without asking words in front and particles behind, at most 30 characters."""
    words = open_list("content")
    text = text.strip(" ，。；！？、：")
    moved = True
    while moved:
        moved = False
        for lead in words_of("content", leads):
            if text.startswith(lead) and len(text) > len(lead) + 2:
                text, moved = text[len(lead) :].lstrip(" ，、：:"), True
                break
    for tail in (*words[tails], *words[tails]):
        if text.endswith(tail) and len(text) > len(tail) + 2:
            text = text.removesuffix(tail)
    return _fitting(text)


def _fitting(text: str) -> str:
    """At most LONGEST characters, ended where a clause or at least a word ends, never on 的, 及 or an open bracket."""
    if len(text) <= LONGEST:
        return text
    pauses = [text.rfind(mark, 0, LONGEST + 1) for mark in "，；。？！"]
    if max(pauses) >= LEAST_CLAUSE:
        return text[: max(pauses)]
    said = text[: word_end(text, LONGEST)]
    while said.endswith(tuple(words_of("content", "unfinished"))) and len(said) > LEAST_CLAUSE:
        said = said[:-1]
    return said


def _from_subject(subject: str) -> str:
    return shorten(subject, leads="subject_lead", tails="subject_tail")


def _from_clause(line: Line) -> str:
    """The clause that asks, else the one that tells of trouble, else the longest."""
    asking = line.part.asking or tuple(c for c in line.part.clauses if c.has("problem")) or line.part.clauses
    longest = max(asking, key=lambda clause: (min(len(clause.text), LONGEST), -clause.start))
    said = shorten(longest.text)
    return said if line.topic is None or len(said) >= 6 else f"{line.topic.name}：{said}"[:LONGEST]


def write_line(line: Line) -> str:
    """The content of a want; a letter with a subject keeps its subject as the line."""
    if line.subject and len(_from_subject(line.subject)) >= 5:
        return _from_subject(line.subject)
    text = line.part.text
    said = _by_pattern(line, text) or _from_clause(line)
    taught = line.topic is not None and line.topic.strand in _TAUGHT
    for more in (_languages(text) if taught else "", _amounts(line, said)):
        if more and len(said) + len(more) <= LONGEST + 4 and more not in said:
            said += more
    return said if len(said) <= LONGEST else said[:LONGEST].rstrip("、（")
