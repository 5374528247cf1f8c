"""Why an act on a need or a demand list was refused.

```
Refusal                      (of the paper and its signature: `ground/slip/errors.py`)
├── NotValid
│   ├── ReasonMissing · ContentMissing · NoSuchField · BadValue · WindowBackwards
│   ├── PartsMissing · SameNeed · NoSuchPeriod
├── NotNow
│   ├── ChangedMeanwhile · StateForbids · NeedWordless · NotMerged · OnlySource · AlreadyAnswered
│   ├── HasOrders · OtherCounty · OtherProgramme · OtherRoute · NothingToUndo
│   └── EditionFrozen · DraftedMeanwhile · EditionHolds · EditionNotSigned · NotForTheList
```
"""

from diancai.ground.errors import NotNow, NotValid, Refusal


class ReasonMissing(NotValid):
    code = "reason_missing"
    zh = "请写明理由，以后有人问起好查。"
    en = "Give a reason, so that it can be answered later."


class ContentMissing(NotValid):
    code = "content_missing"
    zh = "需求内容不能空着。一行写清要什么，不超过{limit}字。"
    en = "The content may not be empty. Say in one line of at most {limit} characters what is wanted."


class NoSuchField(NotValid):
    code = "no_such_field"
    zh = "需求没有“{name}”这一项，没有保存。"
    en = "A need has no field “{name}”; nothing was saved."


class BadValue(NotValid):
    code = "bad_value"
    zh = "“{name}”不能填“{value}”，请从给出的选项中选择或按格式填写。"
    en = "“{value}” cannot stand in “{name}”; choose one of those offered, or follow the form."


class WindowBackwards(NotValid):
    code = "window_backwards"
    zh = "最早时间晚于最迟时间，请核对。"
    en = "The earliest day is behind the latest one. Check them."


class PartsMissing(NotValid):
    code = "parts_missing"
    zh = "拆分至少要写两条，每条都要有需求内容。"
    en = "A split needs at least two parts, each with its content."


class SameNeed(NotValid):
    code = "same_need"
    zh = "不能把一条需求并入它自己。"
    en = "A need cannot be merged into itself."


class NoSuchPeriod(NotValid):
    code = "no_such_period"
    zh = "请填写清单的期次，如“2019-12”或“第一期”，不超过20字。"
    en = "Name the period of the list, such as 2019-12, in at most 20 characters."


class ChangedMeanwhile(NotNow):
    code = "changed_meanwhile"
    zh = "这条需求刚被别人改过，您的修改没有保存。请刷新后在最新内容上再改。"
    en = "Somebody else has just changed this need; your change was not saved. Reload and change what stands there now."


class StateForbids(NotNow):
    code = "state_forbids"
    zh = "这条需求现在是“{state_zh}”，不能{act_zh}。"
    en = "This need is “{state_en}” now and cannot be {act_en}."


class NeedWordless(NotNow):
    code = "need_wordless"
    zh = "这条需求的内容已依法移送，这里不再办理。反映退回后会重新识别成需求，请在新的需求上办。"
    en = "The words of this need went to the lawful body; it is closed here. A returned remark makes a new need."


class NotMerged(NotNow):
    code = "not_merged"
    zh = "这条需求没有并入别的需求，不用拆开。"
    en = "This need is not merged into another; there is nothing to part."


class OnlySource(NotNow):
    code = "only_source"
    zh = "这条需求只有这一条原话，拆出去就空了。要拆成几条需求，请用“拆分”。"
    en = "The need rests on this remark alone. To make several needs of it, use “split”."


class AlreadyAnswered(NotNow):
    code = "already_answered"
    zh = "这条归并建议已经有人答复过了。"
    en = "This proposal to merge has been answered already."


class HasOrders(NotNow):
    code = "has_orders"
    zh = "“{content}”已经点单，不能并走、撤销、改去向或不列入。请先撤单；要归并，请反过来把另一条并入它。"
    en = "“{content}” has an order and stays as it is. Withdraw the order first; to merge, merge the other into it."


class OtherCounty(NotNow):
    code = "other_county"
    zh = "两条需求不在一个旗县，不能合并（旗县条数要对得上）。可以标为共性需求。"
    en = "The two needs belong to different counties and do not merge (county counts must add up). Tag them as common."


class OtherProgramme(NotNow):
    code = "other_programme"
    zh = "两条需求不属于同一个行动，不能合并。"
    en = "The two needs belong to different programmes and do not merge."


class OtherRoute(NotNow):
    code = "other_route"
    zh = "一条进清单、一条不进清单，不能合并。请先改去向。"
    en = "One of them goes on the list and the other does not; change the route first."


class NothingToUndo(NotNow):
    code = "nothing_to_undo"
    zh = "这条需求没有可以撤销的操作。"
    en = "There is nothing to undo on this need."


class EditionFrozen(NotNow):
    code = "edition_frozen"
    zh = "这一版清单已{state_zh}，内容不再改动。要增加请做增补清单，要更改请出下一版。"
    en = "This edition is {state_en} and stays as it is. Add by a supplement, change by the next edition."


class DraftedMeanwhile(NotNow):
    code = "drafted_meanwhile"
    zh = "刚有人生成了这一期清单，您的没有再建。请刷新，在那一版上继续。"
    en = "Somebody has just drawn up this list; yours was not made beside it. Reload and go on with that one."


class EditionHolds(NotNow):
    code = "edition_holds"
    zh = "“{content}”在{period}第{number}版清单上，清单已{state_zh}，不能撤销。未发布的可退回草稿；已发布的下一版再改。"
    en = "“{content}” is on edition {number} of {period}, {state_en}: no undo. Unsign it, or change the next edition."


class EditionNotSigned(NotNow):
    code = "edition_not_signed"
    zh = "清单还没有签批，不能发布。请先打印送审单，签字后登记。"
    en = "The list is not signed and cannot be published. Print the paper, have it signed, and enter that."


class NotForTheList(NotNow):
    code = "not_for_the_list"
    zh = "“{content}”{why_zh}，不能列入清单。"
    en = "“{content}” {why_en} and cannot be listed."


# Which refusal a broken constraint is, as PostgreSQL and SQLite name it (`ground/constraints.py`).
CONSTRAINTS: dict[str, Refusal] = {
    "demand_edition_once": DraftedMeanwhile(),
    "need_demandedition.number": DraftedMeanwhile(),
}
