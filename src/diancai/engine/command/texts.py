"""The commands about texts alone: learn, classify, dedupe, similar."""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from diancai.engine.classify.answer import Answer
from diancai.engine.classify.model import Model

from . import refusals
from .reading import Rows, name_of, read_bytes, read_rows
from .writing import bar, write_line

if TYPE_CHECKING:
    from diancai.engine.classify.learning import Example

# Columns of a topic list that are no level.
_NO_LEVEL = {"keywords", "关键词", "strand", "七送", "departments_line", "责任条线", "id", "note", "备注"}
_NO_LEVEL |= {"name_mn_draft", "keywords_mn_draft"}
_LISTED = re.compile(r"[\s,，、;；|/]+")


def learn(given: argparse.Namespace, out: TextIO) -> None:
    """Write a model of the labelled texts; one line tells what was learned.

    With `--topics` (and `--texts`) the first labels only sharpen what the topic names tell: right below a thousand.
    """
    from diancai.engine.classify.learning import Example  # noqa: PLC0415
    from diancai.engine.classify.learning import learn as learn_model  # noqa: PLC0415

    rows = read_rows(given.texts, ("text", "label"))
    examples = [Example(row["text"], row["label"].strip(), row.get("subject", "")) for row in rows]
    if given.topics:
        unlabelled = read_rows(given.unlabelled, ("text",)) if given.unlabelled else []
        model = _from_topics(given.topics, 1, unlabelled, examples)
    else:
        try:
            model = learn_model(examples, bar("学习"))
        except ValueError:
            raise refusals.nothing_to_learn(given.texts) from None
    content = model.to_bytes()
    try:
        Path(given.model).write_bytes(content)
    except OSError as broken:
        raise refusals.not_readable(given.model, broken.strerror or "?") from None
    write_line(out, {"model": given.model, "labels": len(model.labels), "texts": len(rows), "bytes": len(content)})


def classify(given: argparse.Namespace, out: TextIO) -> None:
    """One line a row: label, score, alternatives, why; label null for an empty text."""
    rows = read_rows(given.texts, ("text",))
    model = _model(given.model) if given.model else _from_topics(given.topics, given.level, rows)
    draw = bar("归类")
    for number, row in enumerate(rows, 1):
        write_line(out, {"id": name_of(row, number), **_told(model.classify(row["text"], row.get("subject", ""), 3))})
        if draw:
            draw(number, len(rows))


def _told(answer: Answer) -> dict[str, object]:
    others = [{"label": choice.label, "score": choice.score} for choice in answer.alternatives]
    return {"label": answer.label, "score": answer.score, "alternatives": others, "why": list(answer.why)}


def _model(name: str) -> Model:
    try:
        return Model.from_bytes(read_bytes(name))
    except ValueError:
        raise refusals.not_a_model(name) from None


def _from_topics(name: str, level: int, rows: Rows, examples: "Sequence[Example]" = ()) -> Model:
    from diancai.engine.classify.topics import Topic, from_topics  # noqa: PLC0415

    topics = [
        Topic(
            tuple(
                value.strip() for column, value in row.items() if column and column not in _NO_LEVEL and value.strip()
            ),
            tuple(word for column in ("keywords", "关键词") for word in _LISTED.split(row.get(column, "")) if word),
        )
        for row in read_rows(name)
    ]
    try:
        return from_topics(
            topics, [(row.get("subject", ""), row["text"]) for row in rows], max(level, 1), bar("读主题")
        )
    except ValueError:
        raise refusals.no_topics(name) from None


def dedupe(given: argparse.Namespace, out: TextIO) -> None:
    """One line a row with its group: the id of the group's first text."""
    from diancai.engine.dedupe.grouping import group  # noqa: PLC0415
    from diancai.engine.dedupe.items import Item  # noqa: PLC0415

    rows = read_rows(given.texts, ("text",))
    names = [name_of(row, number) for number, row in enumerate(rows, 1)]
    # Ids may repeat or be missing in foreign tables: rows are told apart by number, named by id.
    items = [
        Item(f"{names[at]}\0{at}", row["text"], row.get("subject", ""), row.get("place_code", ""))
        for at, row in enumerate(rows)
    ]
    for name, joined in zip(names, group(items, bar("归并")), strict=True):
        told = {"group": joined.group.split("\0")[0], "score": joined.score, "why": list(joined.why)}
        write_line(out, {"id": name, **told})


def similar(given: argparse.Namespace, out: TextIO) -> None:
    """One line a pair: how alike its texts `a` and `b` are, 0 to 1."""
    from diancai.engine.dedupe.pairwise import likeness  # noqa: PLC0415

    rows = read_rows(given.pairs, ("a", "b"))
    scores = likeness([(row["a"], row["b"]) for row in rows])
    for number, (row, score) in enumerate(zip(rows, scores, strict=True), 1):
        write_line(out, {"id": name_of(row, number), "score": score})
