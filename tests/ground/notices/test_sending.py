"""From a notice to a phone: once for each person, event and channel, in few messages, whatever breaks on the way."""

from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from cast import NOON, SINCE, WUYUAN
from django.core import mail
from django.db import transaction
from ground.notices.fake_provider import KEY, SECRET, provider

from diancai.ground.errors import NotFound
from diancai.ground.notices.actions import (
    Texts,
    forget_about,
    mark_all_read,
    mark_read,
    notify,
    save_wishes,
    send_waiting,
    take_report,
)
from diancai.ground.notices.adapters import Sent, calling
from diancai.ground.notices.adapters.laid import adapter_of
from diancai.ground.notices.errors import AddressNotTaken, ChannelNotLaid
from diancai.ground.notices.models import Address, Message, Notice, Sending
from diancai.ground.notices.queries import count_unread, get_wishes, list_notices
from diancai.ground.notices.rules import MOST_ATTEMPTS, Quiet
from diancai.ground.notices.seats import Seat
from diancai.ground.people.models import Post
from diancai.words import Channel, NoticeKind, Role

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
SOON = NOON + 3 * MINUTE  # the first notice waits two minutes for company
PHONE = "13800000001"


@pytest.fixture
def fake():
    with provider() as held:
        yield held


@pytest.fixture(autouse=True)
def channels(settings, fake):
    settings.NOTICE_CHANNELS = {
        "sms": {"url": f"{fake.url}/sms", "key": KEY, "secret": SECRET},
        "mail": {"sender": "office@example.cn"},
    }


@pytest.fixture
def contact(cast):
    """孙亮 wants new orders on his phone."""
    return reached(cast.department_contact, PHONE)


def reached(account, phone, quiet=None):
    wanted = {(NoticeKind.DISPATCHED, Channel.SMS), (NoticeKind.OVERDUE, Channel.SMS)}
    save_wishes(by=account, at=NOON, addresses={Channel.SMS: phone}, wanted=wanted, quiet=quiet)
    return account


def tell(to, number="WY-1", at=NOON, kind=NoticeKind.DISPATCHED, **rest):
    texts = Texts(f"订单{number}派给您。", f"Order {number} is yours.", number, "五原县联丰村")
    rest.setdefault("key", f"event:{number}")
    with transaction.atomic():
        notify(kind, to, about=("order", number), texts=texts, at=at, county_code=WUYUAN, **rest)


def fates():
    return list(Sending.objects.order_by("id").values_list("channel", "fate"))


def test_everybody_at_the_seat_is_told_but_who_did_it_and_nobody_elsewhere(cast):
    tell(
        [Seat(Role.DEPARTMENT_CONTACT, department_id=cast.department.pk), Seat(Role.PROGRAMME_OFFICE, WUYUAN)],
        besides=cast.county_office,
    )
    assert list(Notice.objects.values_list("account__username", flat=True)) == ["sunliang"]
    for other in (cast.stranger, cast.other_department_contact, cast.other_county_office, cast.county_office):
        assert list_notices(other).rows == ()


def test_a_post_that_is_over_or_an_account_that_is_closed_is_told_nothing(cast):
    Post.objects.filter(account=cast.department_contact).update(valid_until=SINCE)
    cast.county_office.is_active = False
    cast.county_office.save()
    tell([Seat(Role.DEPARTMENT_CONTACT, department_id=cast.department.pk), Seat(Role.PROGRAMME_OFFICE, WUYUAN)])
    assert not Notice.objects.exists()


def test_telling_the_same_event_again_tells_nobody_twice(contact):
    tell([contact])
    tell([contact], at=NOON + MINUTE)
    send_waiting(at=SOON)
    tell([contact])
    send_waiting(at=SOON + timedelta(hours=2))
    assert Notice.objects.count() == Sending.objects.count() == Message.objects.count() == 1


def test_a_notice_belongs_into_the_transaction_of_its_act(contact, monkeypatch):
    monkeypatch.setattr("diancai.ground.notices.actions.telling.connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError):
        notify(NoticeKind.DISPATCHED, [contact], about=("order", 1), key="k", texts=Texts("", "", "1"), at=NOON)


def test_a_new_order_is_on_the_phone_after_two_minutes_and_says_number_and_place_only(contact, fake):
    tell([contact])
    assert send_waiting(at=NOON + MINUTE) == 0
    assert send_waiting(at=SOON) == 1
    (told,) = fake.taken.values()
    assert told["to"] == PHONE
    assert told["text"] == "新派单：WY-1（五原县联丰村）。请登录点菜系统查看。"
    assert fates() == [("sms", "sent")]


def test_a_flood_is_one_message_and_the_next_waits_an_hour(contact, fake):
    for number in range(30):
        tell([contact], f"WY-{number}")
    send_waiting(at=SOON)
    tell([contact], "WY-90", at=SOON)
    tell([contact], "WY-91", at=SOON + MINUTE)
    send_waiting(at=SOON + timedelta(minutes=59))
    assert len(fake.taken) == 1
    send_waiting(at=SOON + timedelta(minutes=60))
    assert [told["text"][:6] for told in fake.taken.values()] == ["您有30条消", "您有2条消息"]


def test_at_night_and_at_the_weekend_nothing_rings_and_in_the_morning_it_is_one(contact, fake):
    friday_night = NOON + timedelta(days=3, hours=10)  # 13 December, 22:00
    tell([contact], "WY-1", at=friday_night)
    tell([contact], "WY-2", at=friday_night + timedelta(days=1))
    for hours in range(0, 58, 3):
        send_waiting(at=friday_night + timedelta(hours=hours))
        assert not fake.taken
    send_waiting(at=friday_night + timedelta(hours=58))  # Monday, 8:00
    assert len(fake.taken) == 1


def test_an_emergency_rings_at_night_and_leaves_the_rest_asleep(contact, fake):
    night = NOON + timedelta(hours=12)
    tell([contact], "WY-1", at=night)
    tell([contact], "WY-2", at=night, urgent=True)
    send_waiting(at=night)
    assert [told["text"] for told in fake.taken.values()] == ["新派单：WY-2（五原县联丰村）。请登录点菜系统查看。"]


def test_ones_own_quiet_hours_count_and_the_countys_do_not(cast, fake):
    own = reached(cast.department_contact, PHONE, Quiet(NOON.time(), NOON.time()))
    tell([own], at=NOON + timedelta(hours=11))  # 23:00
    send_waiting(at=NOON + timedelta(hours=11, minutes=3))
    assert len(fake.taken) == 1


def test_a_reminder_waits_for_the_office_to_open_even_for_who_has_no_quiet_hours(cast, fake):
    own = reached(cast.department_contact, PHONE, Quiet(NOON.time(), NOON.time(), on_days_off=False))
    night = NOON + timedelta(hours=11)
    tell([own], at=night, kind=NoticeKind.OVERDUE)
    send_waiting(at=night + timedelta(hours=9, minutes=29))
    assert not fake.taken
    send_waiting(at=night + timedelta(hours=9, minutes=30))  # 8:30
    assert len(fake.taken) == 1


def test_what_was_read_in_the_inbox_is_not_sent(contact, fake):
    tell([contact])
    send_waiting(at=NOON)
    mark_all_read(by=contact, at=NOON, up_to=Notice.objects.get().pk)
    send_waiting(at=SOON)
    assert not fake.taken
    assert fates() == [("sms", "spared")]


def test_who_gave_no_address_or_does_not_want_the_kind_has_the_inbox(contact, cast, fake):
    tell([contact, cast.county_office], kind=NoticeKind.COMPLETED)
    send_waiting(at=SOON)
    assert fates() == []
    assert count_unread(contact) == count_unread(cast.county_office) == 1


@pytest.mark.parametrize("mode", ["error", "garbage"])
def test_a_failing_provider_is_tried_again_further_apart_and_at_last_given_up(contact, fake, mode):
    fake.mode = mode
    tell([contact])
    moment, tried = SOON, []
    for _ in range(400):
        if send_waiting(at=moment):
            tried.append(moment)
        moment += MINUTE
    gaps = [later - earlier for earlier, later in pairwise(tried)]
    assert len(tried) == MOST_ATTEMPTS
    assert gaps == sorted(gaps)
    assert fates() == [("sms", "given_up")]
    assert Message.objects.get().problem


def test_a_provider_that_comes_back_gets_it_once(contact, fake):
    fake.mode = "lost answer"
    tell([contact])
    send_waiting(at=SOON)
    fake.mode = "fine"
    send_waiting(at=SOON + MINUTE)
    assert len(fake.taken) == 1
    assert fates() == [("sms", "sent")]


def test_a_provider_that_hangs_is_left_after_its_time_and_mail_goes_on(cast, fake, settings, monkeypatch):
    monkeypatch.setattr(adapter_of(Channel.SMS), "timeout", calling.httpx.Timeout(0.2))
    fake.mode = "hang"
    addresses = {Channel.SMS: PHONE, Channel.MAIL: "sunliang@example.cn"}
    wanted = {(NoticeKind.DISPATCHED, channel) for channel in addresses}
    save_wishes(by=cast.department_contact, at=NOON, addresses=addresses, wanted=wanted, quiet=None)
    tell([cast.department_contact])
    send_waiting(at=SOON)
    assert sorted(fates()) == [("mail", "sent"), ("sms", "queued")]
    assert len(mail.outbox) == 1


def test_a_refused_number_is_not_tried_again(contact, fake):
    fake.mode = "refuse"
    tell([contact])
    send_waiting(at=SOON)
    assert send_waiting(at=SOON + timedelta(days=1)) == 0
    assert fates() == [("sms", "not_taken")]


def test_a_worker_that_was_killed_while_sending_sends_the_same_letter_again(contact, fake, monkeypatch):
    def killed(self, letter):
        keys.append(letter.key)
        raise KeyboardInterrupt

    keys: list[str] = []
    monkeypatch.setattr(type(adapter_of(Channel.SMS)), "send", killed)
    tell([contact])
    with pytest.raises(KeyboardInterrupt):
        send_waiting(at=SOON)
    assert send_waiting(at=SOON + MINUTE) == 0, "leased"
    monkeypatch.setattr(type(adapter_of(Channel.SMS)), "send", lambda _, letter: keys.append(letter.key) or Sent())
    assert send_waiting(at=SOON + 6 * MINUTE) == 1
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_an_adapter_with_a_fault_stops_nobody_else(cast, fake, monkeypatch):
    first, second = reached(cast.department_contact, PHONE), reached(cast.county_office, "13800000002")
    fine = type(adapter_of(Channel.SMS)).send

    def faulty(self, letter):
        if letter.address == PHONE:
            raise ZeroDivisionError
        return fine(self, letter)

    monkeypatch.setattr(type(adapter_of(Channel.SMS)), "send", faulty)
    tell([first, second])
    send_waiting(at=SOON)
    assert sorted(fate for _, fate in fates()) == ["queued", "sent"]


def test_a_report_tells_that_it_arrived_and_a_second_one_changes_nothing(contact, fake):
    tell([contact])
    send_waiting(at=SOON)
    report = {"channel": Channel.SMS, "outside_id": "out-1", "why": "", "at": SOON}
    assert take_report(**report, delivered=True)
    assert not take_report(**report, delivered=False)
    assert not take_report(**report | {"outside_id": "out-9"}, delivered=True)
    assert fates() == [("sms", "delivered")]


def test_what_proves_to_be_a_report_about_persons_is_taken_away_and_never_sent(contact, fake):
    tell([contact], "WY-1")
    tell([contact], "WY-2")
    fake.mode = "error"
    send_waiting(at=SOON)  # both are in a message that waits for its second try
    with transaction.atomic():
        assert forget_about([("order", "WY-1")]) == 1
    fake.mode = "fine"
    send_waiting(at=SOON + MINUTE)
    assert [told["text"] for told in fake.taken.values()] == ["新派单：WY-2（五原县联丰村）。请登录点菜系统查看。"]
    with transaction.atomic():
        forget_about([("order", "WY-2")])
    assert list_notices(contact).rows == ()


def test_a_message_of_nothing_but_that_is_dropped(contact, fake):
    tell([contact])
    fake.mode = "error"
    send_waiting(at=SOON)
    with transaction.atomic():
        forget_about([("order", "WY-1")])
    assert not Message.objects.exists()
    assert send_waiting(at=SOON + MINUTE) == 0


def test_ones_notices_are_read_by_oneself_alone(contact, cast):
    tell([contact])
    notice = Notice.objects.get()
    for other in (cast.stranger, cast.other_department_contact, cast.administrator):
        with pytest.raises(NotFound):
            mark_read(by=other, at=NOON, notice_id=notice.pk)
        assert mark_all_read(by=other, at=NOON, up_to=notice.pk) == 0
    assert mark_read(by=contact, at=NOON, notice_id=notice.pk) == ("order", "WY-1")
    assert count_unread(contact) == 0


def test_the_inbox_runs_page_by_page_from_the_newest(contact):
    for number in range(5):
        tell([contact], f"WY-{number}", at=NOON + number * MINUTE)
    first = list_notices(contact, limit=3)
    second = list_notices(contact, limit=3, after=first.next_after or "")
    assert [row.zh for row in (*first.rows, *second.rows)] == [f"订单WY-{n}派给您。" for n in (4, 3, 2, 1, 0)]
    assert second.next_after is None


def test_only_what_differs_from_the_default_is_kept_as_a_wish(cast):
    account = cast.department_contact
    default = get_wishes(account).wanted
    save_wishes(by=account, at=NOON, addresses={}, wanted=default, quiet=None)
    assert get_wishes(account).wanted == default
    without = default - {(NoticeKind.OVERDUE, Channel.SMS)}
    save_wishes(by=account, at=NOON, addresses={}, wanted=without, quiet=None)
    assert get_wishes(account).wanted == without
    assert get_wishes(cast.county_office).wanted == default


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        (Channel.SMS, "12345"),
        (Channel.SMS, "１３８００００００１１"),
        (Channel.MAIL, "sunliang"),
        (Channel.MAIL, "a@example.cn\nBcc: b@example.cn"),
        (Channel.MAIL, f"{'a' * 60}@{'b' * 58}.{'c' * 58}.cn"),
    ],
)
def test_an_address_that_cannot_be_one_is_refused_and_nothing_is_saved(contact, channel, address):
    with pytest.raises(AddressNotTaken):
        save_wishes(by=contact, at=NOON, addresses={channel: address}, wanted=set(), quiet=None)
    assert Address.objects.get(account=contact).address == PHONE
    assert (NoticeKind.DISPATCHED, Channel.SMS) in get_wishes(contact).wanted


def test_a_channel_that_is_not_laid_cannot_be_chosen(contact):
    with pytest.raises(ChannelNotLaid):
        save_wishes(by=contact, at=NOON, addresses={Channel.WECOM: "x"}, wanted=set(), quiet=None)


def test_without_any_channel_notices_stay_in_the_inbox(contact, settings):
    settings.NOTICE_CHANNELS = {}
    tell([contact])
    assert send_waiting(at=SOON) == 0
    assert count_unread(contact) == 1
    assert Notice.objects.filter(spread_at=None).count() == 0
