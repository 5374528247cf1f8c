"""What places, their levels and the posts of people are called."""

from diancai.words.word import Word


class Level(Word):
    """Levels of the tree of places, from the prefecture down."""

    PREFECTURE = "prefecture", "盟市", "prefecture"
    COUNTY = "county", "旗县区", "county"
    TOWN = "town", "苏木乡镇（街道、农牧场）", "town"
    VILLAGE = "village", "嘎查村（社区、分场）", "village"


class PlaceKind(Word):
    """What a place calls itself: the local words for the same level."""

    PREFECTURE = "prefecture", "市", "prefecture"
    DISTRICT = "district", "区", "district"
    COUNTY = "county", "县", "county"
    BANNER = "banner", "旗", "banner"
    TOWN = "town", "镇", "town"
    TOWNSHIP = "township", "乡", "township"
    SUMU = "sumu", "苏木", "sumu"
    SUBDISTRICT = "subdistrict", "街道", "subdistrict"
    FARM = "farm", "农牧场", "farm"
    ZONE = "zone", "园区", "zone"
    VILLAGE = "village", "村", "village"
    GACHA = "gacha", "嘎查", "gacha"
    COMMUNITY = "community", "社区", "community"
    BRANCH_FARM = "branch_farm", "分场", "branch farm"
    LIVING_QUARTERS = "living_quarters", "生活区", "living quarters"
    OTHER = "other", "其他", "other"


class Role(Word):
    """What a post lets its holder do; the table stands in `ground/people/who_may.py`."""

    LIAISON_OFFICER = "liaison_officer", "民情联络员", "liaison officer"
    TOWN_OFFICER = "town_officer", "苏木乡镇联络员", "town liaison officer"
    DEPARTMENT_CONTACT = "department_contact", "落实联络人", "department contact"
    DEPARTMENT_LEADER = "department_leader", "责任领导", "department leader"
    PROGRAMME_OFFICE = "programme_office", "领导小组办公室", "programme office"
    LEADER = "leader", "领导", "leader"
    AUDITOR = "auditor", "操作记录审计员", "auditor"
    ADMINISTRATOR = "administrator", "系统管理员", "administrator"
