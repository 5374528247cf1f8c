"""What a file really is, whatever it is called, and its sheets as grids of raw cells. Called by `reading`."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import python_calamine as calamine

from diancai.formats.errors import Broken, EmptyFile, Encrypted, FileTooLarge, WrongKind

from .binary_extent import check_binary_excel, check_old_excel, record_parts
from .compound import stream_of
from .extent import check_excel, check_open_document
from .table import Notice

MEGABYTE = 1_000_000
LIMIT_BYTES = 50 * MEGABYTE
# A workbook unpacks to about ten times its size; one that promises far more is a bomb or full of pictures.
UNPACKED_FACTOR = 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FORMULA_MARKS = (b"<f>", b"<f ", b"<f/", b"table:formula=")
FORMULA_WITHOUT_VALUE = re.compile(rb"(?:</f>|<f[^>]*/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
WORKBOOK_MARKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
OLD_WORKBOOKS = ("Workbook", "Book")

SAVE_AS_TABLE = (
    "请打开原文件，把其中的表格复制到Excel里保存为.xlsx再导入。",
    "Open it, copy its table into Excel, save that as .xlsx and import it.",
)
OPEN_AND_SAVE = (
    "请用Excel或WPS打开后另存为.xlsx再导入。",
    "Open it in Excel or WPS, save it as .xlsx and import that.",
)
KINDS = {
    "word": ("Word文档", "a Word document", *SAVE_AS_TABLE),
    "slides": ("演示文稿", "a slide show", *SAVE_AS_TABLE),
    "pdf": ("PDF文件", "a PDF file", *SAVE_AS_TABLE),
    "picture": (
        "图片",
        "a picture",
        "请把图片里的内容录入模板，或用“扫描件”入口。",
        "Type what it shows into the template, or use the door for scans.",
    ),
    "archive": ("压缩包", "an archive", "请先解压，再选里面的表格文件。", "Unpack it and choose the table inside."),
    "page": ("网页", "a web page", *OPEN_AND_SAVE),
    "xml": ("XML表格", "an XML spreadsheet", *OPEN_AND_SAVE),
}
MAGICS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", ""),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "word"),
)

INSIDE = {
    "macros": (
        "文件带有宏：没有运行，只读取单元格里的值。",
        "The file holds macros: they were not run, only the values of cells were read.",
    ),
    "formulas": (
        "表里有公式：读取的是上次保存时算出的值，公式没有运行。",
        "The sheet holds formulas: the values saved with them were read, nothing was computed.",
    ),
    "formulas_without_value": (
        "有{}个公式没有保存结果，读出来是空的。请在Excel里打开、保存一次再导入。",
        "{} formulas were saved without a result and read as empty. Open the file in Excel, save it, import it again.",
    ),
}


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """A sheet as raw cells, row 0 being the first row of the sheet even if it is blank."""

    sheet: str
    rows: Sequence[Sequence[object]]
    merges: tuple[Merge, ...] = ()


@dataclass
class Workbook:
    """An opened workbook: the file's name, its visible sheets, and what was noticed on opening."""

    name: str
    names: list[str]
    notices: list[Notice] = field(default_factory=list)
    _book: calamine.CalamineWorkbook | None = None

    def grid(self, sheet: str) -> Grid:
        """The cells of a sheet; raises Broken where its part of the file is damaged."""
        assert self._book is not None
        with _broken_if_it_fails(self.name):
            opened = self._book.get_sheet_by_name(sheet)
            rows = opened.to_python(skip_empty_area=False)
            merges = tuple(Merge(*start, *end) for start, end in opened.merged_cell_ranges or ())
        return Grid(sheet, rows, merges)


@contextmanager
def _broken_if_it_fails(name: str) -> Iterator[None]:
    """Turn whatever the workbook reader throws at a damaged file into our refusal."""
    try:
        yield
    except calamine.PasswordError as problem:
        raise Encrypted(name=name) from problem
    except BaseException as problem:
        # A damaged file can make the Rust reader panic, which Python sees as a BaseException of its own.
        if isinstance(problem, Exception) or type(problem).__name__ == "PanicException":
            raise Broken(name=name) from problem
        raise


def readable_size(size_bytes: int) -> str:
    """A size as an office reads it (12.3 MB)."""
    return f"{size_bytes / MEGABYTE:.1f} MB"


def check_size(size_bytes: int, name: str, limit_bytes: int = LIMIT_BYTES) -> None:
    """Refuse a file by its size alone, before a byte of it is read; raises FileTooLarge or EmptyFile."""
    if size_bytes > limit_bytes:
        raise FileTooLarge(name=name, size=readable_size(size_bytes), limit=readable_size(limit_bytes))
    if size_bytes == 0:
        raise EmptyFile(name=name)


def is_big(content: bytes) -> bool:
    """Whether reading the file takes too long to wait for: over 1 MB, some two thousand rows of a workbook.

    A workbook counts unpacked, as its table of contents says. One that cannot be opened is small: refused soon.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return sum(member.file_size for member in packed.infolist()) > MEGABYTE
    except zipfile.BadZipFile:
        return len(content) > MEGABYTE


def file_kind(content: bytes, name: str) -> str:
    """ "workbook" or "text"; raises WrongKind, Encrypted, Broken for what cannot be a table."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(content, name)
    if content.startswith(OLE):
        return _ole_kind(content, name)
    for magic, kind in MAGICS:
        if kind and content.startswith(magic):
            raise wrong_kind(name, kind)
    head = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")):
        return "page"
    if head.startswith(b"<?xml"):
        raise wrong_kind(name, "xml")
    return "text"


def wrong_kind(name: str, kind: str) -> WrongKind:
    zh, en, advice_zh, advice_en = KINDS[kind]
    return WrongKind(name=name, kind_zh=zh, kind_en=en, advice_zh=advice_zh, advice_en=advice_en)


def _zip_kind(content: bytes, name: str) -> str:
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile as problem:
        raise Broken(name=name) from problem
    if any(member.startswith("word/") for member in members):
        raise wrong_kind(name, "word")
    if any(member.startswith("ppt/") for member in members):
        raise wrong_kind(name, "slides")
    if not any(mark in members for mark in WORKBOOK_MARKS):
        raise wrong_kind(name, "archive")
    return "workbook"


def _ole_kind(content: bytes, name: str) -> str:
    """Old Office files keep named streams; the names tell what they are."""
    streams = {
        stream: stream.encode("utf-16-le") in content
        for stream in ("EncryptedPackage", "WordDocument", "PowerPoint Document", *OLD_WORKBOOKS)
    }
    if streams["EncryptedPackage"]:
        raise Encrypted(name=name)
    if any(streams[stream] for stream in OLD_WORKBOOKS):
        return "workbook"
    if streams["WordDocument"]:
        raise wrong_kind(name, "word")
    if streams["PowerPoint Document"]:
        raise wrong_kind(name, "slides")
    raise Broken(name=name)


def open_workbook(content: bytes, name: str, limit_bytes: int = LIMIT_BYTES) -> Workbook:
    """Open .xlsx, .xlsm, .xlsb, .xls or .ods without running anything in it.

    Raises Encrypted, Broken, FileTooLarge, SheetTooWide.
    """
    notices: list[Notice] = []
    if content.startswith(b"PK"):
        notices = _look_inside(content, name, limit_bytes)
    else:
        check_old_excel(stream_of(content, OLD_WORKBOOKS, name), name)
    with _broken_if_it_fails(name):
        book = calamine.load_workbook(io.BytesIO(content))
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in sheets if sheet.visible == calamine.SheetVisibleEnum.Visible]
    hidden = [sheet.name for sheet in sheets if sheet.name not in visible]
    if hidden:
        notices.append(
            Notice(
                "hidden_sheets",
                f"隐藏的工作表没有读取：{'、'.join(hidden)}。",
                f"Hidden sheets were not read: {', '.join(hidden)}.",
            )
        )
    return Workbook(name, visible, notices, book)


def _look_inside(content: bytes, name: str, limit_bytes: int) -> list[Notice]:
    """Size when unpacked, macros and formulas, seen without opening the workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = packed.infolist()
        unpacked = sum(member.file_size for member in members)
        if unpacked > limit_bytes * UNPACKED_FACTOR:
            limit = readable_size(limit_bytes * UNPACKED_FACTOR)
            raise FileTooLarge(name=name, size=readable_size(unpacked), limit=limit)
        has_macros = any("vbaProject" in member.filename for member in members)
        try:
            _check_extents(packed, members, name)
            has_formulas, valueless = _count_formulas(_sheet_pieces(packed, members))
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as problem:
            raise Broken(name=name) from problem
    told = {"macros": has_macros, "formulas": has_formulas, "formulas_without_value": valueless}
    return [Notice(code, *(words.format(told[code]) for words in INSIDE[code])) for code in INSIDE if told[code]]


def _check_extents(packed: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str) -> None:
    """Every part is looked at, for a workbook may keep its sheets under any name. Raises SheetTooWide."""
    binary = record_parts(packed)
    for member in members:
        if member.filename == "content.xml":
            check_open_document(_pieces(packed, member, b"<"), name)
        elif member.filename in binary:
            with packed.open(member) as stream:
                check_binary_excel(iter(lambda: stream.read(MEGABYTE), b""), name)
        else:
            check_excel(_pieces(packed, member, b"<"), name)


def _sheet_pieces(packed: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[bytes]:
    for member in members:
        if member.filename.lower().startswith("xl/worksheets/sheet") or member.filename == "content.xml":
            yield from _pieces(packed, member, b"</c>")


def _pieces(packed: zipfile.ZipFile, member: zipfile.ZipInfo, mark: bytes) -> Iterator[bytes]:
    """The part unpacked in pieces of about 4 MB, each cut before (a lone `<`) or after its last `mark`."""
    with packed.open(member) as stream:
        tail = b""
        while read := stream.read(4 * MEGABYTE):
            piece = tail + read
            cut = piece.rfind(mark) + (len(mark) if len(mark) > 1 else 0)
            whole, tail = (piece[:cut], piece[cut:]) if cut > len(mark) else (piece, b"")
            yield whole
        yield tail


def _count_formulas(pieces: Iterator[bytes]) -> tuple[bool, int]:
    """Whether there are formulas, and how many of them have no saved value."""
    formulas, valueless = False, 0
    for piece in pieces:
        if any(mark in piece for mark in FORMULA_MARKS):
            formulas = True
            valueless += len(FORMULA_WITHOUT_VALUE.findall(piece))
    return formulas, valueless
