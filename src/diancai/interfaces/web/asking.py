"""Translate in: what an address or a form says, as typed values; what cannot be read is told beside its field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diancai.ground.errors import Refusal
from diancai.ground.paging import MOST_ROW, YEARS, whole_number
from diancai.words import Word


@dataclass
class Asked:
    """A form as it was sent: the readers turn its texts into values and gather `errors` by field name."""

    sent: Mapping[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    general: str = ""

    @property
    def is_fine(self) -> bool:
        """Whether every value read so far was readable."""
        return not self.errors and not self.general

    def text(self, name: str, *, must: bool = False) -> str:
        """The text without surrounding blanks; a compulsory one must not be empty."""
        value = self.sent.get(name, "").strip()
        if must and not value:
            self.errors[name] = _("请填写这一项。")
        return value

    def number(self, name: str, *, must: bool = False) -> int | None:
        """A whole number from 0 up, or None when left empty."""
        value = self.text(name, must=must)
        if not value:
            return None
        number = whole_number(value, MOST_ROW)
        if number is None:
            self.errors[name] = _("请填写整数，例如 23。")
        return number

    def day(self, name: str, *, must: bool = False) -> date | None:
        """A calendar day `2019-12-05`, or None."""
        value = self.text(name, must=must)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.errors[name] = _("日期请写成 2019-12-05 这样。")
            return None

    def moment(self, name: str) -> datetime | None:
        """A local moment `2019-12-05T10:20` as an aware instant, or None."""
        value = self.text(name)
        try:
            told = timezone.make_aware(datetime.fromisoformat(value)) if value else None
        except (ValueError, OverflowError):
            told = None
        if value and (told is None or told.year not in YEARS):
            self.errors[name] = _("时间请写成 2019-12-05 10:20 这样。")
            return None
        return told

    def mark(self, name: str) -> UUID | None:
        """The mark by which a form that is sent twice is taken once; None for one that is spoilt."""
        try:
            return UUID(self.text(name))
        except ValueError:
            return None

    def refuse(self, refusal: Refusal, beside: Mapping[str, str] | None = None) -> None:
        """Put an action's refusal beside the field that `beside` names for its code, else on top."""
        text = refusal.text(get_language() or "zh")
        name = (beside or {}).get(refusal.code, "")
        if name:
            self.errors[name] = text
        else:
            self.general = text


def asked(request: HttpRequest, known: Mapping[str, object] | None = None) -> Asked:
    """The form that was sent, or one filled with what is `known` already."""
    if request.method == "POST":
        return Asked(request.POST.dict())
    return Asked({name: _shown(value) for name, value in (known or {}).items()} | request.GET.dict())


def _shown(value: object) -> str:
    if value is None:
        return ""
    return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else str(value)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a filter, with the address that asks for it."""

    value: str
    label: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A chip: its name, what is chosen, and the other answers."""

    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> Choice | None:
        """The answer in force; None when the filter is open."""
        return next((choice for choice in self.choices if choice.chosen and choice.value), None)


def chip(request: HttpRequest, name: str, label: str, options: Iterable[tuple[str, str]]) -> Filter:
    """A filter over `options` (value, label) that keeps the rest of the address and starts at the first page."""
    current = request.GET.get(name, "")
    every = [("", _("全部")), *options]
    return Filter(
        name, label, tuple(Choice(v, text, changed(request.GET, **{name: v}), v == current) for v, text in every)
    )


def words(kind: type[Word]) -> list[tuple[str, str]]:
    """The options of a closed list in the language of the page."""
    return [(member.value, word_label(member)) for member in kind]


def word_label(word: Word) -> str:
    """A word of the vocabulary in the language of the page."""
    return word.en if (get_language() or "").startswith("en") else word.zh


def changed(query: QueryDict, **values: str) -> str:
    """The query string with other values, without empty ones and without the page key."""
    kept = {name: value for name, value in query.items() if name != "after"} | values
    return "?" + urlencode({name: value for name, value in kept.items() if value})
