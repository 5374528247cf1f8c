"""Refusals about notices.

```
NotValid
├── AddressNotTaken
└── ChannelNotLaid
```
"""

from diancai.ground.errors import NotValid


class AddressNotTaken(NotValid):
    code = "address_not_taken"
    zh = "“{channel_zh}”的地址写得不对，没有保存。{hint_zh}"
    en = "The address for {channel_en} cannot be used and was not saved. {hint_en}"


class ChannelNotLaid(NotValid):
    code = "channel_not_laid"
    zh = "“{channel_zh}”还没有接通，不能选用。请找系统管理员。"
    en = "{channel_en} is not set up here and cannot be chosen. Ask the administrator."
