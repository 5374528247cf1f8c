"""Whose figures an account may see: of the places that its posts reach, or of its own departments."""

from dataclasses import replace

from diancai.ground.errors import NotAllowed
from diancai.ground.people.models import Account
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import get_scope
from diancai.ground.place.sight import sight_of
from diancai.stages.tally.errors import PeriodUnclear
from diancai.stages.tally.indicators.rows import Ask

LONGEST_DAYS = 5 * 366


def allowed(account: Account, ask: Ask) -> Ask:
    """The question as the account may ask it: a department's people see its own parts only.

    Raises `NotAllowed` for a place or department out of sight, `NotFound`, `PeriodUnclear`.
    """
    if not 0 <= (ask.period.until - ask.period.since).days <= LONGEST_DAYS:
        raise PeriodUnclear
    sight = sight_of(account, Act.SEE_ORDER)
    if sight.place_codes & set(get_scope(ask.place_code).codes):
        return ask
    if ask.department_id is None and len(sight.department_ids) == 1:
        return replace(ask, department_id=next(iter(sight.department_ids)))
    if ask.department_id not in sight.department_ids:
        raise NotAllowed
    return ask
