"""What the stories of orders begin with: a reviewed need with a remark under it."""

import pytest
from cast import NOON, Cast
from stages.making import make_need, make_source

from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.need.models import Need


@pytest.fixture
def need(cast: Cast, programme: ProgrammeRow) -> Need:
    """联丰村 wants a course on broomrape; one remark stands behind it."""
    found = make_need(programme.id, households_approx=True)
    make_source(found, cast)
    assert found.made_at == NOON
    return found
