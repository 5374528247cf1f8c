"""How a value is told on a page: words in the page's language, dates, figures, states; `—` for what was not told."""

from datetime import date, datetime

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from diancai.interfaces.web.asking import changed, word_label
from diancai.interfaces.web.wording import ACT_WORDS, FIELD_WORDS, JOB_WORDS
from diancai.words import Word

register = template.Library()
NOT_TOLD = "—"
THIN = "\u2009"

# What a state means to the reader: it waits, it moves, it is done, it went wrong, it rests. Sign and colour follow.
TONES = {
    "waits": "proposed combed placed dispatched draft dry_run waiting needs_mending open pressing",
    "moves": "accepted in_hand signed running matched ordered",
    "done": "listed completed published committed done confirmed new revived solved in_force",
    "late": "returned failed late emergency critical",
}
SIGNS = {"waits": "○", "moves": "◐", "done": "✓", "late": "!", "rests": "–"}
TONE_OF = {value: tone for tone, values in TONES.items() for value in values.split()}


def _english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def label(value: object) -> str:
    """A word of the vocabulary in the page's language; other values as they are."""
    if isinstance(value, Word):
        return word_label(value)
    return NOT_TOLD if value in (None, "") else str(value)


@register.filter
def dash(value: object) -> object:
    """The value, or `—` where nothing was told. Zero is told."""
    return NOT_TOLD if value is None or value in ("", (), []) else value


@register.filter
def day(value: date | datetime | None) -> str:
    """`2019年12月3日`, in English `3 December 2019`."""
    if value is None or value == "":
        return NOT_TOLD
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return f"{value.day} {value:%B %Y}" if _english() else f"{value.year}年{value.month}月{value.day}日"


@register.filter
def moment(value: datetime | None) -> str:
    """`2019年12月3日 10:20`, local time, 24 hours."""
    if value is None or value == "":
        return NOT_TOLD
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)} {local:%H:%M}"


@register.filter
def figure(value: int | None) -> str:
    """A whole number with thin grouping; `—` when there is none."""
    return NOT_TOLD if value is None else f"{value:,}".replace(",", THIN)


@register.filter
def tone(value: object) -> str:
    """waits, moves, done, late or rests."""
    return TONE_OF.get(str(value), "rests")


@register.filter
def sign(value: object) -> str:
    """The mark that tells the tone without colour."""
    return SIGNS[tone(value)]


@register.filter
def marked(text: str, parts: list[str]) -> SafeString:
    """The text with the words that decided marked; words that touch or overlap are marked as one."""
    pieces, end = [], 0
    for start, stop in _joined(text, parts):
        pieces += [conditional_escape(text[end:start]), format_html("<mark>{}</mark>", text[start:stop])]
        end = stop
    return mark_safe("".join([*pieces, conditional_escape(text[end:])]))  # noqa: S308 (every piece is escaped above)


def _joined(text: str, parts: list[str]) -> list[tuple[int, int]]:
    """Where the parts first stand in the text, in order, without overlaps."""
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(
        (text.index(part), text.index(part) + len(part)) for part in parts if part and part in text
    ):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


@register.filter
def entry(mapping: object, key: object) -> object:
    """`mapping[key]`, or empty; for errors and cells by name."""
    return mapping.get(key, "") if isinstance(mapping, dict) else ""


@register.simple_tag(takes_context=True)
def address(context: Context, **values: object) -> str:
    """The query string of this page with other values: `{% address after=page.next_after %}`."""
    request: HttpRequest = context["request"]
    return changed(request.GET, **{name: str(value or "") for name, value in values.items()})


@register.filter
def act_word(kind: str) -> str:
    """The name of a ledger event in the page's language; an unknown one by its code."""
    words = ACT_WORDS.get(kind)
    return words[_english()] if words else kind


@register.filter
def job_word(kind: str) -> str:
    """The name of a job in the page's language; an unknown one by its code."""
    words = JOB_WORDS.get(kind)
    return words[_english()] if words else kind


@register.filter
def event_told(event: object) -> str:
    """The reason or note that an event carries, for the second line of a history."""
    details = getattr(event, "details", {})
    return str(details.get("reason") or details.get("note") or "")


@register.filter
def plainly(details: dict[str, object]) -> str:
    """`key: value` pairs of an event on one line."""
    return "; ".join(f"{key}: {value}" for key, value in details.items())


@register.filter
def zh_en(row: object) -> str:
    """The text of a row that carries `zh` and `en`."""
    return str(getattr(row, "en" if _english() else "zh", ""))


@register.filter
def field_word(field: str) -> str:
    """The name of a sheet's field in the page's language."""
    words = FIELD_WORDS.get(field)
    return words[_english()] if words else field


@register.filter
def script_of(text: str) -> str:
    """`mn-Mong` for a text in Traditional Mongolian letters, which is laid out in columns; else empty."""
    letters = [char for char in text if char.isalpha()]
    mongolian = sum(1 for char in letters if "\u1820" <= char <= "\u18aa")
    return "mn-Mong" if letters and mongolian * 2 > len(letters) else ""
