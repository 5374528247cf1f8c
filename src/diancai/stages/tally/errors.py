"""Refusals of tally.

```
Refusal
├── NotValid
│   ├── NoSuchIndicator    no indicator of that key is in force, or nothing may be taken out of it
│   ├── PeriodUnclear      the period ends before it begins, or is longer than five years
│   ├── WordsMissing       an exclusion without a reason or evidence, a refusal without words
│   └── WordsTooLong       more characters than are kept
└── NotNow
    ├── ExcludedAlready    the order was taken out, or somebody asked for it
    ├── DecidedAlready     somebody has decided about the exclusion
    ├── SamePerson         who asked for an exclusion may not allow it
    └── NotExcluded        the exclusion is not in force
```
"""

from diancai.ground.errors import NotNow, NotValid, Refusal


class NoSuchIndicator(NotValid):
    code = "no_such_indicator"
    zh = "没有“{key}”这项指标，或者它不允许剔除。可选：{keys}。"
    en = "There is no indicator “{key}”, or nothing may be taken out of it. Choose one of: {keys}."


class PeriodUnclear(NotValid):
    code = "period_unclear"
    zh = "统计时段写反了或者超过五年。请重新选起止日期。"
    en = "The period ends before it begins, or is longer than five years. Choose its days again."


class WordsMissing(NotValid):
    code = "exclusion_words_missing"
    zh = "请填写“{field_zh}”：剔除要说清为什么、依据什么，不同意也要说明。"
    en = "Please fill in “{field_en}”: an exclusion says why and on what evidence, and so does its refusal."


class WordsTooLong(NotValid):
    code = "exclusion_words_too_long"
    zh = "“{field_zh}”有{length}个字，最多300个，请精简。"
    en = "“{field_en}” has {length} characters; at most 300 are kept. Please shorten it."


class ExcludedAlready(NotNow):
    code = "excluded_already"
    zh = "这一件已经剔除，或者有人申请了正等第二人审定。"
    en = "The order was taken out already, or an exclusion waits for the second person."


class DecidedAlready(NotNow):
    code = "exclusion_decided"
    zh = "这项剔除申请已经有人审定了，请刷新看结果。"
    en = "Somebody has already decided about this exclusion. Reload to see it."


class SamePerson(NotNow):
    code = "exclusion_same_person"
    zh = "剔除要两个人办：申请的人不能自己审定，请另一位同志来办。"
    en = "Two people take an order out: who asked may not allow it. Let a colleague decide."


class NotExcluded(NotNow):
    code = "not_excluded"
    zh = "这项剔除不在生效，不用恢复。"
    en = "This exclusion is not in force; there is nothing to lift."


CONSTRAINTS: dict[str, Refusal] = {
    "one_standing_exclusion": ExcludedAlready(),
    "tally_exclusion.order_id, tally_exclusion.indicator": ExcludedAlready(),
    "exclusion_by_two": SamePerson(),
    "exclusion_says_why": WordsMissing(field_zh="原因和依据", field_en="reason and evidence"),
}
