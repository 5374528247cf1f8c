"""What the pages that residents see say in Traditional Mongolian: written without a speaker, so a draft until reviewed.

Called by the tags of `templatetags/told.py`; labels of the vocabulary stand in `words` (`mn`).
"""

from diancai.words import NeedProgress, NeedState, Source, Strand, Word

LINES = {
    "sign_in": ("ᠨᠡᠪᠲᠡᠷᠡᠬᠦ", "ᠬᠡᠷᠡᠭᠯᠡᠭᠴᠢ\u202fᠶᠢᠨ ᠨᠡᠷ᠎ᠡ", "ᠨᠢᠭᠤᠴᠠ ᠦᠭᠡ"),
    "two_sheets": ("ᠬᠣᠶᠠᠷ ᠬᠦᠰᠦᠨᠦᠭᠲᠦ ᠣᠷᠣᠵᠤ᠂", "ᠳᠥᠷᠪᠡᠨ ᠵᠢᠭᠰᠠᠭᠠᠯᠲᠠ ᠭᠠᠷᠤᠨ᠎ᠠ"),
}


def lines_of(page: str) -> tuple[str, ...]:
    """The lines of a page in Mongolian, each a column of its own. Raises KeyError for a page that has none."""
    return LINES[page]


def stands_of(source: Source, needs: list[tuple[Strand | None, NeedState, NeedProgress]]) -> tuple[str, ...]:
    """How a remark and its needs stand, as far as there are words: to be shown to the person who spoke."""
    columns = [(source,), *(_of_need(*need) for need in needs)]
    told = (" ᠂ ".join(word.mn for word in column if word.mn) for column in columns)
    return tuple(column for column in told if column)


def _of_need(strand: Strand | None, state: NeedState, progress: NeedProgress) -> tuple[Word, ...]:
    """Strand and the furthest state that has a word: what came of the need, else how far it is before the list."""
    how = progress if progress.mn else state
    return (strand, how) if strand else (how,)
