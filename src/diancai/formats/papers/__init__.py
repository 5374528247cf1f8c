"""Papers that are printed and signed, sent, or put up on a board, as Word files. Pure: frozen facts in, bytes out."""

from .book import Book, BookSection, BookTable, write_book
from .form import Opinion, PaperForm, write_form
from .letter import LetterPaper, write_letter
from .notice import Notice, write_notice

__all__ = [
    "Book",
    "BookSection",
    "BookTable",
    "LetterPaper",
    "Notice",
    "Opinion",
    "PaperForm",
    "write_book",
    "write_form",
    "write_letter",
    "write_notice",
]
