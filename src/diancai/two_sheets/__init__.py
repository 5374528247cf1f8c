"""Two sheets in, four lists out, no account and no database: what an office tries first.

Called by the page and by `diancai lists`; uses the engine, the file formats and the pure names of places, nothing of a
stage (docs/decisions/0004).
"""

from .digester import ready_digester
from .making import Lists, make_lists
from .reading import Sheets, read_sheets
from .writing import FILES, written

__all__ = ["FILES", "Lists", "Sheets", "make_lists", "read_sheets", "ready_digester", "written"]
