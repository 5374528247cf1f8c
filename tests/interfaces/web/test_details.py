"""What the ledger shows is said in words: no key that only the machine needs, none without its label."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

import diancai
from diancai.interfaces.web.details import CHANGED_FIELDS, DETAIL_WORDS, TECHNICAL, details_told, fields_told
from diancai.stages.need.rules import CHANGEABLE

SOURCE = Path(diancai.__file__).parent
TELLERS = {"tell", "_tell", "_note", "_tell_batch", "_tell_remark"}
NOT_DETAILS = {"by", "at", "scope", "details"}


def _written() -> set[str]:
    """The keys of details that actions of the ground and the stages write into events."""
    files = [*(SOURCE / "ground").rglob("*.py"), *(SOURCE / "stages").rglob("actions/**/*.py")]
    files += [*(SOURCE / "stages").rglob("keeping.py"), *(SOURCE / "stages").rglob("digesting/*.py")]
    return {key for file in files for key in _keys_in(ast.parse(file.read_text(encoding="utf-8")))}


def _keys_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            for keyword in node.keywords:
                if keyword.arg == "details":
                    yield from _constants(keyword.value)
                elif name in TELLERS and keyword.arg and keyword.arg not in NOT_DETAILS:
                    yield keyword.arg
            if name in TELLERS:
                for argument in node.args:
                    yield from _constants(argument)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and target.id == "details":
                yield from _constants(node.value)


def _constants(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            yield from (key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def test_every_key_that_actions_write_has_a_label_or_is_hidden() -> None:
    written = _written()
    assert {"reason", "need_ids", "username", "lines"} <= written
    assert sorted(key for key in written if key not in {*DETAIL_WORDS, *TECHNICAL}) == []


def test_every_field_of_a_need_that_may_be_changed_has_its_name() -> None:
    assert sorted(set(CHANGEABLE) - set(CHANGED_FIELDS)) == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh-hans", [("需求条数", "2"), ("原因", "原文相同")]),
        ("en", [("needs", "2"), ("reason", "the same text")]),
    ],
)
def test_identifiers_are_counted_and_digests_hidden(language: str, told: list[tuple[str, str]]) -> None:
    details: dict[str, object] = {
        "need_ids": [3, 4],
        "digest": "5f72eb7690ca44b9",
        "places": ["150821"],
        "programme": 1,
        "reason": "原文相同",
        "joined": [],
        "late": False,
    }
    with override(language):
        assert details_told("need.merged", "need", details) == told


def test_an_order_is_told_as_one_sentence_in_the_language_of_the_page() -> None:
    details: dict[str, object] = {
        "department": "五原县水利局",
        "words": "清完400米",
        "state": "completed",
        "need_id": 7,
    }
    with override("zh-hans"):
        assert details_told("order.completed", "order", details) == [("", "五原县水利局办结：清完400米")]
    with override("en"):
        assert details_told("order.completed", "order", details) == [("", "completed by 五原县水利局: 清完400米")]


def test_states_days_and_yes_are_words() -> None:
    details: dict[str, object] = {"signed_on": "2019-12-18", "is_supplement": True, "state": "signed"}
    with override("zh-hans"):
        told = details_told("demand.signed", "demand_edition", details)
    assert told == [("签批日期", "2019年12月18日"), ("增补", "是"), ("状态", "已签批")]


def test_changed_fields_are_called_as_on_the_form_and_a_reason_is_left_alone() -> None:
    with override("zh-hans"):
        assert fields_told("content、service_form") == "需求内容、服务形式"
    with override("en"):
        assert fields_told("content、service_form") == "content, service form"
        assert fields_told("李主任说一起办") == "李主任说一起办"
