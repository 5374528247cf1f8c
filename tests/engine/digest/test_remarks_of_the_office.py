"""Remarks with what a good office makes of them: the twelve examples and our own hand-written ones."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from diancai.engine.digest import Digest
from diancai.words import Word

HERE = Path(__file__).parent


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def _plain(value: object) -> object:
    return str(value) if isinstance(value, date) else value.value if isinstance(value, Word) else value


OFFICE = _lines("office_remarks.jsonl")
HAND = _lines("hand_cases.jsonl")


@pytest.fixture(params=OFFICE, ids=[told["id"] for told in OFFICE])
def told(request: pytest.FixtureRequest, digest: Callable[..., Digest]) -> tuple[dict[str, Any], Digest]:
    told = request.param
    return told, digest(told["text"], on=told["said_at"], place_code=told["place_code"] or "")


def test_every_want_is_found_and_goes_where_the_office_sent_it(told: tuple[dict[str, Any], Digest]) -> None:
    expected, found = told
    assert [want.route.value for want in found.wants] == [want["route"] for want in expected["wants"]]
    if not expected["wants"]:
        assert found.route.value == "none"


def test_time_quantity_and_households_are_what_the_office_wrote(told: tuple[dict[str, Any], Digest]) -> None:
    expected, found = told
    for want, office in zip(found.wants, expected["wants"], strict=True):
        for field in ("wanted_text", "wanted_from", "wanted_until", "quantity", "households", "persons"):
            assert _plain(getattr(want, field)) == office[field], field


def test_kind_topic_strand_form_and_content_are_what_the_office_wrote(told: tuple[dict[str, Any], Digest]) -> None:
    expected, found = told
    for want, office in zip(found.wants, expected["wants"], strict=True):
        assert want.kind.zh == office["kind"]
        assert want.topic == office["topic"]
        assert (want.strand.zh if want.strand else None) == office["strand"]
        assert want.service_form == office["service_form"]
        assert want.content == (office["content"] or "转有权处理单位1件")


@pytest.mark.parametrize("case", HAND, ids=[case["text"][:18] or "empty" for case in HAND])
def test_hand_written_remark(case: dict[str, Any], digest: Callable[..., Digest]) -> None:
    found = digest(case["text"], on=case["said_at"], place_code=case["place_code"])
    assert len(found.wants) == len(case["wants"]), [want.content for want in found.wants]
    for want, expected in zip(found.wants, case["wants"], strict=True):
        got = {field: _plain(getattr(want, field)) for field in expected}
        assert got == expected
    for field in ("route", "language"):
        assert _plain(getattr(found, field)) == case.get(field, _plain(getattr(found, field)))
    assert list(found.found) == case.get("found", [])


def test_each_want_says_why_and_rests_on_words_that_were_said(digest: Callable[..., Digest]) -> None:
    for case in (*OFFICE, *HAND):
        found = digest(case["text"], on=case["said_at"], place_code=case["place_code"] or "")
        for want in found.wants:
            assert want.why
            assert 0 <= want.doubt <= 1
            assert 0 < len(want.content) <= 30
            assert want.quote in found.masked
        if not found.wants:
            assert found.why


def test_a_report_about_persons_leaves_no_word_of_it_in_the_want(digest: Callable[..., Digest]) -> None:
    text = next(told["text"] for told in OFFICE if told["id"] == "R09")
    want = digest(text).wants[0]
    shown = " ".join((want.content, want.quote, *want.why, want.service_form or ""))
    assert not any(word in shown for word in ("孤寡", "主任", "小舅子", "楼房"))
    assert want.households is None and want.lead == "纪检监察"


def test_a_village_with_a_number_in_its_name_is_no_quantity(digest: Callable[..., Digest]) -> None:
    want = digest("二十四份户户都缺苗木，能不能给调些树苗？").wants[0]
    assert (want.quantity, want.households) == (None, None)


def test_a_letter_of_a_city_keeps_its_subject_as_the_line(digest: Callable[..., Digest]) -> None:
    letter = "小区物业半夜不管，电梯三天两头停，业主们多次反映都没有结果，希望有关部门督促整改。"
    want = digest(letter, subject="投诉某小区电梯长期故障无人维修的问题").wants[0]
    assert want.content == "某小区电梯长期故障无人维修"
    assert (want.route.value, want.kind.value, want.topic) == ("list", "problem", "城乡建设/物业管理")
