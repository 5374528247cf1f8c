"""What the stories of urging begin with: an order of 联丰村 that the bureau has in hand and that falls due."""

import pytest
from cast import Cast
from stages.making import make_need, make_source
from stages.urging.late import Late, fall_late

from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.need.models import Need
from diancai.words import Urgency


@pytest.fixture
def need(cast: Cast, programme: ProgrammeRow) -> Need:
    """联丰村 wants a course; one remark stands behind it."""
    found = make_need(programme.id)
    make_source(found, cast)
    return found


@pytest.fixture
def late(cast: Cast, need: Need) -> Late:
    """The order of the need was due on Friday 13 December 2019 and is not done."""
    return fall_late(cast, need.pk)


@pytest.fixture
def pressing(cast: Cast, programme: ProgrammeRow) -> Late:
    """The same for a need that presses."""
    found = make_need(programme.id, content="机井断电，牲畜没水喝", urgency=Urgency.PRESSING)
    make_source(found, cast, "井上停电了，牛羊没水喝")
    return fall_late(cast, found.pk)
