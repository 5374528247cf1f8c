"""Refusals about accounts and posts.

```
NotValid
├── AccountTaken
└── PostNeedsPlaceOrDepartment
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
