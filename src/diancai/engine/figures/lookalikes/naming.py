"""Look-alikes that belong to a name: quoted names, titles, place names, specifications, model numbers, addresses."""

from diancai.engine.figures.lookalikes.base import LookAlike, Spot, word_list


class QuotedName(LookAlike):
    """“十件实事” and 《滴灌使用40问》 are names; quoted speech has full stops and keeps its figures."""

    id, name = "quoted_name", "引号或书名号里的名称"
    looks = ("开展“十件实事”评议", "发放《种植技术30条》", "“五个一”新模式", "打通“最后一米”堵点")
    figures = ("“我们收到需求23条，已经分类。”负责人说",)

    def hides(self, spot: Spot) -> bool:
        """Whether the number stands inside a short quotation or a title."""
        return spot.page.in_name(spot.candidate.start, spot.candidate.end)


class PlaceName(LookAlike):
    """十一份子, 三道桥镇 and 五间房村 are places of the Hetao and beyond."""

    id, name = "place_name", "含数字的地名"
    looks = ("在十一份子举办培训", "三道桥镇组织宣讲", "四间房嘎查开会", "到二十里铺宣讲")
    figures = ("修桥三座，修渠五公里", "新打机电井12眼")

    def hides(self, spot: Spot) -> bool:
        """Whether numeral, measure word and what follows spell a place."""
        if not spot.candidate.chinese:
            return False
        rest = spot.page.folded[spot.candidate.number_end : spot.candidate.number_end + 5]
        return any(rest.startswith(tail) for tail in word_list("place_tails"))


class Specification(LookAlike):
    """80吨级, P30口, H7N9, 5G: a number that is part of a specification or a model."""

    id, name = "specification", "规格型号"
    looks = ("采购80吨级设备", "发放H7N9盒装用品", "建成5A级景区")
    figures = ("食用油5L", "口罩427盒", "运来80吨")

    def hides(self, spot: Spot) -> bool:
        """Whether Latin letters touch the number or 级, 型 and the like follow the unit."""
        start, end = spot.candidate.start, spot.candidate.end
        folded = spot.page.folded
        ahead = folded[start - 1 : start]
        glued = ahead.isascii() and (ahead.isalpha() or ahead in "#.&/") and ahead != ""
        return glued or folded[end : end + 1] in ("级", "型") or folded[end : end + 2] in ("规格", "装机")


class Address(LookAlike):
    """民主村四组, 3组, 38公里处: the groups of a village, rooms, doors, milestones."""

    id, name = "address", "组、社、门牌等地址"
    looks = ("在民主村四组启动", "联丰村3组村民", "迎宾路12号院", "高速公路38公里处", "三年级2班学生")
    figures = ("分成4组入户", "共4个小组")

    def hides(self, spot: Spot) -> bool:
        """Whether a village stands right before a group number, or a group number before its villagers."""
        if spot.candidate.unit in ("公里", "千米", "米") and spot.after[:1] in ("处", "桩"):
            return True
        if spot.candidate.unit == "班" and spot.before.endswith(("年级", "级", "（", "初", "高")):
            return True
        if spot.candidate.unit not in ("组", "段", "栋", "幢", "单"):
            return False
        before, after = spot.before, spot.after
        return before[-1:] in ("村", "查", "社", "场", "区", "队", "屯", "镇") or after[:2] in ("村民", "社员", "农户")


class Hotline(LookAlike):
    """12345件 never stands alone: a call number that touches a unit by chance."""

    id, name = "hotline", "热线号码"
    looks = ("拨打12345个人中心", "12396家庭热线")
    figures = ("受理12345件",)

    def hides(self, spot: Spot) -> bool:
        """Whether the number is one of the public call numbers and a platform or line follows."""
        known = spot.number in ("12345", "12396", "12316", "12348", "12315", "12333", "110", "120", "119", "122")
        return known and any(word in spot.near(0, 6) for word in ("热线", "平台", "中心", "电话"))
