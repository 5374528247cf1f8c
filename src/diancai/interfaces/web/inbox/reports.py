"""Where providers report what became of a message. No session: the signature says who speaks, and it must be fresh.

WeChat and WeCom ask once (GET) whether we hold the key, then post sealed envelopes; the SMS gateway posts signed JSON
{"id": its id, "delivered": true or false, "why": ""}. Whatever does not fit gets 403 and no word why.
"""

import json
import re
from xml.etree import ElementTree

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from diancai.ground.notices.actions import take_report
from diancai.ground.notices.adapters.envelope import Envelope, EnvelopeBroken
from diancai.ground.notices.adapters.laid import envelope_of
from diancai.ground.notices.adapters.signing import FRESH, is_signed
from diancai.interfaces.web.enter import enter_anyone
from diancai.words import Channel

MOST_BODY = 64 * 1024
ENCRYPTED = re.compile(r"<Encrypt>(?:<!\[CDATA\[)?([0-9A-Za-z+/=]+)(?:\]\]>)?</Encrypt>")


class NotTaken(Exception):
    """Unsigned, stale or unreadable."""


@csrf_exempt
@enter_anyone
def report(request: HttpRequest, channel: str) -> HttpResponse:
    """Take one report."""
    try:
        if channel == Channel.SMS:
            return _from_gateway(request)
        if channel in (Channel.WECOM, Channel.WECHAT):
            return _from_platform(request, Channel(channel))
    except NotTaken:
        return HttpResponse(status=403)
    return HttpResponse(status=404)


def _from_gateway(request: HttpRequest) -> HttpResponse:
    told = settings.NOTICE_CHANNELS.get(Channel.SMS, {})
    body, key, secret = _body(request), told.get("key"), told.get("secret")
    now = timezone.now()
    if (
        not key
        or not secret
        or not is_signed(request.headers, key, secret, request.method or "", request.path, body, now)
    ):
        raise NotTaken
    try:
        said = json.loads(body)
        outside_id, delivered, why = said["id"], said["delivered"], said.get("why", "")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotTaken from None
    take_report(channel=Channel.SMS, outside_id=str(outside_id), delivered=delivered is True, why=str(why), at=now)
    return HttpResponse("ok", content_type="text/plain")


def _from_platform(request: HttpRequest, channel: Channel) -> HttpResponse:
    envelope = envelope_of(channel)
    if envelope is None:
        raise NotTaken
    if request.method == "GET":
        return HttpResponse(_opened(request, envelope, request.GET.get("echostr", "")), content_type="text/plain")
    found = ENCRYPTED.search(_body(request).decode("utf-8", "replace"))
    told = _event(_opened(request, envelope, found.group(1) if found else ""))
    status = told.get("Status", "")
    if told.get("Event") == "TEMPLATESENDJOBFINISH":
        is_there = status == "success"
        take_report(
            channel=channel, outside_id=told.get("MsgID", ""), delivered=is_there, why=status, at=timezone.now()
        )
    return HttpResponse("success", content_type="text/plain")


def _opened(request: HttpRequest, envelope: Envelope, encrypted: str) -> str:
    at, nonce = request.GET.get("timestamp", ""), request.GET.get("nonce", "")
    is_number = at.isascii() and at.isdigit() and len(at) <= 12
    if not is_number or abs(timezone.now().timestamp() - int(at)) > FRESH.total_seconds():
        raise NotTaken
    try:
        return envelope.open(request.GET.get("msg_signature", ""), at, nonce, encrypted)
    except EnvelopeBroken:
        raise NotTaken from None


def _event(text: str) -> dict[str, str]:
    """The fields of an event. It was signed, and yet no entity of it is followed."""
    if "<!" in text.replace("<![CDATA[", ""):
        raise NotTaken
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 (no document type gets here)
    except ElementTree.ParseError:
        raise NotTaken from None
    return {child.tag: (child.text or "") for child in root}


def _body(request: HttpRequest) -> bytes:
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if not announced.isdigit() or int(announced) > MOST_BODY:
        raise NotTaken
    return request.body
