"""Bad input at every door (shell, page, action): a clear answer in Chinese and English, and nothing is lost."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cast import DENGKOU, LIANFENG, NOON, WUYUAN, YONGLIAN
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from interfaces.console.door import shell_of, speaks_both
from journeys.bad_files import (
    CANAL,
    COURSE,
    GOOD,
    OFFER_HEADER,
    REMARK_HEADER,
    csv_of,
    refused_files,
    with_formulas_and_macros,
)

from diancai.ground.errors import NotAllowed, Refusal
from diancai.ground.ledger.models import Event
from diancai.ground.people.queries import get_account
from diancai.ground.work.actions import run_all
from diancai.ground.work.models import Job
from diancai.interfaces.web.two_sheets import tray
from diancai.stages.need.models import Need
from diancai.stages.remark.actions import record_remark as record
from diancai.stages.remark.actions import reveal, withdraw_batch
from diancai.stages.remark.models import ImportBatch, ImportRow, Remark
from diancai.stages.supply.models import Offer
from diancai.words import RowFate, Source

SHEETS = ("remarks", "offers")
REFUSED = [(what, *file) for what in SHEETS for file in refused_files(GOOD[what])]
LONG_ROW = "渠水上不来，" * 5_000  # 30,000 characters
EMOJI = "黄瓜叶子发黄🥒🌱，想请个专家来看看👨‍🌾"
OFFICE_OF = {"remarks": "lifang", "offers": "sunliang"}


@pytest.fixture
def shell(capsys):
    return shell_of(capsys)


@pytest.fixture
def put(tmp_path):
    """Write a file where the shell can find it."""

    def write(name, content):
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return write


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


# ── a file as a whole ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("what", "name", "content", "code"), REFUSED, ids=lambda v: v if isinstance(v, str) else "")
def test_an_unusable_file_is_refused_by_the_shell(shell, cast, programme, put, what, name, content, code):
    before = everything()
    answer = shell("import", what, put(name, content), "--by", OFFICE_OF[what], "--place", "150821")
    assert answer.code in (1, 2)
    assert speaks_both(answer.err), answer.err
    assert "Traceback" not in answer.err
    assert everything() == before


@pytest.mark.parametrize(("what", "name", "content", "code"), REFUSED, ids=lambda v: v if isinstance(v, str) else "")
def test_an_unusable_file_is_refused_by_the_lists(shell, put, tmp_path, what, name, content, code):
    good = {each: put(f"好{each}.csv", csv_of(GOOD[each])) for each in SHEETS}
    files = good | {what: put(name, content)}
    answer = shell("lists", files["remarks"], files["offers"], "--out", tmp_path / "结果")
    assert answer.code == 2
    assert speaks_both(answer.err), answer.err
    assert not (tmp_path / "结果").exists()


@pytest.mark.parametrize(("what", "name", "content", "code"), REFUSED, ids=lambda v: v if isinstance(v, str) else "")
def test_an_unusable_file_is_refused_by_the_page(cast, programme, what, name, content, code):
    before = everything()
    address = reverse("imports" if what == "remarks" else "offer_imports")
    answers = page_in_both(
        OFFICE_OF[what], address, lambda: {"file": SimpleUploadedFile(name, content), "place": WUYUAN, "year": "2019"}
    )
    assert {answer.status_code for answer in answers.values()} == {422}
    texts = [answer.content.decode() for answer in answers.values()]
    assert name in texts[0] or "需求表" in texts[0]
    assert texts[0] != texts[1]
    assert everything() == before


def test_200_megabytes_are_refused_before_a_byte_is_read(shell, cast, programme, tmp_path, monkeypatch):
    path = tmp_path / "很大.xlsx"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    good = tmp_path / "好.csv"
    good.write_bytes(csv_of(GOOD["offers"]))
    read = Path.read_bytes

    def read_only_small(self):
        assert self != path, "the large file was read"
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", read_only_small)
    for words in (
        ("import", "remarks", path, "--by", "lifang"),
        ("import", "offers", path, "--by", "sunliang"),
        ("lists", path, good, "--out", tmp_path / "结果"),
    ):
        answer = shell(*words)
        assert answer.code == 2
        assert "200.0 MB" in answer.err
        assert speaks_both(answer.err)


class Large(SimpleUploadedFile):
    """An upload that says it is 200 MB and must not be asked for its bytes."""

    def read(self, *size):
        raise AssertionError("the large upload was read")


@pytest.mark.parametrize(("what", "address"), [("remarks", "imports"), ("offers", "offer_imports")])
def test_200_megabytes_are_refused_by_the_page(cast, programme, settings, what, address):
    """The limit is lowered instead of the file being made large; the page must look at the size alone."""
    settings.UPLOAD_LIMIT = 100
    answers = page_in_both(
        OFFICE_OF[what],
        reverse(address),
        lambda: {"file": SimpleUploadedFile("很大.csv", csv_of(GOOD[what]) * 9), "place": WUYUAN, "year": "2019"},
    )
    assert {answer.status_code for answer in answers.values()} == {422}
    assert "上限" in answers["zh-hans"].content.decode()
    assert "over the limit" in answers["en"].content.decode()


def test_an_upload_that_is_too_large_is_never_read(settings):
    from diancai.formats.errors import FileTooLarge
    from diancai.interfaces.web.upload import content_of

    upload = Large("很大.xlsx", b"x")
    upload.size = settings.UPLOAD_LIMIT + 1
    with pytest.raises(FileTooLarge):
        content_of(upload)


@pytest.mark.parametrize(("name", "content", "code"), refused_files(GOOD["remarks"]), ids=lambda v: str(v)[:8])
def test_the_page_of_two_sheets_tells_a_stranger_what_is_wrong(db, settings, tmp_path, name, content, code):
    settings.UPLOADS = tmp_path
    client = client_of("")
    offers = SimpleUploadedFile("服务.csv", csv_of(GOOD["offers"]))
    answer = client.post(
        reverse("two-sheets"), {"remarks": SimpleUploadedFile(name, content), "offers": offers, "place": "1508"}
    )
    if answer.status_code == 302:
        run_all()
        facts = tray.read_status(answer["Location"].strip("/").split("/")[-1])
        assert facts["refused_zh"]
        assert facts["refused_en"]
        assert facts["refused_zh"] in client.get(answer["Location"]).content.decode()
    else:
        assert answer.status_code == 422


# ── rows ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def imported(shell, path, what="remarks"):
    answer = shell("import", what, path, "--by", OFFICE_OF[what], "--place", "150821")
    assert answer.code == 0, answer.err
    return answer


def verbatim():
    """The sealed words of every remark, opened."""
    return [remark.verbatim for remark in Remark.objects.order_by("id")]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8-sig", "utf-16"])
def test_a_csv_in_the_office_s_encoding_comes_in_whole(shell, cast, programme, put, encoding):
    imported(shell, put("表.csv", csv_of(GOOD["remarks"], encoding)))
    assert verbatim() == [CANAL[2]]
    imported(shell, put("供.csv", csv_of(GOOD["offers"], encoding)), "offers")
    assert Offer.objects.get().service == COURSE[2]


def test_a_row_of_30_000_characters_and_an_emoji_come_in_whole(shell, cast, programme, put):
    rows = (REMARK_HEADER, (*CANAL[:2], LONG_ROW, "1", ""), (*CANAL[:2], EMOJI, "5", ""))
    imported(shell, put("表.csv", csv_of(rows)))
    assert verbatim() == [LONG_ROW, EMOJI]
    assert not Remark.objects.filter(digested_at=None).exists()


def test_a_row_that_no_remark_can_be_waits_and_is_not_cut(shell, cast, programme, put):
    too_long = "渠" * 100_001
    rows = (REMARK_HEADER, (*CANAL[:2], too_long, "1", ""), CANAL)
    answer = imported(shell, put("表.csv", csv_of(rows)))
    assert "100001" in answer.out
    assert speaks_both(answer.out)
    assert verbatim() == [CANAL[2]]
    assert too_long in ImportRow.objects.get(fate=RowFate.NEEDS_MENDING).cells


@pytest.mark.parametrize(
    ("row", "zh", "en"),
    [
        (("塔尔湖镇", "桃花源村", CANAL[2], "23", ""), "桃花源村", "There is no place"),
        (("补隆淖镇", "河壕村", CANAL[2], "23", ""), "河壕村", "not within"),
        ((*CANAL[:4], "2019年2月30日"), "2月30日", "2月30日"),
        ((*CANAL[:4], "2099-01-01"), "还没有到", "still to come"),
        ((*CANAL[:2], "", "23", ""), "没有原话", "no words"),
    ],
    ids=["no such place", "another county", "30 February", "the future", "no words"],
)
def test_a_row_that_cannot_be_taken_waits_and_says_why(shell, cast, programme, put, row, zh, en):
    answer = imported(shell, put("表.csv", csv_of((REMARK_HEADER, row, CANAL))))
    assert "新增 new 1" in answer.out
    assert "待修正 needs mending 1" in answer.out
    assert zh in answer.out
    assert en in answer.out
    assert speaks_both(answer.out)
    assert Remark.objects.count() == 1
    waiting = ImportRow.objects.get(fate=RowFate.NEEDS_MENDING)
    assert all(cell in waiting.cells for cell in row if cell)


def test_formulas_and_macros_are_told_and_never_run(shell, cast, programme, put, tmp_path):
    remarks = put("需求.xlsm", with_formulas_and_macros((REMARK_HEADER[:3], CANAL[:3])))
    answer = imported(shell, remarks)
    for words in ("宏", "公式", "macros", "formulas"):
        assert words in answer.out
    assert verbatim() == [CANAL[2]]
    offers = put("供给.xlsm", with_formulas_and_macros((OFFER_HEADER[:5], COURSE[:5])))
    answer = shell("lists", remarks, offers, "--out", tmp_path / "结果")
    assert answer.code == 0
    assert "宏" in answer.out
    assert "macros" in answer.out


def test_an_offer_without_its_musts_waits_and_says_which(shell, cast, programme, put):
    rows = (OFFER_HEADER, COURSE, (COURSE[0], "", "常态化开展技术服务", "", "", ""))
    answer = imported(shell, put("供.csv", csv_of(rows)), "offers")
    assert "新增 new 1" in answer.out
    assert "责任领导" in answer.out
    assert speaks_both(answer.out)
    assert Offer.objects.count() == 1


# ── one remark at a time ───────────────────────────────────────────────────────────────────────────────────────────


def told(by, programme, **changed):
    fields = {"text": CANAL[2], "place_code": LIANFENG, "source": Source.HOME_VISIT} | changed
    return record(by=by, at=NOON, programme_id=programme.id, **fields)


def test_long_words_and_an_emoji_are_recorded_whole(cast, programme):
    for text in (LONG_ROW, EMOJI):
        told(cast.village_officer, programme, text=text)
    run_all()
    assert verbatim() == [LONG_ROW, EMOJI]


@pytest.mark.parametrize("letter", ["\x00", "\x0b", "\ud800"], ids=["nul", "vertical tab", "half a surrogate"])
def test_a_letter_that_no_database_keeps_loses_nothing_else(cast, programme, letter):
    told(cast.village_officer, programme, text=f"斗渠{letter}淤住了，给清一清")
    run_all()
    assert verbatim()[0].replace(letter, "").replace("\ufffd", "") == "斗渠淤住了，给清一清"


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "  "}, {"text": "渠" * 100_001}, {"place_code": "150821999999"}, {"place_code": "桃花源"},
        {"said_at": NOON + timedelta(days=9)},
        {"households": -1},
        {"households": 9_999_999_999},
        {"persons": 3_000_000_000},
        {"sub_place": "长" * 41},
        {"source": "dream"},
        {"language": "xx"},
    ],
    ids="-".join,
)  # fmt: skip
def test_what_cannot_be_recorded_is_refused_in_both_languages(cast, programme, changed):
    before = everything()
    with pytest.raises(Refusal) as caught:
        told(cast.county_office, programme, **changed)
    assert speaks_both(f"{caught.value.text('zh')}\n{caught.value.text('en')}")
    assert everything() == before


@pytest.mark.parametrize("words", ["我们九十亿户都是这样，水上不来，给清一清渠", "我们社9999999999户，渠淤了给清一清"])
def test_an_absurd_number_in_the_words_holds_up_no_digest(cast, programme, words):
    told(cast.village_officer, programme, text=words)
    other = told(cast.village_officer, programme)
    run_all()
    assert not Job.objects.exclude(state="done").exists()
    assert not Remark.objects.filter(digested_at=None).exists()
    absurd = Need.objects.exclude(sources__remark=other.id).get()
    assert absurd.households is None
    assert absurd.doubt >= 90
    assert any("请核对" in reason for reason in absurd.why)


def test_an_absurd_number_in_a_cell_is_told_and_not_counted(shell, cast, programme, put):
    imported(shell, put("表.csv", csv_of((REMARK_HEADER, (*CANAL[:3], "9999999999", "")))))
    assert Remark.objects.get().households is None
    assert "太大" in str(ImportRow.objects.get().problems)
    assert "9999999999" in ImportRow.objects.get().cells


def test_the_form_keeps_what_was_typed_when_the_day_does_not_exist(cast, programme):
    typed = {
        "text": CANAL[2],
        "place": LIANFENG,
        "said_at": "2019-02-30T10:00",
        "households": "二十",
        "sub_place": "五社",
    }
    answers = page_in_both("naren", reverse("new_remark"), lambda: typed | {"uuid": str(uuid4())})
    chinese, english = (answer.content.decode() for answer in answers.values())
    assert {answer.status_code for answer in answers.values()} == {422}
    assert "2019-12-05 10:20" in chinese
    assert "2019-12-05 10:20" in english
    assert all(words in page for page in (chinese, english) for words in (CANAL[2], "五社", "二十"))
    assert not Remark.objects.exists()


# ── somebody who may not ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", ["stranger", "other_county_office", "department_contact", "leader", "auditor"])
def test_a_stranger_and_a_wrong_county_get_nothing_at_the_actions(cast, programme, who):
    mine = told(cast.village_officer, programme, phone="13800000000")
    run_all()
    before, other = everything(), getattr(cast, who)
    for attempt in (
        lambda: told(other, programme),
        lambda: reveal(by=other, at=NOON, remark_id=mine.id, purpose="核对联系方式"),
    ):
        with pytest.raises(Refusal) as caught:
            attempt()
        assert speaks_both(f"{caught.value.text('zh')}\n{caught.value.text('en')}")
    assert everything() == before


@pytest.mark.parametrize("who", ["luren", "chenming", "zhoulan"])
def test_a_stranger_and_a_wrong_county_import_nothing_from_the_shell(shell, cast, programme, put, who):
    before = everything()
    for what in SHEETS:
        path = put(f"{what}.csv", csv_of(GOOD[what]))
        answer = shell("import", what, path, "--by", who, "--place", "150821")
        assert answer.code == 1 or "needs mending 1" in answer.out
        assert speaks_both(answer.err + answer.out)
    assert everything()[:3] == before[:3]


def test_a_batch_is_not_withdrawn_by_another_county(shell, cast, programme, put):
    imported(shell, put("表.csv", csv_of(GOOD["remarks"])))
    batch, before = ImportBatch.objects.get().pk, everything()
    with pytest.raises(NotAllowed):
        withdraw_batch(by=cast.other_county_office, at=datetime.now(tz=NOON.tzinfo), batch_id=batch, reason="不是我的")
    answer = shell("import", "undo", batch, "--by", "chenming")
    assert (answer.code, speaks_both(answer.err)) == (1, True)
    assert everything() == before
    assert Remark.objects.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize(("who", "status"), [("", 302), ("luren", 403), ("chenming", 422), ("sunliang", 403)])
def test_a_stranger_and_a_wrong_county_import_nothing_on_the_page(cast, programme, who, status):
    before = everything()
    fields = {"file": SimpleUploadedFile("表.csv", csv_of(GOOD["remarks"])), "place": WUYUAN, "year": "2019"}
    for language in ("zh-hans", "en"):
        answer = client_of(who, language).post(reverse("imports"), fields)
        assert answer.status_code == status
    assert everything() == before


@pytest.mark.parametrize("who", ["luren", "chenming"])
def test_a_remark_of_another_county_is_not_found(cast, programme, who):
    row = told(cast.county_office, programme, place_code=YONGLIAN)
    pages = [client_of(who, language).get(reverse("remark", args=[row.id])) for language in ("zh-hans", "en")]
    assert {page.status_code for page in pages} <= {403, 404}
    assert all(CANAL[2] not in page.content.decode() for page in pages)
    assert DENGKOU not in pages[0].content.decode()


@pytest.mark.parametrize("words", ["nobody", "9999"])
def test_a_wrong_account_or_place_is_named_by_the_shell(shell, cast, programme, put, words):
    path = put("表.csv", csv_of(GOOD["remarks"]))
    given = {"nobody": ("--by", words), "9999": ("--by", "lifang", "--place", words)}[words]
    answer = shell("import", "remarks", path, *given)
    assert (answer.code, speaks_both(answer.err)) == (1, True)
    assert words in answer.err
