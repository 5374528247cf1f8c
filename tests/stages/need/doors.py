"""The twelve remarks come in through the doors that they name: form, pasted chat, sheet."""

import csv
import io
from datetime import UTC, datetime

from cast import PREFECTURE, SINCE
from said import TWELVE, SaidOnce

from diancai.formats.pasted import read_chat
from diancai.ground.people.models import Account, Post
from diancai.stages.remark.actions import commit_batch, keep_chat, read_sheet, record_remark
from diancai.stages.remark.models import Remark
from diancai.words import Role, Source

AFTERWARDS = datetime(2019, 12, 30, 1, 0, tzinfo=UTC)


def make_collector() -> Account:
    """罗英, who enters for the whole prefecture in this exercise."""
    account = Account.objects.create(username="luoying", display_name="罗英")
    Post.objects.create(account=account, role=Role.PROGRAMME_OFFICE, place_id=PREFECTURE, valid_from=SINCE)
    return account


def enter_twelve(by: Account, programme_id: int) -> dict[str, int]:
    """Enter all twelve; returns remark ids by the office's ids (R01 …)."""
    doors = {"chat": _chat, "need_sheet": _sheet}
    return {said.id: doors.get(said.source, _form)(said, by, programme_id) for said in TWELVE}


def _form(said: SaidOnce, by: Account, programme_id: int) -> int:
    return record_remark(
        by=by,
        at=AFTERWARDS,
        programme_id=programme_id,
        text=said.text,
        place_code=said.place_code,
        sub_place=said.sub_place,
        source=said.source,
        said_at=said.said_at,
    ).id


def _chat(said: SaidOnce, by: Account, programme_id: int) -> int:
    paste = (
        f"群众甲 {said.said_at:%Y年%m月%d日 %H:%M}\n{said.text}\n群众乙 {said.said_at:%Y年%m月%d日 %H:%M}\n哎，是了哇\n"
    )
    lines = read_chat(paste, on=AFTERWARDS.date())
    (kept,) = keep_chat(
        by=by,
        at=AFTERWARDS,
        programme_id=programme_id,
        place_code=said.place_code,
        lines=lines,
        ticked=[0],
        sub_place=said.sub_place,
    )
    return kept.id


def _sheet(said: SaidOnce, by: Account, programme_id: int) -> int:
    out = io.StringIO()
    rows = [
        ["需求征集表"],
        ["原话", "反映时间", "组（社）"],
        [said.text, f"{said.said_at:%Y/%m/%d %H:%M}", said.sub_place],
    ]
    csv.writer(out).writerows(rows)
    batch = read_sheet(
        by=by,
        at=AFTERWARDS,
        programme_id=programme_id,
        place_code=said.place_code,
        file_name=f"{said.id}.csv",
        content=out.getvalue().encode("gbk"),
        source=Source.NEED_SHEET,
    )
    assert commit_batch(by=by, at=AFTERWARDS, batch_id=batch).taken == 1
    return Remark.objects.get(batch_id=batch).pk
