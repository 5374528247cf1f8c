"""Refusals about places and stations.

```
NotValid
└── PhoneUnreadable
```
"""

from diancai.ground.errors import NotValid


class PhoneUnreadable(NotValid):
    code = "phone_unreadable"
    zh = "看不懂电话“{phone}”，请只写数字、横线和括号，例如 0478-1234567。"
    en = "“{phone}” is no phone number; write digits, dashes and brackets only, such as 0478-1234567."
