"""What the stories of this stage share: telling remarks, digesting them, the offices of all counties."""

from collections.abc import Callable
from datetime import datetime

import pytest
from cast import LIANFENG, NOON, SINCE, Cast

from diancai.ground.people.models import Account, Post
from diancai.ground.place.queries import list_places
from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.work.actions import run_all
from diancai.stages.need.models import Need, NeedSource
from diancai.stages.remark.actions import record_remark
from diancai.words import Level, Role, Source

Tell = Callable[..., tuple[Need, ...]]
VILLAGES = {"联丰": LIANFENG, "永联": "150821103207", "新胜": "150821105205"}
CANAL = "我们社那条斗渠淤住了，水上不来，给清一清哇，三百来米，我们社二十三户都是这个情况。"
SHOW = "正月里能不能给寻个二人台班子来唱上两天？"
CUCUMBER = "黄瓜叶子上起黄点点，背后一层灰毛毛，谁能给寻个懂的人来大棚瞭一瞭，我们五家的棚。"
MILDEW = "大棚黄瓜得下霜霉病了，想请个专家下来，到棚里手把手给教一教，我们七家都有了。"


@pytest.fixture
def tell(cast: Cast, programme: ProgrammeRow) -> Tell:
    """Record a remark, digest it, and give the needs that it has."""

    def told(
        text: str,
        place_code: str = LIANFENG,
        *,
        at: datetime = NOON,
        by: Account | None = None,
        digest: bool = True,
        **more: object,
    ) -> tuple[Need, ...]:
        row = record_remark(
            by=by or cast.county_office,
            at=at,
            programme_id=programme.id,
            text=text,
            place_code=place_code,
            source=Source.HOME_VISIT,
            said_at=at,
            **more,
        )
        if digest:
            run_all()
        return needs_of(row.id)

    return told


def needs_of(remark_id: int) -> tuple[Need, ...]:
    """The needs that a remark has a share in, in the order of its wants."""
    sources = NeedSource.objects.filter(remark_id=remark_id).select_related("need").order_by("want_number")
    return tuple(source.need for source in sources)


@pytest.fixture
def county_offices(db: None) -> Account:
    """白雪, who stands in for the programme office of every county at once."""
    account = Account.objects.create(username="baixue", display_name="白雪")
    for county in list_places(Level.COUNTY):
        Post.objects.create(account=account, role=Role.PROGRAMME_OFFICE, place_id=county.code, valid_from=SINCE)
    return account
