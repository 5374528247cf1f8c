"""Look-alikes of speech: indefinite 一个, idioms, slogans, enumerations, bare 百 千 万."""

from diancai.engine.figures.lookalikes.base import LookAlike, Spot, word_list

_EACH = ("每", "各", "分别", "平均", "仅", "只", "共", "共计", "合计", "增加", "新增", "减少", "多", "少")
_ARTICLE_BEFORE = (
    "了",
    "过",
    "着",
    "的",
    "这",
    "那",
    "哪",
    "另",
    "同",
    "再",
    "来",
    "在",
    "是",
    "为",
    "成",
    "到",
    "如",
    "唯",
    "统",
)
_THINGS = frozenset("处座栋台套辆名件眼间所车部幅支只头匹袋箱桶盏架艘例宗笔")  # 广场一处 counts; 大家一起 does not.
_LASTING = ("历时", "为期", "持续", "长达", "近", "约", "满", "延长", "提前", "不到", "不足", "超过")
_LENGTH_AND_MONEY = frozenset({"money", "mass", "area", "percent", "length"})
_ABSTRACT_UNITS = frozenset("个类种条项级批大步点层方轮句件节张本支篇套部组道")
_BARE_HELP = (
    "近",
    "超",
    "超过",
    "逾",
    "过",
    "破",
    "突破",
    "约",
    "达",
    "满",
    "接近",
    "将近",
    "上",
    "不足",
    "不到",
    "足有",
    "有",
    "不下",
)


class Indefinite(LookAlike):
    """办了一台晚会, 一批能手, 一个热闹的集市: 一 as the article, not as a count."""

    id, name = "indefinite", "不定的“一”"
    looks = ("选出一批能手", "来到一个热闹的集市", "办了一台晚会", "一天借出不少", "走进一家企业")
    figures = ("修建村文化广场一处", "每村明确一名联络员", "各设一个展台，另有两个服务点", "共一户", "有一个多月")

    def hides(self, spot: Spot) -> bool:
        """Whether a lone 一 stands before a measure word without anything that makes it a count."""
        candidate = spot.candidate
        lone = spot.number == "一" and candidate.unit != "%" and not candidate.at_least and candidate.upper is None
        if not lone or candidate.value != 1:
            return False
        if candidate.kind in _LENGTH_AND_MONEY and candidate.unit not in ("元", "斤"):
            return False
        if candidate.unit == "个月" and spot.before.endswith(_LASTING):
            return False
        if candidate.unit in ("批", "天", "年", "周", "片", "把", "次", "份", "种", "段", "面", "股", "对", "口"):
            return not spot.before.endswith(("共", "计", "各", "仅"))
        return not self._counts(spot)

    @staticmethod
    def _counts(spot: Spot) -> bool:
        before = spot.before
        closing = (
            spot.candidate.unit in _THINGS
            and spot.after == ""
            and len(before) > 2
            and not before.endswith(_ARTICLE_BEFORE)
        )
        return (
            "每" in before[-10:]
            or before.endswith(_EACH)
            or "各" in before[-3:]
            or closing
            or (spot.after[:1] == "、" and spot.candidate.unit in _THINGS)
        )


class Idiom(LookAlike):
    """一揽子, 两张清单, 一户一策, 最后一公里, 千家万户."""

    id, name = "idiom", "成语、惯用语"
    looks = ("提供一揽子服务", "两张清单让政府配餐", "一户一档管理", "走进千家万户", "三支一扶人员", "打通最后一公里")
    figures = ("走访两户", "三支队伍深入一线")

    def hides(self, spot: Spot) -> bool:
        """Whether the number lies inside one of the listed sayings."""
        around = spot.near(6, 6)
        offset = spot.candidate.start - max(0, spot.candidate.start - 6)
        width = spot.candidate.end - spot.candidate.start
        return any(_covers(around, word, offset, width) for word in word_list("idioms"))


def _covers(around: str, word: str, offset: int, width: int) -> bool:
    """Whether `word` stands in `around` over the first character of the number."""
    found = around.find(word)
    while found >= 0:
        if found <= offset < found + len(word) and found + len(word) >= offset + min(width, 2):
            return True
        found = around.find(word, found + 1)
    return False


class Slogan(LookAlike):
    """三个方法, 四个力度, 五个方面: a small number that counts parts of a thought."""

    id, name = "slogan", "口号、要点的数目"
    looks = (
        "坚持三个方法",
        "加大四个力度",
        "从五个方面着手",
        "落实四个全面",
        "两个维护",
        "八项规定",
        "三级联动",
        "6个方面",
        "筑牢三道防线",
        "八字方针",
    )
    figures = ("三个合作社", "两个牧业旗", "八个自治区级示范村", "活动共10项", "6个服务区")

    def hides(self, spot: Spot) -> bool:
        """Whether a small plain number stands before an abstract noun."""
        candidate = spot.candidate
        if candidate.unit == "字" and candidate.chinese:
            return not candidate.at_least  # 二十四字 names a saying; 五千余字 counts.
        if candidate.unit not in _ABSTRACT_UNITS or candidate.value > 12 or candidate.at_least:
            return False
        if spot.after.startswith(("方面", "层面", "维度", "环节", "字")) and candidate.unit == "个":
            return True
        return spot.small and self._counts_thoughts(spot)

    @staticmethod
    def _counts_thoughts(spot: Spot) -> bool:
        unit = spot.candidate.unit
        if unit in ("类", "级") or (unit == "节" and spot.candidate.value == 2):
            return True
        if unit in ("项", "条", "件", "张", "本", "道"):
            return spot.after.startswith(word_list("abstract_items"))
        return unit == "个" and spot.after.startswith(word_list("abstract"))


class Enumeration(LookAlike):
    """甲、乙、丙等五个板块: 等 and a small number close a list; 等20多个单位 counts more than was named."""

    id, name = "enumeration", "列举的数目"
    looks = ("设宣传区、农机区、教学区等五个展示区域", "科技、文化等三类台账", "甲、乙、丙等3种形式")
    figures = ("宣传、文化等20多个单位", "农牧、卫健等六个部门", "玉米、葵花等12个品种")

    def hides(self, spot: Spot) -> bool:
        """Whether 等 touches a small exact number that only sums up the list before it."""
        candidate = spot.candidate
        small = candidate.value <= 10 and not candidate.at_least and not candidate.approx
        if not small or not spot.before.endswith(("等", "等等", "这")) or candidate.kind != "count":
            return False
        if not candidate.chinese:
            return spot.after.startswith(word_list("abstract")) or spot.after[:2] in ("形式", "方式", "内容", "活动")
        return candidate.unit in ("个", "种", "类", "项", "条", "方") and not self._names_bodies(spot)

    @staticmethod
    def _names_bodies(spot: Spot) -> bool:
        return any(head in spot.after[:8] for head in word_list("countable_heads"))


class BareMagnitude(LookAlike):
    """百名干部进百村, 万亩良田: a magnitude without digit; 近万人次 and 上百人 do count."""

    id, name = "bare_magnitude", "泛称的百、千、万"
    looks = ("百名干部进村", "建成万亩示范区", "千人宣讲")
    figures = ("近万人次", "超百户", "上百人到场", "百余人")

    def hides(self, spot: Spot) -> bool:
        """Whether nothing beside the bare magnitude says how near it is."""
        return spot.candidate.bare and not spot.before.endswith(_BARE_HELP)


class Countless(LookAlike):
    """两级, 两节, 双: fixed pairs of officialese that count nothing new."""

    id, name = "fixed_pair", "固定搭配的“两、三”"
    looks = ("两节期间走访", "两委换届", "三夏时节两会期间", "两级联动")
    figures = ("两名党员", "两次走访")

    def hides(self, spot: Spot) -> bool:
        """Whether 两节 and the like stand here."""
        return (
            spot.candidate.chinese
            and spot.text in ("两节", "三节", "两岸", "两会", "两委")
            and spot.candidate.value <= 3
        )
