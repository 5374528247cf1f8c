"""Whatever people do to an order, in whatever sequence: its state is what its parts and the order above say, no
quantity is lost or counted twice, intervals are whole, and every act leaves exactly one event on the order it is on."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from cast import NOON, PREFECTURE, Cast
from django.db import transaction
from stages.making import make_need
from stages.order.bringing import MUSTS, answer, bureau, upper_contact

from diancai.ground.errors import Refusal
from diancai.ground.ledger.models import Event
from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.models import Assignment, Escalation, Extension, Order, Pause, ProblemOrder, Redo
from diancai.stages.order.queries import get_order, where_it_stands
from diancai.stages.order.rules import DECIDED, committed_sum, derive, progress_of
from diancai.stages.order.standing import above, open_escalation, parts_of
from diancai.words import OrderState, Verdict

WHY = {"reason": "不是本局职责", "basis": "“三定”规定"}
DONE = "1月3日讲课1场，到场46人"


class Walk:
    """One need, its orders, and everything that anybody may try next."""

    def __init__(self, cast: Cast, need: Need, seed: int) -> None:
        self.cast, self.need, self.dice, self.at = cast, need, random.Random(seed), NOON
        upper_contact(cast)
        self.done: list[str] = []

    def step(self) -> bool:
        """Try one act, often in vain: a refusal leaves nothing behind. Whether something was done."""
        self.at += timedelta(hours=self.dice.choice((1, 5, 30)))
        acts = self.acts
        rare = {"plan", "close", "close_some"}  # or every walk would soon be over
        name = self.dice.choice([each for each in sorted(acts) if each not in rare or self.dice.random() < 0.2])
        before = Event.objects.filter(subject_kind="order").count()
        try:
            with transaction.atomic():
                acts[name](self.at)
        except (Refusal, IndexError):
            assert Event.objects.filter(subject_kind="order").count() == before, name
            return False
        self.done.append(name)
        assert Event.objects.filter(subject_kind="order").count() > before, name
        return True

    def order(self) -> Order:
        return self.dice.choice(list(Order.objects.order_by("pk")))

    def office(self, order: Order) -> dict[str, Any]:
        by = self.cast.prefecture_office if order.is_twin else self.cast.county_office
        return {"by": by, "at": self.at, "order_id": order.pk}

    def part(self) -> dict[str, Any]:
        parts = list(Assignment.objects.filter(ended_at=None).order_by("pk"))
        return answer(self.cast, self.dice.choice(parts)) | {"at": self.at}

    def bureau(self, order: Order) -> int:
        line = self.dice.choice(("农牧", "科技", "水利", "教育"))
        return bureau(line, PREFECTURE).pk if order.is_twin else bureau(line).pk

    @property
    def acts(self) -> dict[str, Callable[[datetime], object]]:
        order = self.order()
        office = self.office(order)
        up = {"tried": "已打井1眼", "asked_for": "取水指标", "department_id": bureau("水利", PREFECTURE).pk}
        extension = Extension.objects.filter(decided_at=None).first()
        return {
            "accept": lambda _: actions.accept_assignment(**self.part(), **MUSTS),
            "accept_some": lambda _: actions.accept_assignment(**self.part(), committed=1, **MUSTS),
            "return": lambda _: actions.return_assignment(**self.part(), **WHY),
            "hand_over": lambda _: actions.hand_over_assignment(
                **self.part(), to_department_id=self.bureau(order), quantity=self.dice.choice((None, 1)), **WHY
            ),
            "start": lambda _: actions.start_assignment(**self.part()),
            "complete": lambda _: actions.complete_assignment(**self.part(), words=DONE),
            "dispatch": lambda _: actions.dispatch_order(**office, department_id=self.bureau(order)),
            "dispatch_joint": lambda _: actions.dispatch_order(
                **office, department_id=self.bureau(order), is_lead=False
            ),
            "escalate": lambda _: actions.escalate_order(**office, kind="takes_over", **up),
            "escalate_part": lambda _: actions.escalate_order(**office, kind="takes_part", **up),
            "answer": lambda _: actions.answer_escalation(
                **office, answer="returned", words="旗县可办", basis="管理办法"
            ),
            "call_back": lambda _: actions.call_back_escalation(**office, reason="自己办"),
            "outside": lambda _: actions.record_outside_answer(
                **office,
                answer=self.dice.choice(("takes_over", "done", "returned")),
                said_by="厅",
                words="知道了",
                basis="办法",
            ),
            "pause": lambda _: actions.pause_order(**office, reason="season"),
            "resume": lambda _: actions.resume_order(**office),
            "ask": lambda _: actions.ask_extension(**self.part(), reason="大雪封路", days=3),
            "decide": lambda _: actions.decide_extension(
                by=self.cast.prefecture_office, at=self.at, extension_id=extension.pk if extension else 0, granted=True
            ),
            "redo": lambda _: actions.open_redo(**office, reason="没学会"),
            "judge": lambda _: actions.record_verdict(
                at=self.at, order_id=order.pk, round=order.round, verdict=Verdict.SATISFIED, tried=0
            ),
            "meet": lambda _: actions.resolve_problem(
                **office, meeting_on=NOON.date(), attended="各局", decision="定牵头", department_id=self.bureau(order)
            ),
            "close": lambda _: actions.close_order(**office, reason="solved"),
            "close_some": lambda _: actions.close_order(**office, reason="partly_solved"),
            "plan": lambda _: actions.plan_order(**office, year=2020, money="县财政", answerer="李芳"),
        }

    def check(self) -> None:
        """Everything that must hold whatever was done."""
        for order in Order.objects.order_by("pk"):
            held = OrderState(order.state)
            decided = held if held in DECIDED else None
            parts = parts_of(order)
            assert derive(parts, order.asked, decided, above(open_escalation(order))) == held, self.done
            assert committed_sum(parts) <= order.asked, self.done
            assert sum(part.is_lead and not part.is_ended for part in parts) <= 1
            assert order.round == 1 + Redo.objects.filter(order=order).count()
            paused = Pause.objects.filter(order=order, until=None)
            assert paused.exists() == (order.paused_at is not None), self.done
            assert ProblemOrder.objects.filter(order=order, resolved_at=None).exists() == bool(order.problem_since)
            if decided:
                assert not Assignment.objects.filter(order=order, ended_at=None).exists(), self.done
            assert get_order(self.cast.prefecture_office, order.pk).steps
        self._check_levels()

    def _check_levels(self) -> None:
        lower = Order.objects.get(is_twin=False)
        self.need.refresh_from_db()
        assert self.need.progress == progress_of(OrderState(lower.state), is_matched=False), self.done
        for asked in Escalation.objects.filter(ended_at=None):
            assert asked.lower.state != OrderState.WITHDRAWN
            if asked.upper is not None and asked.done_at is None:
                assert asked.upper.state not in (OrderState.COMPLETED, OrderState.CLOSED), self.done
        assert where_it_stands(self.cast.village_officer, self.need.pk)


@pytest.mark.parametrize("seed", range(6))
def test_no_sequence_of_acts_breaks_what_must_hold(cast: Cast, programme: ProgrammeRow, seed: int) -> None:
    need = make_need(programme.id)
    actions.place_order(
        by=cast.county_office,
        at=NOON,
        need_id=need.pk,
        department_id=cast.department.pk,
        asked=3,
        unit="场",
        due_on=NOON.date() + timedelta(days=40),
    )
    walk = Walk(cast, need, seed)
    for _ in range(50):
        if walk.step():
            walk.check()
    assert len(set(walk.done)) >= 3, walk.done
