"""Refusals of order.

```
Refusal
├── NotValid
│   ├── DueInPast              a due date before today
│   ├── DutyBasisMissing       no duty basis given and none known of the department
│   ├── DepartmentElsewhere    a department of another county
│   ├── QuantityOutOfRange     nothing, or more than was asked or is open
│   ├── WordsMissing           a return, recall or withdrawal without reason; a plan without year, money or answerer
│   ├── WordsTooLong           more characters than are kept
│   ├── ReturnedToAsker        a return that names the town that asked
│   ├── SuggestedItself        a return that suggests the returning department
│   ├── NotACompletion         持续推进 and its like given as completion
│   ├── RuleMissing            not allowed by policy without the rule
│   ├── PlanInPast             a plan for a year that is over or too far away
│   └── OfferOfAnother         the offer to join belongs to another department
└── NotNow
    ├── ActNotNow              the state of the assignment or order forbids the act
    ├── NeedNotOrderable       the need is not on a list, or has an order
    ├── MatchNotConfirmed      the pair is not confirmed, or belongs to another need
    ├── LeadStands             another department leads already
    ├── LeadFirst              a joint department before there is a lead
    ├── HoldsItAlready         the department has an open part of the order
    ├── NothingOpen            nothing is left to dispatch
    └── NotSolvedYet           closed as solved before the departments completed
```
"""

from diancai.ground.errors import NotNow, NotValid, Refusal


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


class ActNotNow(NotNow):
    code = "act_not_now"
    zh = "现在是“{state_zh}”，不能“{act_zh}”。请刷新看最新进展。"
    en = "It is “{state_en}” now, so “{act_en}” is not possible. Reload to see where it stands."


class NeedNotOrderable(NotNow):
    code = "need_not_orderable"
    zh = "这条需求现在不能点单：还没有审定、不进清单，或已经有在办的点单。"
    en = "The need cannot be ordered now: it is not reviewed, goes on no list, or has an open order."


class MatchNotConfirmed(NotNow):
    code = "match_not_confirmed"
    zh = "这一对还没有确认，或不是这条需求的。请先确认对接再点单。"
    en = "The pair is not confirmed, or belongs to another need. Confirm it first."


class LeadStands(NotNow):
    code = "lead_stands"
    zh = "已有牵头单位{department}。要换牵头，先撤回它的派单；要增加单位，请派为配合单位。"
    en = "{department} leads already. Recall its part to change the lead, or dispatch as a joint department."


class LeadFirst(NotNow):
    code = "lead_first"
    zh = "还没有牵头单位。请先派牵头单位，再派配合单位。"
    en = "Nobody leads yet. Dispatch to a lead department first."


class HoldsItAlready(NotNow):
    code = "holds_it_already"
    zh = "{department}已经有这张单，不用再派。"
    en = "{department} holds this order already."


class NothingOpen(NotNow):
    code = "nothing_open"
    zh = "数量已经全部派出，没有余下的可派。要请单位配合而不分数量，请填数量0。"
    en = "Everything is dispatched; nothing is left. To ask for help without a share, give the quantity 0."


class NotSolvedYet(NotNow):
    code = "not_solved_yet"
    zh = "部门还没有办结，不能按“{reason_zh}”归档。"
    en = "The departments have not completed it, so it cannot be closed as “{reason_en}”."


CONSTRAINTS: dict[str, Refusal] = {
    "one_open_order_per_need": NeedNotOrderable(),
    "order_order.need_id": NeedNotOrderable(),
    "one_open_lead_per_order": LeadStands(department="其他单位"),
    "one_open_assignment_per_department": HoldsItAlready(department="该单位"),
    "order_assignment.order_id, order_assignment.department_id": HoldsItAlready(department="该单位"),
    "order_assignment.order_id": LeadStands(department="其他单位"),
    "order_not_allowed_has_rule": RuleMissing(),
    "order_plan_all_or_none": WordsMissing(field_zh="年度、资金来源、答复人", field_en="year, money and answerer"),
    "assignment_return_has_reason": WordsMissing(field_zh="退回原因和依据", field_en="reason and basis"),
}
