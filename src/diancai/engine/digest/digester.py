"""The digest of one remark, step by step: mask, even, read, route, split, then each want.

`Digester` holds the topic list, the farm calendar, the place names and the classifier; `digest` is a pure function of
the remark. Called by `stages/need` and the shell door.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from diancai.engine.digest import routing, standing
from diancai.engine.digest.clauses import Clause, cut_clauses
from diancai.engine.digest.content import Line, write_line
from diancai.engine.digest.measure import measure
from diancai.engine.digest.parts import Part, split_parts
from diancai.engine.digest.routing import Routed
from diancai.engine.digest.service_forms import find_form, is_works
from diancai.engine.digest.shapes import Digest, PlaceNames, Remark, TopicClassifier, Want
from diancai.engine.digest.timing import Window, find_window
from diancai.engine.digest.topic_words import KeywordClassifier
from diancai.engine.digest.topics import Topic, Topics
from diancai.engine.digest.whole import diverted, emergency, in_mongolian
from diancai.engine.lexicon.scan import WordScan
from diancai.engine.reasons import LISTED, Reason
from diancai.engine.said.characters import Reading, even, read
from diancai.engine.said.farm_calendar import FarmCalendar
from diancai.engine.said.language import tell_language
from diancai.engine.said.masking import mask
from diancai.engine.said.numerals import NUMBER_CHARACTERS
from diancai.engine.said.times import TimeMention, TimeReader, TimeSense
from diancai.words import HandlingLevel, Kind, Language, Route

_GRAVITY = (Route.EMERGENCY, Route.DIVERT, Route.LIST, Route.CASE, Route.NONE)
_SHORT_QUESTION = 30
_LEAST_TOPIC = 0.15  # below it a stretch of text is said to have no topic of its own
_MOST_READ = 4000  # code points that topics are judged on; a longer text is read for personal data all the same


@dataclass(frozen=True, slots=True)
class _Heard:
    """A remark on its way: what may be shown, how it reads, its clauses and times."""

    remark: Remark
    shown: str
    reading: Reading
    clauses: tuple[Clause, ...]
    subject: tuple[Clause, ...]
    subject_text: str
    times: tuple[TimeMention, ...]

    @property
    def said_on(self) -> date | None:
        return self.remark.said_at.date() if self.remark.said_at else None

    def quote(self, start: int, end: int) -> str:
        return self.shown[self.reading.home(start) : self.reading.home(end)].strip(" ，。；")


@dataclass(frozen=True, slots=True)
class _Judged:
    """A part with the text its topic was judged on, the topics ranked, and where it goes."""

    part: Part
    text: str
    ranked: tuple[tuple[str, float], ...]
    topic: Topic | None
    routed: Routed


class Digester:
    """Turns remarks into wants; make one and use it for many."""

    def __init__(
        self,
        topics: Topics | None = None,
        calendar: FarmCalendar | None = None,
        places: PlaceNames | None = None,
        classifier: TopicClassifier | None = None,
    ) -> None:
        self._topics = (topics or Topics()).by_label()
        self._words = KeywordClassifier(topics or Topics())
        self._classifier = classifier or self._words
        self._times = TimeReader(calendar)
        self._names = _numbered_names(places)
        self._topic_of = lru_cache(maxsize=4096)(self._clause_topics)

    def digest(self, remark: Remark) -> Digest:
        """What a remark asks for. Never refuses: an empty or strange text gives route `none` or a doubtful want."""
        masked = mask(remark.text or remark.subject)
        heard = self._hear(remark, masked.shown)
        language = tell_language(remark.text or remark.subject)
        wants, why = self._wants(heard, language)
        route = min((want.route for want in wants), key=_GRAVITY.index, default=Route.NONE)
        return Digest(remark.id, language, route, wants, masked.shown, masked.found, why)

    def _hear(self, remark: Remark, shown: str) -> _Heard:
        reading = read(even(shown))
        subject = even(mask(remark.subject).shown) if remark.subject and remark.text else ""
        times = self._times.find(reading.text, remark.said_at.date() if remark.said_at else None, remark.place_code[:6])
        return _Heard(
            remark,
            shown,
            reading,
            tuple(cut_clauses(reading.text)),
            tuple(cut_clauses(subject)) if subject else (),
            subject,
            tuple(times),
        )

    def _wants(self, heard: _Heard, language: Language) -> tuple[tuple[Want, ...], tuple[str, ...]]:
        everything = heard.subject + heard.clauses
        urgent = routing.find_emergency(everything, is_letter=bool(heard.subject))
        if urgent:
            return (emergency(urgent, heard.clauses, heard.said_on, heard.shown),), urgent.why
        if language is Language.MONGOLIAN:
            want = in_mongolian(heard.shown, self._classifier, self._topics)
            return (want,), want.why
        report = routing.find_report(everything, is_letter=bool(heard.subject))
        if report:
            return (diverted(report),), report.why
        nothing = routing.find_nothing(everything, is_letter=bool(heard.subject))
        if nothing:
            return (), nothing.why
        wants = self._listed(heard)
        if _is_chatter(heard, wants):
            return (), (Reason.CHATTER.tell(),)
        return wants, ()

    def _listed(self, heard: _Heard) -> tuple[Want, ...]:
        clauses, is_letter = list(heard.clauses), bool(heard.subject)
        parts = split_parts(clauses, self._topic_of, is_letter=is_letter) or [Part(heard.subject)]
        wants: list[Want] = []
        window: Window | None = None
        for number, part in enumerate(parts, 1):
            judged = self._judge(heard, part)
            enquiry = judged.routed.kind is Kind.ENQUIRY
            own = find_window(part, heard.times, heard.said_on, heard.reading.text, enquiry=enquiry)
            # 过年给写写春联，再给放场电影: what is added in the same breath is wanted at the same time.
            window = own or (window if part.is_added else None)
            wants.append(self._want(heard, judged, window, number, len(parts)))
        return tuple(wants)

    def _judge(self, heard: _Heard, part: Part) -> _Judged:
        text = self._judged_text(heard, part)
        ranked = self._classifier.best(text) or self._classifier.best(part.text[:_MOST_READ])
        topic = self._topics.get(ranked[0][0]) if ranked else None
        return _Judged(part, text, tuple(ranked), topic, routing.route_part(part, heard.subject, topic))

    def _clause_topics(self, text: str) -> list[tuple[str, float]]:
        ranked = self._words.best(text[:_MOST_READ])
        return ranked if ranked and ranked[0][1] >= _LEAST_TOPIC else []

    def _judged_text(self, heard: _Heard, part: Part) -> str:
        """What topics are judged on: what is asked and the subject count twice, words that only tell a time do not."""
        asked = "，".join(self._without_times(heard, clause) for clause in part.asking)
        whole = "，".join(self._without_times(heard, clause) for clause in part.clauses)
        twice = f"{heard.subject_text}，{heard.subject_text}，" if heard.subject_text else ""
        return f"{twice}{asked}，{whole}"[:_MOST_READ]

    @staticmethod
    def _without_times(heard: _Heard, clause: Clause) -> str:
        text = clause.text
        if not heard.times:
            return text
        for mention in heard.times:
            # 接羔的时候派兽医来 is about lambing; 接羔以前 only tells a time.
            if mention.sense is not TimeSense.AT and clause.start <= mention.start and mention.end <= clause.end:
                left, right = mention.start - clause.start, mention.end - clause.start
                text = text[:left] + " " * (right - left) + text[right:]
        return text

    def _want(self, heard: _Heard, judged: _Judged, window: Window | None, number: int, parts: int) -> Want:
        part, topic, routed, ranked = judged.part, judged.topic, judged.routed, judged.ranked
        measured = measure(part, heard.clauses, route=routed.route, kind=routed.kind, names=self._names)
        form = find_form(part, topic, route=routed.route, kind=routed.kind)
        lead, joint = standing.propose_lines(part, topic)
        subject = heard.subject_text if number == 1 else ""
        return Want(
            n=number,
            route=routed.route,
            kind=routed.kind,
            content=write_line(Line(part, topic, routed.kind, measured, subject, is_letter=bool(heard.subject_text))),
            wanted_text=self._wanted_text(heard, window),
            wanted_from=_earliest(window, is_works(form), heard.said_on),
            wanted_until=window.latest if window else None,
            service_form=form,
            topic=ranked[0][0] if ranked else None,
            topic_score=ranked[0][1] if ranked else 0.0,
            strand=topic.strand if topic else None,
            quantity=measured.plain,
            households=measured.households,
            households_approx=measured.approx,
            persons=measured.persons,
            urgency=standing.judge_urgency(part, window, route=routed.route, said_on=heard.said_on),
            handling_level=standing.propose_level(part, topic) if routed.route is Route.LIST else HandlingLevel.SELF,
            lead=lead,
            joint=joint,
            doubt=standing.weigh_doubt(routed.doubt, topics=ranked, parts=parts, kind=routed.kind, part=part),
            why=self._reasons(heard, judged, window),
            quote=heard.quote(part.clauses[0].start, part.clauses[-1].end) if heard.clauses else heard.shown,
            askers=standing.find_askers(part),
        )

    @staticmethod
    def _wanted_text(heard: _Heard, window: Window | None) -> str | None:
        if window is None:
            return None
        return window.told or heard.quote(window.start, window.end)

    def _reasons(self, heard: _Heard, judged: _Judged, window: Window | None) -> tuple[str, ...]:
        why = list(judged.routed.why)
        if judged.topic is not None:
            words = self._words.words_found(judged.text, judged.topic.label)
            why.append(Reason.TOPIC_WORDS.tell(words=LISTED.join(words)) if words else Reason.TOPIC_NEAR.tell())
        else:
            why.append(Reason.TOPIC_NONE.tell())
        if window is not None:
            reason = Reason.TIME_BY_SEASON if window.farm else Reason.TIME_TOLD
            why.append(reason.tell(told=str(self._wanted_text(heard, window))))
        if judged.part.has("repeat"):
            why.append(Reason.REPEATED.tell())
        return tuple(why)


def _is_chatter(heard: _Heard, wants: tuple[Want, ...]) -> bool:
    """明天几点集合？ asks for no service: a short question without topic, trouble, wish or matter of one's own."""
    if len(wants) != 1 or wants[0].topic or heard.subject or len(heard.shown) > _SHORT_QUESTION:
        return False
    return not any(clause.has("ask", "suggest", "problem", "personal", "own", "many") for clause in heard.clauses)


def _earliest(window: Window | None, works: bool, said_on: date | None) -> date | None:
    """Works due before a farm season begin when the ground allows: the earliest day is left to the department."""
    if window is None or (works and window.farm and window.earliest == said_on):
        return None
    return window.earliest


def _numbered_names(places: PlaceNames | None) -> WordScan | None:
    """Place names that hold a number; other names cannot be mistaken for a quantity."""
    if places is None:
        return None
    names = [name for name in places.known_names() if not NUMBER_CHARACTERS.isdisjoint(name) and len(name) > 1]
    return WordScan({"place": names})
