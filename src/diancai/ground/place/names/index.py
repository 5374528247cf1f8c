"""Every written form of every place, and the ways in which a text can begin with them. Pure; called by the resolver."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from .forms import SUB_PLACE, PlaceRow, forms_of
from .spelling import deletions, differences, is_one_edit

LONGEST_FUZZY = 14


@dataclass(frozen=True, slots=True)
class Reading:
    """A way of reading a name: the places it may end at, what is left, and whether a typo was forgiven."""

    codes: tuple[str, ...]
    rest: str
    typo: bool = False

    @property
    def unexplained(self) -> int:
        """How many characters are left that do not begin a sub-place (三社王家 is explained, 红星村 is not)."""
        return 0 if SUB_PLACE.match(self.rest) else len(self.rest)


class NameIndex:
    """Forms to codes; made once from the rows."""

    def __init__(self, rows: Iterable[PlaceRow]) -> None:
        self.by_code = {row.code: row for row in rows}
        forms: dict[str, set[str]] = defaultdict(set)
        for row in self.by_code.values():
            for form in forms_of(row, self._town_short(row)):
                forms[form].add(row.code)
        self.forms = {form: tuple(sorted(codes)) for form, codes in forms.items()}
        lengths: dict[str, set[int]] = defaultdict(set)
        for form in self.forms:
            lengths[form[0]].add(len(form))
        self.lengths = {first: tuple(sorted(known, reverse=True)) for first, known in lengths.items()}

    def _town_short(self, row: PlaceRow) -> str:
        above = self.by_code.get(row.parent)
        return above.short_name if above and row.level == "village" else ""

    def readings(self, text: str, scope: str, *, forgiving: bool, above: str = "") -> Iterator[Reading]:
        """Every chain of names that `text` begins with, each below the last, all with codes that begin with `scope`."""
        for form, length, typo in self._heads(text, forgiving=forgiving):
            codes = tuple(code for code in self.forms[form] if code.startswith(scope) and code != above)
            if not codes:
                continue
            rest = text[length:]
            for reading in self._deeper(codes, rest, forgiving=forgiving):
                yield Reading(reading.codes, reading.rest, reading.typo or typo)
            yield Reading(codes, rest, typo)

    def _deeper(self, codes: tuple[str, ...], rest: str, *, forgiving: bool) -> Iterator[Reading]:
        for code in codes if rest else ():
            row = self.by_code[code]
            if row.level != "village":
                yield from self.readings(rest, row.shared_code, forgiving=forgiving, above=code)

    def _heads(self, text: str, *, forgiving: bool) -> Iterator[tuple[str, int, bool]]:
        """Known forms that `text` begins with: form, characters used, whether one character was off."""
        for length in self.lengths.get(text[:1], ()):
            if length <= len(text) and text[:length] in self.forms:
                yield text[:length], length, False
        if forgiving:
            for length in range(min(LONGEST_FUZZY, len(text)), 2, -1):
                for form in self._one_off(text[:length]):
                    yield form, length, True

    def _one_off(self, head: str) -> Iterator[str]:
        """Forms of the same sound with one other character; else, from four characters up, forms one edit away."""
        if SUB_PLACE.search(head) or head in self.forms:
            return
        sounding = self._by_sound.get(_sound(head), ())
        yield from (form for form in sounding if len(form) == len(head) and differences(form, head) == 1)
        if not sounding:
            yield from (form for form in self._edited(head) if min(len(form), len(head)) >= 4)

    def _edited(self, word: str) -> list[str]:
        near = {form for key in deletions(word) for form in self._by_deletion.get(key, ())}
        return sorted(form for form in near if is_one_edit(form, word))

    def alike(self, said: str, scope: str, most: int = 8) -> list[str]:
        """At most `most` codes in `scope` of places whose names are one character off; for showing, not for taking."""
        name = SUB_PLACE.sub("", said) or said
        codes = dict.fromkeys(code for form in self._edited(name) for code in self.forms[form])
        return [code for code in codes if code.startswith(scope) and self.by_code[code].pickable][:most]

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        """Forms of three characters or more by their toneless pinyin; made when a typo is first met."""
        sounds: dict[str, list[str]] = defaultdict(list)
        for form in self.forms:
            if len(form) >= 3:
                sounds[_sound(form)].append(form)
        return sounds

    @cached_property
    def _by_deletion(self) -> dict[str, list[str]]:
        """Forms of three characters or more by what is left of them when one character is taken away."""
        shapes: dict[str, list[str]] = defaultdict(list)
        for form in self.forms:
            if len(form) >= 3:
                for key in deletions(form):
                    shapes[key].append(form)
        return shapes


def _sound(word: str) -> str:
    """The syllables of a word without tones. The tables take 58 MB: only the first misspelt name loads them."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return "".join(lazy_pinyin(word))
