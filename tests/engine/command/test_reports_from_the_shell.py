"""figures, digest and plan through the shell door, and the door as a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from engine.command.shell import lines, refusal, table

import diancai
from diancai.engine.command.writing import bar

Capture = pytest.CaptureFixture[str]
WANT_FIELDS = {
    "n", "route", "kind", "content", "wanted_text", "wanted_from", "wanted_until", "service_form", "topic", "strand",
    "quantity", "households", "persons", "urgency", "group", "why",
}  # fmt: skip


def test_figures_of_a_report_point_into_its_text(tmp_path: Path, capsys: Capture) -> None:
    text = "全县举办培训28场，\r\n发放资料1.3万余份。"
    (tmp_path / "r.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    told = lines(capsys, "figures", str(tmp_path / "r.txt"))
    assert [(one["value"], one["unit"]) for one in told] == [(28, "场"), (13000, "份")]
    assert [text[one["start"] : one["end"]] for one in told] == [one["text"] for one in told]


def test_figures_of_clauses_carry_the_id(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "c.jsonl").write_text('{"id": "k1", "clause": "义诊31场"}\n{"id": "k2", "clause": "没有数"}\n', "utf-8")
    assert [(one["id"], one["value"]) for one in lines(capsys, "figures", str(tmp_path / "c.jsonl"))] == [("k1", 31)]


def test_digest_splits_masks_and_groups(tmp_path: Path, capsys: Capture) -> None:
    rows = [
        [
            "a",
            "大棚黄瓜叶子起黄点，想请个专家到棚里看看，我家三个棚。电话13912345678。",
            "2019-12-09 21:14",
            "150821103207",
        ],
        ["b", "我们这儿黄瓜大棚得了病，想请专家到棚里教一教。", "2019-12-11", "150821101201"],
        ["c", "大棚黄瓜得病了，想请专家到棚里看看。", "2019-12-11", "150826104214"],
        ["d", "", "", ""],
    ]
    name = table(tmp_path / "r.csv", ["id", "text", "said_at", "place_code"], rows)
    told = {one["id"]: one for one in lines(capsys, "digest", name)}
    assert list(told) == ["a", "b", "c", "d"]
    assert told["d"]["wants"] == []
    assert "13912345678" not in json.dumps(told["a"], ensure_ascii=False)
    first, second, elsewhere = (told[name]["wants"][0] for name in "abc")
    assert set(first) == WANT_FIELDS
    assert first["route"] == "list"
    assert first["group"] == second["group"] == "a-1"
    assert elsewhere["group"] == "c-1"


def test_a_folder_of_places_that_is_not_there_is_refused(tmp_path: Path, capsys: Capture) -> None:
    name = table(tmp_path / "r.csv", ["text"], [["渠淤了"]])
    assert refusal(capsys, "digest", name, "--places", str(tmp_path / "none")).startswith("no_file:")


def test_a_plan_that_is_no_json_is_refused(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "i.json").write_text("{", "utf-8")
    assert refusal(capsys, "plan", str(tmp_path / "i.json")).startswith("not_readable:")


def test_a_plan_is_one_line_and_an_unusable_instance_is_refused(tmp_path: Path, capsys: Capture) -> None:
    from diancai.engine.plan.generate import generate

    (tmp_path / "i.json").write_text(json.dumps(generate(2, 2, 2, 1)), "utf-8")
    assert len(lines(capsys, "plan", str(tmp_path / "i.json"), "--seconds", "0.2")) == 1
    (tmp_path / "e.json").write_text("{}", "utf-8")
    assert refusal(capsys, "plan", str(tmp_path / "e.json")).startswith("plan.unusable_field:")


def _run(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    source = str(Path(diancai.__file__).parents[1])
    return subprocess.run(
        [sys.executable, "-m", "diancai.engine", *arguments],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": source, "PYTHONIOENCODING": "ascii"},
        check=False,
        timeout=60,
    )


def test_the_door_as_a_process_writes_utf8_lines_and_nothing_else(tmp_path: Path) -> None:
    done = _run("similar", table(tmp_path / "p.csv", ["id", "a", "b"], [["甲", "渠淤了", "渠淤了"]]))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode()) == {"id": "甲", "score": 1.0}


def test_the_door_as_a_process_refuses_with_two(tmp_path: Path) -> None:
    done = _run("dedupe", str(tmp_path / "none.csv"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("no_file:")


def test_asking_a_model_imports_neither_scipy_nor_scikit_learn() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, diancai.engine.classify.model, diancai.engine.match, diancai.engine.dedupe;"
         "print(sorted({'scipy', 'sklearn', 'django'} & set(sys.modules)))"],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(Path(diancai.__file__).parents[1])},
        text=True,
        check=True,
    )  # fmt: skip
    assert told.stdout.strip() == "[]"


class _Screen:
    def __init__(self, terminal: bool) -> None:
        self.terminal, self.shown = terminal, ""

    def isatty(self) -> bool:
        return self.terminal

    def write(self, text: str) -> None:
        self.shown += text

    def flush(self) -> None: ...


def test_a_bar_is_drawn_on_a_terminal_only() -> None:
    screen = _Screen(terminal=True)
    draw = bar("归并", screen)  # type: ignore[arg-type]
    assert draw is not None
    draw(4, 4)
    assert screen.shown.endswith("4/4\n")
    assert bar("归并", _Screen(terminal=False)) is None  # type: ignore[arg-type]
