"""Each adapter against a provider that checks: fine, wrong, slow, broken, endless, and asked twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from django.core import mail
from ground.notices.fake_provider import KEY, SECRET, provider

from diancai.ground.notices.adapters import Failed, Letter, Refused
from diancai.ground.notices.adapters.mail import Mail
from diancai.ground.notices.adapters.signing import headers_for, is_signed
from diancai.ground.notices.adapters.sms import SmsGateway, SmsInLog
from diancai.ground.notices.adapters.wechat import WeChat
from diancai.ground.notices.adapters.wecom import WeCom

LETTER = Letter("0f6c", "13800000001", "新派单：WY-1", "新派单：WY-1（联丰村）。请登录点菜系统查看。", "长文")
SOON = httpx.Timeout(0.3)
NOW = datetime(2019, 12, 10, 4, 0, tzinfo=UTC)


@pytest.fixture
def fake():
    with provider() as held:
        yield held


def sms(fake, secret=SECRET):
    return SmsGateway(f"{fake.url}/sms", KEY, secret, timeout=SOON)


def wecom(fake, secret="right"):
    return WeCom(fake.url, "corp", secret, 1000002, timeout=SOON)


def wechat(fake):
    return WeChat(fake.url, "wx1", "right", "tpl", timeout=SOON)


MAKERS = [sms, wecom, wechat]


def test_a_text_message_goes_out_signed_and_the_gateway_names_it(fake):
    assert sms(fake).send(LETTER).outside_id == "out-1"
    assert fake.taken["0f6c"] == {"id": "0f6c", "to": "13800000001", "text": LETTER.short}


def test_a_wrong_secret_is_told_by_the_gateway_and_tried_again_later(fake):
    with pytest.raises(Failed, match="403"):
        sms(fake, secret="guessed").send(LETTER)
    assert fake.unsigned == 1
    assert not fake.taken


def test_a_second_try_of_one_letter_is_one_message_though_the_first_answer_was_lost(fake):
    fake.mode = "lost answer"
    with pytest.raises(Failed):
        sms(fake).send(LETTER)
    fake.mode = "fine"
    assert sms(fake).send(LETTER).outside_id == "0f6c"
    assert len(fake.taken) == 1


def test_a_number_that_the_gateway_never_takes_is_refused(fake):
    fake.mode = "refuse"
    with pytest.raises(Refused):
        sms(fake).send(LETTER)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("mode", ["hang", "error", "garbage", "endless"])
def test_a_provider_that_hangs_fails_or_babbles_is_tried_later(fake, make, mode):
    fake.mode = mode
    begun = datetime.now(tz=UTC)
    with pytest.raises(Failed):
        make(fake).send(LETTER)
    assert datetime.now(tz=UTC) - begun < timedelta(seconds=3)


@pytest.mark.parametrize("make", MAKERS)
def test_nobody_there_is_tried_later_and_no_secret_is_told(make):
    with provider() as gone:
        adapter = make(gone)
    with pytest.raises(Failed) as failed:
        adapter.send(LETTER)
    assert "right" not in str(failed.value)
    assert SECRET not in str(failed.value)


def test_wecom_keeps_its_token_and_renews_it_once_when_it_is_over(fake):
    fake.mode = "token over"
    adapter = wecom(fake)
    assert adapter.send(replace(LETTER, address="sunliang")).outside_id == "msg-1"
    assert adapter.send(replace(LETTER, address="sunliang")).outside_id == "msg-2"
    assert len(fake.tokens) == 2
    told = fake.taken["0"]
    assert (told["touser"], told["agentid"], told["text"]["content"]) == ("sunliang", 1000002, LETTER.short)
    assert told["enable_duplicate_check"] == 1


def test_a_token_that_is_refused_for_ever_ends_in_a_failure_not_in_a_loop(fake):
    fake.mode = "42001"
    with pytest.raises(Failed):
        wecom(fake).send(LETTER)
    assert len(fake.calls) == 4


def test_wecom_with_a_wrong_secret_gets_no_token(fake):
    with pytest.raises(Failed, match="40001"):
        wecom(fake, secret="wrong").send(LETTER)


@pytest.mark.parametrize(("make", "mode"), [(wecom, "81013"), (wechat, "43004"), (wechat, "40003")])
def test_somebody_who_is_unknown_there_or_left_is_refused(fake, make, mode):
    fake.mode = mode
    with pytest.raises(Refused):
        make(fake).send(LETTER)


def test_a_member_whom_wecom_names_invalid_is_refused(fake):
    with pytest.raises(Refused):
        wecom(fake).send(replace(LETTER, address="nobody"))


@pytest.mark.parametrize("make", [wecom, wechat])
def test_a_provider_that_is_too_busy_is_tried_later(fake, make):
    fake.mode = "45009"
    with pytest.raises(Failed):
        make(fake).send(LETTER)


def test_a_template_message_carries_the_key_and_short_fields(fake):
    assert wechat(fake).send(LETTER).outside_id == "msg-1"
    told = fake.taken["0f6c"]
    assert told["data"]["thing1"]["value"] == "新派单"
    assert told["data"]["character_string2"]["value"] == "WY-1"


def test_a_mail_carries_the_key_as_its_message_id():
    Mail("office@example.cn").send(replace(LETTER, address="sunliang@example.cn"))
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["sunliang@example.cn"], LETTER.subject, LETTER.long)
    assert sent.extra_headers == {"Message-ID": "<0f6c@example.cn>"}


def test_a_mail_with_a_line_break_in_its_address_is_refused():
    with pytest.raises(Refused):
        Mail("office@example.cn").send(replace(LETTER, address="a@example.cn\nBcc: all@example.cn"))


def test_a_mail_server_that_is_not_there_is_tried_later(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    with pytest.raises(Failed):
        Mail("office@example.cn").send(replace(LETTER, address="sunliang@example.cn"))


def test_the_log_is_told_the_text_and_a_masked_phone(caplog):
    caplog.set_level("INFO")
    SmsInLog().send(LETTER)
    assert LETTER.short in caplog.text
    assert LETTER.address not in caplog.text


@pytest.mark.parametrize(
    "spoilt",
    [
        {"X-Diancai-Signature": "0" * 64},
        {"X-Diancai-Signature": "签"},
        {"X-Diancai-Key": "other"},
        {"X-Diancai-Nonce": "other"},
        {"X-Diancai-Time": "²"},
        {"X-Diancai-Time": str(int(NOW.timestamp()) - 1)},
        {"X-Diancai-Time": ""},
    ],
)
def test_a_signature_that_does_not_fit_is_none(spoilt):
    headers = headers_for(KEY, SECRET, "POST", "/sms", int(NOW.timestamp()), "n", b"{}")
    assert is_signed(headers, KEY, SECRET, "POST", "/sms", b"{}", NOW)
    assert not is_signed(headers | spoilt, KEY, SECRET, "POST", "/sms", b"{}", NOW)
    assert not is_signed(headers, KEY, SECRET, "POST", "/sms", b"{ }", NOW)
    assert not is_signed(headers, KEY, SECRET, "POST", "/other", b"{}", NOW)


@pytest.mark.parametrize("later", [timedelta(minutes=6), -timedelta(minutes=6)])
def test_an_old_signature_cannot_be_used_again(later):
    headers = headers_for(KEY, SECRET, "POST", "/sms", int(NOW.timestamp()), "n", b"{}")
    assert not is_signed(headers, KEY, SECRET, "POST", "/sms", b"{}", NOW + later)
