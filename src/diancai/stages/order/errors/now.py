"""The order, its part or its twin forbids the act at present."""

from diancai.ground.errors import NotNow


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


class GoesUpAlready(NotNow):
    code = "goes_up_already"
    zh = "这张单已经提请上级，正在等答复或办理。要改请求的，先撤回提请。"
    en = "The order has gone up already and waits for the upper level. Call it back to change what is asked."


class NothingAbove(NotNow):
    code = "nothing_above"
    zh = "已经是最高一级，不能再提请。"
    en = "This is the highest level; there is nobody above to ask."


class UpperStillOpen(NotNow):
    code = "upper_still_open"
    zh = "上级那一单还没有办完，本级不能归档、撤单或列入计划。请等上级办结，或先撤回提请。"
    en = "The order above is still open, so this one cannot be ended. Wait for it, or call the escalation back."


class MeetingFirst(NotNow):
    code = "meeting_first"
    zh = "这是问题工单，要由领导小组办公室开会研判、登记结果以后才能“{act_zh}”。"
    en = "This is a problem order: “{act_en}” is possible after the programme office has recorded its meeting."


class NothingWaits(NotNow):
    code = "nothing_waits"
    zh = "现在没有等着“{act_zh}”的事项，可能别人已经办了。请刷新看最新进展。"
    en = "Nothing waits for “{act_en}” now; somebody may have done it. Reload to see where it stands."


class PausedAlready(NotNow):
    code = "paused_already"
    zh = "计时已经暂停。要换暂停原因的，先恢复计时。"
    en = "The clock is paused already. Resume it first to give another reason."


class ReturnWindowOver(NotNow):
    code = "return_window_over"
    zh = (
        "退回要在{last_day}（含）以前提出，现在已经过了。确不属本单位职责的，请先向派单的领导小组办公室说明，"
        "经准许后再退。"
    )
    en = (
        "A return was possible until {last_day}. If it is not your duty, explain it to the programme office that "
        "dispatched it and return it with its leave."
    )


class DecidedByMeeting(NotNow):
    code = "decided_by_meeting"
    zh = "承办单位是会议研判定下的，不能再退回或移交。有困难的，请向领导小组办公室书面报告。"
    en = "A meeting decided on this department, so it cannot be returned or handed over. Write to the office."


class NoDueDate(NotNow):
    code = "no_due_date"
    zh = "这张单没有定办理时限，不用申请延期。"
    en = "The order has no due date, so there is nothing to extend."


class AskedTooLate(NotNow):
    code = "asked_too_late"
    zh = "办理时限{due}已经过了，不能再申请延期。请抓紧办理，并在办结时说明逾期原因。"
    en = "The due date {due} has passed; an extension is asked for before. Finish it and say why it is late."


class ExtensionWaits(NotNow):
    code = "extension_waits"
    zh = "已经有一个延期申请在等审批，请等答复后再申请。"
    en = "An extension has been asked for already and waits for its answer."


class NotCompletedYet(NotNow):
    code = "not_completed_yet"
    zh = "现在是“{state_zh}”，还没有办结，不能请群众评价。"
    en = "It is “{state_en}” now and not completed, so nobody is asked to rate it yet."


class NotTriedEnough(NotNow):
    code = "not_tried_enough"
    zh = "按“三次未联系上”归档，要有{most}次没有联系上的回访记录，现在有{tried}次。请继续联系并登记。"
    en = "Closing as not reached needs {most} recorded tries in vain; there are {tried}. Go on and record them."


class SamePerson(NotNow):
    code = "same_person"
    zh = "提出销号的人不能自己确认，请另一位有权限的同志确认，或登记已签字的送审单。"
    en = "Who proposed it cannot confirm it. Ask a second person, or record the signed paper."


class SettlementWaits(NotNow):
    code = "settlement_waits"
    zh = "销号已经提出，正在等第二人确认。"
    en = "Closing has been proposed already and waits for the second person."


class NoSuccessor(NotNow):
    code = "no_successor"
    zh = "{department}没有登记承接单位，手上的单无处可交。请先登记由哪个单位承接。"
    en = "No successor of {department} is recorded, so nobody can take its orders. Record it first."
