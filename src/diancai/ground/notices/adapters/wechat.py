"""The county's WeChat official account (公众号): a template message to a follower.

The template has three fields: thing1 what it is, character_string2 the number, thing3 what to do. `client_msg_id`
makes a second try the same message over there.
"""

import httpx

from diancai.ground.notices.adapters import Failed, Letter, Refused, Sent
from diancai.ground.notices.adapters.access import Access, code_of
from diancai.ground.notices.adapters.calling import TIMEOUT

NEVER = (40003, 40037, 43004, 43101)  # unknown person, wrong template, no follower, who declined
MOST_THING = 20  # characters that a field `thing` may have
MOST_STRING = 32


class WeChat:
    """`account`, `secret` and `template` as the platform shows them."""

    def __init__(self, url: str, account: str, secret: str, template: str, timeout: httpx.Timeout = TIMEOUT) -> None:
        parameters = {"grant_type": "client_credential", "appid": account, "secret": secret}
        self.access, self.template = Access(url, ("/cgi-bin/token", parameters), timeout), template

    def send(self, letter: Letter) -> Sent:
        """Send the template; the address is the follower's openid."""
        what, _, number = letter.subject.partition("：")
        told = {
            "touser": letter.address,
            "template_id": self.template,
            "client_msg_id": letter.key,
            "data": {
                "thing1": {"value": what[:MOST_THING]},
                "character_string2": {"value": (number or "—")[:MOST_STRING]},
                "thing3": {"value": "请登录点菜系统查看"},
            },
        }
        answer = self.access.post("/cgi-bin/message/template/send", told)
        code = code_of(answer)
        if code in NEVER:
            raise Refused(f"errcode {code}")
        if code:
            raise Failed(f"errcode {code}")
        return Sent(str(answer.get("msgid", ""))[:80])
