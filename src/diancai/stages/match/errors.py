"""Refusals of match.

```
Refusal
├── NotValid
│   ├── ReasonMissing      a refusal without a reason
│   └── ReasonTooLong      more characters than are kept
└── NotNow
    ├── AlreadyDecided     somebody else has confirmed or refused the pair
    ├── AlreadyMatched     the need has another confirmed pair
    ├── NeedNotOpen        the need is not reviewed yet, left out, merged or past matching
    ├── OfferNotInForce    the offer was withdrawn or its term is over
    ├── NoCapacityLeft     the offer's capacity of that month is booked
    ├── CapacityShort      the order takes more than the offer has left
    ├── DoesNotServe       the offer does not serve the need's place
    └── OrderStands        an order was placed on the pair
```
"""

from diancai.ground.errors import NotNow, NotValid, Refusal


class ReasonMissing(NotValid):
    code = "reason_missing"
    zh = "请写明为什么不合适，系统以后就不再推荐这一对。"
    en = "Say why the offer does not fit; the pair will not be proposed again."


class ReasonTooLong(NotValid):
    code = "reason_too_long"
    zh = "原因有{length}个字，最多200个，请精简。"
    en = "The reason has {length} characters; at most 200 are kept. Please shorten it."


class AlreadyDecided(NotNow):
    code = "already_decided"
    zh = "这一对已经有人定过了，请刷新看结果。"
    en = "Somebody has already decided on this pair. Reload to see it."


class AlreadyMatched(NotNow):
    code = "already_matched"
    zh = "这条需求已经确认了另一个服务项目。要换，请先把原来的改为不合适并写明原因。"
    en = "The need has another confirmed offer. Refuse that one first, with a reason, to change it."


class NeedNotOpen(NotNow):
    code = "need_not_open"
    zh = "这条需求现在不能对接：还没有审定，或已并入、不列入、已派单。"
    en = "The need cannot be matched now: it is not reviewed yet, or was merged, left out or ordered."


class OfferNotInForce(NotNow):
    code = "offer_not_in_force"
    zh = "这个服务项目已撤下或过了有效期，请另选项目，或请责任单位重新登记。"
    en = "The offer was withdrawn or its term is over. Choose another, or ask the department to write it anew."


class NoCapacityLeft(NotNow):
    code = "no_capacity_left"
    zh = "“{service}”{month}的能力（{capacity}）已约满。请换一个月份、另选项目，或请{department}增加能力。"
    en = "“{service}” is booked up in {month} ({capacity}). Take another month or offer, or ask {department} for more."


class CapacityShort(NotNow):
    code = "capacity_short"
    zh = "“{service}”{month}只剩{free}{unit}，不够{asked}{unit}。请减少数量、另选项目，或请{department}增加能力。"
    en = "“{service}” has {free} {unit} left in {month}, not {asked}. Take less or another offer, or ask {department}."


class DoesNotServe(NotNow):
    code = "does_not_serve"
    zh = "“{service}”的服务范围是{places}，不含这条需求所在的地方。请另选项目，或请{department}扩大服务范围。"
    en = "“{service}” serves {places}, not the place of this need. Choose another offer or ask {department}."


class OrderStands(NotNow):
    code = "order_stands"
    zh = "已经按这一对派单了，要换项目请先撤单。"
    en = "An order was placed on this pair; withdraw the order first."


CONSTRAINTS: dict[str, Refusal] = {
    "need_has_one_confirmed_match": AlreadyMatched(),
    "match_match.need_id": AlreadyMatched(),
    "match_once_per_pair": AlreadyDecided(),
    "match_match.need_id, match_match.offer_id": AlreadyDecided(),
    "match_refused_has_reason": ReasonMissing(),
}
