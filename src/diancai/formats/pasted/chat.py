"""A pasted chat record as lines to tick: who, when, what. Called by the page on which an officer marks needs.

WeChat gives a record in many shapes: name and time above the words (PC copy, exports), time before the name, name and
colon (phone copy), "[time] name: words", forwarded records under a dated rule, bubbles of time between messages. Each
line is tried against all of them, so that shapes may mix; a line that fits none continues the message above it.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .moments import DAY, ONLY_DAY, WHEN, read_day, read_moment
from .roll import looks_like_a_roll, read_roll

NAME = r"[^\n：:]{1,40}?"
NAME_ABOVE = re.compile(rf"^(?P<who>{NAME})\s+[\[(（]?{WHEN}[\])）]?\s*[：:]?$")
TIME_ABOVE = re.compile(rf"^[\[(（]?{WHEN}[\])）]?\s+(?P<who>{NAME})\s*[：:]?$")
TIME_INLINE = re.compile(rf"^[\[(（]?{WHEN}[\])）]?\s*[,，\-]?\s*(?P<who>{NAME})\s*[：:]\s*(?P<said>.+)$")
NAME_TIME_INLINE = re.compile(rf"^(?P<who>{NAME})\s*[\[(（]\s*{WHEN}\s*[\])）]\s*[：:]\s*(?P<said>.+)$")
ONLY_TIME = re.compile(rf"^[\[(（]?{WHEN}[\])）]?$")
DATED_RULE = re.compile(rf"^[\s—\-–=*_·.]{{2,}}\s*{DAY}\s*[\s—\-–=*_·.]{{2,}}$")
RULE = re.compile(r"^[\s—\-–=*_·]{3,}$")
NAME_COLON = re.compile(
    r"^(?P<who>[^\s：:，,。！？!?；;、“”\"]{1,20}(?: [^\s：:，,。！？!?；;]{1,12})?)\s*[：:]\s*(?P<said>.*)$"
)
BARE_NAME = re.compile(r"^(?!\d{1,2}[:：])[^\s，。！？、；：,!?;:\[\]（）()]{1,16}$")
# A reply in WeChat repeats what it answers: 「李四：…」 above a dashed rule. The answered message stands on its own.
QUOTED = re.compile(r"「[^「」]{1,500}」[ \t]*\n(?:[-—] ?){5,}[ \t]*(?=\n)")
NOT_A_NAME = re.compile(
    r"^(?:https?|ftp|备注|注|另外|要求|时间|地点|内容|电话|手机|地址|问题|建议|需求|通知|说明|例如|比如|附|一是|二是|三是|第.)"
)
ACCOUNT = re.compile(r"\s*[(（<](?:wxid_\w+|[\w.\-]+@[\w.\-]+|\d{5,})[)）>]\s*$")
SYSTEM = re.compile(
    r"加入了?群聊|撤回了?一条消息|移出了?群聊|退出了?群聊|修改群名为|开启了朋友验证|拍了拍|以上是打招呼的内容|你已添加了"
    r"|消息已发出，但被对方拒收|领取了你的红包|收到红包，请在手机上查看|以下为新消息|查看更多消息|^—+ 以下是新消息 —+$"
    r"|的聊天记录(?:如下)?[：:]?$|^Dear[:：]?$|^微信聊天记录$|成为新群主|群公告已更新"
)
PLACEHOLDER = re.compile(
    r"^(?:\[(?:图片|语音|视频|文件|表情|动画表情|位置|链接|红包|转账|名片|聊天记录|小程序|音乐|视频号|语音通话|视频通话|Photo|Video|Image|"
    r"Sticker|Audio|File|Location|Link)[^\]]{0,40}\]\s*\S{0,60}|<(?:图片|媒体|文件)[^>]{0,20}>)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One message. `said_at` is None where the paste does not tell its day; `line` counts the paste's lines from 1.

    `kind`: text (may be ticked as a need), placeholder ([图片] and the like), system (somebody joined, a recall).
    """

    speaker: str
    said_at: dt.datetime | None
    text: str
    kind: str = "text"
    line: int = 0

    @property
    def can_be_ticked(self) -> bool:
        """Whether an officer may mark this line as something said."""
        return self.kind == "text"


def read_chat(text: str, on: dt.date | None = None) -> list[ChatLine]:
    """The messages of a pasted record, in order; a 接龙 in it becomes one line for each entry.

    `on`: the day of pasting, from which 昨天, 星期三 and days without a year are counted. Never raises.
    """
    unquoted = QUOTED.sub(
        lambda quote: "\n" * quote.group().count("\n"), text.replace("\r\n", "\n").replace("\r", "\n")
    )
    lines = _joined_heads([line.strip("\u200b\ufeff \t") for line in unquoted.split("\n")])
    reader = _Reader(on, _inline_names(lines))
    for number, line in enumerate(lines, 1):
        reader.take(number, line)
    return list(_expanded(reader.finished()))


def _joined_heads(lines: list[str]) -> list[str]:
    """Heads in two lines, name above time, put into one; the line of the name stays behind blank."""
    joined = list(lines)
    for at in range(1, len(lines)):
        begins = at == 1 or not lines[at - 2]
        if (
            begins
            and ONLY_TIME.match(lines[at])
            and BARE_NAME.match(lines[at - 1])
            and not ONLY_DAY.match(lines[at - 1])
        ):
            joined[at - 1], joined[at] = "", f"{lines[at - 1]} {lines[at]}"
    return joined


def _inline_names(lines: Sequence[str]) -> frozenset[str]:
    """Names that open lines as "name: words". One alone may be a heading; a record has several such lines."""
    found = [
        match["who"] for line in lines if (match := NAME_COLON.match(line)) and not _is_heading(match["who"], line)
    ]
    told = sum(bool(line) for line in lines)
    if len(found) >= 2 and len(found) * 3 >= told:
        return frozenset(found)
    return frozenset(name for name in found if found.count(name) >= 2 or (told <= 2 and len(name) <= 6))


def _is_heading(who: str, line: str) -> bool:
    return bool(NOT_A_NAME.match(who)) or bool(re.fullmatch(WHEN, line)) or who.isdigit()


class _Reader:
    """Goes down the lines once, remembering the day, the time and the message that is still open."""

    def __init__(self, on: dt.date | None, inline_names: frozenset[str]) -> None:
        self.on, self.inline_names = on, inline_names
        self.day: dt.date | None = None
        self.clock: dt.datetime | None = None
        self.messages: list[ChatLine] = []
        self.open: ChatLine | None = None

    def take(self, number: int, line: str) -> None:
        """One line of the paste."""
        if not line or RULE.match(line):
            self._blank(line)
        elif not (self._is_day(line) or self._is_time(line) or self._tells_of_group(number, line)):
            self._speech(number, line)

    def _speech(self, number: int, line: str) -> None:
        if not self._opens(number, line):
            self._goes_on(number, line)

    def _blank(self, line: str) -> None:
        if self.open is not None and not line and self.open.text:
            self.open = replace(self.open, text=self.open.text + "\n")

    def _is_day(self, line: str) -> bool:
        match = DATED_RULE.match(line) or ONLY_DAY.match(line)
        if match is None:
            return False
        self._close()
        self.day = read_day(match, self.on) or self.day
        self.clock = None
        return True

    def _is_time(self, line: str) -> bool:
        match = ONLY_TIME.match(line)
        if match is None:
            return False
        self._close()
        self.clock = read_moment(match, self.day, self.on)
        return True

    def _tells_of_group(self, number: int, line: str) -> bool:
        if not SYSTEM.search(line) or len(line) > 80:
            return False
        self._close()
        self.messages.append(ChatLine("", self.clock, line, "system", number))
        return True

    def _opens(self, number: int, line: str) -> bool:
        """Whether the line begins a message, in any of the shapes."""
        timed = (
            NAME_ABOVE.match(line) or TIME_ABOVE.match(line) or NAME_TIME_INLINE.match(line) or TIME_INLINE.match(line)
        )
        if timed is not None:
            self._begin(number, timed["who"], read_moment(timed, self.day, self.on), timed.groupdict().get("said", ""))
            return True
        named = NAME_COLON.match(line)
        if named is not None and (named["who"] in self.inline_names):
            self._begin(number, named["who"], self.clock, named["said"])
            return True
        return False

    def _begin(self, number: int, who: str, when: dt.datetime | None, said: str | None) -> None:
        self._close()
        self.open = ChatLine(ACCOUNT.sub("", who).strip(' "“”[]'), when, said or "", "text", number)

    def _goes_on(self, number: int, line: str) -> None:
        if self.open is None:
            self.open = ChatLine("", self.clock, line, "text", number)
        else:
            self.open = replace(self.open, text=f"{self.open.text}\n{line}" if self.open.text else line)

    def _close(self) -> None:
        if self.open is not None:
            text = re.sub(r"\n{2,}", "\n", self.open.text).strip()
            kind = "placeholder" if not text or PLACEHOLDER.match(text) else "text"
            if text or self.open.speaker:
                self.messages.append(replace(self.open, text=text, kind=kind))
        self.open = None

    def finished(self) -> list[ChatLine]:
        """All messages, the last one closed."""
        self._close()
        return self.messages


def _expanded(messages: Sequence[ChatLine]) -> Iterator[ChatLine]:
    """Messages, with each 接龙 in them taken apart; what an earlier copy of the roll told is not told again."""
    told: set[tuple[str, str]] = set()
    for message in messages:
        is_marked = "接龙" in message.text or not message.speaker
        if message.kind != "text" or not is_marked or not looks_like_a_roll(message.text.split("\n")):
            yield message
            continue
        for entry in read_roll(message.text):
            if (entry.name, entry.text) not in told:
                told.add((entry.name, entry.text))
                line = message.line + entry.line - (1 if not message.speaker else 0)
                yield replace(message, speaker=entry.name or message.speaker, text=entry.text, line=line)
