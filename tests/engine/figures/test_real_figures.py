"""The goals of the figures engine on labelled clauses; skipped where the real data folder is absent."""

import json

import pytest

from diancai.engine.figures import read_figures

pytestmark = pytest.mark.real_data


def _clauses(folder):
    paths = [folder / "figures/sample.jsonl", folder.parent / "seed/figures.jsonl"]
    return [
        json.loads(line) for path in paths if path.exists() for line in path.read_text(encoding="utf-8").splitlines()
    ]


def _right(guess, gold):
    overlaps = min(guess.end, gold["end"]) > max(guess.start, gold["start"])
    same = guess.unit == gold["unit"] and guess.at_least == gold["at_least"]
    return overlaps and same and abs(guess.value - gold["value"]) <= 1e-6 * max(1, abs(gold["value"]))


def test_labelled_figures_are_found_and_look_alikes_left(real_data):
    given = found = total = taken = looks = moods = 0
    for clause in _clauses(real_data):
        guesses = read_figures(clause["clause"])
        hits = [(guess, gold) for gold in clause["figures"] for guess in guesses if _right(guess, gold)]
        given, total, found = given + len(guesses), total + len(clause["figures"]), found + len(hits)
        moods += sum(guess.status == gold["status"] for guess, gold in hits)
        looks += len(clause["not_figures"])
        taken += sum(
            any(min(guess.end, look["end"]) > max(guess.start, look["start"]) for guess in guesses)
            for look in clause["not_figures"]
        )
    assert 2 * found / (given + total) >= 0.985
    assert moods / found >= 0.93
    assert taken / looks <= 0.05
