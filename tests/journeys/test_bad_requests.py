"""Remarks that cannot be, and people who may not: told in Chinese and English, with nothing lost or shown."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from cast import DENGKOU, LIANFENG, NOON, WUYUAN, YONGLIAN
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from interfaces.console.door import speaks_both
from journeys.at_the_doors import (
    EMOJI,
    LONG_ROW,
    SHEETS,
    client_of,
    everything,
    imported,
    page_in_both,
    told,
    verbatim,
)
from journeys.bad_files import (
    CANAL,
    GOOD,
    REMARK_HEADER,
    csv_of,
)

from diancai.ground.errors import NotAllowed, Refusal
from diancai.ground.work.actions import run_all
from diancai.ground.work.models import Job
from diancai.stages.need.models import Need
from diancai.stages.remark.actions import reveal, withdraw_batch
from diancai.stages.remark.models import ImportBatch, ImportRow, Remark

# ── one remark at a time ───────────────────────────────────────────────────────────────────────────────────────────


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
