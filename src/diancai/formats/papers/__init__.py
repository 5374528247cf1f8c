"""Papers that are printed and signed, as Word files. Pure: frozen facts in, bytes out."""

from .form import Opinion, PaperForm, write_form

__all__ = ["Opinion", "PaperForm", "write_form"]
