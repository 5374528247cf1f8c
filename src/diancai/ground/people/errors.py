"""Refusals about accounts and posts.

```
NotValid
├── AccountTaken
├── PostNeedsPlaceOrDepartment
├── PostDatesReversed
├── WeakPassword
├── OwnAccount
└── TokenDaysOutOfRange
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
