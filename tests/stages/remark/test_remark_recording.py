"""娜仁 records what people tell her; nobody who may not can read it, and nothing is kept when the event fails."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from cast import DENGKOU, LIANFENG, NOON, TAERHU, WUYUAN, Cast

from diancai.formats.pasted import read_chat
from diancai.ground.errors import NotAllowed, NotFound, Refusal
from diancai.ground.ledger.models import Event
from diancai.ground.ledger.queries import list_events
from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.remark.actions import (
    divert_remark,
    keep_chat,
    record_remark,
    return_diverted,
    reveal,
    withdraw_remark,
)
from diancai.stages.remark.errors import (
    AlreadyDiverted,
    EmptyRemark,
    NoSuchPlace,
    NotDiverted,
    NothingTicked,
    PhotoNotTaken,
    PurposeMissing,
    SaidInFuture,
    TooLong,
)
from diancai.stages.remark.models import Remark
from diancai.stages.remark.queries import get_photo, get_remark, list_remarks, list_undigested
from diancai.stages.remark.rows import PhotoGiven, RemarkRow
from diancai.words import Language, Source

pytestmark = pytest.mark.django_db
CANAL = "渠淤住了，水上不来，给清一清哇，我叫王二小，电话13812345678。"
PICTURE = b"\xff\xd8\xff\xe0 a picture"


def say(cast: Cast, programme: ProgrammeRow, text: str = CANAL, **more: object) -> RemarkRow:
    told = {"by": cast.village_officer, "at": NOON, "place_code": LIANFENG, "source": Source.HOME_VISIT} | more
    return record_remark(programme_id=programme.id, text=text, **told)


def test_one_sentence_is_enough(cast, programme):
    row = say(cast, programme, "想请技术员来讲讲葵花列当咋治")
    assert row.text == "想请技术员来讲讲葵花列当咋治"
    assert (row.place_code, row.place_name, row.state) == (LIANFENG, "五原县塔尔湖镇联丰村", "waiting")
    assert row.recorded_at == row.received_at == NOON
    assert (row.households, row.said_at, row.language) == (None, None, Language.CHINESE)


def test_the_words_are_sealed_and_shown_masked(cast, programme):
    row = say(cast, programme, speaker="王二小", phone="13812345678", subject="王二小13812345678的事")
    assert "13812345678" not in row.text + row.subject
    assert "王二小" not in row.text
    assert (row.speaker, row.phone) == ("王**", "138****5678")
    remark = Remark.objects.get(pk=row.id)
    assert remark.verbatim == CANAL
    shown = str(Remark.objects.filter(pk=row.id).values().get())
    assert "13812345678" not in str({k: v for k, v in remark.__dict__.items() if k in {"shown", "subject", "told"}})
    assert "phone_key" in shown
    assert remark.phone_key
    assert remark.phone_key != "13812345678"


def test_the_same_parcel_twice_is_once(cast, programme):
    parcel = uuid.uuid4()
    first, again = say(cast, programme, uuid=parcel), say(cast, programme, "别的话", uuid=str(parcel))
    assert first.id == again.id
    assert again.text == first.text
    assert Remark.objects.count() == 1
    assert Event.objects.filter(kind="remark.recorded").count() == 1


def test_a_guessed_uuid_shows_nothing_to_another_county(cast, programme):
    parcel = uuid.uuid4()
    say(cast, programme, uuid=parcel)
    with pytest.raises(NotAllowed):
        say(cast, programme, by=cast.other_county_office, place_code=DENGKOU, uuid=parcel)


@pytest.mark.parametrize(
    "who", ["stranger", "other_county_office", "department_contact", "leader", "auditor", "administrator"]
)
def test_who_may_not_record_here_keeps_nothing(cast, programme, who):
    with pytest.raises(NotAllowed):
        say(cast, programme, by=getattr(cast, who))
    assert not Remark.objects.exists()


def test_a_village_officer_records_only_in_her_village(cast, programme):
    with pytest.raises(NotAllowed):
        say(cast, programme, place_code=TAERHU)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"text": " 。 "}, EmptyRemark),
        ({"text": "渠" * 100_001}, TooLong),
        ({"said_at": NOON + timedelta(days=3)}, SaidInFuture),
        ({"place_code": "150899999999"}, NoSuchPlace),
        ({"photos": [PhotoGiven("a.exe", b"MZ not a picture")]}, PhotoNotTaken),
    ],
)
def test_what_cannot_be_taken_is_refused_in_both_languages(cast, programme, wrong, refusal):
    with pytest.raises(refusal) as told:
        say(cast, programme, **wrong)
    assert told.value.text("zh")
    assert told.value.text("en") != told.value.text("zh")
    assert not Remark.objects.exists()


def test_nothing_is_saved_when_the_event_fails(cast, programme, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr("diancai.stages.remark.actions.recording.record", fail)
    with pytest.raises(RuntimeError):
        say(cast, programme)
    assert not Remark.objects.exists()
    assert not list_remarks(cast.village_officer, q="渠").rows


def test_a_remark_is_found_by_its_words_its_place_and_its_initials(cast, programme):
    row = say(cast, programme)
    for words in ("清", "联丰", "淤住", "lfc"):
        assert [found.id for found in list_remarks(cast.county_office, q=words).rows] == [row.id], words
    assert not list_remarks(cast.county_office, q="13812345678").rows
    assert not list_remarks(cast.other_county_office, q="清").rows
    assert not list_remarks(cast.stranger, q="清").rows


def test_lists_run_from_the_newest_and_page_by_key(cast, programme):
    made = [say(cast, programme, f"第{n}件事要办", at=NOON + timedelta(minutes=n)).id for n in range(7)]
    seen, after = [], ""
    while True:
        page = list_remarks(cast.town_officer, after=after, limit=3)
        seen += [row.id for row in page.rows]
        if page.next_after is None:
            break
        after = page.next_after
    assert seen == made[::-1]


def test_lists_keep_to_the_filters_and_to_the_place(cast, programme):
    visit = say(cast, programme)
    sheet = say(cast, programme, source=Source.NEED_SHEET, by=cast.town_officer)
    assert {row.id for row in list_remarks(cast.county_office, source="need_sheet").rows} == {sheet.id}
    assert {row.id for row in list_remarks(cast.prefecture_office, place_code=WUYUAN).rows} == {visit.id, sheet.id}
    assert list_remarks(cast.prefecture_office, place_code=DENGKOU).rows == ()
    assert list_remarks(cast.county_office, month="2019-12", state="waiting").rows
    assert list_remarks(cast.county_office, month="2020-01").rows == ()
    assert list_remarks(cast.county_office, month="2020-13").rows == ()


def test_the_seal_is_opened_for_a_purpose_and_the_ledger_knows(cast, programme):
    row = say(cast, programme, speaker="王二小", phone="13812345678")
    opened = reveal(by=cast.county_office, at=NOON, remark_id=row.id, purpose="回访核实渠段")
    assert (opened.text, opened.speaker, opened.phone) == (CANAL, "王二小", "13812345678")
    event = Event.objects.get(kind="remark.revealed")
    assert (event.details, event.by) == ({}, cast.county_office)
    assert list_events("remark", row.id)[-1].details == {"purpose": "回访核实渠段"}
    with pytest.raises(PurposeMissing):
        reveal(by=cast.county_office, at=NOON, remark_id=row.id, purpose="看")
    for who in (cast.stranger, cast.other_county_office, cast.leader, cast.department_contact):
        with pytest.raises(NotAllowed):
            reveal(by=who, at=NOON, remark_id=row.id, purpose="回访核实渠段")


def test_no_event_holds_the_words_or_the_phone(cast, programme):
    row = say(cast, programme, speaker="王二小", phone="13812345678")
    withdraw_remark(by=cast.village_officer, at=NOON, remark_id=row.id, reason="录重了")
    held = "".join(str(event.details) for event in Event.objects.all())
    assert "王二小" not in held
    assert "13812345678" not in held
    assert "清一清" not in held


def test_a_withdrawn_remark_leaves_the_list_and_the_search(cast, programme):
    row = say(cast, programme)
    with pytest.raises(NotAllowed):
        withdraw_remark(by=cast.other_county_office, at=NOON, remark_id=row.id, reason="不归我管")
    withdraw_remark(by=cast.village_officer, at=NOON, remark_id=row.id, reason="录重了")
    assert not list_remarks(cast.county_office).rows
    assert not list_remarks(cast.county_office, q="渠").rows
    assert [r.id for r in list_remarks(cast.county_office, state="withdrawn").rows] == [row.id]


def test_a_report_about_persons_vanishes_from_village_and_town(cast, programme):
    row = say(cast, programme, "主任家的低保有问题，你们管不管")
    divert_remark(by=cast.village_officer, at=NOON, remark_id=row.id, reason="反映干部")
    for who in (cast.village_officer, cast.town_officer, cast.leader):
        assert not list_remarks(who).rows
        assert not list_remarks(who, state="diverted").rows
        assert not list_remarks(who, q="低保").rows
        with pytest.raises(NotFound):
            get_remark(who, row.id)
    for who in (cast.village_officer, cast.town_officer):
        with pytest.raises(NotFound):
            reveal(by=who, at=NOON, remark_id=row.id, purpose="想看看是谁说的")
    assert "低保" not in Remark.objects.get(pk=row.id).shown
    held = list_remarks(cast.county_office, state="diverted").rows
    assert [r.id for r in held] == [row.id]
    assert "低保" not in held[0].text
    assert "低保" in reveal(by=cast.county_office, at=NOON, remark_id=row.id, purpose="转纪检监察").text
    with pytest.raises(AlreadyDiverted):
        divert_remark(by=cast.county_office, at=NOON, remark_id=row.id, reason="再转一次")


@pytest.mark.parametrize("who", ["village_officer", "town_officer", "stranger"])
def test_nobody_below_the_county_buries_a_report(cast, programme, who):
    row = say(cast, programme, "主任家的低保有问题，你们管不管")
    divert_remark(by=cast.village_officer, at=NOON, remark_id=row.id, reason="反映干部")
    with pytest.raises(NotFound):
        withdraw_remark(by=getattr(cast, who), at=NOON, remark_id=row.id, reason="记错了")
    assert Remark.objects.get(pk=row.id).withdrawn_at is None
    event = Event.objects.get(kind="remark.diverted")
    assert (event.county_code, event.town_code, event.village_code, event.sub_place) == (WUYUAN, "", "", "")
    withdraw_remark(by=cast.county_office, at=NOON, remark_id=row.id, reason="重复")
    assert Remark.objects.get(pk=row.id).withdrawn_at == NOON


def test_the_office_brings_back_what_is_no_report(cast, programme):
    row = say(cast, programme, "村主任给咱们修渠修得好，再清一段哇")
    divert_remark(by=cast.village_officer, at=NOON, remark_id=row.id, reason="错转")
    with pytest.raises(NotFound):
        return_diverted(by=cast.village_officer, at=NOON, remark_id=row.id, reason="不是举报")
    back = return_diverted(by=cast.county_office, at=NOON, remark_id=row.id, reason="不是举报")
    assert back.text == "村主任给咱们修渠修得好，再清一段哇"
    assert [r.id for r in list_remarks(cast.village_officer, q="清一段").rows] == [row.id]
    with pytest.raises(NotDiverted):
        return_diverted(by=cast.county_office, at=NOON, remark_id=row.id, reason="不是举报")


def test_a_photo_is_seen_by_whoever_sees_the_remark(cast, programme):
    row = say(cast, programme, photos=[PhotoGiven("渠.jpg", PICTURE, taken_with_consent=True)])
    (photo,) = get_remark(cast.county_office, row.id).photo_ids
    shown = get_photo(cast.county_office, row.id, photo)
    assert (shown.content, shown.media_type) == (PICTURE, "image/jpeg")
    with pytest.raises(NotFound):
        get_photo(cast.other_county_office, row.id, photo)


CHAT = """李四 12月9日 21:14
棚哈儿那黄瓜，叶子上起黄点点
李四 12月9日 21:15
谁能给寻个懂的人来瞭一瞭
张三 12月9日 21:16
哎呀我家也是，先给大伙拜个早年
"""


def test_only_the_ticked_lines_of_a_chat_are_kept(cast, programme):
    lines = read_chat(CHAT, on=date(2019, 12, 10))
    kept = keep_chat(
        by=cast.village_officer, at=NOON, programme_id=programme.id, place_code=LIANFENG, lines=lines, ticked=[0, 1]
    )
    assert [row.text for row in kept] == ["棚哈儿那黄瓜，叶子上起黄点点\n谁能给寻个懂的人来瞭一瞭"]
    assert kept[0].source == Source.CHAT
    assert kept[0].said_at == datetime(2019, 12, 9, 13, 14, tzinfo=UTC)
    assert kept[0].speaker == "李*"
    assert not any("拜个早年" in remark.verbatim for remark in Remark.objects.all())


def test_the_same_paste_twice_is_once(cast, programme):
    lines = read_chat(CHAT, on=date(2019, 12, 10))
    told = {"by": cast.village_officer, "at": NOON, "programme_id": programme.id, "place_code": LIANFENG}
    first = keep_chat(lines=lines, ticked=[0, 1], **told)
    again = keep_chat(lines=lines, ticked=[0, 1, 2], **told)
    assert first[0].id == again[0].id
    assert Remark.objects.count() == 2


def test_a_chat_without_a_tick_or_without_leave_keeps_nothing(cast, programme):
    lines = read_chat(CHAT, on=date(2019, 12, 10))
    told = {"at": NOON, "programme_id": programme.id, "place_code": LIANFENG, "lines": lines}
    with pytest.raises(NothingTicked):
        keep_chat(by=cast.village_officer, ticked=[], **told)
    with pytest.raises(NotAllowed):
        keep_chat(by=cast.stranger, ticked=[0], **told)
    assert not Remark.objects.exists()


def test_the_digest_is_given_masked_words_alone(cast, programme):
    say(cast, programme, speaker="王二小")
    (waiting,) = list_undigested(10)
    assert "13812345678" not in str(waiting)
    assert "王二小" not in str(waiting)


def test_every_refusal_of_this_stage_speaks_both_languages():
    from diancai.stages.remark import errors

    found = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, Refusal)]
    codes = [e.code for e in found if e.__module__ == errors.__name__]
    assert len(codes) == len(set(codes))
    assert all(e.zh and e.en and e.zh != e.en for e in found)
