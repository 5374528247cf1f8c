"""match and route on small invented files."""

from pathlib import Path

import pytest
from engine.command.shell import lines, refusal, table
from engine.match.office_lists import RIGHT, needs, offers

Capture = pytest.CaptureFixture[str]
OFFER_COLUMNS = [
    "id",
    "service",
    "service_form",
    "topics",
    "strand",
    "place_codes",
    "valid_from",
    "valid_until",
    "languages",
]
NEED_COLUMNS = [
    "id",
    "text",
    "topic",
    "strand",
    "place_code",
    "wanted_from",
    "wanted_until",
    "service_form",
    "language",
]


def test_plain_texts_are_ranked(tmp_path: Path, capsys: Capture) -> None:
    asked = table(tmp_path / "n.csv", ["id", "text"], [["q", "医保到哪里缴费"], ["e", ""]])
    there = table(
        tmp_path / "o.csv", ["id", "text"], [["a1", "养老金领取资格认证"], ["a2", "城乡居民医保缴费"], ["a3", "公交"]]
    )
    told = lines(capsys, "match", asked, there, "--top", "2")
    assert [one["id"] for one in told] == ["q", "e"]
    assert told[0]["offers"][0]["id"] == "a2"
    assert set(told[0]["offers"][0]) == {"id", "score", "why"}
    assert told[1]["offers"] == []


def test_lists_are_matched_behind_their_walls(tmp_path: Path, capsys: Capture) -> None:
    offered = [
        [one.id, one.service, one.service_form, "|".join(one.topics), one.strand or "", " ".join(one.place_codes),
         str(one.valid_from or ""), str(one.valid_until or ""), " ".join(one.languages)]
        for one in offers()
    ]  # fmt: skip
    wanted = [
        [one.id, one.text, one.topic or "", one.strand or "", one.place_code or "", str(one.wanted_from or ""),
         str(one.wanted_until or ""), one.service_form, one.language]
        for one in needs()
    ]  # fmt: skip
    told = lines(
        capsys,
        "match",
        table(tmp_path / "n.csv", NEED_COLUMNS, wanted),
        table(tmp_path / "o.csv", OFFER_COLUMNS, offered),
    )
    assert {one["id"]: one["offers"][0]["id"] for one in told if one["offers"]} == RIGHT
    assert len(told) == len(wanted)


HISTORY = [["2018-02-01", "路灯", "东街", "市政科"], ["2018-02-02", "路灯", "西街", "西街道办"]] * 5
COLUMNS = ["day", "type", "street", "unit"]


def test_route_answers_in_the_order_of_the_file(tmp_path: Path, capsys: Capture) -> None:
    history = table(tmp_path / "h.csv", COLUMNS, HISTORY)
    new = table(
        tmp_path / "n.csv",
        ["id", *COLUMNS],
        [["x", "2018-03-02", "路灯", "西街", ""], ["y", "2018-03-01", "路灯", "东街", ""]],
    )
    told = lines(capsys, "route", history, new, "--target", "unit", "--time", "day")
    assert [(one["id"], one["units"][0]["unit"]) for one in told] == [("x", "西街道办"), ("y", "市政科")]
    assert set(told[0]["units"][0]) == {"unit", "unit_group", "score", "why"}


def test_a_unit_is_learned_only_after_its_day(tmp_path: Path, capsys: Capture) -> None:
    history = table(tmp_path / "h.csv", COLUMNS, HISTORY)
    days = [["2018-03-01", "噪声", "东街", "环保局"]] * 3 + [["2018-03-02", "噪声", "东街", "环保局"]]
    told = lines(
        capsys, "route", history, table(tmp_path / "n.csv", COLUMNS, days), "--target", "unit", "--time", "day"
    )
    first = [[unit["unit"] for unit in one["units"]] for one in told]
    assert all("环保局" not in units for units in first[:3])
    assert first[3][0] == "环保局"


def test_without_a_time_column_nothing_is_learned_from_new_rows(tmp_path: Path, capsys: Capture) -> None:
    history = table(tmp_path / "h.csv", COLUMNS, HISTORY)
    new = table(tmp_path / "n.csv", COLUMNS, [["2018-03-01", "噪声", "东街", "环保局"]] * 5)
    told = lines(capsys, "route", history, new, "--target", "unit")
    assert all(unit["unit"] != "环保局" for one in told for unit in one["units"])


def test_the_target_of_a_new_row_never_tells_its_answer(tmp_path: Path, capsys: Capture) -> None:
    history = table(tmp_path / "h.csv", COLUMNS, HISTORY)
    rows = [["2018-03-01", "路灯", "东街", unit] for unit in ("市政科", "西街道办", "")]
    answers = []
    for row in rows:
        new = table(tmp_path / "n.csv", COLUMNS, [row])
        answers.append(lines(capsys, "route", history, new, "--target", "unit", "--time", "day"))
    assert answers[0] == answers[1] == answers[2]


def test_a_missing_target_is_refused(tmp_path: Path, capsys: Capture) -> None:
    history = table(tmp_path / "h.csv", COLUMNS, HISTORY)
    assert refusal(capsys, "route", history, history, "--target", "办理单位").startswith("no_column:")
