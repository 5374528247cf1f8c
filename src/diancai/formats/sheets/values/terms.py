"""Words of closed lists as sheets write them: strands (送科技), sources (微信群), languages (蒙汉双语)."""

import re
import unicodedata

from diancai.words import Language, Source, Strand

STRAND_WORDS = {
    Strand.THEORY: ("理论", "宣讲", "思想"),
    Strand.POLICY: ("政策", "法律", "普法"),
    Strand.SCIENCE: ("科技", "技术", "农技"),
    Strand.HEALTH: ("健康", "医疗", "卫生", "义诊"),
    Strand.SERVICE: ("服务", "便民"),
    Strand.CULTURE: ("文化", "文艺", "演出"),
    Strand.WARMTH: ("温暖", "慰问", "救助"),
}
SOURCE_WORDS = (
    (Source.HOME_VISIT, ("入户", "走访", "家访", "上门", "home_visit", "home visit")),
    (Source.HOTLINE, ("热线", "12345", "电话", "来电", "hotline", "phone")),
    (Source.NEED_SHEET, ("需求表", "登记表", "征集表", "纸质", "need_sheet", "sheet")),
    (Source.SURVEY, ("调研", "座谈", "问卷", "调查", "survey")),
    (Source.CHAT, ("微信", "群聊", "访谈", "接龙", "chat", "wechat")),
    (Source.STATION, ("联络站", "站点", "当面", "来访", "大厅", "窗口", "现场", "station")),
    (
        Source.WEB,
        (
            "网站",
            "网上",
            "网络",
            "留言",
            "邮件",
            "邮箱",
            "手机提交",
            "链接",
            "小程序",
            "公众号",
            "web",
            "online",
            "app",
        ),
    ),
)


def parse_strand(text: str) -> Strand | None:
    """送科技, 科技, science → Strand.SCIENCE; None for what is none or two strands at once."""
    said = unicodedata.normalize("NFKC", text).strip().lower().removeprefix("送")
    if found := Strand.from_zh(said):
        return found
    matching = [strand for strand, words in STRAND_WORDS.items() if any(word in said for word in words)]
    # 服务 is in the name of most things that are offered (科技服务); any other word tells more.
    telling = [strand for strand in matching if strand != Strand.SERVICE] or matching
    return telling[0] if len(telling) == 1 else None


def parse_source(text: str) -> Source | None:
    """How a remark came, from the many words for it; None for what is not known."""
    said = unicodedata.normalize("NFKC", text).strip().lower()
    if not said:
        return None
    return Source.from_zh(said) or next(
        (source for source, words in SOURCE_WORDS if any(w in said for w in words)), None
    )


def parse_language(text: str) -> Language | None:
    """汉语, 蒙语授课, 双语, 汉、蒙 …; None for an empty cell, OTHER for what is none of these."""
    said = unicodedata.normalize("NFKC", text).strip().lower()
    if not said:
        return None
    if found := Language.from_zh(said):
        return found
    is_mongolian = bool(re.search("蒙|mongol", said))
    is_chinese = bool(re.search("汉|普通话|中文|国家通用|chinese", said))
    if "双语" in said or (is_mongolian and is_chinese):
        return Language.BOTH
    if is_mongolian or is_chinese:
        return Language.MONGOLIAN if is_mongolian else Language.CHINESE
    return Language.OTHER


def split_list(text: str) -> tuple[str, ...]:
    """A cell that names several things (五原县、磴口县), each once, in order."""
    parts = re.split(r"[、,，;；/／|\n]+", unicodedata.normalize("NFKC", text))
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
