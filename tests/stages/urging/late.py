"""An order that falls late, and the days on which its story goes on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from cast import Cast
from stages.order.bringing import MUSTS, part_of, placed

from diancai.ground.slip.rows import Signing
from diancai.ground.uploads.files import FileGiven
from diancai.stages.order import actions as orders

DUE = date(2019, 12, 13)
SCAN = FileGiven("督办函.png", b"\x89PNG\r\n\x1a\n a signed letter")


def at(day: int, hour: int = 10, month: int = 12) -> datetime:
    """An hour of a day of December 2019 in 巴彦淖尔 (UTC+8)."""
    return datetime(2019 if month == 12 else 2020, month, day, hour - 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Late:
    """An order and its part."""

    order_id: int
    part_id: int


def fall_late(cast: Cast, need_id: int, *, joint: tuple[int, ...] = ()) -> Late:
    """Placed on 10 December for the bureau, due on the 13th, accepted and then left alone."""
    order = placed(cast, need_id, department_id=cast.department.pk, due_on=DUE, joint_department_ids=joint)
    part = part_of(order) if not joint else None
    part_id = part.pk if part else next(a for a in _parts(order.id) if a[1] == cast.department.pk)[0]
    orders.accept_assignment(by=cast.department_contact, at=at(10, 14), assignment_id=part_id, **MUSTS)
    return Late(order.id, part_id)


def signing(on: date, by: str = "督查室主任 张某", scan: FileGiven | None = SCAN) -> Signing:
    """What a clerk enters when the letter comes back signed."""
    return Signing(by, on, scan, "五政督〔2019〕8号")


def _parts(order_id: int) -> list[tuple[int, int]]:
    from diancai.stages.order.models import Assignment

    return list(Assignment.objects.filter(order_id=order_id).values_list("pk", "department_id"))
