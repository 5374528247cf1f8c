"""Why the engine proposes what it proposes: each reason has a code, parameters, and its words in Chinese and English.

The engine and the stages word a reason with `tell`; it is kept and exported in Chinese, the language of the office.
A page in English reads the line back (`in_english`) by the same pattern that wrote it, so that no second copy of the
words can drift. What a person wrote as a reason matches no pattern and stays as he wrote it.
"""

import re
from enum import StrEnum
from functools import cache
from typing import Self

JOINT = "；"  # between the reasons of one line
LISTED = "、"  # between the words of one parameter


class Reason(StrEnum):
    """A reason: its code, and what it says in Chinese and in English with `{parameters}` to fill in."""

    zh: str
    en: str

    def __new__(cls, code: str, zh: str, en: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh = zh
        member.en = en
        return member

    # Where a want goes.
    DANGER = "danger", "有危及生命的话：{words}", "words of danger to life: {words}"
    HAPPENING = "happening", "正在发生：{words}", "it is happening now: {words}"
    CALL_FIRST = "call_first", "先打电话，后补记录", "call first, write it down afterwards"
    ABOUT_PERSONS = "about_persons", "反映具体人的问题", "a report about particular persons"
    WRONGS = "wrongs", "涉及：{words}", "it concerns: {words}"
    SECRECY = "secrecy", "要求保密", "secrecy is asked for"
    NOT_TO_VILLAGE = "not_to_village", "不退村镇核实", "not sent back to village or town for checking"
    ADVERT = "advert", "广告推销：{words}", "advertising: {words}"
    PRAISE = "praise", "表扬：{words}", "praise: {words}"
    COURTESY = "courtesy", "问候、感谢或说好：{words}", "greeting, thanks or approval: {words}"
    NOTHING_ASKED = "nothing_asked", "没有请求、困难或疑问", "no request, trouble or question"
    CHATTER = (
        "chatter",
        "只是一句问话，没有对上主题，请看一眼",
        "only a short question without a known topic; please look",
    )
    OWN_MATTER = "own_matter", "本人的事：{words}", "the person's own matter: {words}"
    ASKED_FOR = "asked_for", "提出：{words}", "asked for: {words}"
    REPORTED = "reported", "反映：{words}", "reported: {words}"
    MARKED_EMERGENCY = "marked_emergency", "联络员标为紧急", "marked as an emergency by the officer"
    # What it is about, and when it is wanted.
    TOPIC_WORDS = "topic_words", "主题词：{words}", "words of the topic: {words}"
    TOPIC_NEAR = "topic_near", "主题按名称相近推断，请核对", "topic inferred from a similar name; please check"
    TOPIC_NONE = "topic_none", "没有对上主题，请人工归类", "no topic fits; please sort by hand"
    TIME_BY_SEASON = "time_by_season", "时间：{told}（按农时日历）", "time: {told} (by the farm calendar)"
    TIME_TOLD = "time_told", "时间：{told}", "time: {told}"
    REPEATED = "repeated", "多次反映，请查往年记录", "told several times; please look into earlier years"
    IN_MONGOLIAN = (
        "in_mongolian",
        "蒙古文原话，主题按待核蒙古文词表推断，请双语联络员核对",
        "told in Mongolian; the topic comes from a draft word list: a bilingual officer must check",
    )
    TOO_MANY = (
        "too_many",
        "说的户数或人数太大，没有采用，请核对",
        "the households or persons told are too many and were not taken over; please check",
    )
    ENGINE_FAILED = (
        "engine_failed",
        "系统没能归纳这一条，请人工归纳",
        "the system could not digest this one; please word it by hand",
    )
    NO_REPORT = "no_report", "经核不是举报，请人工归纳", "found to be no report about persons; please word it by hand"
    # How a remark came to its need.
    JOINED_SAME_TEXT = "joined_same_text", "原文相同，归入同一条需求", "the same text: it joins the same need"
    SPLIT_FROM = "split_from", "从另一条需求拆出，请核对内容", "split off from another need; please check the words"
    SPLIT = "split", "拆分", "split"
    UNMERGED = "unmerged", "拆开归并", "merge taken apart"
    RAISED_BY_HAND = "raised_by_hand", "由人工从原话提出", "raised from the remark by hand"
    ONE_MATTER = "one_matter", "同一件事", "one and the same matter"
    ACCEPTED_TOGETHER = "accepted_together", "成批审定", "accepted together with others"
    # Why two needs may be one.
    SAME_TEXT = "same_text", "原文相同", "the same text"
    SAME_MATTER = "same_matter", "同为{words}", "both are about {words}"
    SAME_TOPIC = "same_topic", "主题都是{topic}", "both have the topic {topic}"
    SAME_FIELD = "same_field", "同属{field}", "both belong to {field}"
    OTHER_VILLAGE = "other_village", "不在同一个村", "not in the same village"
    MANY_NEAR = "many_near", "相近的太多，请人确认", "too many are alike; a person must confirm"
    # Why an offer meets a need, and what speaks against it.
    SHARED_WORDS = "shared_words", "都提到{words}", "both speak of {words}"
    TOPIC_FITS = "topic_fits", "主题一致：{topic}", "the same topic: {topic}"
    FIELD_FITS = "field_fits", "领域相同", "the same field"
    FORM_FITS = "form_fits", "服务形式相合", "the form of service fits"
    SERVES_PLACE = "serves_place", "在服务范围内", "it serves this place"
    HOLDS_UNTIL = "holds_until", "{day}前可提供", "available before {day}"
    HOLDS_FROM = "holds_from", "{day}起可提供", "available from {day}"
    SERVES_IN_MONGOLIAN = "serves_in_mongolian", "可用蒙古语服务", "it can be given in Mongolian"
    OTHER_FORM = "other_form", "服务形式不同", "another form of service"
    OTHER_TOPIC = "other_topic", "主题不同", "another topic"
    USED_UP = "used_up", "名额已用完", "no capacity is left"
    MATCHED_BY_HAND = "matched_by_hand", "人工对接", "matched by hand"
    JOINED_ON_ACCEPTING = (
        "joined_on_accepting",
        "承办单位接单时纳入",
        "chosen by the department when it accepted the order",
    )
    # Who has done such things before.
    DONE_BEFORE = "done_before", "同类（{kind}）以往{share}由其办理", "{share} of such cases ({kind}) went to it before"

    def tell(self, **told: str) -> str:
        """The reason in Chinese with its parameters filled in. Raises KeyError when one is missing."""
        return self.zh.format(**told)


def read(line: str) -> tuple[Reason, dict[str, str]] | None:
    """The reason that one line was worded from, with its parameters; None for words of a person's own."""
    for reason, pattern in _patterns():
        found = pattern.fullmatch(line)
        if found:
            return reason, found.groupdict()
    return None


def in_english(line: str) -> str:
    """The reasons of a line in English; parameters, and what a person wrote himself, stay in their own words."""
    return "; ".join(_english(part) for part in line.split(JOINT)) if line else ""


def _english(part: str) -> str:
    known = read(part)
    if known is None:
        return part
    reason, told = known
    return reason.en.format(**{name: value.replace(LISTED, ", ") for name, value in told.items()})


@cache
def _patterns() -> tuple[tuple[Reason, re.Pattern[str]], ...]:
    """The pattern of each reason, the one with most fixed words first: 时间：…（按农时日历） before 时间：…."""
    fixed = {reason: re.split(r"\{(\w+)\}", reason.zh) for reason in Reason}
    ranked = sorted(Reason, key=lambda reason: -sum(len(part) for part in fixed[reason][::2]))
    return tuple((reason, re.compile(_pattern(fixed[reason]))) for reason in ranked)


def _pattern(parts: list[str]) -> str:
    """Fixed words and names of parameters take turns."""
    return "".join(f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
