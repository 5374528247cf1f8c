"""For which side an account works on an order: presence is told apart by it. Called by actions and queries of order."""

from datetime import date

from diancai.ground.errors import NotAllowed
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can, list_posts
from diancai.ground.people.who_may import ALLOWED, Act, may_somewhere
from diancai.stages.order.models import Order
from diancai.stages.order.standing import live_parts, office_scope

KIND = "order"
OFFICE = "office"


def seat_of_department(department_id: int) -> str:
    """The side of a department that holds a part."""
    return f"department-{department_id}"


def seat_on(account: Account, order: Order, today: date) -> str:
    """The account's side on an order: a department of its own that holds a part, else the office that decides.

    Raises `NotAllowed` for who only reads.
    """
    own = own_departments(account, today)
    held = sorted(part.department_id for part in live_parts(order) if part.department_id in own)
    if held:
        return seat_of_department(held[0])
    if can(account, Act.DISPATCH_ORDER, office_scope(order), today):
        return OFFICE
    raise NotAllowed


def seat_at_board(account: Account, department_id: int | None, today: date) -> str:
    """The side from which the account works at a board; empty for who only reads it."""
    if department_id is not None and department_id in own_departments(account, today):
        return seat_of_department(department_id)
    return OFFICE if may_somewhere(list_posts(account), Act.DISPATCH_ORDER, today) else ""


def own_departments(account: Account, today: date) -> frozenset[int]:
    """The departments for which the account may answer."""
    held = (post for post in list_posts(account) if post.holds_on(today))
    answering = [post for post in held if post.role in ALLOWED[Act.ANSWER_ORDER]]
    return frozenset(post.department_id for post in answering if post.department_id is not None)
