"""The filter by who is on an order: nobody of one's side, oneself, a colleague."""

from datetime import datetime

from django.db.models import Q

from diancai.ground.people.models import Account
from diancai.ground.presence.queries import held_by
from diancai.stages.order.seats import KIND

FREE, MINE, OTHERS = "free", "mine", "others"


def by_presence(account: Account, wanted: str, seat: str, at: datetime, key: str = "pk") -> Q:
    """The condition of a filter: nobody of the side is on it, the account is, somebody else of the side is.

    `key` leads to the id of the order. Anything else asked for, or a reader without a side, narrows nothing.
    """
    if not seat or wanted not in (FREE, MINE, OTHERS):
        return Q()
    held = held_by(KIND, seat, at)
    if wanted == FREE:
        return ~Q(**{f"{key}__in": [each.subject_id for each in held]})
    is_wanted = wanted == MINE
    return Q(**{f"{key}__in": [each.subject_id for each in held if (each.account_id == account.pk) is is_wanted]})
