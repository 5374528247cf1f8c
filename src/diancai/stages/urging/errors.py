"""Refusals of urging.

```
Refusal
├── NotAllowed
│   └── NotYoursToUrge     the table gives the post no way to send this step to this department
├── NotNow
│   ├── NothingToUrge      the part is done, returned, paused, or its order is closed
│   ├── NotLateYet         a supervision before the part is overdue
│   ├── StepSkipped        the step before was never taken
│   ├── StepStands         the step before still has its time, or its promise runs
│   ├── AnsweredAlready    an urging that was answered
│   ├── LetterSentAlready  a letter that left, or was withdrawn
│   └── LetterWithheld     one of its orders proved to be a report about persons
└── NotValid
    ├── NobodyChosen       no part was ticked
    ├── TooManyChosen      more parts than go into one act
    ├── SeveralUnits       a letter to several departments
    ├── SkipNotPressing    a skipped step for an order that is not pressing
    ├── AnswerMissing      an answer without words
    ├── AnswerTooLong      more characters than are kept
    ├── PromisedInPast     a promised day that has passed
    └── SignedBeforeDrafted  the signature is older than the letter
```
"""

from diancai.ground.errors import NotAllowed, NotNow, NotValid


class NotYoursToUrge(NotAllowed):
    code = "not_yours_to_urge"
    zh = (
        "您的岗位不能向{department}发“{step_zh}”。领导小组办公室只催办、督办本级和下级单位；上级单位请通过上级领导小组"
        "办公室联系；苏木乡镇和牵头单位只能催办。"
    )
    en = (
        "Your post cannot send “{step_en}” to {department}. An office urges departments of its own level and below; "
        "towns and lead departments send reminders only; to a higher department go through its own office."
    )


class NothingToUrge(NotNow):
    code = "nothing_to_urge"
    zh = "{number}现在没有可催的：已办结、已退回、计时暂停或已归档。请刷新看最新进展。"
    en = "Nothing of {number} can be urged now: it is completed, returned, paused or closed. Reload the page."


class NotLateYet(NotNow):
    code = "not_late_yet"
    zh = "{number}还没有逾期，只能催办。逾期以后仍不办理、不答复的，再督办。"
    en = "{number} is not overdue yet, so a reminder is all that may be sent."


class StepSkipped(NotNow):
    code = "step_skipped"
    zh = "{number}还没有发过“{needed_zh}”，不能直接“{step_zh}”。请先“{needed_zh}”；急件可以写明理由越级。"
    en = "No “{needed_en}” was sent for {number}, so “{step_en}” is too early. A pressing order may skip with a reason."


class StepStands(NotNow):
    code = "step_stands"
    zh = "{number}的“{needed_zh}”{until}（含）以前还在答复或承诺的期限内，过了再升级。"
    en = "The “{needed_en}” of {number} has its time until {until}; go on after that."


class AnsweredAlready(NotNow):
    code = "answered_already"
    zh = "这一件已经答复过，或不用答复。要补充的，请在订单里办理。"
    en = "It was answered already, or needs no answer."


class LetterSentAlready(NotNow):
    code = "letter_sent_already"
    zh = "{number}已经发出或作废，不能再改。"
    en = "{number} has been sent or withdrawn and can no longer change."


class LetterWithheld(NotNow):
    code = "letter_withheld"
    zh = "函件涉及依法移送的事项，原件不再公开。"
    en = "The letter touches a matter that went to the lawful body; its paper is no longer shown."


class NobodyChosen(NotValid):
    code = "nobody_chosen"
    zh = "请先勾选要催办的订单。"
    en = "Tick the orders to urge first."


class TooManyChosen(NotValid):
    code = "too_many_chosen"
    zh = "一次最多{most}件，现在勾选了{count}件。请分几次办。"
    en = "At most {most} at once; {count} are ticked. Do it in several goes."


class SeveralUnits(NotValid):
    code = "several_units"
    zh = "一份“{step_zh}”只发一个单位，勾选的订单属于{count}个单位。请按单位分别发。"
    en = "A “{step_en}” goes to one department; the ticked orders belong to {count}."


class SkipNotPressing(NotValid):
    code = "skip_not_pressing"
    zh = "{number}不是急件，不能越级。请按催办、督办、提醒、通报的次序办。"
    en = "{number} is not pressing, so no step may be skipped."


class AnswerMissing(NotValid):
    code = "answer_missing"
    zh = "请写明办到哪一步、什么时候办结。"
    en = "Say how far it is and when it will be done."


class AnswerTooLong(NotValid):
    code = "answer_too_long"
    zh = "写了{length}字，最多{most}字。请只写要点。"
    en = "{length} characters; at most {most} are kept."


class PromisedInPast(NotValid):
    code = "promised_in_past"
    zh = "预计办结日期{day}已经过了，请填今天或以后的日期。"
    en = "{day} has passed; give today or a later day."


class SignedBeforeDrafted(NotValid):
    code = "signed_before_printed"
    zh = "签发日期{day}早于函件拟稿的{drafted}，请核对。"
    en = "{day} is before {drafted}, when the letter was drawn up."
