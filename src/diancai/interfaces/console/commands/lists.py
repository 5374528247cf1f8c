"""`diancai lists REMARKS OFFERS`: two sheets in, four lists out, leaving no database behind."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from diancai.interfaces.console.command import Command, Failed
from diancai.interfaces.console.commands.given import content_of, no_such_place, show


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("remarks", type=Path, help="群众原话 .xlsx .xls .csv")
    parser.add_argument("offers", type=Path, help="服务项目 .xlsx .xls .csv")
    parser.add_argument("--place", default="1508", help="没有写地名的行算哪里（区划代码）place of rows without one")
    parser.add_argument("--out", type=Path, default=Path("lists"), help="结果放到哪个文件夹 folder for the results")


def _lists(given: argparse.Namespace) -> int:
    from diancai.config import read_text
    from diancai.ground.place.names import PlaceNames
    from diancai.two_sheets import make_lists, read_sheets, ready_digester, written

    names = PlaceNames.from_csv(read_text("places/places.csv"))
    place = _place(given.place, names)
    remarks, offers = content_of(given.remarks), content_of(given.offers)
    sheets = read_sheets(remarks, given.remarks.name, offers, given.offers.name, names, place)
    lists = make_lists(sheets, ready_digester(names), show)
    _write(given.out, written(lists, names))
    for notice in sheets.notices:
        print(f"{notice.zh}\n{notice.en}")
    _tell(lists, given.out)
    return 0


def _place(typed: str, names: Any) -> str:
    """The code as the lists want it: 1508 means the whole prefecture, more digits one place of the tree."""
    if not names.full_name(typed.ljust(12, "0")):
        raise no_such_place(typed)
    return typed if len(typed) < 6 else typed.ljust(12, "0")


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise Failed(
            f"写不进文件夹“{folder}”：{error.strerror}。请换一个 --out。",
            f"Cannot write into “{folder}”: {error.strerror}. Choose another --out.",
            2,
        ) from error


def _tell(lists: Any, folder: Path) -> None:
    remarks, needs, offers = len(lists.digests), len(lists.needs), len(lists.offers)
    gaps = sum(not need.pairs for need in lists.needs)
    print(f"原话 {remarks} 条 → 需求 {needs} 条，供给 {offers} 项，没有供给的需求 {gaps} 条。结果在 {folder}/")
    print(f"{remarks} remarks → {needs} needs, {offers} offers, {gaps} needs without an offer. Results in {folder}/")


LISTS = Command(
    "lists",
    "两张表进、四张清单出，不用账号，不留数据",
    "two sheets in, four lists out",
    "diancai lists 原话.xlsx 服务项目.xlsx --place 1508 --out 结果",
    _lists,
    _arguments,
    needs_database=False,
)
