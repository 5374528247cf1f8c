"""李芳 draws up the list of 五原县, has it signed on paper, publishes it; from then on it never changes."""

import pytest
from cast import DENGKOU, NOON, WUYUAN
from django.db.models import Min
from stages.need.conftest import CANAL, CUCUMBER, SHOW, VILLAGES
from stages.paper import sign_demand, signing

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.ledger.models import Event
from diancai.ground.slip.errors import LinesAltered
from diancai.stages.need.actions import (
    accept_need,
    add_supplement_line,
    change_need,
    draft_edition,
    editions,
    fill_line,
    holding,
    print_slip,
    publish_edition,
    set_progress,
    sign_edition,
    unsign_edition,
)
from diancai.stages.need.errors import (
    DraftedMeanwhile,
    EditionFrozen,
    EditionNotSigned,
    NoSuchField,
    NoSuchPeriod,
    NotForTheList,
)
from diancai.stages.need.models import DemandEdition, DemandLine, Need
from diancai.stages.need.queries import get_edition, get_need, list_editions
from diancai.stages.need.rows import Households
from diancai.words import EditionState, NeedProgress, NeedState, Strand

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def accepted(tell, cast):
    """A canal and a show, accepted; a greenhouse that still waits."""
    canal, show = tell(CANAL)[0], tell(SHOW, VILLAGES["新胜"])[0]
    tell(CUCUMBER, VILLAGES["永联"])
    for need in (canal, show):
        accept_need(by=cast.county_office, at=NOON, need_id=need.pk)
    return canal, show


@pytest.fixture
def office(cast, programme):
    """The acts of 李芳 on the list of her county."""

    class Office:
        told = {"by": cast.county_office, "at": NOON}

        def draft(self, period="2019-12", **more):
            return draft_edition(programme_id=programme.id, county_code=WUYUAN, period=period, **self.told, **more)

        def sign(self, edition):
            sign_demand(edition, on=TODAY, **self.told)

        def publish(self, edition):
            publish_edition(edition_id=edition, **self.told)

        def publish_now(self, **more):
            edition = self.draft(**more)
            self.sign(edition)
            self.publish(edition)
            return edition

        def get(self, edition):
            return get_edition(cast.county_office, edition)

    return Office()


def test_a_draft_holds_the_accepted_needs_in_the_office_s_columns(accepted, office):
    edition = office.get(office.draft())
    assert [line.cells["content"] for line in edition.lines] == [
        Need.objects.get(pk=accepted[0].pk).content,
        Need.objects.get(pk=accepted[1].pk).content,
    ]
    first = edition.lines[0].cells
    assert (first["number"], first["county"], first["place"]) == ("1", "五原县", "塔尔湖镇联丰村")
    assert (first["households"], first["leader"], first["progress"]) == ("23", "", "未点单")
    assert edition.totals.needs == edition.totals.remarks == 2
    assert edition.totals.households == Households(23, False)
    assert dict(edition.totals.by_strand) == {Strand.SERVICE: 1, Strand.CULTURE: 1}
    assert (edition.edition.state, edition.edition.number, edition.is_intact) == (EditionState.DRAFT, 1, True)


def test_drawing_again_keeps_the_draft_and_what_was_filled_in(accepted, office, tell, cast):
    edition = office.draft()
    line = office.get(edition).lines[0]
    fill_line(line_id=line.id, cells={"leader": "副局长 李某", "contact": "赵某", "due": "3月底"}, **office.told)
    (more,) = tell("想学剪枝", VILLAGES["新胜"])
    accept_need(need_id=more.pk, **office.told)
    assert office.draft() == edition
    lines = office.get(edition).lines
    assert len(lines) == 3
    assert lines[0].cells["leader"] == "副局长 李某"
    with pytest.raises(NoSuchField):
        fill_line(line_id=lines[0].id, cells={"content": "改内容"}, **office.told)
    with pytest.raises(NotAllowed):
        fill_line(by=cast.other_county_office, at=NOON, line_id=lines[0].id, cells={"leader": "别人"})


def test_a_list_is_published_only_after_the_paper_was_signed(accepted, office):
    edition = office.draft()
    with pytest.raises(EditionNotSigned):
        office.publish(edition)
    office.sign(edition)
    office.publish(edition)
    shown = office.get(edition)
    assert (shown.edition.state, shown.edition.signed_by, shown.edition.published_by) == (
        EditionState.PUBLISHED,
        "张主任",
        "李芳",
    )
    assert shown.is_intact
    assert set(Need.objects.filter(pk__in=[n.pk for n in accepted]).values_list("state", flat=True)) == {
        NeedState.LISTED
    }
    (event,) = Event.objects.filter(kind="demand.published")
    assert event.details["need_ids"] == [need.pk for need in accepted]


def test_a_published_list_never_changes(accepted, office):
    edition = office.publish_now()
    before = office.get(edition)
    change_need(need_id=accepted[0].pk, content="改了的内容", **office.told)
    set_progress(need_id=accepted[0].pk, progress=NeedProgress.COMPLETED, at=NOON)
    assert office.get(edition) == before
    line = before.lines[0]
    for act in (
        lambda: fill_line(line_id=line.id, cells={"leader": "新人"}, **office.told),
        lambda: office.sign(edition),
        lambda: office.publish(edition),
        lambda: unsign_edition(edition_id=edition, **office.told),
    ):
        with pytest.raises(EditionFrozen):
            act()
    again = office.draft()
    assert again != edition
    assert office.get(again).edition.number == 2
    assert [line.need_id for line in office.get(again).lines] == [accepted[1].pk], "what is done is not listed again"


def test_lines_that_were_altered_after_the_signature_are_not_published(accepted, office):
    edition = office.draft()
    office.sign(edition)
    DemandLine.objects.filter(edition_id=edition, position=1).update(households=99, cells={"content": "换掉了"})
    assert not office.get(edition).is_intact
    with pytest.raises(LinesAltered):
        office.publish(edition)
    unsign_edition(edition_id=edition, **office.told)
    assert office.get(edition).edition.state == EditionState.DRAFT
    office.draft()
    office.sign(edition)
    office.publish(edition)


def test_a_supplement_holds_only_what_no_list_has_yet(accepted, office, tell):
    office.publish_now()
    (more,) = tell("想学剪枝", VILLAGES["新胜"])
    accept_need(need_id=more.pk, **office.told)
    supplement = office.publish_now(is_supplement=True)
    shown = office.get(supplement)
    assert [line.need_id for line in shown.lines] == [more.pk]
    assert (shown.edition.is_supplement, shown.edition.number) == (True, 2)


def test_one_need_is_added_to_the_open_supplement(accepted, office, tell, programme):
    office.publish_now()
    (more,) = tell("想学剪枝", VILLAGES["新胜"])
    told = {"programme_id": programme.id, "period": "2019-12"} | office.told
    with pytest.raises(NotForTheList):
        add_supplement_line(need_id=more.pk, **told)
    accept_need(need_id=more.pk, **office.told)
    edition = add_supplement_line(need_id=more.pk, **told)
    assert add_supplement_line(need_id=more.pk, **told) == edition
    assert [line.need_id for line in office.get(edition).lines] == [more.pk]


def test_a_county_without_needs_gives_a_zero_report(office, cast, programme):
    edition = office.publish_now()
    (row,) = list_editions(cast.county_office, programme_id=programme.id)
    assert (row.id, row.is_zero, row.line_count, row.state) == (edition, True, 0, EditionState.PUBLISHED)
    assert office.get(edition).totals.households == Households(None, False)


@pytest.mark.parametrize(
    "who", ["stranger", "other_county_office", "prefecture_office", "town_officer", "department_contact", "leader"]
)
def test_a_county_s_list_is_its_own(accepted, office, cast, programme, who):
    other = getattr(cast, who)
    with pytest.raises(NotAllowed):
        draft_edition(by=other, at=NOON, programme_id=programme.id, county_code=WUYUAN, period="2019-12")
    edition = office.draft()
    with pytest.raises(NotAllowed):
        print_slip(by=other, at=NOON, edition_id=edition)
    with pytest.raises(NotAllowed):
        sign_edition(by=other, at=NOON, edition_id=edition, signing=signing(TODAY))
    office.sign(edition)
    with pytest.raises(NotAllowed):
        publish_edition(by=other, at=NOON, edition_id=edition)
    assert DemandEdition.objects.get(pk=edition).state == EditionState.SIGNED


def test_who_sees_which_list(accepted, office, cast, programme):
    draft = office.draft()
    for who in (cast.town_officer, cast.village_officer, cast.prefecture_office, cast.leader):
        assert get_edition(who, draft).edition.id == draft
    for who in (cast.stranger, cast.other_county_office, cast.department_contact):
        with pytest.raises(NotFound):
            get_edition(who, draft)
        assert list_editions(who, programme_id=programme.id) == ()
    office.sign(draft)
    office.publish(draft)
    for who in (cast.department_contact, cast.other_department_contact):
        assert get_edition(who, draft).lines
        assert [row.id for row in list_editions(who, programme_id=programme.id)] == [draft]
    assert list_editions(cast.prefecture_office, programme_id=programme.id, place_code=DENGKOU) == ()


def test_a_period_must_be_named(office):
    for period in ("", "  ", "期" * 21):
        with pytest.raises(NoSuchPeriod):
            office.draft(period=period)


def test_nothing_is_published_when_the_event_fails(accepted, office, monkeypatch):
    edition = office.draft()
    office.sign(edition)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr(holding, "record", fail)
    with pytest.raises(RuntimeError):
        office.publish(edition)
    assert DemandEdition.objects.get(pk=edition).state == EditionState.SIGNED
    assert Need.objects.get(pk=accepted[0].pk).state == NeedState.ACCEPTED


def test_the_history_of_a_need_names_its_list(accepted, office, cast):
    office.publish_now()
    last = get_need(cast.county_office, accepted[0].pk).history[-1]
    assert (last.kind, last.note, last.by) == ("listed", "2019-12第1版", "李芳")


def test_two_who_draw_a_first_draft_at_once_make_one(accepted, office, monkeypatch):
    office.draft()
    office.draft(is_supplement=True)
    # The second reads what stood before the first wrote: no draft yet, and a number that is taken meanwhile.
    monkeypatch.setattr(editions, "find_draft", lambda *_, **__: None)
    monkeypatch.setattr(editions, "Max", Min)
    with pytest.raises(DraftedMeanwhile):
        office.draft()
    assert DemandEdition.objects.count() == 2
