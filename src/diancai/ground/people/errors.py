"""Refusals about accounts and posts.

```
NotValid
├── AccountTaken
├── PostNeedsPlaceOrDepartment
├── PostDatesReversed
├── WeakPassword
├── OwnAccount
├── TokenDaysOutOfRange
├── AbsenceDatesReversed
├── AbsenceOverAlready
├── AbsenceOverlaps
├── AbsenceTooLong
├── DeputyNotFit
├── DeputyIsAway
└── NothingToDeputise
```
"""

from diancai.ground.errors import NotValid


class AccountTaken(NotValid):
    code = "account_taken"
    zh = "用户名“{username}”已经有人用了，请换一个。"
    en = "The user name “{username}” is taken; please choose another."


class PostNeedsPlaceOrDepartment(NotValid):
    code = "post_needs_place_or_department"
    zh = "岗位要么属于一个地方，要么属于一个部门，请选且只选一个。"
    en = "A post belongs either to a place or to a department: choose exactly one."


class PostDatesReversed(NotValid):
    code = "post_dates_reversed"
    zh = "岗位的截止日早于开始日，没有保存。请把两个日期对调或改正。"
    en = "The post would end before it begins and was not saved. Swap or correct the two days."


class WeakPassword(NotValid):
    code = "weak_password"
    zh = "密码不够安全，没有保存：{why_zh}请换一个。"
    en = "The password is too weak and was not saved: {why_en} Choose another."


class OwnAccount(NotValid):
    code = "own_account"
    zh = "不能停用自己的账号，否则可能再没有人能管理账号。请另一位系统管理员来办。"
    en = "You cannot close your own account, or nobody might be left to manage accounts. Ask another administrator."


class TokenDaysOutOfRange(NotValid):
    code = "token_days_out_of_range"
    zh = "令牌的有效天数要在1到{most}之间，写的是{days}，没有生成。请改天数。"
    en = "A token lasts from 1 to {most} days; {days} was asked for and none was made. Change the number of days."


class AbsenceDatesReversed(NotValid):
    code = "absence_dates_reversed"
    zh = "返回前一天早于离开的第一天，没有保存。请把两个日期对调或改正。"
    en = "The leave would end before it begins and was not saved. Swap or correct the two days."


class AbsenceOverAlready(NotValid):
    code = "absence_over_already"
    zh = "这段外出已经过去了，不能再安排代管。请填今天或以后的日期。"
    en = "This leave is over, so nobody can be deputised for it. Give a last day of today or later."


class AbsenceOverlaps(NotValid):
    code = "absence_overlaps"
    zh = "{first_day}到{last_day}已经安排了代管人。要改，请先结束那一段，再重新安排。"
    en = "A deputy is set from {first_day} to {last_day} already. End that leave first, then set it anew."


class AbsenceTooLong(NotValid):
    code = "absence_too_long"
    zh = "一次最多安排{most}天。更长的，请系统管理员任命新的联络人。"
    en = "At most {most} days at a time. For longer, ask the administrator to give the post to somebody else."


class DeputyNotFit(NotValid):
    code = "deputy_not_fit"
    zh = "代管人要在同一单位或同一地方任职，所选的人不是。请从名单里另选一位。"
    en = (
        "A deputy holds a post in the same department or at the same place; this person does not. Choose from the list."
    )


class DeputyIsAway(NotValid):
    code = "deputy_is_away"
    zh = "{name}在这几天里也外出，不能代管。请另选一位。"
    en = "{name} is away during these days as well. Choose somebody else."


class NothingToDeputise(NotValid):
    code = "nothing_to_deputise"
    zh = "您在这几天里没有可以代管的岗位：联络员和落实联络人的岗位可以代管，领导签批和管理的不能。"
    en = (
        "There is no post to deputise on these days: those of liaison officers and contacts can be, those who sign, "
        "decide or manage cannot."
    )
