"""What was given cannot be taken: refusals that a corrected form mends."""

from diancai.ground.errors import NotValid


class DueInPast(NotValid):
    code = "due_in_past"
    zh = "办理时限{due}已经过了。请定今天或以后的日期。"
    en = "The due date {due} has passed. Choose today or a later day."


class DutyBasisMissing(NotValid):
    code = "duty_basis_missing"
    zh = "派单要写明职责依据（哪部法规或“三定”规定的哪一条），否则容易被退回。系统里没有{department}的，请填上。"
    en = "An order names the duty it rests on, or it comes back. None is known for {department}: please write it."


class DepartmentElsewhere(NotValid):
    code = "department_elsewhere"
    zh = "{department}不管这条需求所在的地方。请派给{place}或上级的部门。"
    en = "{department} has no duties where this need comes from. Dispatch to a department of {place} or above."


class QuantityOutOfRange(NotValid):
    code = "quantity_out_of_range"
    zh = "数量{given}不对：至少1，最多{most}{unit}。"
    en = "The quantity {given} will not do: at least 1, at most {most} {unit}."


class WordsMissing(NotValid):
    code = "words_missing"
    zh = "请写明“{field_zh}”。"
    en = "Please write the {field_en}."


class WordsTooLong(NotValid):
    code = "words_too_long"
    zh = "“{field_zh}”有{length}个字，最多{most}个，请精简。"
    en = "The {field_en} has {length} characters; at most {most} are kept. Please shorten it."


class ReturnedToAsker(NotValid):
    code = "returned_to_asker"
    zh = (
        "不能退回给提出需求的{town}。确实不归本单位管的，请写明依据，建议其他有职责的部门；"
        "需要乡镇配合的，请写“配合”什么。"
    )
    en = (
        "An order is not returned to {town}, which asked. Give the basis and suggest a department whose duty it is; "
        "if the town should help, say with what."
    )


class SuggestedItself(NotValid):
    code = "suggested_itself"
    zh = "建议的承办单位就是退单单位自己，请另选。"
    en = "The department suggests itself; choose another."


class NotACompletion(NotValid):
    code = "not_a_completion"
    zh = (
        "“{words}”不算办结。请写清做完了什么、在哪里、多少（如“1月3日在联丰村讲课1场，到场46人”）；"
        "没做完的请保持“办理中”。"
    )
    en = (
        "“{words}” is not a completion. Say what was done, where and how much; if it is not finished, leave the order "
        "in hand."
    )


class RuleMissing(NotValid):
    code = "rule_missing"
    zh = "按“政策不允许”归档，必须写明依据的文件和条款，好向群众解释。"
    en = "Closing as not allowed by policy needs the rule and its paragraph, so that it can be explained."


class PlanInPast(NotValid):
    code = "plan_in_past"
    zh = "计划年度{year}不对：请填今年到{last}年之间的年度。"
    en = "The year {year} will not do: enter one from this year to {last}."


class OfferOfAnother(NotValid):
    code = "offer_of_another"
    zh = "要纳入的服务项目不是本单位的，请选本单位在期的项目。"
    en = "The offer to join belongs to another department or is out of force; choose one of your own."


class ExtensionTooLong(NotValid):
    code = "extension_too_long"
    zh = "延期{days}个工作日不行：至少1个，最多{most}个。确需更久的，请提请列入计划。"
    en = "An extension of {days} working days will not do: at least 1, at most {most}. For longer, ask for the plan."


class CalendarMissing(NotValid):
    code = "calendar_missing"
    zh = "{told_zh}"
    en = "{told_en}"


class NoUpperLine(NotValid):
    code = "no_upper_line"
    zh = "{department}没有对口的上级部门，不能沿条线提请。请选定上级承办的部门。"
    en = "{department} has no bureau above it in its line. Choose the department of the upper level."


class MeetingInFuture(NotValid):
    code = "meeting_in_future"
    zh = "会议日期{day}还没到。会开过以后再登记结果。"
    en = "The meeting of {day} has not been held yet. Record it afterwards."


class SettlementNeeded(NotValid):
    code = "settlement_needed"
    zh = "群众曾表示不满意，归档要选明销号方式（重办后满意、研判、延期、移交）、写明依据，并由第二人确认。"
    en = (
        "Somebody was dissatisfied: closing needs its way (satisfied after the redo, judged, extended, handed over), "
        "the evidence, and a second person."
    )


class WayNotMet(NotValid):
    code = "way_not_met"
    zh = "不能按“{way_zh}”销号：{why_zh}。请另选销号方式，或先把这一步办了。"
    en = "It cannot be closed as “{way_en}”: {why_en}. Choose another way, or take that step first."


class NobodyTicked(NotValid):
    code = "nobody_ticked"
    zh = "一件订单也没有勾选。请先勾选要一并办理的订单。"
    en = "No order is ticked. Tick the orders to be handled together first."


class TooManyTicked(NotValid):
    code = "too_many_ticked"
    zh = "勾选了{count}件，一次最多{most}件。请分几次办。"
    en = "{count} orders are ticked, at most {most} go together. Do them in several turns."
