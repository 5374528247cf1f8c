"""A canal that was imported, merged, listed, published, matched, ordered and served turns out to be a report about the
head of a village: from that moment no table, page, export or answer holds a word of it, but for the sealed columns."""

import csv
import io

import pytest
from cast import NOON, TAERHU, WUYUAN, YONGLIAN, Cast
from django.urls import reverse
from everywhere import in_tables, on_pages
from stages.making import make_offer
from stages.paper import sign_demand, sign_supply

from diancai.ground.ledger.actions import seal_tail
from diancai.ground.ledger.queries import list_events, verify
from diancai.ground.privacy.withholding import PERSONAL_MATTER, WITHHELD
from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.work.actions import run_all
from diancai.stages.match.actions import make_match, refuse_match
from diancai.stages.match.models import Match
from diancai.stages.need import actions as need_actions
from diancai.stages.need.errors import NeedWordless
from diancai.stages.need.models import DemandLine, Need, NeedSource
from diancai.stages.need.queries import get_edition
from diancai.stages.order import actions as order_actions
from diancai.stages.order.models import Assignment
from diancai.stages.remark.actions import (
    commit_batch,
    divert_remark,
    read_sheet,
    record_remark,
    reveal,
    withdraw_batch,
)
from diancai.stages.remark.models import ImportRow
from diancai.stages.supply import actions as supply_actions
from diancai.stages.supply.models import Offer, SupplyEdition
from diancai.stages.supply.queries import digest_of as supply_digest
from diancai.words import Source

MARKS = ("穿云箭", "Zq7x")  # one that is plainly a word, one that could pass for a code
WORD = "".join(MARKS)
SAID = f"我们社那条斗渠叫{WORD}占住了，淤得水上不来，给清一清哇，{WORD}要有个说法，我们社二十三户都是这个情况。"
OTHER = "永联村的斗渠也淤了，想请人来清一清，十一户。"
LISTS = ("demand-lists", "supply-lists", "matches", "orders", "board", "export", "excel", "gaps")
PEOPLE = (
    "village_officer",
    "town_officer",
    "county_office",
    "prefecture_office",
    "department_contact",
    "leader",
    "auditor",
    "administrator",
)

FEW = ("town_officer", "county_office", "department_contact")  # enough where another test asks everybody


def _sheet() -> bytes:
    out = io.StringIO()
    header = [
        "需求内容",
        "反映主题",
        "反映时间",
        "苏木乡镇",
        "嘎查村",
        "户数",
        "姓名",
        "联系电话",
        "服务形式",
        "服务时间",
        "来源",
        "组（社）",
        "工单编号",
    ]
    row = [
        SAID,
        f"{WORD}占渠",
        "2019-12-05",
        "塔尔湖镇",
        "联丰村",
        "23",
        WORD,
        "13812345678",
        f"{WORD}到场",
        f"{WORD}放水前",
        f"{WORD}转来",
        f"{WORD}社",
        f"{WORD}-1",
    ]
    csv.writer(out).writerows([header, row])
    return out.getvalue().encode("utf-8-sig")


class Story:
    """What was done to the canal, in the order in which offices do it; every text names the head of the village."""

    def __init__(self, cast: Cast, programme: ProgrammeRow) -> None:
        self.cast, self.programme = cast, programme
        self.office = {"by": cast.county_office, "at": NOON}

    def imported(self) -> "Story":
        """王贵 imports a sheet; the digest makes needs of it, and of a remark of the next village."""
        town = {"by": self.cast.town_officer, "at": NOON}
        self.batch = read_sheet(
            **town, programme_id=self.programme.id, place_code=TAERHU, file_name="需求表.csv", content=_sheet(),
            source=Source.NEED_SHEET,
        )  # fmt: skip
        commit_batch(**town, batch_id=self.batch)
        record_remark(
            **self.office, programme_id=self.programme.id, text=OTHER, place_code=YONGLIAN, source=Source.HOME_VISIT,
            said_at=NOON,
        )  # fmt: skip
        run_all()
        self.remark = ImportRow.objects.get(batch=self.batch).object_id
        self.need = NeedSource.objects.filter(remark_id=self.remark).order_by("want_number").first().need
        self.other = NeedSource.objects.exclude(remark_id=self.remark).first().need
        return self

    def reviewed(self) -> "Story":
        """Every step of a review, taken back and taken again, each with a reason."""
        told = {**self.office, "need_id": self.need.pk}
        reveal(**self.office, remark_id=self.remark, purpose=f"核实{WORD}的电话")
        need_actions.change_need(
            **told, content=f"{WORD}占住的斗渠清淤", topic=WORD, service_form=WORD, wanted_text=WORD
        )
        need_actions.leave_out(**told, reason=f"{WORD}的事不列")
        need_actions.undo_last(**told)
        need_actions.split_need(**told, parts=[{"content": f"{WORD}清淤"}, {"content": f"{WORD}修闸"}])
        need_actions.undo_last(**told)
        need_actions.merge_needs(**self.office, into_id=self.need.pk, need_id=self.other.pk, reason=f"都是{WORD}")
        need_actions.undo_merge(**self.office, need_id=self.other.pk)
        need_actions.merge_needs(**self.office, into_id=self.other.pk, need_id=self.need.pk, reason=f"也是{WORD}")
        source = NeedSource.objects.filter(origin=self.other).first()
        need_actions.part_source(**self.office, source_id=source.pk, reason=f"不是{WORD}")
        need_actions.undo_last(**self.office, need_id=self.other.pk)
        need_actions.undo_merge(**self.office, need_id=self.need.pk)
        need_actions.accept_need(**told)
        return self

    def merged(self) -> "Story":
        """The canal of the next village goes into this one, whose words stand for both."""
        need_actions.merge_needs(**self.office, into_id=self.need.pk, need_id=self.other.pk, reason=f"还是{WORD}")
        return self

    def published(self) -> "Story":
        """李芳 draws the list, fills it in, has it signed and publishes it."""
        told = {**self.office, "programme_id": self.programme.id, "county_code": WUYUAN}
        self.edition = need_actions.draft_edition(**told, period="2019-12")
        line = DemandLine.objects.get(edition=self.edition, need=self.need)
        need_actions.fill_line(**self.office, line_id=line.pk, cells={"leader": WORD, "note": f"{WORD}，尽快"})
        sign_demand(self.edition, on=NOON.date(), **self.office)
        need_actions.publish_edition(**self.office, edition_id=self.edition)
        return self

    def matched(self) -> "Story":
        """One offer is refused for it, with a reason; a job proposes others."""
        for service in ("斗渠清淤机械服务", "渠道清淤"):
            make_offer(self.cast, self.programme.id, service=service, topics=("水利",), strand="")
        run_all()
        offer = Offer.objects.order_by("id").first()
        pair = Match.objects.filter(need=self.need, offer=offer).first()
        pk = pair.pk if pair else make_match(**self.office, need_id=self.need.pk, offer_id=offer.pk).id
        refuse_match(**self.office, match_id=pk, reason=f"{WORD}不合适")
        return self

    def ordered(self) -> "Story":
        """The bureau takes it on under an offer in the need's words, on a published supplement, and begins."""
        contact = {"by": self.cast.department_contact, "at": NOON}
        self.order = order_actions.place_order(
            **self.office, need_id=self.need.pk, department_id=self.cast.department.pk, duty_basis=f"{WORD}职责"
        ).id
        order_actions.return_assignment(
            **contact, assignment_id=self._part(), reason=f"{WORD}不归我局管", basis=f"{WORD}“三定”规定"
        )
        order_actions.dispatch_order(
            **self.office, order_id=self.order, department_id=self.cast.department.pk, duty_basis=f"{WORD}职责"
        )
        order_actions.accept_assignment(
            **contact, assignment_id=self._part(), leader="副局长 李某", contact="赵某", service_form=f"{WORD}上门"
        )
        order_actions.start_assignment(**contact, assignment_id=self._part())
        self.added = Offer.objects.get(worded_by_need=self.need.pk)
        self.supplement = SupplyEdition.objects.get(lines__offer=self.added).pk
        leader = {"by": self.cast.department_leader, "at": NOON}
        sign_supply(self.supplement, on=NOON.date(), **leader)
        supply_actions.publish_edition(**leader, edition_id=self.supplement)
        return self

    def completed(self) -> "Story":
        order_actions.complete_assignment(
            by=self.cast.department_contact, at=NOON, assignment_id=self._part(), words=f"1月3日清了{WORD}的斗渠300米"
        )
        return self

    def _part(self) -> int:
        return Assignment.objects.filter(order_id=self.order).latest("id").pk


@pytest.fixture
def story(cast: Cast, programme: ProgrammeRow) -> Story:
    return Story(cast, programme)


def divert_the_remark(story: Story) -> None:
    """娜仁 hears what it is about."""
    divert_remark(by=story.cast.village_officer, at=NOON, remark_id=story.remark, reason=f"说的是{WORD}")


def divert_the_need(story: Story) -> None:
    """李芳 sees it in the review."""
    need_actions.change_need(**story.office, need_id=story.need.pk, route="divert")


WAYS = pytest.mark.parametrize("divert", [divert_the_remark, divert_the_need])


def test_the_words_can_be_found_before_so_that_the_search_is_worth_something(story, browser):
    story.imported().reviewed().published().matched().ordered().completed()
    tables = in_tables(MARKS)
    assert {table.split(".")[0] for table in tables} >= {
        "remark_remark", "need_need", "need_needsource", "need_needstep", "need_demandline", "match_match",
        "order_order", "order_assignment", "supply_offer", "supply_supplyline", "search_searchrow",
    }  # fmt: skip
    assert not {table for table in tables if table.startswith("ledger_")}, "the ledger never held a word in plain"
    pages = on_pages(MARKS, story.cast, ("county_office",), browser)
    assert len({page.split("/")[1] for page in pages}) >= 8, pages


@WAYS
def test_after_everything_was_done_no_word_is_left_anywhere(story, browser, divert):
    story.imported().reviewed().published().matched().ordered().completed()
    divert(story)
    assert in_tables(MARKS) <= {"search_text_data.block"}, "which nobody can ask; a job clears it"
    run_all()
    assert in_tables(MARKS) == set()
    people = PEOPLE if divert is divert_the_remark else FEW
    assert on_pages(MARKS, story.cast, people, browser) == set()


@WAYS
def test_nor_where_another_village_s_remark_went_into_it(story, browser, divert):
    story.imported().reviewed().merged().published().matched().ordered()
    divert(story)
    run_all()
    assert in_tables(MARKS) == set()
    assert on_pages(MARKS, story.cast, FEW, browser) == set()
    if divert is divert_the_remark:
        assert Need.objects.get(pk=story.need.pk).content == story.other.content


def test_nor_where_it_went_into_that_of_another_village(story, browser):
    story.imported().reviewed()
    need_actions.accept_need(**story.office, need_id=story.other.pk)
    need_actions.merge_needs(**story.office, into_id=story.other.pk, need_id=story.need.pk, reason=f"都是{WORD}")
    story.need, gone = story.other, story.need
    story.published()
    divert_the_remark(story)
    run_all()
    line = DemandLine.objects.get(edition=story.edition, need=story.need)
    assert line.cells["content"] == story.other.content, "what another village said stays on the list"
    assert line.cells["leader"] == WORD, "what the office wrote on the line of another is the office's to mend"
    assert Need.objects.get(pk=gone.pk).content == WITHHELD
    DemandLine.objects.update(cells={})
    assert in_tables(MARKS) == set()


def test_a_published_list_keeps_its_line_its_number_and_its_digest(story):
    story.imported().reviewed().published().matched().ordered()
    before = get_edition(story.cast.county_office, story.edition)
    divert_the_remark(story)
    after = get_edition(story.cast.county_office, story.edition)
    assert (after.edition.digest, after.is_intact) == (before.edition.digest, True)
    assert [line.need_id for line in after.lines] == [line.need_id for line in before.lines]
    line = next(line for line in after.lines if line.need_id == story.need.pk)
    told = {name: words for name, words in line.cells.items() if words}
    assert told == {"number": str(line.position), "county": "五原县", "content": WITHHELD}
    assert (line.strand, line.households) == (None, None)
    supplement = SupplyEdition.objects.get(pk=story.supplement)
    assert supply_digest(supplement) == supplement.digest
    assert supplement.lines.get(offer=story.added).cells["service"] == WITHHELD


def test_the_ledger_holds_after_its_words_are_gone(story):
    story.imported().reviewed().published().matched().ordered()
    seal_tail(at=NOON)
    history = list_events("order", story.order)
    assert any(WORD in str(event.details) for event in history)
    divert_the_remark(story)
    seal_tail(at=NOON)
    assert verify().broken == ()
    now = list_events("order", story.order)
    assert [event.id for event in now][: len(history)] == [event.id for event in history]
    assert WORD not in str(now)


def test_a_notice_that_was_not_shown_yet_is_forgotten(story, browser):
    story.imported()
    client = browser("county_office")
    client.post(reverse("raise_need", args=[story.remark]), {"content": f"{WORD}修渠"})
    assert "sessions" in in_tables(MARKS)
    divert_the_remark(story)
    run_all()
    assert in_tables(MARKS) == set()
    assert client.get("/").status_code == 200


def test_an_import_that_was_undone_holds_none_either(story, browser):
    story.imported()
    divert_the_remark(story)
    withdraw_batch(by=story.cast.town_officer, at=NOON, batch_id=story.batch, reason="整张表作废")
    run_all()
    assert in_tables(MARKS) == set()
    assert on_pages(MARKS, story.cast, ("town_officer", "county_office"), browser) == set()


@pytest.mark.parametrize("route", ["case", "emergency"])
def test_a_persons_own_matter_and_an_emergency_stand_on_no_list_and_in_no_export(story, browser, route):
    story.imported().reviewed().published().matched()
    need_actions.change_need(**story.office, need_id=story.need.pk, route=route)
    run_all()
    found = on_pages(MARKS, story.cast, FEW, browser)
    lists = {page for page in found if any(part in page for part in LISTS) and "for-need" not in page}
    assert lists == set()
    line = DemandLine.objects.get(edition=story.edition, need=story.need)
    assert line.cells["content"] == PERSONAL_MATTER
    assert get_edition(story.cast.county_office, story.edition).is_intact


def test_a_route_taken_back_shows_the_line_as_it_was_signed(story):
    story.imported().reviewed().published()
    signed = DemandLine.objects.get(edition=story.edition, need=story.need).cells
    need_actions.change_need(**story.office, need_id=story.need.pk, route="case")
    need_actions.undo_last(**story.office, need_id=story.need.pk)
    line = DemandLine.objects.get(edition=story.edition, need=story.need)
    assert (line.cells, line.signed_cells) == (signed, "")


def test_no_other_route_brings_a_withheld_line_back(story):
    story.imported().reviewed().published()
    divert_the_remark(story)
    for route in ("case", "list"):
        with pytest.raises(NeedWordless):
            need_actions.change_need(**story.office, need_id=story.need.pk, route=route)
        line = DemandLine.objects.get(edition=story.edition, need=story.need)
        assert line.cells["content"] == WITHHELD
    run_all()
    assert in_tables(MARKS) == set()


@pytest.mark.parametrize("is_hidden", [False, True])
def test_nor_what_a_line_had_added_up_from_the_remark(story, is_hidden):
    """Also when the line was hidden for its route at the time of the divert."""
    story.imported().reviewed()
    need_actions.accept_need(**story.office, need_id=story.other.pk)
    need_actions.merge_needs(**story.office, into_id=story.other.pk, need_id=story.need.pk, reason="一条渠")
    story.need = story.other
    story.published()
    told = {**story.office, "need_id": story.need.pk}
    if is_hidden:
        need_actions.change_need(**told, route="case")
    divert_the_remark(story)
    if not is_hidden:
        need_actions.change_need(**told, route="case")
    need_actions.change_need(**told, route="list")
    line = DemandLine.objects.get(edition=story.edition, need=story.need)
    assert line.cells["content"] == story.other.content
    assert (line.cells["place"], line.cells["households"]) == (WITHHELD, WITHHELD)
    assert get_edition(story.cast.county_office, story.edition).is_intact
