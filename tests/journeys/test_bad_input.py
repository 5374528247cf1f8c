"""Bad input at every door (shell, page, action): a clear answer in Chinese and English, and nothing is lost."""

from pathlib import Path

import pytest
from cast import WUYUAN
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from interfaces.console.door import speaks_both
from journeys.at_the_doors import (
    EMOJI,
    LONG_ROW,
    OFFICE_OF,
    SHEETS,
    client_of,
    everything,
    imported,
    page_in_both,
    verbatim,
)
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

from diancai.ground.work.actions import run_all
from diancai.interfaces.web.two_sheets import tray
from diancai.stages.remark.models import ImportRow, Remark
from diancai.stages.supply.models import Offer
from diancai.words import RowFate

REFUSED = [(what, *file) for what in SHEETS for file in refused_files(GOOD[what])]

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
    settings.DATA = tmp_path
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
