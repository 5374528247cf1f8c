"""Orders that go a longer way: up to the prefecture and back, returned again and again, paused, extended, redone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from diancai.ground.people.queries import Account
from diancai.ground.place.queries import get_department, list_departments
from diancai.interfaces.console.story.reviewing import Review
from diancai.interfaces.console.story.stage import Stage, after
from diancai.stages.order import actions
from diancai.stages.order.errors import CalendarMissing
from diancai.stages.order.queries import get_order, list_orders_of_need
from diancai.stages.order.rows import AssignmentRow, OrderDetail

MONDAY = date(2019, 12, 23)


@dataclass(frozen=True)
class Told:
    """One order of the story: its office, and the words that its acts begin with."""

    stage: Stage
    office: Account
    order_id: int

    @property
    def detail(self) -> OrderDetail:
        """As it stands now."""
        return get_order(self.office, self.order_id)

    @property
    def lead(self) -> AssignmentRow:
        """The part of who leads now."""
        return next(part for part in reversed(self.detail.assignments) if part.is_lead)

    def order(self, at: datetime) -> dict[str, Any]:
        """Words of an act of the office."""
        return {"by": self.office, "at": at, "order_id": self.order_id}

    def answer(self, at: datetime) -> dict[str, Any]:
        """Words of an answer of who leads."""
        contact = self.stage.contact_of(get_department(self.lead.department_id))
        return {"by": contact, "at": at, "assignment_id": self.lead.id}

    def bureau(self, line: str) -> int:
        """The county's bureau of a line of work."""
        here = list_departments(self.detail.order.scope.county_code)
        return next(row.id for row in here if row.line == line)

    def twin(self) -> "Told":
        """The order above, with the prefecture's office."""
        upper = self.detail.escalations[-1].upper_id or 0
        return Told(self.stage, self.stage.person("zhaohong"), upper)


def go_longer_ways(stage: Stage, review: Review) -> None:
    """Tell all of them; each begins with an order as `ordering` left it."""
    at = stage.moment(MONDAY)
    ways = {
        "灌溉井水质化验": _taken_over_above,
        "黄河护岸加固": _up_to_the_region,
        "牲畜疫病防治培训": _done_together,
        "农业用电增容": _sent_back_down,
        "镇区恢复公共浴室": _returned_three_times,
        "排干沟清挖": _paused_for_the_frost,
        "增加农村校车班次": _given_longer,
        "互助幸福院供暖维修": _redone,
        "秸秆综合利用政策": _handed_over,
    }
    for (county, content), need in review.needs.items():
        way = next((ways[begins] for begins in ways if content.startswith(begins)), None)
        if way is not None:
            office = stage.office_of(county)
            way(Told(stage, office, list_orders_of_need(office, need.id)[0].id), at)


def _taken_over_above(told: Told, at: datetime) -> None:
    actions.escalate_order(
        **told.order(at),
        kind="takes_over",
        tried="旗里没有有资质的水质检测室，送过两次样，都要排队",
        asked_for="由市里统一组织取样化验，把结果告诉村里",
        is_planned=True,
    )
    twin = told.twin()
    actions.accept_assignment(**twin.answer(after(at, days=1)))
    actions.start_assignment(**twin.answer(after(at, days=2)))
    words = "1月6日到村取样8眼井，1月9日出化验报告，已交村委会公示"
    actions.complete_assignment(**twin.answer(after(at, days=17)), words=words)


def _up_to_the_region(told: Told, at: datetime) -> None:
    actions.escalate_order(
        **told.order(at),
        kind="takes_over",
        tried="县里已做临时抛石，组织水利技术员实地测量",
        asked_for="黄河干流护岸属省级审批，请市里列入防洪工程并争取资金",
        is_planned=True,
    )
    twin = told.twin()
    actions.accept_assignment(**twin.answer(after(at, days=2)))
    actions.escalate_order(
        **twin.order(after(at, days=9)),
        kind="takes_over",
        tried="市水利局已完成现场查勘和方案",
        asked_for="列入黄河防洪治理年度项目",
    )
    actions.record_outside_answer(
        **twin.order(after(at, days=20)),
        answer="takes_part",
        said_by="自治区水利厅（电话答复）",
        words="方案可先报，项目审查会3月召开",
    )


def _done_together(told: Told, at: datetime) -> None:
    actions.escalate_order(
        **told.order(at),
        kind="takes_part",
        tried="旗里能组织牧户，缺会蒙古语授课的兽医专家",
        asked_for="请市农牧局派会蒙古语的兽医专家2名",
        is_planned=True,
    )
    actions.accept_assignment(**told.twin().answer(after(at, days=1)))


def _sent_back_down(told: Told, at: datetime) -> None:
    actions.escalate_order(
        **told.order(at), kind="takes_over", tried="供电分公司已现场勘查", asked_for="请市公司安排增容改造资金"
    )
    twin = told.twin()
    actions.answer_escalation(
        by=twin.answer(at)["by"],
        at=after(at, days=2),
        order_id=twin.order_id,
        answer="returned",
        words="单台变压器增容由旗县分公司在年度技改资金中安排",
        basis="市公司农网技改项目分级管理规定",
    )


def _returned_three_times(told: Told, at: datetime) -> None:
    why: dict[str, Any] = {"reason": "公共浴室不在本单位职责内", "basis": "本单位“三定”规定未列此项"}
    actions.return_assignment(**told.answer(at), **why)
    actions.dispatch_order(**told.order(after(at, hours=2)), department_id=told.bureau("住建"))
    actions.return_assignment(**told.answer(after(at, days=1)), **why)


def _paused_for_the_frost(told: Told, at: datetime) -> None:
    actions.start_assignment(**told.answer(at))
    actions.pause_order(**told.order(after(at, days=3)), reason="season", words="排干沟已封冻，等开春化冻后施工")


def _given_longer(told: Told, at: datetime) -> None:
    due = told.detail.order.due_on
    asked_at = told.stage.moment(date(2020, 1, 12)) if due is None else after(at, days=18)
    actions.ask_extension(
        **told.answer(asked_at), reason="校车审批要公安交管部门会签，寒假前办不完，开学前办妥", days=12
    )
    extension = told.lead.extensions[0].id
    try:
        actions.decide_extension(by=told.office, at=after(asked_at, hours=5), extension_id=extension, granted=True)
    except CalendarMissing:
        return  # told in the last weeks of a year whose successor has no calendar yet: the asking waits
    actions.tell_resident(by=told.office, at=after(asked_at, days=1), extension_id=extension)


def _redone(told: Told, at: datetime) -> None:
    later = told.stage.moment(date(2020, 1, 8))
    actions.open_redo(**told.order(later), reason="换了两组暖气片，老人说屋里还是冷")
    actions.accept_assignment(**told.answer(after(later, hours=3)))
    actions.start_assignment(**told.answer(after(later, days=1)))


def _handed_over(told: Told, at: datetime) -> None:
    actions.hand_over_assignment(
        **told.answer(at),
        to_department_id=told.bureau("农牧"),
        reason="机具推介属农机推广，宣传部门没有这项业务",
        basis="农牧局“三定”规定：农机推广",
    )
    actions.accept_assignment(**told.answer(after(at, days=1)), leader="分管副局长", contact="办公室")
