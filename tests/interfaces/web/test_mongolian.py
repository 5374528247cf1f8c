"""Traditional Mongolian on what residents see: Mongolian letters only, in its own block, marked as a draft."""

import re

import pytest
from django.test import Client

from diancai.interfaces.web.mongolian import LINES, stands_of
from diancai.words import MONGOLIAN_IS_DRAFT, NeedProgress, NeedState, OrderState, Source, Strand, Word

LETTERS = re.compile(r"[\u1800-\u18aa\u180b-\u180e\u202f ]+")


@pytest.mark.parametrize("strand", Strand)
def test_every_strand_has_its_word(strand: Strand) -> None:
    assert strand.mn


@pytest.mark.parametrize("word", [*Strand, *Source, *NeedState, *NeedProgress, *OrderState])
def test_labels_are_written_in_mongolian_letters(word: Word) -> None:
    assert not word.mn or LETTERS.fullmatch(word.mn)


@pytest.mark.parametrize("line", [line for lines in LINES.values() for line in lines])
def test_lines_are_written_in_mongolian_letters(line: str) -> None:
    assert LETTERS.fullmatch(line)


@pytest.mark.parametrize("address", ["/accounts/login/", "/two-sheets/"])
def test_open_pages_show_it_as_a_draft(db: None, address: str) -> None:
    page = Client().get(address).content.decode()
    assert 'lang="mn-Mong"' in page
    assert MONGOLIAN_IS_DRAFT is ("草稿，待审" in page)


def test_how_a_need_stands_is_told_by_its_progress_where_there_is_some() -> None:
    told = stands_of(Source.HOTLINE, [(Strand.HEALTH, NeedState.LISTED, NeedProgress.IN_HAND)])
    assert told == (Source.HOTLINE.mn, f"{Strand.HEALTH.mn} ᠂ {NeedProgress.IN_HAND.mn}")
    waiting = stands_of(Source.HOME_VISIT, [(None, NeedState.PROPOSED, NeedProgress.OPEN)])
    assert waiting == (NeedState.PROPOSED.mn,)
