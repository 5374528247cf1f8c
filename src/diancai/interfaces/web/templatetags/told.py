"""How a value is told on a page: words in the page's language, dates, figures, states; `—` for what was not told."""

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from diancai.ground.ledger.queries import LedgerRow
from diancai.interfaces.web import mongolian as mongolian_words
from diancai.interfaces.web import offers_told
from diancai.interfaces.web.asking import changed, word_label
from diancai.interfaces.web.details import (
    day_told,
    details_told,
    fields_told,
    is_english,
    reason_told,
    subject_word,
)
from diancai.interfaces.web.wording import ACT_WORDS, FIELD_WORDS, JOB_WORDS
from diancai.words import Word

register = template.Library()
NOT_TOLD = "—"
THIN = "\u2009"

# What a state means to the reader: it waits, it moves, it is done, it went wrong, it rests. Sign and colour follow.
TONES = {
    "waits": "amber proposed combed placed dispatched draft dry_run waiting needs_mending open pressing queued",
    "moves": "accepted in_hand escalated signed running matched ordered sent",
    "done": "reached met listed completed published committed done confirmed new revived solved in_force delivered",
    "late": "returned failed late emergency critical red overdue met_late not_taken given_up",
}
SIGNS = {"waits": "○", "moves": "◐", "done": "✓", "late": "!", "rests": "–"}
TONE_OF = {value: tone for tone, values in TONES.items() for value in values.split()}


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
    return day_told(value)


@register.filter
def moment(value: datetime | None) -> str:
    """`2019年12月3日 10:20`, local time, 24 hours."""
    if value is None or value == "":
        return NOT_TOLD
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)} {local:%H:%M}"


@register.filter
def clock(value: datetime | None) -> str:
    """`10:20`, local time: of an instant whose day is known to be today."""
    return f"{timezone.localtime(value):%H:%M}" if value else NOT_TOLD


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
def badge(value: object) -> SafeString:
    """A state as its word with sign and tone. A filter, not a component: a list shows a hundred of them."""
    return _badge(str(value), label(value))


@lru_cache(maxsize=1000)
def _badge(value: str, told: str) -> SafeString:
    return format_html('<span class="badge {}" data-sign="{}">{}</span>', tone(value), sign(value), told)


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
    return words[is_english()] if words else kind


@register.filter
def job_word(kind: str) -> str:
    """The name of a job in the page's language; an unknown one by its code."""
    words = JOB_WORDS.get(kind)
    return words[is_english()] if words else kind


@register.filter
def event_told(event: object) -> str:
    """The reason or note that an event carries, for the second line of a history."""
    details = getattr(event, "details", {})
    return reason_told(str(details.get("reason") or details.get("note") or ""))


@register.filter
def told_details(row: LedgerRow) -> list[tuple[str, str]]:
    """Pairs of label and value of a ledger event, in the page's language."""
    return details_told(row.kind, row.subject_kind, row.details)


@register.filter
def capacity(row: offers_told.OfferTold) -> str:
    """How much an offer can serve, in the page's language."""
    return offers_told.capacity_told(row)


@register.filter
def term(row: offers_told.OfferTold) -> str:
    """From when until when an offer holds, in the page's language."""
    return offers_told.term_told(row)


@register.filter
def places_served(text: str) -> str:
    """`7个旗县区` in the page's language; names of places stay as they are."""
    return text.replace("个旗县区", " counties") if is_english() else text


@register.simple_tag
def mongolian(page: str) -> tuple[str, ...]:
    """The lines of a page that residents see, in Traditional Mongolian."""
    return mongolian_words.lines_of(page)


@register.filter
def subject_told(kind: str) -> str:
    """What an event was done to, in the page's language."""
    return subject_word(kind)


@register.filter
def why_told(line: str) -> str:
    """The reasons of one line in the page's language; names of changed fields too."""
    return fields_told(line) if line else ""


@register.filter
def zh_en(row: object) -> str:
    """The text of a row that carries `zh` and `en`."""
    return str(getattr(row, "en" if is_english() else "zh", ""))


@register.filter
def field_word(field: str) -> str:
    """The name of a sheet's field in the page's language."""
    words = FIELD_WORDS.get(field)
    return words[is_english()] if words else field


@register.filter
def script_of(text: str) -> str:
    """`mn-Mong` for a text in Traditional Mongolian letters, which is laid out in columns; else empty."""
    letters = [char for char in text if char.isalpha()]
    mongolian = sum(1 for char in letters if "\u1820" <= char <= "\u18aa")
    return "mn-Mong" if letters and mongolian * 2 > len(letters) else ""
