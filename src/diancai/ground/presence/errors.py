"""Refusals of presence.

```
Refusal
└── NotNow
    └── SomebodyIsOnIt     a colleague of the same side took it in hand and has not left
```
"""

from diancai.ground.errors import NotNow


class SomebodyIsOnIt(NotNow):
    """A colleague of the same side is on it."""

    code = "presence.somebody_is_on_it"
    zh = "{who}正在办这一件（{since} 起，{until} 前有效）。请先和{who}联系，或等到时间过了再接手。"
    en = "{who} has been on this since {since}, until {until}. Ask {who}, or take it up when that time is over."
