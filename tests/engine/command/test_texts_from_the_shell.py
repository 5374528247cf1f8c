"""learn, classify, dedupe and similar on small invented files."""

from pathlib import Path

import pytest
from engine.classify.examples import examples
from engine.command.shell import lines, refusal, table
from engine.dedupe.messages import items
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Capture = pytest.CaptureFixture[str]
QUESTIONS = [["a", "渠淤住了要清"], ["b", ""], ["c", "大夫来量血压"], ["", "正月唱戏"]]


@pytest.fixture
def model(tmp_path: Path, capsys: Capture) -> str:
    told = table(tmp_path / "labelled.csv", ["text", "label"], [[one.text, one.label] for one in examples()])
    name = str(tmp_path / "m.model")
    (line,) = lines(capsys, "learn", told, "--model", name)
    assert (line["labels"], line["texts"], line["model"]) == (3, 30, name)
    assert line["bytes"] == Path(name).stat().st_size
    return name


def test_a_learned_model_classifies_every_row(model: str, tmp_path: Path, capsys: Capture) -> None:
    told = lines(capsys, "classify", table(tmp_path / "t.csv", ["id", "text"], QUESTIONS), "--model", model)
    assert [(one["id"], one["label"]) for one in told] == [("a", "水利"), ("b", None), ("c", "卫生"), ("4", "文化")]
    assert set(told[0]) == {"id", "label", "score", "alternatives", "why"}
    assert {"label", "score"} == set(told[0]["alternatives"][0])
    assert told[0]["why"]


def test_topics_classify_with_no_label_at_all(tmp_path: Path, capsys: Capture) -> None:
    topics = table(
        tmp_path / "topics.csv",
        ["一级", "二级", "keywords"],
        [["水利", "清淤", "渠 淤"], ["卫生", "巡诊", "大夫、血压"], ["文化", "演出", "唱戏"]],
    )
    texts = table(tmp_path / "t.csv", ["id", "text"], QUESTIONS)
    told = lines(capsys, "classify", texts, "--topics", topics)
    assert [one["label"] for one in told] == ["水利", None, "卫生", "文化"]
    assert lines(capsys, "classify", texts, "--topics", topics, "--level", "2")[0]["label"] == "水利/清淤"


def test_names_and_a_few_labels_are_learned_together(tmp_path: Path, capsys: Capture) -> None:
    topics = table(
        tmp_path / "topics.csv", ["一级", "keywords"], [["水利", "渠 淤"], ["卫生", "大夫"], ["文化", "唱戏"]]
    )
    labelled = table(tmp_path / "l.csv", ["text", "label"], [["扭秧歌的鞋要换", "文化"], ["血糖高咋办", "卫生"]])
    texts = table(tmp_path / "t.csv", ["id", "text"], [*QUESTIONS, ["d", "秧歌队的鞋"]])
    name = str(tmp_path / "few.model")
    lines(capsys, "learn", labelled, "--model", name, "--topics", topics, "--texts", texts)
    told = lines(capsys, "classify", texts, "--model", name)
    assert [one["label"] for one in told] == ["水利", None, "卫生", "文化", "文化"]


def test_gbk_sheets_and_json_lines_are_read_alike(model: str, tmp_path: Path, capsys: Capture) -> None:
    import xlsxwriter

    gbk = table(tmp_path / "gbk.csv", ["id", "text"], QUESTIONS[:1], "gb18030")
    jsonl = tmp_path / "t.jsonl"
    jsonl.write_text('{"id": "a", "text": "渠淤住了要清", "more": {"x": [1]}}\n\n', "utf-8")
    sheet = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(sheet)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["id", "text"])
        page.write_row(1, 0, [7, "渠淤住了要清"])
    answers = [lines(capsys, "classify", name, "--model", model) for name in (gbk, str(jsonl), str(sheet))]
    assert [[one["label"] for one in told] for told in answers] == [["水利"]] * 3
    assert answers[2][0]["id"] == "7"


def test_dedupe_groups_stories_and_answers_every_row(tmp_path: Path, capsys: Capture) -> None:
    rows = [[one.id, one.subject, one.text] for one in items()]
    told = lines(capsys, "dedupe", table(tmp_path / "t.csv", ["id", "subject", "text"], [*rows, ["leer", "", ""]]))
    groups = {one["id"]: one["group"] for one in told}
    assert [one["id"] for one in told] == [*(row[0] for row in rows), "leer"]
    assert groups["bus-1"] == groups["bus-2"] != groups["brickyard-1"]
    turned = lines(capsys, "dedupe", table(tmp_path / "u.csv", ["id", "subject", "text"], rows[::-1]))
    assert {one["id"]: one["group"] for one in turned} == {name: groups[name] for name in groups if name != "leer"}


def test_rows_that_share_an_id_each_get_a_line(tmp_path: Path, capsys: Capture) -> None:
    told = lines(
        capsys, "dedupe", table(tmp_path / "t.csv", ["id", "text"], [["1", "渠淤了"], ["1", "唱戏"], ["1", "渠淤了"]])
    )
    assert [one["id"] for one in told] == ["1", "1", "1"]


def test_similar_scores_pairs(tmp_path: Path, capsys: Capture) -> None:
    told = lines(
        capsys, "similar", table(tmp_path / "p.csv", ["a", "b"], [["渠淤了", "渠 淤了。"], ["渠淤了", "唱戏"]])
    )
    assert told == [{"id": "1", "score": 1.0}, {"id": "2", "score": 0.0}]


@pytest.mark.parametrize("command", ["classify", "dedupe"])
def test_a_file_as_a_whole_unusable_is_refused_in_one_line(
    command: str, tmp_path: Path, capsys: Capture, model: str
) -> None:
    more = ("--model", model) if command == "classify" else ()
    assert refusal(capsys, command, str(tmp_path / "none.csv"), *more).startswith("no_file:")
    wrong = table(tmp_path / "wrong.csv", ["甲", "乙"], [["1", "2"]])
    assert refusal(capsys, command, wrong, *more).startswith("no_column:")
    binary = tmp_path / "b.csv"
    binary.write_bytes(bytes(range(256)) * 4)
    assert refusal(capsys, command, str(binary), *more).startswith("not_readable:")
    sheet = tmp_path / "b.xlsx"
    sheet.write_bytes(b"no sheet")
    assert refusal(capsys, command, str(sheet), *more).startswith("not_readable:")
    broken = tmp_path / "b.jsonl"
    broken.write_text('{"text": "x"}\n{"text": ', "utf-8")
    assert "第2行" in refusal(capsys, command, str(broken), *more)


def test_nothing_to_learn_and_a_foreign_model_are_refused(tmp_path: Path, capsys: Capture) -> None:
    empty = table(tmp_path / "e.csv", ["text", "label"], [["渠淤了", ""], ["", "水利"]])
    assert refusal(capsys, "learn", empty, "--model", str(tmp_path / "m")).startswith("nothing_to_learn:")
    assert refusal(capsys, "classify", empty, "--model", empty).startswith("not_a_model:")
    blank = table(tmp_path / "b.csv", ["level1"], [[""]])
    assert refusal(capsys, "classify", empty, "--topics", blank).startswith("no_topics:")


def test_a_wrong_call_ends_with_two() -> None:
    from diancai.engine.command.run import main

    with pytest.raises(SystemExit) as ended:
        main(["classify", "t.csv"])
    assert ended.value.code == 2


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=30), max_size=8))
def test_noise_gives_one_line_a_row(model: str, tmp_path: Path, capsys: Capture, texts: list[str]) -> None:
    name = table(tmp_path / "noise.csv", ["id", "text"], [[str(at), text] for at, text in enumerate(texts)])
    for told in (lines(capsys, "classify", name, "--model", model), lines(capsys, "dedupe", name)):
        assert [one["id"] for one in told] == [str(at) for at in range(len(texts))]
