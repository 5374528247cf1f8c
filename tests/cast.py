"""The few people whose stories the tests tell.

| who | post |
|---|---|
| 娜仁 | liaison officer of 联丰村, 塔尔湖镇, 五原县 |
| 王贵 | town officer of 塔尔湖镇 |
| 李芳 | programme office of 五原县 |
| 陈明 | programme office of 磴口县: the wrong county |
| 赵宏 | programme office of the prefecture |
| 孙亮, 吴敏 | contact and leader of 五原县农牧局 |
| 钱进 | contact of 磴口县农牧局: the wrong department |
| 周岚 | leader of the prefecture, who reads |
| 郑实 | auditor, 何强 administrator |
| 路人 | a stranger with an account and no post |
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from diancai.ground.people.models import Account, Post
from diancai.ground.place.models import Department
from diancai.words import Role

PREFECTURE = "150800000000"
WUYUAN = "150821000000"
DENGKOU = "150822000000"
TAERHU = "150821101000"
LIANFENG = "150821101201"
YONGLIAN = "150821103207"
SINCE = date(2019, 11, 1)
NOON = datetime(2019, 12, 10, 4, 0, tzinfo=UTC)  # 12:00 in 巴彦淖尔
PASSWORD = "hetao-2019"


@dataclass(frozen=True)
class Cast:
    """Everyone, by what he does."""

    village_officer: Account
    town_officer: Account
    county_office: Account
    other_county_office: Account
    prefecture_office: Account
    department_contact: Account
    department_leader: Account
    other_department_contact: Account
    leader: Account
    auditor: Account
    administrator: Account
    stranger: Account
    department: Department
    other_department: Department


def make_cast() -> Cast:
    """Accounts and posts as the table above says; needs the tree and the departments."""
    department = Department.objects.get(place_id=WUYUAN, line="农牧")
    other = Department.objects.get(place_id=DENGKOU, line="农牧")
    return Cast(
        village_officer=_at("naren", "娜仁", Role.LIAISON_OFFICER, LIANFENG),
        town_officer=_at("wanggui", "王贵", Role.TOWN_OFFICER, TAERHU),
        county_office=_at("lifang", "李芳", Role.PROGRAMME_OFFICE, WUYUAN),
        other_county_office=_at("chenming", "陈明", Role.PROGRAMME_OFFICE, DENGKOU),
        prefecture_office=_at("zhaohong", "赵宏", Role.PROGRAMME_OFFICE, PREFECTURE),
        department_contact=_in("sunliang", "孙亮", Role.DEPARTMENT_CONTACT, department),
        department_leader=_in("wumin", "吴敏", Role.DEPARTMENT_LEADER, department),
        other_department_contact=_in("qianjin", "钱进", Role.DEPARTMENT_CONTACT, other),
        leader=_at("zhoulan", "周岚", Role.LEADER, PREFECTURE),
        auditor=_at("zhengshi", "郑实", Role.AUDITOR, PREFECTURE),
        administrator=_at("heqiang", "何强", Role.ADMINISTRATOR, PREFECTURE),
        stranger=_account("luren", "路人"),
        department=department,
        other_department=other,
    )


def _account(username: str, name: str) -> Account:
    account = Account(username=username, display_name=name)
    account.set_password(PASSWORD)
    account.save()
    return account


def _at(username: str, name: str, role: Role, place_code: str) -> Account:
    account = _account(username, name)
    Post.objects.create(account=account, role=role, place_id=place_code, valid_from=SINCE)
    return account


def _in(username: str, name: str, role: Role, department: Department) -> Account:
    account = _account(username, name)
    Post.objects.create(account=account, role=role, department=department, valid_from=SINCE)
    return account
