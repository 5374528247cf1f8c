"""The story from its first remark to its last order."""

from collections.abc import Callable
from datetime import date, timedelta

from diancai.ground.ledger.actions import seal_tail
from diancai.ground.programme.actions import move_programme
from diancai.ground.work.actions import run_all
from diancai.interfaces.console.story.following_up import follow_up_all
from diancai.interfaces.console.story.longer_ways import go_longer_ways
from diancai.interfaces.console.story.offering import offer_all
from diancai.interfaces.console.story.ordering import order_all
from diancai.interfaces.console.story.reviewing import publish_demand, review_all
from diancai.interfaces.console.story.saying import record_all
from diancai.interfaces.console.story.stage import LAST_DAY, Stage, rows_of, weeks_to
from diancai.interfaces.console.story.urging import urge_some


def tell(say: Callable[[str], None], today: date) -> None:
    """Load the whole demo so that it ends about `today`; `say` is told each step. Only where no remark is yet."""
    weeks = weeks_to(today)
    move_programme("2019", weeks)
    stage = Stage(timedelta(weeks=weeks))
    say(f"日期后移{weeks}周 dates moved {weeks} weeks later")
    stage.make_everybody()
    remarks = record_all(stage, rows_of("remarks.csv"))
    say(f"原话 remarks {len(remarks)}")
    run_all(clock=lambda: stage.moment(date(2019, 12, 16)))
    review = review_all(stage, remarks, stage.moment(date(2019, 12, 17)))
    say(f"需求 needs {len(review.needs)}（修改 mends {review.mends}）")
    publish_demand(stage, stage.moment(date(2019, 12, 18)))
    say(f"供给 offers {offer_all(stage, stage.moment(date(2019, 12, 18), 15))}")
    # Offers and needs are matched as of that December, when the offers hold.
    run_all(clock=lambda: stage.moment(date(2019, 12, 18), 16))
    say(f"订单 orders {order_all(stage, review, stage.moment(date(2019, 12, 19)))}")
    go_longer_ways(stage, review)
    say(f"督办函 letters {urge_some(stage)}")
    run_all(clock=lambda: stage.moment(LAST_DAY))
    say(f"回访 answers {follow_up_all(stage, stage.moment(LAST_DAY))}")
    run_all(clock=lambda: stage.moment(LAST_DAY))
    seal_tail(at=stage.moment(LAST_DAY))
