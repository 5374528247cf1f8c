"""Everything that the residents' page says, in Chinese, English and Traditional Mongolian.

One table instead of the message file of the other pages: Mongolian is no language of the house, and a line without its
three forms cannot be written. The Mongolian was written without a speaker and is marked as a draft until reviewed.
"""

from dataclasses import dataclass
from datetime import date

from diancai.words import Word

LANGUAGES = (("zh", "中文"), ("mn", "蒙古文"), ("en", "English"))

LINES: dict[str, tuple[str, str, str]] = {
    "title": ("这件事办得怎么样", "How was it done", "ᠡᠨᠡ ᠬᠡᠷᠡᠭ ᠶᠠᠮᠠᠷ ᠪᠣᠯᠪᠠ"),
    "place": ("地方", "Place", "ᠭᠠᠵᠠᠷ"),
    "said_on": ("提出", "Asked for", "ᠬᠡᠯᠡᠭᠰᠡᠨ ᠡᠳᠦᠷ"),
    "completed_on": ("办结", "Completed", "ᠭᠦᠢᠴᠡᠳᠭᠡᠭᠰᠡᠨ ᠡᠳᠦᠷ"),
    "department": ("谁办的", "Done by", "ᠬᠠᠷᠢᠭᠤᠴᠠᠭᠰᠠᠨ ᠭᠠᠵᠠᠷ"),
    "done": ("办了什么", "What was done", "ᠬᠢᠭᠰᠡᠨ ᠶᠠᠪᠤᠳᠠᠯ"),
    "no_words": ("部门没有写明", "The department wrote nothing", "ᠲᠡᠮᠳᠡᠭᠯᠡᠭᠰᠡᠨ ᠦᠭᠡᠢ"),
    "solved": ("解决了没有？", "Is it solved?", "ᠰᠢᠢᠳᠪᠦᠷᠢᠯᠡᠭᠳᠡᠭᠰᠡᠨ ᠦᠦ?"),
    "satisfied": ("您满意吗？", "Are you satisfied?", "ᠰᠡᠳᠬᠢᠯ ᠬᠠᠨᠤᠮᠵᠢᠲᠠᠢ ᠶᠤᠤ?"),
    "words": ("还有什么要说的（可不填）", "Anything else (may be left out)", "ᠬᠡᠯᠡᠬᠦ ᠦᠭᠡ"),
    "words_hint": (
        "请不要写姓名、电话、身份证号。",
        "Please write no names, phones or ID numbers.",
        "ᠨᠡᠷ᠎ᠡ᠂ ᠤᠲᠠᠰᠤ ᠪᠢᠴᠢᠬᠦ ᠦᠭᠡᠢ",
    ),
    "send": ("交上去", "Send", "ᠢᠯᠡᠭᠡᠬᠦ"),
    "not_yet": (
        "这件事还在办，办结以后再请您评。这张单子到时候还能用。",
        "This is still being done. You can rate it afterwards, with the same slip.",
        "ᠬᠢᠵᠦ ᠪᠠᠶᠢᠨ᠎ᠠ᠃ ᠭᠦᠢᠴᠡᠳᠭᠡᠭᠰᠡᠨ ᠦ ᠳᠠᠷᠠᠭ᠎ᠠ ᠬᠡᠯᠡᠭᠡᠷᠡᠢ",
    ),
    "thanks": ("谢谢，您的评价已经收到。", "Thank you, your answer was received.", "ᠪᠠᠶᠠᠷᠯᠠᠯ᠎ᠠ᠃ ᠬᠦᠯᠢᠶᠡᠨ ᠠᠪᠤᠭᠰᠠᠨ"),
    "redo": (
        "您说没有解决，已经退回部门重新办。重新办结以后，还用这张单子再评一次。",
        "You said it is not solved: it went back to be done again. Rate it again with this slip afterwards.",
        "ᠳᠠᠬᠢᠨ ᠬᠢᠬᠦ ᠪᠡᠷ ᠪᠤᠴᠠᠭᠠᠪᠠ",
    ),
    "you_said": ("您的回答", "What you answered", "ᠲᠠᠨ ᠤ ᠬᠠᠷᠢᠭᠤᠯᠲᠠ"),
    "choose": ("请把两道题都选上。", "Please choose an answer to both questions.", "ᠬᠣᠶᠠᠷ ᠠᠰᠠᠭᠤᠯᠲᠠ ᠶᠢ ᠰᠣᠩᠭᠣᠭᠠᠷᠠᠢ"),
    "door_title": ("评一评办得怎么样", "Say how it was done", "ᠬᠡᠷ ᠬᠢᠭᠰᠡᠨ ᠢ ᠬᠡᠯᠡᠭᠡᠷᠡᠢ"),
    "code": ("单子上的编号", "The number on your slip", "ᠬᠠᠭᠤᠳᠠᠰᠤᠨ ᠤ ᠳ᠋ᠤᠭᠠᠷ"),
    "code_hint": (
        "15 位，横线可以不写，大小写都行。",
        "15 characters; dashes may be left out, small letters will do.",
        "15 ᠲᠡᠮᠳᠡᠭ",
    ),
    "go_on": ("下一步", "Go on", "ᠦᠷᠭᠦᠯᠵᠢᠯᠡᠬᠦ"),
    "mistyped": (
        "编号抄错了一位，或少了一位，请照着单子再核对。",
        "One character is wrong or missing. Please compare it with your slip.",
        "ᠳ᠋ᠤᠭᠠᠷ ᠪᠤᠷᠤᠭᠤ ᠪᠠᠶᠢᠨ᠎ᠠ",
    ),
    "call": ("有事打联络站电话", "Call the liaison station", "ᠤᠲᠠᠰᠤ"),
    "asked_by": ("内蒙古“两单一日”为民服务", "The two-list public service", "ᠠᠷᠠᠳ ᠲᠦᠮᠡᠨ ᠳᠦ ᠦᠢᠯᠡᠴᠢᠯᠡᠬᠦ"),
}
ORDER = ("zh", "en", "mn")


@dataclass(frozen=True, slots=True)
class Told:
    """The page's words in one language."""

    language: str

    @property
    def lines(self) -> dict[str, str]:
        """Every line by its name."""
        return {name: self.say(name) for name in LINES}

    @property
    def is_vertical(self) -> bool:
        """Traditional Mongolian runs from top to bottom, its columns from left to right."""
        return self.language == "mn"

    @property
    def head(self) -> str:
        """Whose page it is. It stands in a horizontal line, where no Mongolian is squeezed in."""
        return LINES["asked_by"][1 if self.language == "en" else 0]

    @property
    def tag(self) -> str:
        """The language for `lang=`."""
        return {"zh": "zh-Hans", "mn": "mn-Mong"}.get(self.language, "en")

    def say(self, name: str) -> str:
        """A line. Raises KeyError for a name that is none."""
        return LINES[name][ORDER.index(self.language)]

    def words(self, kind: type[Word]) -> list[tuple[str, str]]:
        """Value and label of each word of a closed list."""
        return [(each.value, self.word(each)) for each in kind]

    def word(self, word: Word) -> str:
        """The label of a word."""
        return {"en": word.en, "mn": word.mn}.get(self.language) or word.zh

    def day(self, day: date | None) -> str:
        """A day as the language writes it."""
        if day is None:
            return "—"
        return f"{day.year}年{day.month}月{day.day}日" if self.language == "zh" else f"{day.year}-{day.month}-{day.day}"


def told_in(asked: str) -> Told:
    """The words in the language asked for, else in Chinese."""
    return Told(asked if asked in ORDER else "zh")
