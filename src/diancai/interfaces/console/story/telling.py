"""The story from its first remark to its last order."""

from collections.abc import Callable
from datetime import date

from diancai.ground.ledger.actions import seal_tail
from diancai.ground.work.actions import run_all
from diancai.interfaces.console.story.offering import offer_all
from diancai.interfaces.console.story.ordering import order_all
from diancai.interfaces.console.story.reviewing import publish_demand, review_all
from diancai.interfaces.console.story.saying import record_all
from diancai.interfaces.console.story.stage import Stage, moment, rows_of


def tell(say: Callable[[str], None]) -> None:
    """Load the whole demo; `say` is told each step. Only into a database without remarks."""
    stage = Stage()
    stage.make_everybody()
    remarks = record_all(stage, rows_of("remarks.csv"))
    say(f"原话 remarks {len(remarks)}")
    run_all(clock=lambda: moment(date(2019, 12, 16)))
    review = review_all(stage, remarks, moment(date(2019, 12, 17)))
    say(f"需求 needs {len(review.needs)}（修改 mends {review.mends}）")
    publish_demand(stage, moment(date(2019, 12, 18)))
    say(f"供给 offers {offer_all(stage, moment(date(2019, 12, 18), 15))}")
    # Offers and needs are matched as of that December, when the offers hold.
    run_all(clock=lambda: moment(date(2019, 12, 18), 16))
    say(f"订单 orders {order_all(stage, review, moment(date(2019, 12, 19)))}")
    run_all(clock=lambda: moment(date(2020, 1, 19)))
    seal_tail(at=moment(date(2020, 1, 19)))
