"""WeCom (企业微信): a text from the county's own application to a member. A second try with the same text within half
an hour is dropped over there (`enable_duplicate_check`)."""

import httpx

from diancai.ground.notices.adapters import Failed, Letter, Refused, Sent
from diancai.ground.notices.adapters.access import Access, code_of
from diancai.ground.notices.adapters.calling import TIMEOUT

SAME_WITHIN = 1800  # seconds
NEVER = (40003, 40031, 60111, 81013, 86004)  # unknown or forbidden members


class WeCom:
    """`corporation`, `secret` and `agent` as the platform shows them."""

    def __init__(self, url: str, corporation: str, secret: str, agent: int, timeout: httpx.Timeout = TIMEOUT) -> None:
        ask = ("/cgi-bin/gettoken", {"corpid": corporation, "corpsecret": secret})
        self.access, self.agent = Access(url, ask, timeout), agent

    def send(self, letter: Letter) -> Sent:
        """Send the short text; the address is the member's user id."""
        told = {
            "touser": letter.address,
            "msgtype": "text",
            "agentid": self.agent,
            "text": {"content": letter.short},
            "enable_duplicate_check": 1,
            "duplicate_check_interval": SAME_WITHIN,
        }
        answer = self.access.post("/cgi-bin/message/send", told)
        code = code_of(answer)
        if code in NEVER or (code == 0 and answer.get("invaliduser")):
            raise Refused(f"errcode {code}")
        if code:
            raise Failed(f"errcode {code}")
        return Sent(str(answer.get("msgid", ""))[:80])
