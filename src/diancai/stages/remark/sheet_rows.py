"""What the cells of one row mean: values where they can be read, problems in both languages where not.

Called by the dry run for every row and again when a row is mended. No table is touched here; places come from the tree
that is held in memory.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, tzinfo

from diancai.formats.sheets.values import (
    Count,
    When,
    parse_count,
    parse_language,
    parse_phone,
    parse_source,
    parse_strand,
    parse_when,
)
from diancai.ground.people.who_may import Scope
from diancai.ground.place.names import PlaceNames, Resolution
from diancai.stages.remark.rows import Problem
from diancai.stages.remark.rules import LONGEST, can_count, is_in_future, normal_text
from diancai.words import Language, Source

TOLD_BESIDE = ("strand", "topic", "service_form", "wanted_time", "note", "recorder")
PLACE_COLUMNS = ("county", "town", "village", "sub_place", "place", "place_code")


@dataclass(frozen=True, slots=True)
class Values:
    """What a row says, as far as it can be read."""

    text: str = ""
    subject: str = ""
    said_at: datetime | None = None
    source: Source = Source.NEED_SHEET
    place_code: str = ""
    sub_place: str = ""
    households: int | None = None
    households_approx: bool = False
    persons: int | None = None
    speaker: str = ""
    phone: str = ""
    language: Language | None = None
    outside_id: str = ""
    told: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """A row's values and problems. It can be imported when no problem stops it."""

    values: Values
    problems: tuple[Problem, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing stops the row."""
        return not any(problem.stops for problem in self.problems)


class RowJudge:
    """Judges the rows of one sheet; places already resolved are remembered, since sheets repeat them."""

    def __init__(
        self,
        *,
        names: PlaceNames,
        scope_of: Callable[[str], Scope | None],
        reached: tuple[str, ...],
        place_code: str,
        source: Source,
        at: datetime,
        zone: tzinfo,
        year: int | None = None,
    ) -> None:
        """`reached`: codes that the importer's posts reach; `place_code`: the place of rows that tell none."""
        self._names, self._scope_of, self._reached = names, scope_of, frozenset(reached)
        self._place_code, self._source = place_code, source
        self._at, self._zone, self._year = at, zone, year
        self._places: dict[tuple[str, ...], tuple[str, str, Problem | None]] = {}

    def judge(self, cells: Mapping[str, str]) -> Judged:
        """The values and problems of a row's declared cells."""
        problems: list[Problem] = []
        code, sub_place = self._place(cells, problems)
        households = self._count(cells, "households", problems)
        persons = self._count(cells, "persons", problems)
        self._note_phone(cells, problems)
        values = Values(
            text=self._text(cells, problems),
            subject=cells.get("subject", "").strip(),
            said_at=self._said_at(cells, problems),
            source=self._source_of(cells, problems),
            place_code=code,
            sub_place=sub_place[:40],
            households=households.value,
            households_approx=households.approx or households.at_least,
            persons=persons.value,
            speaker=cells.get("speaker", "").strip()[:60],
            phone=cells.get("phone", "").strip()[:60],
            language=parse_language(cells.get("language", "")),
            outside_id=cells.get("id", "").strip()[:80],
            told=_told(cells),
        )
        return Judged(values, tuple(problems))

    def _text(self, cells: Mapping[str, str], problems: list[Problem]) -> str:
        text = cells.get("text", "").strip()
        if not normal_text(text):
            problems.append(Problem(
                "no_words", "text", "这一行没有原话，请补上；确实没有就不导入这一行。",
                "This row has no words. Fill them in, or leave the row out."))  # fmt: skip
        elif len(text) > LONGEST:
            problems.append(Problem(
                "remark_too_long", "text", f"原话有{len(text)}个字，超过{LONGEST}字，请分成几行。",
                f"The text has {len(text)} characters, over {LONGEST}. Split it into several rows."))  # fmt: skip
        return text

    def _said_at(self, cells: Mapping[str, str], problems: list[Problem]) -> datetime | None:
        told = cells.get("said_at", "")
        when = parse_when(told, self._year)
        if when.problem is not None:
            problems.append(Problem(when.problem.code, "said_at", when.problem.zh, when.problem.en))
        moment = self._moment(when)
        if is_in_future(moment, self._at):
            problems.append(Problem(
                "said_in_future", "said_at", f"反映时间“{told}”还没有到，请核对。",
                f"The time “{told}” is still to come. Check it."))  # fmt: skip
        return moment

    def _moment(self, when: When) -> datetime | None:
        return datetime.combine(when.day, when.time or time(), self._zone) if when.day else None

    def _source_of(self, cells: Mapping[str, str], problems: list[Problem]) -> Source:
        told = cells.get("source", "").strip()
        found = parse_source(told)
        if told and found is None:
            problems.append(Problem(
                "unknown_source", "source", f"不认得来源“{told}”，按“{self._source.zh}”记。",
                f"The source “{told}” is not known; “{self._source.en}” is kept.", stops=False))  # fmt: skip
        return found or self._source

    def _count(self, cells: Mapping[str, str], name: str, problems: list[Problem]) -> Count:
        count = parse_count(cells.get(name, ""))
        if count.problem is not None:
            problems.append(Problem(count.problem.code, name, count.problem.zh, count.problem.en, stops=False))
        if not can_count(count.value):
            problems.append(Problem(
                "count_out_of_range", name, f"数量“{cells[name]}”太大，按没有写记，请核对。",
                f"“{cells[name]}” is too large and was taken as not told. Check it.", stops=False))  # fmt: skip
            return Count()
        return count

    def _note_phone(self, cells: Mapping[str, str], problems: list[Problem]) -> None:
        problem = parse_phone(cells.get("phone", "")).problem
        if problem is not None:
            problems.append(Problem(problem.code, "phone", problem.zh, problem.en, stops=False))

    def _place(self, cells: Mapping[str, str], problems: list[Problem]) -> tuple[str, str]:
        told = tuple(cells.get(name, "").strip() for name in PLACE_COLUMNS)
        if told not in self._places:
            self._places[told] = self._resolved(dict(zip(PLACE_COLUMNS, told, strict=True)))
        code, sub_place, problem = self._places[told]
        if problem is not None:
            problems.append(problem)
        return code, sub_place

    def _resolved(self, told: Mapping[str, str]) -> tuple[str, str, Problem | None]:
        """Code, sub-place and problem of what the place columns tell; told nothing, the place of the sheet."""
        if told["place_code"]:
            return self._by_code(told)
        found = Resolution(self._place_code, how="context")
        if told["county"] or told["town"] or told["village"]:
            found = self._names.resolve_columns(
                county=told["county"], town=told["town"], village=told["village"],
                within=self._place_code, station=self._place_code)  # fmt: skip
        if told["place"] and found.code:
            deeper = self._names.resolve(told["place"], found.code, found.code)
            # A free address that names no place of the tree (a street, an estate) is kept as the sub-place.
            if deeper.code or deeper.how in {"ambiguous", "elsewhere", "unknown_part"}:
                found = deeper
            else:
                found = Resolution(found.code, how="context", rest=told["place"])
        words = "".join(told[name] for name in ("county", "town", "village", "place"))
        if not found.code:
            return "", "", _place_problem(words, found, self._place_code)
        sub_place = told["sub_place"] or found.rest
        return self._allowed(found.code, sub_place, words)

    def _by_code(self, told: Mapping[str, str]) -> tuple[str, str, Problem | None]:
        code = told["place_code"].ljust(12, "0")
        if self._scope_of(code) is None:
            return "", "", Problem(
                "unknown_place", "place_code", f"没有代码为“{told['place_code']}”的地点，请核对。",
                f"There is no place with the code “{told['place_code']}”. Check it.")  # fmt: skip
        return self._allowed(code, told["sub_place"], code)

    def _allowed(self, code: str, sub_place: str, words: str) -> tuple[str, str, Problem | None]:
        scope = self._scope_of(code)
        if scope is not None and self._reached & set(scope.codes):
            return code, sub_place, None
        return code, sub_place, Problem(
            "outside_post", "place", f"“{words}”不在您的岗位范围内，请核对地点，或交给当地联络员导入。",
            f"“{words}” is outside your post. Check the place, or hand the row to the officer there.")  # fmt: skip


def _told(cells: Mapping[str, str]) -> dict[str, str]:
    told = {name: cells[name].strip() for name in TOLD_BESIDE if cells.get(name, "").strip()}
    if (strand := parse_strand(told.get("strand", ""))) is not None:
        told["strand"] = strand.value
    return told


def _place_problem(words: str, found: Resolution, place_code: str) -> Problem:
    """Why a place is not certain; doubtful ones are asked with their candidates, never guessed."""
    field_name = "place"
    candidates = tuple(pair for pair in found.candidates if pair[0] != place_code)
    if found.how == "ambiguous":
        return Problem(
            "ambiguous_place", field_name, f"“{words}”不止一个，请选是哪一个。",
            f"There are several places called “{words}”. Choose one.", True, candidates)  # fmt: skip
    if found.how == "elsewhere":
        return Problem(
            "place_elsewhere", field_name, f"“{words}”不在这份表所属的地方，请核对或从候选中选。",
            f"“{words}” is not within this sheet's place. Check or choose.", True, candidates)  # fmt: skip
    if candidates:
        return Problem(
            "unknown_place", field_name, f"没有叫“{words}”的地点，是不是下面的某一个？",
            f"There is no place called “{words}”. Is it one of these?", True, candidates)  # fmt: skip
    return Problem(
        "unknown_place", field_name, f"没有叫“{words}”的地点，请核对名称或直接选择。",
        f"There is no place called “{words}”. Check the name or choose a place.")  # fmt: skip
