"""Lists of needs: filters, pages by key, the search, and the index that each question must use."""

from datetime import timedelta
from itertools import chain

import pytest
from cast import DENGKOU, NOON, PREFECTURE, TAERHU, WUYUAN
from django.db import connection
from django.db.models import Q
from stages.need.conftest import CANAL, SHOW, VILLAGES

from diancai.ground.place.codes import at_or_below
from diancai.stages.need.models import LIVE, Need
from diancai.stages.need.queries import find_needs, list_needs
from diancai.stages.remark.models import IN_FORCE, Remark

pytestmark = pytest.mark.django_db


@pytest.fixture
def wells(tell):
    """Seven needs, a minute apart."""
    return [tell(f"想给{n}号井修一修水泵", at=NOON + timedelta(minutes=n))[0] for n in range(2, 9)]


def pages(account, programme, **more):
    """All pages of a list, each as ids."""
    seen, after = [], ""
    while after is not None:
        page = list_needs(account, programme_id=programme.id, after=after, limit=3, **more)
        seen.append([row.id for row in page.rows])
        after = page.next_after
    return seen


def test_lists_run_both_ways_and_page_by_key(wells, cast, programme):
    newest = [need.pk for need in reversed(wells)]
    assert pages(cast.county_office, programme) == [newest[:3], newest[3:6], newest[6:]]
    oldest = newest[::-1]
    assert pages(cast.county_office, programme, sort="oldest") == [oldest[:3], oldest[3:6], oldest[6:]]
    assert pages(cast.county_office, programme, q="机电井") == [newest[:3], newest[3:6], newest[6:]]


def test_a_spoilt_key_gives_the_first_page(wells, cast, programme):
    for sort in ("newest", "oldest"):
        assert list_needs(cast.county_office, programme_id=programme.id, after="spoilt", sort=sort, limit=3).rows


def test_every_filter_keeps_what_it_names(wells, tell, cast, programme):
    (show,) = tell(SHOW, VILLAGES["新胜"])
    (canal,) = tell(CANAL)

    def found(**wanted):
        return {row.id for row in list_needs(cast.county_office, programme_id=programme.id, **wanted).rows}

    everything = found()
    assert {show.pk, canal.pk} < everything
    assert found(strand="culture") == {show.pk}
    assert found(topic=canal.topic) == {canal.pk}
    assert found(place_code=TAERHU) == everything - {show.pk}
    assert found(place_code=VILLAGES["新胜"]) == {show.pk}
    assert found(state="proposed") == everything
    assert found(state="accepted") == set()
    assert found(progress="open") == everything
    assert found(progress="ordered") == set()
    assert found(month=f"{show.made_at:%Y-%m}") == everything
    assert found(month="2019-01") == set()
    assert found(q="二人台", strand="culture") == {show.pk}
    assert found(q="二人台", strand="science") == set()
    assert list_needs(cast.county_office, programme_id=programme.id + 1).rows == ()
    assert list_needs(cast.county_office, programme_id=programme.id, place_code=DENGKOU).rows == ()


def test_an_account_with_several_posts_sees_them_in_one_order(wells, tell, cast, county_offices, programme):
    (far,) = tell(CANAL, DENGKOU, by=cast.other_county_office, at=NOON + timedelta(hours=1))
    seen = list(chain(*pages(county_offices, programme)))
    assert seen[0] == far.pk
    assert seen[1:] == [need.pk for need in reversed(wells)]
    assert list(chain(*pages(county_offices, programme, place_code=PREFECTURE))) == seen


def test_needs_are_found_by_id_for_later_stages(wells):
    found = find_needs([wells[0].pk, 10**9])
    assert set(found) == {wells[0].pk}
    assert found[wells[0].pk].content == wells[0].content


def test_a_list_page_asks_a_handful_of_questions(wells, cast, programme, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        list_needs(cast.county_office, programme_id=programme.id)


OF_A_PROGRAMME = LIVE & Q(programme_id=1, route="list")
OLDER = Q(made_at__lte=NOON) & (Q(made_at__lt=NOON) | Q(made_at=NOON, id__lt=9))
NEWEST = ("-made_at", "-id")
QUEUE = LIVE & Q(programme_id=1, state="combed")


@pytest.mark.parametrize(
    ("wanted", "order", "index"),
    [
        (OF_A_PROGRAMME, NEWEST, "need_newest"),
        (OF_A_PROGRAMME & at_or_below(WUYUAN), NEWEST, "need_county"),
        (OF_A_PROGRAMME & at_or_below(WUYUAN) & OLDER, NEWEST, "need_county"),
        (OF_A_PROGRAMME & at_or_below(WUYUAN) & Q(strand="science"), NEWEST, "need_county_strand"),
        (OF_A_PROGRAMME & at_or_below(WUYUAN) & Q(state="accepted"), NEWEST, "need_county_state"),
        (
            OF_A_PROGRAMME & at_or_below(WUYUAN) & Q(strand="science", state="accepted"),
            NEWEST,
            "need_county_strand_state",
        ),
        (OF_A_PROGRAMME & at_or_below(WUYUAN) & Q(topic="农田水利/渠系清淤"), NEWEST, "need_county_topic"),
        (OF_A_PROGRAMME & at_or_below(WUYUAN) & Q(progress="ordered"), NEWEST, "need_county_progress"),
        (OF_A_PROGRAMME & at_or_below(TAERHU), NEWEST, "need_town"),
        (OF_A_PROGRAMME & at_or_below(VILLAGES["永联"]), NEWEST, "need_village"),
        (QUEUE & at_or_below(WUYUAN), ("-doubt", "id"), "need_queue_county"),
    ],
)
def test_every_list_reads_its_rows_from_an_index_in_order(wanted, order, index):
    """SQLite's plan, with no statistics: the index is entered by equality and nothing is sorted."""
    if connection.vendor != "sqlite":
        pytest.skip("the planner of PostgreSQL reads small tables whole")
    plan = Need.objects.filter(wanted).order_by(*order)[:51].explain()
    assert f"USING INDEX {index} " in plan, plan
    assert "TEMP B-TREE" not in plan, plan


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (IN_FORCE, "remark_newest"),
        (IN_FORCE & at_or_below(WUYUAN), "remark_county_newest"),
        (IN_FORCE & at_or_below(WUYUAN) & Q(source="chat"), "remark_county_source"),
        (IN_FORCE & at_or_below(TAERHU), "remark_town_newest"),
        (IN_FORCE & at_or_below(VILLAGES["永联"]), "remark_village_newest"),
    ],
)
def test_every_list_of_remarks_reads_its_rows_from_an_index_in_order(wanted, index):
    if connection.vendor != "sqlite":
        pytest.skip("the planner of PostgreSQL reads small tables whole")
    plan = Remark.objects.filter(wanted).order_by("-recorded_at", "-id")[:51].explain()
    assert f"INDEX {index}" in plan, plan
    assert "TEMP B-TREE" not in plan, plan
