"""A channel is set up whole or not at all: half of one stops the start with a sentence that names what is missing."""

import pytest
from environs import Env

from diancai.project.notice_channels import notice_channels

WECOM = {"DIANCAI_WECOM_CORPORATION": "corp", "DIANCAI_WECOM_SECRET": "s", "DIANCAI_WECOM_AGENT": "7"}
WECHAT = {"DIANCAI_WECHAT_ACCOUNT": "wx", "DIANCAI_WECHAT_SECRET": "s", "DIANCAI_WECHAT_TEMPLATE": "t"}
SMS = {"DIANCAI_SMS_URL": "https://sms.example.cn/send", "DIANCAI_SMS_KEY": "k", "DIANCAI_SMS_SECRET": "s"}
MAIL = {"DIANCAI_MAIL_HOST": "mail.example.cn", "DIANCAI_MAIL_FROM": "office@example.cn"}


@pytest.fixture
def laid(monkeypatch):
    for name in (*WECOM, *WECHAT, *SMS, *MAIL):
        monkeypatch.delenv(name, raising=False)

    def lay(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return notice_channels(Env())

    return lay


def test_nothing_named_is_nothing_laid(laid):
    assert laid() == {}


def test_whole_channels_are_laid(laid):
    told = laid(**WECOM, **WECHAT, **SMS, **MAIL)
    assert set(told) == {"mail", "sms", "wecom", "wechat"}
    assert told["wecom"]["agent"] == 7
    assert told["mail"] == {"sender": "office@example.cn"}


def test_the_log_needs_neither_key_nor_secret(laid):
    assert laid(DIANCAI_SMS_URL="log:") == {"sms": {"url": "log:"}}


@pytest.mark.parametrize("whole", [WECOM, WECHAT, SMS, MAIL], ids=["wecom", "wechat", "sms", "mail"])
@pytest.mark.parametrize("which", [0, 1])
def test_half_a_channel_stops_the_start_and_names_the_other_half(laid, whole, which):
    missing = list(whole)[which]
    with pytest.raises(SystemExit, match=missing) as stopped:
        laid(**{name: value for name, value in whole.items() if name != missing})
    assert "无法启动" in str(stopped.value)
    assert "Cannot start" in str(stopped.value)


@pytest.mark.parametrize(
    "wrong",
    [
        WECOM | {"DIANCAI_WECOM_AGENT": "seven"},
        WECOM | {"DIANCAI_WECOM_URL": "qyapi"},
        WECOM | {"DIANCAI_WECOM_TOKEN": "t"},
        WECHAT | {"DIANCAI_WECHAT_TOKEN": "t", "DIANCAI_WECHAT_AES_KEY": "short"},
        SMS | {"DIANCAI_SMS_URL": "ftp://sms.example.cn"},
        MAIL | {"DIANCAI_MAIL_FROM": "office"},
        MAIL | {"DIANCAI_MAIL_USER": "office"},
    ],
)
def test_a_value_that_cannot_be_stops_the_start(laid, wrong):
    with pytest.raises(SystemExit):
        laid(**wrong)


def test_no_secret_is_told_when_the_start_stops(laid):
    with pytest.raises(SystemExit) as stopped:
        laid(DIANCAI_SMS_SECRET="very-secret", DIANCAI_SMS_KEY="k")
    assert "very-secret" not in str(stopped.value)
