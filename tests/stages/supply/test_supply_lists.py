"""A department's list is drafted, signed, published and then never moves; what comes later is a supplement."""

from datetime import date, timedelta

import pytest
from cast import NOON, WUYUAN, Cast
from stages.making import make_offer
from stages.paper import sign_supply, signing

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.ledger.models import Event
from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.supply.actions import (
    add_supplement_line,
    change_offer,
    draft_edition,
    print_slip,
    publish_edition,
    sign_edition,
    unsign_edition,
    withdraw_offer,
)
from diancai.stages.supply.errors import EditionNotDraft, EditionNotSigned, NothingToList
from diancai.stages.supply.models import SupplyEdition
from diancai.stages.supply.queries import get_edition, get_offer, list_editions
from diancai.stages.supply.rows import SHEET_COLUMNS
from diancai.words import EditionState, Strand

TODAY = NOON.date()


def draft(cast: Cast, programme: ProgrammeRow, **words: object) -> int:
    return draft_edition(
        by=cast.department_contact,
        at=NOON,
        programme_id=programme.id,
        department_id=cast.department.pk,
        period="2019-12",
        **words,  # type: ignore[arg-type]
    )


def publish(cast: Cast, edition_id: int) -> None:
    sign_supply(edition_id, on=TODAY, by=cast.department_leader, at=NOON)
    publish_edition(by=cast.department_leader, at=NOON, edition_id=edition_id)


def test_a_list_holds_the_offers_in_force_in_the_offices_columns(cast: Cast, programme: ProgrammeRow) -> None:
    make_offer(cast, programme.id, assured_on=date(2019, 12, 1), assured_by="赵某")
    make_offer(cast, programme.id, service="义诊", strand=Strand.HEALTH, topics=())
    gone = make_offer(cast, programme.id, service="撤下的")
    withdraw_offer(by=cast.county_office, at=NOON, offer_id=gone.id)
    make_offer(cast, programme.id, service="过期的", valid_until=date(2019, 12, 9))
    edition = get_edition(cast.department_contact, draft(cast, programme))
    assert edition.edition.name == "五原县农牧局供给侧服务清单 2019-12 第1期"
    assert [line.cells["service"] for line in edition.lines] == ["义诊", "向日葵列当防治技术培训"]
    assert edition.by_strand == ((Strand.SCIENCE, 1), (Strand.HEALTH, 1))
    cells = edition.lines[1].cells
    assert set(cells) == {key for key, *_ in SHEET_COLUMNS} - {"position"}
    assert (cells["strand"], cells["capacity"], cells["valid"], cells["assured"]) == (
        "种植业/病虫草害防治／送科技",
        "每月2场",
        "2019-12-01～2099-12-31",
        "2019-12-01 赵某",
    )


def test_a_draft_is_drawn_anew_and_a_published_list_never_moves(cast: Cast, programme: ProgrammeRow) -> None:
    first = make_offer(cast, programme.id)
    edition_id = draft(cast, programme)
    make_offer(cast, programme.id, service="田间课堂")
    assert draft(cast, programme) == edition_id
    publish(cast, edition_id)
    before = get_edition(cast.leader, edition_id)
    assert (len(before.lines), before.edition.state, before.edition.signed_by) == (2, EditionState.PUBLISHED, "吴敏")
    assert len(before.edition.digest) == 64
    change_offer(by=cast.county_office, at=NOON, offer_id=first.id, revision=0, service="改了名的培训")
    withdraw_offer(by=cast.county_office, at=NOON, offer_id=first.id)
    assert get_edition(cast.leader, edition_id) == before
    assert [row.id for row in get_offer(cast.leader, first.id).editions] == [edition_id]
    again = draft(cast, programme)
    assert again != edition_id
    assert SupplyEdition.objects.get(pk=again).number == 2


def test_a_supplement_takes_only_what_is_on_no_list_yet(cast: Cast, programme: ProgrammeRow) -> None:
    make_offer(cast, programme.id)
    publish(cast, draft(cast, programme))
    with pytest.raises(NothingToList):
        draft(cast, programme, is_supplement=True)
    new = make_offer(cast, programme.id, service="田间课堂")
    edition = get_edition(cast.department_contact, draft(cast, programme, is_supplement=True))
    assert [line.offer_id for line in edition.lines] == [new.id]
    assert "增补清单" in edition.edition.name


def test_a_supplement_line_goes_on_the_open_supplement_once(cast: Cast, programme: ProgrammeRow) -> None:
    words = {"by": cast.department_contact, "at": NOON, "period": "2019-12"}
    one, two = make_offer(cast, programme.id), make_offer(cast, programme.id, service="田间课堂")
    first = add_supplement_line(**words, offer_id=one.id)
    assert [add_supplement_line(**words, offer_id=each.id) for each in (one, two)] == [first, first]
    lines = get_edition(cast.department_contact, first).lines
    assert [(line.position, line.offer_id) for line in lines] == [(1, one.id), (2, two.id)]


def test_the_steps_of_an_edition_come_in_order(cast: Cast, programme: ProgrammeRow) -> None:
    with pytest.raises(NothingToList):
        draft(cast, programme)
    make_offer(cast, programme.id)
    edition_id = draft(cast, programme)
    leader = {"by": cast.department_leader, "at": NOON, "edition_id": edition_id}
    with pytest.raises(EditionNotSigned):
        publish_edition(**leader)
    with pytest.raises(EditionNotSigned):
        unsign_edition(**leader)
    print_slip(**leader)
    sign_edition(**leader, signing=signing(TODAY))
    for act in (lambda: sign_edition(**leader, signing=signing(TODAY)), lambda: print_slip(**leader)):
        with pytest.raises(EditionNotDraft):
            act()
    unsign_edition(**leader)
    assert SupplyEdition.objects.get(pk=edition_id).signed_by == ""
    sign_edition(**leader, signing=signing(TODAY))
    publish_edition(**leader)
    with pytest.raises(EditionNotSigned):
        publish_edition(**leader)
    kinds = Event.objects.filter(subject_kind="supply_list").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == [
        "supply_list.drafted",
        "supply_list.slip_printed",
        "supply_list.signed",
        "supply_list.unsigned",
        "supply_list.signed",
        "supply_list.published",
    ]


def test_the_contact_drafts_and_the_leader_or_office_signs(cast: Cast, programme: ProgrammeRow) -> None:
    make_offer(cast, programme.id)
    edition_id = draft(cast, programme)
    for who in (cast.department_contact, cast.stranger, cast.other_county_office, cast.town_officer, cast.leader):
        with pytest.raises(NotAllowed):
            sign_edition(by=who, at=NOON, edition_id=edition_id, signing=signing(TODAY))
        with pytest.raises(NotAllowed):
            publish_edition(by=who, at=NOON, edition_id=edition_id)
    with pytest.raises(NotAllowed):
        draft_edition(
            by=cast.other_department_contact,
            at=NOON,
            programme_id=programme.id,
            department_id=cast.department.pk,
            period="2019-12",
        )
    assert SupplyEdition.objects.get().state == EditionState.DRAFT
    sign_supply(edition_id, on=TODAY, by=cast.county_office, at=NOON)


def test_a_draft_is_seen_by_its_department_and_offices_only(cast: Cast, programme: ProgrammeRow) -> None:
    make_offer(cast, programme.id)
    edition_id = draft(cast, programme)
    words = {"programme_id": programme.id}
    for who in (cast.department_contact, cast.county_office, cast.prefecture_office):
        assert [row.id for row in list_editions(who, **words)] == [edition_id]
    for who in (cast.other_county_office, cast.leader, cast.town_officer):
        assert list_editions(who, **words) == ()
        with pytest.raises(NotFound):
            get_edition(who, edition_id)
    publish(cast, edition_id)
    for who in (cast.other_county_office, cast.leader, cast.town_officer):
        assert [row.id for row in list_editions(who, **words, place_code=WUYUAN)] == [edition_id]
    for who in (cast.stranger, cast.auditor):
        with pytest.raises(NotAllowed):
            list_editions(who, **words)
        with pytest.raises(NotAllowed):
            get_edition(who, edition_id)


def test_an_offer_tells_of_the_published_lists_alone_with_all_their_lines(cast: Cast, programme: ProgrammeRow) -> None:
    offer = make_offer(cast, programme.id)
    make_offer(cast, programme.id, service="渠道清淤")
    edition_id = draft(cast, programme)
    print_slip(by=cast.department_contact, at=NOON, edition_id=edition_id)
    leader = {"by": cast.department_leader, "at": NOON, "edition_id": edition_id}
    sign_edition(**leader, signing=signing(TODAY))
    assert get_offer(cast.town_officer, offer.id).editions == ()
    publish_edition(**leader)
    (listed,) = get_offer(cast.town_officer, offer.id).editions
    assert (listed.id, listed.line_count) == (edition_id, 2)


def test_later_periods_begin_their_own_numbers(cast: Cast, programme: ProgrammeRow) -> None:
    make_offer(cast, programme.id)
    publish(cast, draft(cast, programme))
    later = draft_edition(
        by=cast.department_contact,
        at=NOON + timedelta(days=40),
        programme_id=programme.id,
        department_id=cast.department.pk,
        period="2020-01",
    )
    assert SupplyEdition.objects.get(pk=later).number == 1
