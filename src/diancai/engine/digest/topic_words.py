"""The default classifier: a topic's own keywords, signs of two things together, and the character pairs of its name.

Weights come from a keyword's length and from how many topics share it; nothing is learned from people's messages.
Called by `digester`; another classifier of the same protocol may take its place.
"""

from collections import Counter, defaultdict
from functools import lru_cache

from diancai.engine.digest.topics import Topic, Topics
from diancai.engine.lexicon.scan import WordScan
from diancai.engine.lexicon.shelf import open_list
from diancai.engine.said.mongolian import normal_mongolian

_PAIR_WEIGHT = 0.25
_FEWEST_PAIRS = 2  # one pair of characters in common is chance
_SHORTEST_MONGOLIAN = 3
_HALF_SURE_AT = 2.0  # a total of this much, with no rival, is a score of one half
_WEIGHT_BY_LENGTH = {1: 0.5, 2: 1.2, 3: 1.9, 4: 2.5}


class KeywordClassifier:
    """Scores every topic of a list against a text."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics.rows
        shares: dict[str, set[int]] = defaultdict(set)
        for index, topic in enumerate(self._topics):
            for word in self._words_of(topic):
                shares[word].add(index)
        self._owners = {word: tuple(owners) for word, owners in shares.items()}
        self._signs = [
            (index, [f"{number}:{group}" for group in range(len(sign["all"]))], float(sign["weight"]))
            for number, sign in enumerate(open_list("topic_signs")["signs"])
            for index, topic in enumerate(self._topics)
            if topic.label == sign["topic"]
        ]
        guard = open_list("cues")["topic_guard"]
        self._scan = WordScan({"guard": guard, "keyword": self._owners, **self._sign_lists()})
        self._mongolian = [
            (index, normal)
            for index, topic in enumerate(self._topics)
            for normal in {normal_mongolian(word) for word in topic.mongolian}
            if len(normal) >= _SHORTEST_MONGOLIAN
        ]
        self._pairs = self._pair_index()
        self._weights = {
            word: _WEIGHT_BY_LENGTH.get(len(word), 3.0) / len(owners) ** 0.7 for word, owners in self._owners.items()
        }
        self._index = {topic.label: index for index, topic in enumerate(self._topics)}
        self._hits = lru_cache(maxsize=64)(self._found)

    @staticmethod
    def _words_of(topic: Topic) -> set[str]:
        return {*topic.keywords, *topic.name.split("、")}

    @staticmethod
    def _sign_lists() -> dict[str, list[str]]:
        signs = open_list("topic_signs")["signs"]
        return {f"{n}:{g}": words for n, sign in enumerate(signs) for g, words in enumerate(sign["all"])}

    def _pair_index(self) -> dict[str, tuple[int, ...]]:
        pairs: dict[str, set[int]] = defaultdict(set)
        for index, topic in enumerate(self._topics):
            for word in self._words_of(topic):
                for place in range(len(word) - 1):
                    pairs[word[place : place + 2]].add(index)
        return {pair: tuple(owners) for pair, owners in pairs.items() if len(owners) <= 6}

    def _found(self, text: str) -> tuple[frozenset[str], tuple[str, ...]]:
        """The sign groups and the keywords in a text."""
        hits = self._scan.find(text)
        return frozenset(h.mark for h in hits if h.mark != "keyword"), tuple(
            h.word for h in hits if h.mark == "keyword"
        )

    def weigh(self, text: str) -> dict[int, float]:
        """Totals by topic index: what every keyword and sign found in the text adds."""
        totals: dict[int, float] = defaultdict(float)
        marks, keywords = self._hits(text)
        seen: dict[str, int] = defaultdict(int)
        for word in keywords:
            seen[word] += 1
            owners = self._owners[word]
            # A word said again says less: the second counts half, the third a third.
            weight = self._weights[word] / seen[word]
            for index in owners:
                totals[index] += weight
        for index, groups, weight in self._signs:
            if marks.issuperset(groups):
                totals[index] += weight
        return totals

    def _weigh_pairs(self, text: str) -> dict[int, float]:
        totals: dict[int, float] = defaultdict(float)
        heard: dict[int, int] = defaultdict(int)
        for pair in {text[place : place + 2] for place in range(len(text) - 1)}:
            owners = self._pairs.get(pair, ())
            for index in owners:
                heard[index] += 1
                totals[index] += _PAIR_WEIGHT / len(owners)
        return {index: total for index, total in totals.items() if heard[index] >= _FEWEST_PAIRS}

    def _weigh_mongolian(self, text: str) -> dict[int, float]:
        """Whole words of a Mongolian text against the draft words, with or without a suffix."""
        totals: dict[int, float] = defaultdict(float)
        words = [word for word in normal_mongolian(text).split() if len(word) >= _SHORTEST_MONGOLIAN]
        shares = Counter(normal for _, normal in self._mongolian)
        for index, normal in self._mongolian:
            if any(word.startswith(normal) for word in words):
                totals[index] += 1.2 / shares[normal] ** 0.7
        return totals

    def best(self, text: str) -> list[tuple[str, float]]:
        """Up to five topics with scores of 0 to 1, the best first; without any keyword the pairs decide, scored low."""
        totals = self.weigh(text) or self._weigh_pairs(text)
        if any("\u1820" <= character <= "\u18aa" for character in text):
            totals = {**totals, **self._weigh_mongolian(text)}
        ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:5]
        rest = sum(total for _, total in ranked)
        return [(self._topics[index].label, round(total / (rest + _HALF_SURE_AT), 3)) for index, total in ranked]

    def words_found(self, text: str, label: str) -> tuple[str, ...]:
        """The keywords of one topic that a text holds: the reason to give."""
        wanted = self._index.get(label)
        return tuple(dict.fromkeys(word for word in self._hits(text)[1] if wanted in self._owners[word]))[:4]
