"""The hand-over book as a paper: Chinese, every line with its number. Pure."""

from datetime import date

from diancai.formats.papers import Book, BookSection, BookTable
from diancai.handover.reading import HandOver, OpenOrder, Person
from diancai.stages.order.rows import OrderRow

ORDER_HEADS = (("编号", 3), ("内容", 6), ("地方", 4), ("牵头／配合", 4), ("状态", 2), ("办理时限", 3), ("备注", 5))
NOBODY = "没有。"
SIGN = "　　　　　　　".join(("移交人（签字）：", "接收人（签字）：", "监交人（签字）：", "日期："))


def book_of(told: HandOver) -> Book:
    """The book of what a unit hands over."""
    sections = (
        _orders("在办订单", told.orders),
        _went_up(told),
        _rows("问题工单（等会议研判）", told.problems),
        _longer(told),
        _urges(told),
        _follow_ups(told),
        _rows("已办结，等回访或归档", told.completed),
        _planned(told),
        _people(told),
    )
    numbered = tuple(
        BookSection(f"{numeral}、{each.heading}", each.lines, each.table)
        for numeral, each in zip("一二三四五六七八九", sections, strict=True)
    )
    return Book(f"{told.unit}工作交接本", _opening(told), numbered, ("", SIGN))


def _opening(told: HandOver) -> tuple[str, ...]:
    local = told.made_at
    late = sum(each.row.late for each in told.orders)
    lines = [
        f"行动：{told.programme}　　单位：{told.unit}（{told.place}）",
        f"在办{len(told.orders)}件，其中逾期{late}件、问题工单{len(told.problems)}件；待书面答复的催办{len(told.urges)}件；"
        f"待回访{len(told.follow_ups)}件。",
        f"制表：{told.made_by}　{_day(local.date())} {local:%H:%M}。系统里按编号可以查到每一件的全部经过。",
    ]
    return tuple(lines + ([f"值班电话：{told.phone}"] if told.phone else []))


def _orders(heading: str, orders: tuple[OpenOrder, ...]) -> BookSection:
    rows = tuple((*_cells(each.row), _notes(each)) for each in orders)
    return BookSection(f"{heading}（{len(rows)}件）", table=BookTable(ORDER_HEADS, rows, NOBODY))


def _rows(heading: str, found: tuple[OrderRow, ...]) -> BookSection:
    rows = tuple((*_cells(row), "") for row in found)
    return BookSection(f"{heading}（{len(rows)}件）", table=BookTable(ORDER_HEADS, rows, NOBODY))


def _cells(row: OrderRow) -> tuple[str, ...]:
    holders = row.lead + (f"／{'、'.join(row.joint)}" if row.joint else "")
    due = (_day(row.due_on) if row.due_on else "未定") + ("（逾期）" if row.late else "")
    return row.number, row.content, row.place, holders or "未派单", row.state.zh, due


def _notes(each: OpenOrder) -> str:
    row = each.row
    notes = [
        f"第{row.round}轮重办" if row.round > 1 else "",
        f"退回{row.times_returned}次" if row.times_returned else "",
        "暂停计时" if row.paused_at else "",
        "问题工单" if row.is_problem else "",
        "已提请上级" if each.went_up else "",
        f"申请延期{each.asks_longer}个工作日" if each.asks_longer else "",
        f"还有{row.open_rest}{row.unit}没有人接" if row.open_rest else "",
    ]
    return "；".join(note for note in notes if note)


def _went_up(told: HandOver) -> BookSection:
    heads = (("编号", 3), ("内容", 6), ("请求", 2), ("提请到", 5), ("答复", 3))
    rows = tuple(
        (
            each.row.number,
            each.row.content,
            each.went_up_kind.zh if each.went_up_kind else "",
            each.went_up,
            each.went_up_answer.zh if each.went_up_answer else "等答复",
        )
        for each in told.orders
        if each.went_up
    )
    return BookSection(f"提请上级的（{len(rows)}件）", table=BookTable(heads, rows, NOBODY))


def _longer(told: HandOver) -> BookSection:
    heads = (("编号", 3), ("内容", 6), ("延长", 2), ("理由", 7))
    rows = tuple(
        (each.row.number, each.row.content, f"{each.asks_longer}个工作日", each.longer_reason)
        for each in told.orders
        if each.asks_longer
    )
    return BookSection(f"等审批的延期（{len(rows)}件）", table=BookTable(heads, rows, NOBODY))


def _urges(told: HandOver) -> BookSection:
    heads = (("编号", 3), ("内容", 6), ("单位", 4), ("步骤", 2), ("文号", 4), ("答复期限", 3))
    rows = tuple(
        (
            urge.number,
            urge.content,
            urge.department,
            urge.step.zh,
            urge.letter_number or "—",
            (_day(urge.answer_due_on) if urge.answer_due_on else "—") + ("（逾期）" if urge.is_answer_late else ""),
        )
        for urge in told.urges
    )
    return BookSection(f"等书面答复的催办、督办（{len(rows)}件）", table=BookTable(heads, rows, NOBODY))


def _follow_ups(told: HandOver) -> BookSection:
    heads = (("编号", 3), ("内容", 6), ("地方", 4), ("回访人", 3), ("已试", 2), ("期限", 3))
    rows = tuple(
        (
            each.order_number,
            each.content,
            each.place,
            each.officer or "—",
            f"{each.days_tried}天",
            _day(each.due_at.date()) + ("（逾期）" if each.late else ""),
        )
        for each in told.follow_ups
    )
    return BookSection(f"等回访的（{len(rows)}件）", table=BookTable(heads, rows, NOBODY))


def _planned(told: HandOver) -> BookSection:
    heads = (("编号", 3), ("内容", 6), ("地方", 4), ("计划年度", 2), ("复核", 3))
    rows = tuple(
        (row.number, row.content, row.place, f"{row.plan_year}年", "到期待复核" if row.id in told.plan_reviews else "—")
        for row in told.planned
    )
    return BookSection(f"列入计划（挂账）的（{len(rows)}件）", table=BookTable(heads, rows, NOBODY))


def _people(told: HandOver) -> BookSection:
    heads = (("姓名", 3), ("账号", 3), ("岗位", 4), ("任期", 5), ("不在时由谁代", 5))
    rows = tuple((one.name, one.username, one.role.zh, _term(one), _stand_in(one)) for one in told.people)
    lines = ("离任的账号由管理员在“账号与岗位”里结束岗位，接任的另建账号；不要共用账号和密码。",)
    return BookSection(f"本单位的账号与岗位（{len(rows)}个）", lines, BookTable(heads, rows, NOBODY))


def _term(one: Person) -> str:
    return f"{_day(one.since)}起" + (f"，到{_day(one.until)}" if one.until else "")


def _stand_in(one: Person) -> str:
    return f"{one.deputy}（到{_day(one.away_until)}）" if one.deputy and one.away_until else "—"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
