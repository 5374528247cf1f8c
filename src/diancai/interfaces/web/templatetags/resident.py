"""Tags of the residents' page: words and days in the language that the resident chose."""

from datetime import date

from django import template

from diancai.interfaces.web.feedback.resident_words import Told
from diancai.words import Word

register = template.Library()


@register.simple_tag
def word_in(told: Told, word: Word) -> str:
    """The label of a word."""
    return told.word(word)


@register.simple_tag
def day_in(told: Told, day: date | None) -> str:
    """A day as the language writes it."""
    return told.day(day)
