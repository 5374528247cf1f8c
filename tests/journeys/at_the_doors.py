"""What the stories of bad input share: the doors, and what must not change behind them."""

from cast import LIANFENG, NOON
from django.test import Client
from journeys.bad_files import CANAL

from diancai.ground.ledger.models import Event
from diancai.ground.people.queries import get_account
from diancai.stages.need.models import Need
from diancai.stages.remark.actions import record_remark
from diancai.stages.remark.models import ImportBatch, ImportRow, Remark
from diancai.stages.supply.models import Offer
from diancai.words import Source

SHEETS = ("remarks", "offers")
LONG_ROW = "渠水上不来，" * 5_000  # 30,000 characters
EMOJI = "黄瓜叶子发黄🥒🌱，想请个专家来看看👨‍🌾"
OFFICE_OF = {"remarks": "lifang", "offers": "sunliang"}


def everything():
    """What must not change when something is refused."""
    return [kind.objects.count() for kind in (Remark, Need, Offer, ImportBatch, ImportRow, Event)]


def client_of(username, language=""):
    client = Client(headers={"accept-language": language or "zh-hans"})
    if username:
        client.force_login(get_account(username), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page_in_both(username, address, fields):
    """What the page answers in Chinese and in English; `fields` makes the form anew for each."""
    return {language: client_of(username, language).post(address, fields()) for language in ("zh-hans", "en")}


def imported(shell, path, what="remarks"):
    answer = shell("import", what, path, "--by", OFFICE_OF[what], "--place", "150821")
    assert answer.code == 0, answer.err
    return answer


def verbatim():
    """The sealed words of every remark, opened."""
    return [remark.verbatim for remark in Remark.objects.order_by("id")]


def told(by, programme, **changed):
    """A remark recorded by somebody, with fields changed."""
    fields = {"text": CANAL[2], "place_code": LIANFENG, "source": Source.HOME_VISIT} | changed
    return record_remark(by=by, at=NOON, programme_id=programme.id, **fields)
