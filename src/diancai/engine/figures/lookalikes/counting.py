"""Look-alikes that number or order things: ordinals, sessions, documents, dates, periods, ages, temperatures."""

import re

from diancai.engine.figures.lookalikes.base import LookAlike, Spot, word_list

_LISTED_ORDINAL = re.compile(r"第[\d一二三四五六七八九十]{1,3}[、和至~-]$")
_PERIOD_TAILS = (
    "前",
    "后",
    "来",
    "以来",
    "间",
    "之间",
    "里",
    "度",
    "级",
    "一遇",
    "期间",
    "之内",
    "之后",
    "之前",
    "如一日",
    "代",
)
_MEETINGS = ("会议", "全会", "全体会议", "党代会", "代表大会", "人大", "常委会", "常务会", "中全会")


class Ordinal(LookAlike):
    """第9届, 前10名, 前五位, 头3个月: a place in an order."""

    id, name = "ordinal", "序数"
    looks = ("举办第23期培训班", "进入全市前10名", "列入全区第三批示范", "位列前三位", "经二次办理", "编印第2、3期简报")
    figures = ("培训班共办23期", "评选出10名能手", "活动前3天已发通知12份", "办理十二次", "两次办理")

    def hides(self, spot: Spot) -> bool:
        """Whether 第 touches the number, or 前 with a measure of rank."""
        start = spot.candidate.start
        ahead = spot.page.folded[start - 1 : start]
        if ahead == "第" or (spot.number == "二" and spot.candidate.kind == "count"):
            return True  # A count of two is 两; 二 before a measure word means the second.
        if _LISTED_ORDINAL.search(spot.before):
            return True
        ranks = spot.candidate.unit in ("名", "位", "强", "批", "个月", "期", "项", "家", "个", "年", "件", "类", "届")
        return (
            ahead == "前"
            and ranks
            and spot.page.folded[max(0, start - 2) : start - 1] not in ("目", "日", "之", "以", "当", "提", "节", "会")
        )


class Session(LookAlike):
    """二十届三中全会, 县八届人大二次会议."""

    id, name = "session", "届次会议"
    looks = ("县八届人大二次会议召开", "三届二次全会强调")
    figures = ("全年召开6次会议", "连续举办12届。")

    def hides(self, spot: Spot) -> bool:
        """Whether a body or a term stands right before the number and a meeting follows."""
        if spot.candidate.unit not in ("次", "届", "中"):
            return False
        tail = spot.after.startswith(_MEETINGS)
        before = spot.before[-8:]
        return tail and (
            spot.candidate.unit == "届" or "届" in before or before.endswith(("人大", "政协", "委员会", "常委会", "委"))
        )


class DateOrTime(LookAlike):
    """2022年5月8日, 11月, 上午10时30分; a year of four digits is a date, 三年 is not."""

    id, name = "date", "日期和时刻"
    looks = ("2018年5月6日动土", "上午9点30分集合", "二〇一九年启动", "2018-2020年", "自2003年下半年起")
    figures = ("花两年时间练好队伍", "工期90天")

    def hides(self, spot: Spot) -> bool:
        """Whether the span touches a date of the page."""
        return spot.page.in_date(spot.candidate.start, spot.candidate.number_end)


class Period(LookAlike):
    """八年前, 近三年来, 三年级, 一个上午: a stretch of time that sets the scene and measures nothing."""

    id, name = "period", "时段"
    looks = ("是八年前的样子", "三年级学生参加", "近三年来变化大", "五年规划出台", "三个季度以来")
    figures = ("活动持续10天", "要花两年时间", "整治三个多月来巡查30多条渠")

    def hides(self, spot: Spot) -> bool:
        """Whether the years, months or weeks only say when."""
        candidate = spot.candidate
        if spot.after.startswith(("上午", "下午", "晚上", "季度", "年度", "世纪")) and candidate.unit == "个":
            return True
        if candidate.kind != "duration":
            return False
        if candidate.unit in ("天", "小时", "分钟", "秒", "个小时", "个工作日"):
            return spot.after.startswith(("前", "后", "之前", "之后", "以前", "以后"))
        ahead = spot.before[-2:]
        scene = ahead.endswith(("近", "这", "过去", "今后", "未来", "往后", "上", "下")) and candidate.unit in (
            "年",
            "周",
        )
        lasted = candidate.at_least or (candidate.unit == "个月" and spot.after.startswith("来"))
        return (spot.after.startswith(_PERIOD_TAILS) and not lasted) or scene or self._plan(spot)

    @staticmethod
    def _plan(spot: Spot) -> bool:
        return spot.candidate.unit == "年" and spot.after.startswith(("规划", "行动", "计划", "任期", "攻坚"))


class Age(LookAlike):
    """8岁, 60周岁: an age is no count."""

    id, name = "age", "年龄"
    looks = ("年满60周岁", "8岁的孩子", "70余岁高龄")
    figures = ("老人60名",)

    def hides(self, spot: Spot) -> bool:
        """Whether years of age follow the number."""
        return spot.page.folded[spot.candidate.number_end : spot.candidate.number_end + 2].startswith(("岁", "周岁"))


class Temperature(LookAlike):
    """零下31℃, 气温35度."""

    id, name = "temperature", "温度"
    looks = ("零下31度的寒风", "气温升到35度", "零下二十多度")
    figures = ("用电20万度电",)

    def hides(self, spot: Spot) -> bool:
        """Whether the number is a temperature."""
        return spot.before.endswith(("零下", "零上")) or ("温" in spot.before[-6:] and spot.candidate.unit == "度")


class ServiceHours(LookAlike):
    """24小时值班 is always open, 15分钟服务圈 is near: no lengths of time."""

    id, name = "service_hours", "全天候服务"
    looks = ("24小时值班", "热线24小时不间断接听", "打造15分钟便民服务圈")
    figures = ("48小时内回复", "培训24小时")

    def hides(self, spot: Spot) -> bool:
        """Whether 24小时 or 全天 says that a service never closes."""
        if spot.candidate.kind in ("duration", "length") and "圈" in spot.after[:8]:
            return True
        all_day = spot.candidate.unit == "小时" and spot.candidate.value == 24
        return all_day and spot.after.startswith(word_list("service_hours"))


class DocumentNumber(LookAlike):
    """〔2019〕11号, 准考证1508230个: numbers of papers."""

    id, name = "document_number", "文号、证号"
    looks = ("玉政办〔2019〕11条的规定", "依据第3条第2项", "准考证号15082301234份")
    figures = ("发证11份",)

    def hides(self, spot: Spot) -> bool:
        """Whether a bracketed year, 号 or a long serial number stands here."""
        start = spot.candidate.start
        digits = spot.candidate.number_end - start
        return spot.page.folded[start - 1 : start] in ("〕", "]", "号", "№") or (
            not spot.candidate.chinese and digits >= 11
        )
