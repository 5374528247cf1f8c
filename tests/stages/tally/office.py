"""An office that does what drawn numbers say, for the property of the cells."""

import contextlib
from datetime import timedelta

from cast import DENGKOU, LIANFENG, NOON, PREFECTURE, WUYUAN, YONGLIAN, Cast
from stages.making import make_need, make_offer

from diancai.ground.errors import Refusal
from diancai.ground.ledger.actions import record
from diancai.ground.place.queries import get_scope
from diancai.stages.match.actions import make_match
from diancai.stages.need import actions as need_actions
from diancai.stages.need.models import Need
from diancai.stages.order import actions as order_actions
from diancai.stages.order.models import Assignment, Order
from diancai.stages.remark.actions import record_remark, withdraw_remark
from diancai.stages.remark.models import Remark
from diancai.stages.supply.actions import withdraw_offer
from diancai.stages.supply.models import Offer
from diancai.stages.tally.queries import totals
from diancai.stages.tally.rules import RULES
from diancai.words import Source


class Office:
    """Does what the drawn numbers say; what a rule forbids is refused and changes nothing."""

    def __init__(self, cast: Cast, programme_id: int) -> None:
        self.cast, self.programme_id, self.at = cast, programme_id, NOON

    def do(self, act: str, draw: int) -> None:
        self.at += timedelta(days=draw % 17)
        with contextlib.suppress(Refusal):
            getattr(self, act)(draw)

    def say(self, draw: int) -> None:
        place, source = (LIANFENG, YONGLIAN, WUYUAN)[draw % 3], list(Source)[draw % 7]
        record_remark(
            by=self.cast.county_office,
            at=self.at,
            programme_id=self.programme_id,
            text=f"想请技术员来讲讲列当咋治，第{draw}回说了。",
            place_code=place,
            source=source,
        )

    def take_back(self, draw: int) -> None:
        remark = self._any(Remark, draw)
        withdraw_remark(by=self.cast.county_office, at=self.at, remark_id=remark, reason="说错了")

    def want(self, draw: int) -> None:
        """A need as the digest makes it, with the event that the digest writes."""
        place = (LIANFENG, YONGLIAN, WUYUAN, DENGKOU)[draw % 4]
        need = make_need(
            self.programme_id, place, at=self.at, state="combed", strand=("science", "", "health")[draw % 3]
        )
        record("need.proposed", subject=("need", need.pk), by=None, at=self.at, scope=get_scope(place))

    def accept(self, draw: int) -> None:
        need_actions.accept_need(by=self.cast.county_office, at=self.at, need_id=self._any(Need, draw))

    def leave_out(self, draw: int) -> None:
        need_actions.leave_out(by=self.cast.county_office, at=self.at, need_id=self._any(Need, draw), reason="重复")

    def merge(self, draw: int) -> None:
        into, other = self._any(Need, draw), self._any(Need, draw // 2 + 1)
        need_actions.merge_needs(by=self.cast.county_office, at=self.at, into_id=into, need_id=other, reason="同一件事")

    def undo(self, draw: int) -> None:
        need_actions.undo_last(by=self.cast.county_office, at=self.at, need_id=self._any(Need, draw))

    def change(self, draw: int) -> None:
        need = Need.objects.filter(pk=self._any(Need, draw)).first()
        if need is None:
            return
        need_actions.change_need(
            by=self.cast.county_office, at=self.at, need_id=need.pk, revision=need.revision, strand="culture"
        )

    def offer(self, draw: int) -> None:
        make_offer(self.cast, self.programme_id, service=f"培训{draw}", strand=("science", "health")[draw % 2])

    def stop(self, draw: int) -> None:
        withdraw_offer(by=self.cast.county_office, at=self.at, offer_id=self._any(Offer, draw))

    def pair(self, draw: int) -> None:
        make_match(
            by=self.cast.county_office, at=self.at, need_id=self._any(Need, draw), offer_id=self._any(Offer, draw)
        )

    def order(self, draw: int) -> None:
        order_actions.place_order(
            by=self.cast.county_office,
            at=self.at,
            need_id=self._any(Need, draw),
            department_id=self.cast.department.pk if draw % 2 else None,
        )

    def answer(self, draw: int) -> None:
        part = {"by": self.cast.department_contact, "at": self.at, "assignment_id": self._any(Assignment, draw)}
        if draw % 3:
            order_actions.accept_assignment(**part, leader="李某", contact="赵某")
        else:
            order_actions.return_assignment(**part, reason="不是本局职责", basis="“三定”规定")

    def finish(self, draw: int) -> None:
        part = {"by": self.cast.department_contact, "at": self.at, "assignment_id": self._any(Assignment, draw)}
        order_actions.complete_assignment(**part, words="讲课1场，到场46人")

    def decide(self, draw: int) -> None:
        office = {"by": self.cast.county_office, "at": self.at, "order_id": self._any(Order, draw)}
        if draw % 3 == 0:
            order_actions.withdraw_order(**office, reason="需求有变")
        elif draw % 3 == 1:
            order_actions.plan_order(**office, year=2030, money="县财政", answerer="李芳")
        else:
            order_actions.close_order(**office, reason="explained")

    def move(self, draw: int) -> None:
        """To another town of the county: its old town must not keep it."""
        need = Need.objects.filter(pk=self._any(Need, draw)).first()
        if need is not None:
            need_actions.change_need(
                by=self.cast.county_office,
                at=self.at,
                need_id=need.pk,
                revision=need.revision,
                place_code=(YONGLIAN, LIANFENG)[draw % 2],
            )

    def read(self, draw: int) -> None:
        totals(list(RULES)[draw % 4], self.programme_id, [PREFECTURE])

    @staticmethod
    def _any(table: type, draw: int) -> int:
        ids = list(table.objects.order_by("pk").values_list("pk", flat=True))  # type: ignore[attr-defined]
        return ids[draw % len(ids)] if ids else 0


ACTS = [name for name in vars(Office) if not name.startswith("_") and name != "do"]
