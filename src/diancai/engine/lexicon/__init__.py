"""Keyword lists of the engine as package data, written by hand: words of a trade, and what a thing is a kind of."""

import json
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from .scan import WordScan


@lru_cache(maxsize=1)
def _trades() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    told = json.loads(files(__package__).joinpath("trades.json").read_text("utf-8"))
    return tuple((tuple(trade["names"]), tuple(trade["words"].split())) for trade in told["trades"])


def trade_words(name: str) -> tuple[str, ...]:
    """The words of every trade that a topic's name speaks of, e.g. of 交通运输: 公交, 班车, 驾校 …"""
    return tuple(word for names, found in _trades() if any(part in name for part in names) for word in found)


@lru_cache(maxsize=1)
def trade_scan() -> WordScan:
    """Finds the words of every trade in a text; a hit's mark is the first name of its trade."""
    return WordScan({names[0]: found for names, found in _trades()})


@lru_cache(maxsize=1)
def _kinds() -> dict[str, tuple[str, ...]]:
    told = json.loads(files(__package__).joinpath("kinds.json").read_text("utf-8"))["kinds"]
    found: dict[str, tuple[str, ...]] = {}
    for kind, things in told.items():
        for thing in things.split():
            found[thing] = (*found.get(thing, ()), kind)
    return found


def kinds_of(words: Iterable[str]) -> tuple[str, ...]:
    """What the named things are kinds of, e.g. of 黄瓜 and 大棚: 蔬菜, 设施."""
    return tuple(dict.fromkeys(kind for word in words for kind in _kinds().get(word, ())))


def word_list(name: str) -> frozenset[str]:
    """The words of one list of `words.json`: stop, petition, service or offer."""
    told = json.loads(files(__package__).joinpath("words.json").read_text("utf-8"))
    return frozenset(told[name].split())
