"""The pages of notices: the count in the top bar, the inbox, the settings, leave, and the door for reports."""

import json
import re
from datetime import timedelta

import pytest
from cast import NOON, PASSWORD, SINCE
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diancai.ground.notices.actions import Texts, notify, save_wishes, send_waiting
from diancai.ground.notices.adapters.envelope import Envelope
from diancai.ground.notices.adapters.signing import headers_for
from diancai.ground.notices.models import Address, Message, Notice, QuietHours, Sending
from diancai.ground.people.models import Absence, Account, Post
from diancai.words import Channel, NoticeKind, Role, SendingFate

pytestmark = pytest.mark.django_db
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
PHONE = "13800000001"


@pytest.fixture(autouse=True)
def channels(settings):
    settings.NOTICE_CHANNELS = {
        "sms": {"url": "log:", "key": "wuyuan", "secret": "shared"},
        "wechat": {
            "url": "http://127.0.0.1:1",
            "account": "wx1",
            "secret": "s",
            "template": "t",
            "token": "tok",
            "aes_key": KEY,
        },
    }


@pytest.fixture
def contact(cast, browser):
    """孙亮 at his inbox."""
    return browser("department_contact")


def tell(account, number="WY-1", about=("order", "987654"), at=NOON):
    texts = Texts(f"订单{number}派给您。", f"Order {number} is yours.", number, "五原县")
    with transaction.atomic():
        notify(NoticeKind.DISPATCHED, [account], about=about, key=number, texts=texts, at=at)
    return Notice.objects.get(account=account, key=number)


def text(answer):
    return answer.content.decode()


def test_the_top_bar_counts_what_was_not_read_and_the_inbox_lists_it(contact, cast):
    bubble = re.compile(r'class="bubble">.*?(\d+\+?)</span>', re.S)
    assert not bubble.search(text(contact.get(reverse("me"))))
    for number in range(3):
        tell(cast.department_contact, f"WY-{number}")
    page = text(contact.get(reverse("inbox")))
    assert bubble.search(page).group(1) == "3"
    assert page.index("订单WY-2派给您") < page.index("订单WY-0派给您")


def test_more_than_ninety_nine_are_told_so(contact, cast):
    for number in range(101):
        tell(cast.department_contact, f"WY-{number}")
    assert "99+" in text(contact.get(reverse("me")))


def test_opening_a_notice_marks_it_and_goes_to_the_record(contact, cast):
    notice = tell(cast.department_contact)
    answer = contact.get(reverse("open_notice", args=[notice.pk]))
    assert answer["Location"] == reverse("order", args=[987654])
    notice.refresh_from_db()
    assert notice.read_at is not None


@pytest.mark.parametrize("about", [("order", "../../admin"), ("nothing", "1"), ("order", "²")])
def test_a_notice_about_something_without_a_page_stays_in_the_inbox(contact, cast, about):
    notice = tell(cast.department_contact, about=about)
    assert contact.get(reverse("open_notice", args=[notice.pk]))["Location"] == reverse("inbox")


@pytest.mark.parametrize("who", ["stranger", "county_office", "other_department_contact", "administrator"])
def test_anothers_notice_is_not_found(browser, cast, who):
    notice = tell(cast.department_contact)
    client = browser(who)
    assert client.get(reverse("open_notice", args=[notice.pk])).status_code == 404
    client.post(reverse("read_notices"), {"up_to": notice.pk})
    assert "WY-1" not in text(client.get(reverse("inbox")))
    assert Notice.objects.get().read_at is None


def test_all_are_marked_as_far_as_the_page_showed_them(contact, cast):
    shown, later = tell(cast.department_contact, "WY-1"), tell(cast.department_contact, "WY-2")
    contact.post(reverse("read_notices"), {"up_to": shown.pk})
    assert list(Notice.objects.filter(read_at=None)) == [later]
    assert "WY-1" not in text(contact.get(reverse("inbox"), {"unread": "1"}))
    contact.post(reverse("read_notices"), {"up_to": "²"})
    assert list(Notice.objects.filter(read_at=None)) == [later]


def test_settings_are_kept_and_shown_again(contact, cast):
    sent = {
        "address-sms": PHONE,
        "address-wechat": "",
        "want-overdue-sms": "1",
        "quiet": "own",
        "since": "22:30",
        "until": "06:00",
    }
    assert contact.post(reverse("notice_settings"), sent).status_code == 302
    page = text(contact.get(reverse("notice_settings")))
    assert f'value="{PHONE}"' in page
    assert 'value="22:30"' in page
    assert re.findall(r'name="(want-[\w-]+)" value="1" checked', page) == ["want-overdue-sms"]
    assert not QuietHours.objects.get(account=cast.department_contact).on_days_off
    assert PHONE.encode() not in _stored_address()


def _stored_address():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM notices_address")
        return bytes(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"address-sms": "12"}, "address-sms"), ({"quiet": "own", "since": "25:00", "until": "8"}, "since")],
)
def test_what_cannot_be_taken_is_told_beside_its_field_and_what_was_written_stays(contact, wrong, field):
    answer = contact.post(reverse("notice_settings"), {"want-redo-sms": "1", **wrong})
    assert answer.status_code == 422
    page = text(answer)
    assert f'id="w-{field}"' in page
    assert re.findall(r'name="(want-[\w-]+)" value="1" checked', page) == ["want-redo-sms"]
    assert not Address.objects.exists()


def test_without_channels_the_settings_say_who_can_set_them_up(contact, settings):
    settings.NOTICE_CHANNELS = {}
    assert "还没有接通对外的渠道" in text(contact.get(reverse("notice_settings")))


@pytest.fixture
def colleague(cast):
    account = Account.objects.create_user("gaowa", password=PASSWORD, display_name="高娃")
    Post.objects.create(account=account, role=Role.DEPARTMENT_LEADER, department=cast.department, valid_from=SINCE)
    return account


def leave(client, username="sunliang", **changed):
    today = timezone.localdate()
    sent = {"first_day": today, "last_day": today + timedelta(days=3), "deputy": "gaowa"} | changed
    return client.post(reverse("absences", args=[username]), sent)


def test_a_deputy_is_named_told_sees_the_board_and_loses_it_when_the_other_is_back(contact, cast, colleague):
    assert leave(contact).status_code == 302
    other = Client()
    other.force_login(colleague, backend="allauth.account.auth_backends.AuthenticationBackend")
    inbox = text(other.get(reverse("inbox")))
    assert "由您代管孙亮的岗位" in inbox
    notice = Notice.objects.get(account=colleague)
    assert other.get(reverse("open_notice", args=[notice.pk]))["Location"] == reverse("me")
    assert "落实联络人" in text(other.get(reverse("me")))
    contact.post(reverse("end_absence", args=["sunliang", Absence.objects.get().pk]))
    assert "落实联络人" not in text(other.get(reverse("me")))


@pytest.mark.parametrize("who", ["stranger", "county_office", "other_county_office", "other_department_contact"])
def test_nobody_elses_leave_is_seen_or_set(browser, cast, colleague, who):
    client = browser(who)
    assert client.get(reverse("absences", args=["sunliang"])).status_code == 403
    assert leave(client).status_code == 403
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"deputy": "qianjin"}, "deputy"), ({"last_day": "2019-01-01"}, "last_day"), ({"first_day": "x"}, "first_day")],
)
def test_a_leave_that_cannot_be_is_told_beside_its_field(contact, colleague, wrong, field):
    answer = leave(contact, **wrong)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in text(answer)


def sent_message(account, channel, outside_id):
    notice = tell(account)
    message = Message.objects.create(
        account=account,
        channel=channel,
        key="00000000-0000-0000-0000-000000000001",
        fate=SendingFate.SENT,
        outside_id=outside_id,
        not_before=NOON,
        made_at=NOON,
        sent_at=NOON,
    )
    whole = {"notice": notice, "account": account, "channel": channel, "message": message}
    return Sending.objects.create(**whole, fate="sent", not_before=NOON)


def gateway(told, *, secret="shared", at=None):
    path, body = reverse("sending_report", args=["sms"]), json.dumps(told).encode()
    signed = headers_for("wuyuan", secret, "POST", path, int((at or timezone.now()).timestamp()), "n", body)
    return Client(enforce_csrf_checks=True).post(path, body, content_type="application/json", headers=signed)


def test_a_signed_report_of_the_gateway_tells_the_fate_once(cast):
    sending = sent_message(cast.department_contact, Channel.SMS, "out-1")
    assert gateway({"id": "out-1", "delivered": True}).status_code == 200
    assert gateway({"id": "out-1", "delivered": False}).status_code == 200
    sending.refresh_from_db()
    assert sending.fate == SendingFate.DELIVERED


def test_an_unsigned_stale_or_unreadable_report_changes_nothing(cast):
    sending = sent_message(cast.department_contact, Channel.SMS, "out-1")
    told = {"id": "out-1", "delivered": True}
    assert gateway(told, secret="guessed").status_code == 403
    assert gateway(told, at=timezone.now() - timedelta(hours=1)).status_code == 403
    assert gateway(["out-1"]).status_code == 403
    assert Client().post(reverse("sending_report", args=["sms"]), told).status_code == 403
    assert Client().post(reverse("sending_report", args=["pigeon"]), told).status_code == 404
    assert Client().get(reverse("sending_report", args=["wecom"])).status_code == 403, "not set up"
    sending.refresh_from_db()
    assert sending.fate == SendingFate.SENT


def platform(event, *, at=None, token="tok", method="post"):
    envelope, moment = Envelope(token, KEY, "wx1"), str(int((at or timezone.now()).timestamp()))
    sealed = envelope.seal(event)
    asked = {"timestamp": moment, "nonce": "n", "msg_signature": envelope.signature(moment, "n", sealed)}
    path = reverse("sending_report", args=["wechat"])
    if method == "get":
        return Client().get(path, asked | {"echostr": sealed})
    body = f"<xml><ToUserName>wx1</ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    return Client(enforce_csrf_checks=True).post(path, body, content_type="text/xml", query_params=asked)


def finished(status, outside_id="200163836"):
    event = "<Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event>"
    return f"<xml>{event}<MsgID>{outside_id}</MsgID><Status>{status}</Status></xml>"


def test_wechat_is_shown_that_we_hold_the_key():
    answer = platform("3141592653", method="get")
    assert (answer.status_code, text(answer)) == (200, "3141592653")
    assert platform("3141592653", method="get", token="other").status_code == 403


@pytest.mark.parametrize(("status", "fate"), [("success", "delivered"), ("failed:user block", "not_taken")])
def test_wechat_tells_what_became_of_a_template_message(cast, status, fate):
    sending = sent_message(cast.department_contact, Channel.WECHAT, "200163836")
    assert platform(finished(status)).status_code == 200
    sending.refresh_from_db()
    assert sending.fate == fate


@pytest.mark.parametrize(
    "event",
    ["", "no xml", '<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>', "<xml>"],
)
def test_a_sealed_letter_with_no_sensible_event_is_not_taken(event):
    assert platform(event).status_code == 403


def test_an_old_envelope_cannot_be_played_again(cast):
    sending = sent_message(cast.department_contact, Channel.WECHAT, "200163836")
    assert platform(finished("success"), at=timezone.now() - timedelta(hours=1)).status_code == 403
    assert platform("<xml><Event>subscribe</Event></xml>").status_code == 200
    sending.refresh_from_db()
    assert sending.fate == SendingFate.SENT


def test_a_notice_shows_what_became_of_it_on_each_channel(contact, cast):
    wanted = {(NoticeKind.DISPATCHED, Channel.SMS)}
    save_wishes(by=cast.department_contact, at=NOON, addresses={Channel.SMS: PHONE}, wanted=wanted, quiet=None)
    tell(cast.department_contact)
    send_waiting(at=NOON + timedelta(minutes=3))
    assert "已发出" in text(contact.get(reverse("inbox")))
