"""Groups the clauses of a remark into parts, one part a want: 渠淤了……再一个，列当……再就是，医保…… is three.

Called by `digester` after the route of the whole remark is known.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from diancai.engine.digest.clauses import Clause
from diancai.engine.lexicon.shelf import words_of

LEAST_SCORE = 0.3  # below it a clause alone does not show a topic of its own
LEAST_SCORE_JOINED = 0.18  # where 还想 or 再给 already says that something else follows
LEAST_SCORE_LATER = 0.45  # where only a later clause of the sentence asks
_LONG_LETTER = 200  # a letter longer than this numbers its grounds, not its wants
MOST_WANTS = 6
_MOST_PARTS = 12

BestTopic = Callable[[str], Sequence[tuple[str, float]]]  # topics with scores, the best first


@dataclass(frozen=True)
class Part:
    """Clauses that belong to one want."""

    clauses: tuple[Clause, ...]

    @cached_property
    def marks(self) -> frozenset[str]:
        """The marks of all clauses."""
        return frozenset().union(*(clause.marks for clause in self.clauses))

    @cached_property
    def text(self) -> str:
        """The clauses' text with commas between."""
        return "，".join(clause.text for clause in self.clauses)

    def has(self, *marks: str) -> bool:
        """Whether a clause holds any of the marks."""
        return not self.marks.isdisjoint(marks)

    def words(self, *marks: str) -> tuple[str, ...]:
        """The words under the marks in order, once each."""
        if self.marks.isdisjoint(marks):
            return ()
        return tuple(dict.fromkeys(word for clause in self.clauses for word in clause.words(*marks)))

    @cached_property
    def asking(self) -> tuple[Clause, ...]:
        """The clauses that ask for something; past ones (请过, 来过) do not."""
        return tuple(clause for clause in self.clauses if clause.has("ask", "suggest"))

    @property
    def is_added(self) -> bool:
        """Whether it goes on in the sentence of the part before, with 再给, 还想 or 顺便."""
        first = self.clauses[0]
        return not first.opens_sentence and (first.join == "weak" or first.by_the_way)

    @property
    def is_question(self) -> bool:
        """Whether a clause asks to be told something."""
        return self.has("question") or any(clause.asks_with_mark for clause in self.clauses)

    @property
    def has_substance(self) -> bool:
        """Whether there is anything to act on."""
        return self.has("ask", "suggest", "problem") or self.is_question


def _level1(label: str) -> str:
    return label.split("/", 1)[0]


def _sentence_clauses(clauses: list[Clause], place: int) -> list[Clause]:
    end = place + 1
    while end < len(clauses) and not clauses[end].opens_sentence and not clauses[end].join:
        end += 1
    return clauses[place:end]


def _sentence_from(clauses: list[Clause], place: int) -> str:
    """The clause and the rest of its sentence: 想请个专家下来，到棚里教一教 is about the greenhouse."""
    return "，".join(clause.text for clause in _sentence_clauses(clauses, place))


def _asks_here(clauses: list[Clause], place: int, part: Part) -> bool:
    """Whether a joined clause or a new sentence asks; its later clauses count once the part before has asked."""
    clause = clauses[place]
    if clause.join != "weak" and not clause.opens_sentence:
        return False
    if clause.has("ask", "suggest"):
        return True
    rest = _sentence_clauses(clauses, place) if clause.opens_sentence and part.asking else []
    return any(each.has("ask", "suggest") for each in rest)


def _opens_in_letter(clauses: list[Clause], place: int) -> bool:
    """A letter with a subject asks once; only 另外 and the like with a matter of its own, not a plea, asks again."""
    said = _sentence_clauses(clauses, place)
    pleas = words_of("content", "plea")
    return clauses[place].join == "strong" and any(
        clause.has("ask", "suggest") and not any(plea in clause.text for plea in pleas) for clause in said
    )


def _opens_part(
    clauses: list[Clause], place: int, current: list[Clause], topic_of: BestTopic, long_letter: bool
) -> bool:
    clause, part = clauses[place], Part(tuple(current))
    if clause.join == "strong":
        return not long_letter or clause.has("ask", "suggest")
    if clause.join == "first":
        return bool(part.asking)
    if long_letter or not _asks_here(clauses, place, part):
        return False
    here, before = topic_of(_sentence_from(clauses, place)), topic_of(part.text)
    least = LEAST_SCORE_JOINED if clause.join == "weak" else LEAST_SCORE
    if not clause.has("ask", "suggest"):
        least = LEAST_SCORE_LATER
    if not here or not before or min(here[0][1], before[0][1]) < least:
        return False
    # 写写春联，再给放场电影: a joining word with another topic is another want, even within one field.
    if clause.join == "weak":
        return here[0][0] != before[0][0] and part.has_substance
    # A sentence that still speaks of the field before (想请专家来，到棚里教一教) goes on with it.
    fields = {_level1(label) for label, _ in here}
    return _level1(before[0][0]) not in fields and part.has_substance


def _joined(parts: list[list[Clause]], topic_of: BestTopic, long_letter: bool) -> list[list[Clause]]:
    """Parts without substance, and neighbours of the same topic, become one."""
    kept: list[list[Clause]] = []
    for clauses in parts:
        part = Part(tuple(clauses))
        if kept and (not _stands_alone(part, topic_of, long_letter) or _same_topic(kept[-1], clauses, topic_of)):
            kept[-1] = kept[-1] + clauses
        else:
            kept.append(clauses)
    if len(kept) > 1 and not Part(tuple(kept[0])).has_substance:
        kept[1] = kept[0] + kept[1]
        kept.pop(0)
    return kept


def _stands_alone(part: Part, topic_of: BestTopic, long_letter: bool) -> bool:
    if not part.has_substance:
        # 再说路的事 names its topic, whatever is said of it.
        found = topic_of(part.text) if part.clauses[0].join == "strong" and not long_letter else ()
        return bool(found) and found[0][1] >= LEAST_SCORE_LATER
    if long_letter:
        found = topic_of(part.text)
        return bool(part.asking) and bool(found) and found[0][1] >= LEAST_SCORE
    return bool(part.asking) or bool(topic_of(part.text))


def _same_topic(first: list[Clause], second: list[Clause], topic_of: BestTopic) -> bool:
    one, two = topic_of(Part(tuple(first)).text), topic_of(Part(tuple(second)).text)
    return bool(one) and bool(two) and one[0][0] == two[0][0]


def split_parts(clauses: list[Clause], topic_of: BestTopic, *, is_letter: bool = False) -> list[Part]:
    """The parts of a remark, at least one when there is any clause, at most `MOST_WANTS`.

    `is_letter`: it has a subject line of its own, and a plea to the authorities at its end is no second want.
    """
    if not clauses:
        return []
    long_letter = clauses[-1].end > _LONG_LETTER
    parts: list[list[Clause]] = [[clauses[0]]]
    for place, clause in enumerate(clauses[1:], 1):
        if (not is_letter or _opens_in_letter(clauses, place)) and _opens_part(
            clauses, place, parts[-1], topic_of, long_letter
        ):
            parts.append([clause])
        else:
            parts[-1].append(clause)
    if len(parts) > _MOST_PARTS:
        # Hostile or rambling texts: the tail stays together, so that the work grows with the text only.
        parts[_MOST_PARTS - 1 :] = [[clause for part in parts[_MOST_PARTS - 1 :] for clause in part]]
    if len(parts) > 1:
        parts = _joined(parts, topic_of, long_letter)
    rest = [clause for part in parts[MOST_WANTS - 1 :] for clause in part]
    return [Part(tuple(part)) for part in (*parts[: MOST_WANTS - 1], rest) if part]
