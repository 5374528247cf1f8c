"""What feedback refuses, in Chinese and English.

```
Refusal
├── NotFound      SlipUnknown, SlipExpired (410)
├── NotNow        FollowUpOver, NotRateable
├── NotValid      AnswerMissing, CodeMistyped, AnswerTooLong, TryInFuture
└── TooManyTries  (429)
```
"""

from diancai.ground.errors import NotFound, NotNow, NotValid, Refusal


class SlipUnknown(NotFound):
    code = "slip_unknown"
    zh = "没有找到这个编号。请照着单子再核对一遍；还不行，请打单子上的联络电话。"
    en = "There is no such number. Compare it with your slip once more, or call the station named on it."


class CodeMistyped(NotFound):
    code = "code_mistyped"
    zh = "编号抄错了一位，或少了一位。编号是 15 位，没有 0、1、字母 O 和 I，请再核对。"
    en = "One character is wrong or missing. The number has 15 characters and no 0, 1, O or I; please compare it."


class SlipExpired(NotFound):
    code = "slip_expired"
    zh = "这张单子已经过期，不能再评。还有话要说的，请找本村联络员。"
    en = "This slip has expired. If you have more to say, please ask the liaison officer of your village."
    status = 410


class FollowUpOver(NotNow):
    code = "follow_up_over"
    zh = "这次回访已经结束：事情进入了下一轮办理，或者已经撤单。请看订单的最新进展。"
    en = "This follow-up is over: the order went into another round or was withdrawn. Look where it stands now."


class NotRateable(NotNow):
    code = "not_rateable"
    zh = "这件事还没有办结，办结以后才能评。"
    en = "This has not been completed yet; it can be rated afterwards."


class AnswerMissing(NotValid):
    code = "answer_missing"
    zh = "请选“{field_zh}”。"
    en = "Please choose an answer to “{field_en}”."


class AnswerTooLong(NotValid):
    code = "answer_too_long"
    zh = "想说的话有 {length} 个字，最多 {most} 个，请写短一些。"
    en = "The words have {length} characters; at most {most} are taken. Please shorten them."


class TryInFuture(NotValid):
    code = "try_in_future"
    zh = "联系的时间不能晚于现在，也不能早于办结的时间。"
    en = "The try cannot lie in the future or before the completion."


class TooManyTries(Refusal):
    code = "too_many_tries"
    zh = "试得太快了，请过{minutes}分钟再来。"
    en = "Too many tries. Please come back in {minutes} minutes."
    status = 429
