"""Which refusal a broken constraint is told as: what two acts at once run into."""

from diancai.ground.errors import Refusal
from diancai.stages.order.errors.now import (
    ExtensionWaits,
    GoesUpAlready,
    HoldsItAlready,
    LeadStands,
    NeedNotOrderable,
    PausedAlready,
    SamePerson,
    SettlementWaits,
)
from diancai.stages.order.errors.valid import RuleMissing, WordsMissing

CONSTRAINTS: dict[str, Refusal] = {
    "one_open_order_per_need_and_level": NeedNotOrderable(),
    "order_order.need_id, order_order.level": NeedNotOrderable(),
    "one_open_lead_per_order": LeadStands(department="其他单位"),
    "one_open_assignment_per_department": HoldsItAlready(department="该单位"),
    "order_assignment.order_id, order_assignment.department_id": HoldsItAlready(department="该单位"),
    "order_assignment.order_id": LeadStands(department="其他单位"),
    "order_not_allowed_has_rule": RuleMissing(),
    "order_plan_all_or_none": WordsMissing(field_zh="年度、资金来源、答复人", field_en="year, money and answerer"),
    "one_open_escalation_per_order": GoesUpAlready(),
    "order_escalation.lower_id": GoesUpAlready(),
    "one_open_pause_per_order": PausedAlready(),
    "order_pause.order_id": PausedAlready(),
    "one_waiting_extension_per_part": ExtensionWaits(),
    "order_extension.part_id": ExtensionWaits(),
    "one_waiting_settlement_per_order": SettlementWaits(),
    "order_settlement.order_id": SettlementWaits(),
    "settlement_by_two": SamePerson(),
    "assignment_return_has_reason": WordsMissing(field_zh="退回原因和依据", field_en="reason and basis"),
}
