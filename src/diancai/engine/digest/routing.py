"""Decides where a remark goes: danger first, then reports about persons, then each part: list, own case, nothing.

Every decision gives its reasons in words. Called by `digester`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from diancai.engine.digest.clauses import Clause
from diancai.engine.digest.parts import Part
from diancai.engine.digest.topics import Topic
from diancai.engine.reasons import LISTED, Reason
from diancai.words import Kind, Route

_LONG_LETTER = 150
_PRAISED = frozenset(("表扬", "锦旗", "点赞"))
_RELIEF = "救助慰问"
_ENOUGH_FOR_DIVERT = 3.0
_ENOUGH_IN_A_LETTER = 3.5  # letters address 领导 and quote laws: more must speak for it
_REACH = 3  # clauses around a wrong in which the person must be named
_WEIGHTS = {
    "official": 2.0, "official_weak": 1.0, "relative": 0.5, "misconduct": 2.0, "misconduct_weak": 1.0, "accuse": 1.5,
    "secret": 1.5, "welfare_cheat": 1.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Routed:
    """A route with its kind, how doubtful it is (0 to 1), and why."""

    route: Route
    kind: Kind
    doubt: float
    why: tuple[str, ...]


def _quoted(reason: Reason, words: Sequence[str]) -> str:
    return reason.tell(words=LISTED.join(words[:4]))


def _all_words(clauses: Sequence[Clause], *marks: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for clause in clauses for word in clause.words(*marks)))


def find_emergency(clauses: Sequence[Clause], *, is_letter: bool = False) -> Routed | None:
    """Danger to life now: two signs of danger, or one with a sign of haste; not past, feared or to be prevented."""
    live = [clause for clause in clauses if clause.has("danger", "danger_weak") and not clause.has("past", "prevent")]
    words = _all_words(live, "danger", "danger_weak")
    if not words or any(clause.has("explain") for clause in clauses):
        return None
    is_long = is_letter or (bool(clauses) and clauses[-1].end > _LONG_LETTER)
    if is_long:  # a letter speaks of 救命 and 爆炸 without anybody lying there: the plain signs must stand together
        live = [clause for clause in live if clause.has("danger") and clause.has("now")]
    haste = _all_words(live if is_long else [c for c in clauses if not c.has("past", "prevent")], "now")
    if not haste and (len(words) < 2 or is_long or not _all_words(live, "danger")):
        return None
    why = [_quoted(Reason.DANGER, words)]
    if haste:
        why.append(_quoted(Reason.HAPPENING, haste))
    return Routed(Route.EMERGENCY, Kind.EMERGENCY, 0.3 if is_long else 0.1, tuple(why))


def _weight_around(clauses: Sequence[Clause], place: int, is_letter: bool) -> tuple[float, set[str]]:
    marks: set[str] = set()
    # 别说是我说的 stands far from what it covers.
    near = (
        clauses
        if clauses[place].has("secret") and not is_letter
        else clauses[max(0, place - _REACH) : place + _REACH + 1]
    )
    for clause in near:
        marks |= clause.marks & _WEIGHTS.keys()
    if not is_letter:
        for clause in clauses:
            marks |= clause.marks & {"secret", "accuse"}
    return sum(_WEIGHTS[mark] for mark in marks), marks


def find_report(clauses: Sequence[Clause], *, is_letter: bool = False) -> Routed | None:
    """A report about persons: somebody in office (or his kin) and a wrong near each other, told as one."""
    is_letter = is_letter or (bool(clauses) and clauses[-1].end > _LONG_LETTER)
    enough = _ENOUGH_IN_A_LETTER if is_letter else _ENOUGH_FOR_DIVERT
    for place, clause in enumerate(clauses):
        if not clause.has("misconduct", "misconduct_weak", "welfare_cheat", "secret"):
            continue
        weight, marks = _weight_around(clauses, place, is_letter)
        names_somebody = marks & {"official", "official_weak", "relative"}
        if weight >= enough and names_somebody and marks & {"official", "misconduct", "secret"}:
            # The reasons name no person: they are shown beside the proposal.
            wrongs = _all_words([clause], "misconduct", "misconduct_weak", "welfare_cheat")
            why = [Reason.ABOUT_PERSONS.tell(), *([_quoted(Reason.WRONGS, wrongs)] if wrongs else [])]
            if "secret" in marks:
                why.append(Reason.SECRECY.tell())
            return Routed(Route.DIVERT, Kind.REPORT, 0.2 if weight >= 4.5 else 0.5, tuple(why))
    return None


def find_nothing(clauses: Sequence[Clause], *, is_letter: bool) -> Routed | None:
    """A greeting, thanks, chatter, an advertisement or an empty text; None when there is something to act on."""
    whole = Part(tuple(clauses))
    adverts = whole.words("advert")
    if len(adverts) >= 2 and not is_letter and not whole.has("problem", "own", "many"):
        return Routed(Route.NONE, Kind.NEED, 0.2, (_quoted(Reason.ADVERT, adverts),))
    troubles = whole.words("problem")
    courtesies = whole.words("greet", "praise")
    if _PRAISED.intersection(courtesies) and not troubles:
        return Routed(Route.NONE, Kind.NEED, 0.3, (_quoted(Reason.PRAISE, courtesies),))
    questions = whole.has("question") or (whole.is_question and not courtesies)
    if whole.asking or questions or (is_letter and (troubles or not clauses[0].has("greet", "praise"))):
        return None
    if courtesies and len(troubles) <= 1:
        return Routed(Route.NONE, Kind.NEED, 0.1 if not troubles else 0.4, (_quoted(Reason.COURTESY, courtesies),))
    if troubles or is_letter:
        return None
    told = sum(len(clause.text) for clause in clauses)
    return Routed(Route.NONE, Kind.NEED, 0.1 if told < 4 else 0.6, (Reason.NOTHING_ASKED.tell(),))


def _kind_of_subject(subject: Sequence[Clause]) -> Kind | None:
    """A letter's subject says what it is: 咨询…, 建议…, 投诉…."""
    words = _all_words(subject, "letter_enquiry", "letter_suggestion", "letter_problem")
    first = next((hit.mark for clause in subject for hit in clause.hits if hit.word in words), "")
    kinds = {"letter_enquiry": Kind.ENQUIRY, "letter_suggestion": Kind.SUGGESTION, "letter_problem": Kind.PROBLEM}
    return kinds.get(first)


def _kind_on_list(part: Part) -> Kind:
    if part.has("suggest"):
        return Kind.SUGGESTION
    asks_to_know = part.has("ask_about") or (part.has("enquire") and not part.has("problem") and not part.asking)
    if asks_to_know and not part.has("explain"):
        return Kind.ENQUIRY
    return Kind.NEED if part.asking else Kind.PROBLEM


def _own_matter(part: Part, subject: Sequence[Clause], topic: Topic | None) -> tuple[str, ...]:
    """The words that make a part the speaker's own affair; empty when it is everybody's or a wish to be taught."""
    # The subject of a letter says whose matter it is; its body mentions everything.
    personal = _all_words(subject, "personal") if subject else part.words("personal")
    if topic is not None and topic.level1 == _RELIEF and not personal:
        personal = (topic.name,)  # relief in kind for one's own home is no line of a public list
    if not personal or part.has("many", "explain"):
        return ()
    mine = part.words("own") or _all_words(subject, "own")
    relief = topic is not None and topic.level1 == _RELIEF and part.has("personal") and not part.has("poor")
    relief = relief or part.has("apply")  # 评个危房, 办个残疾证: an entitlement is one's own
    if mine or relief:
        return (*personal[:2], *mine[:1])
    if part.has("enquire", "query_money") or part.is_question:
        return personal[:3]
    return ()


def route_part(part: Part, subject: Sequence[Clause], topic: Topic | None = None) -> Routed:
    """List or case for one part that has substance."""
    own = _own_matter(part, subject, topic)
    if own:
        asks_only = part.has("enquire") and not part.has("query_money", "problem")
        kind = Kind.ENQUIRY if asks_only or _kind_of_subject(subject) is Kind.ENQUIRY else Kind.HELP
        return Routed(Route.CASE, kind, 0.25, (_quoted(Reason.OWN_MATTER, own),))
    kind = _kind_of_subject(subject) or _kind_on_list(part)
    asked = part.words("ask", "suggest") or part.words("problem") or part.words("question")
    doubt = 0.1 if part.asking else 0.3
    why = (_quoted(Reason.ASKED_FOR if part.asking else Reason.REPORTED, asked),) if asked else ()
    return Routed(Route.LIST, kind, doubt, why)
