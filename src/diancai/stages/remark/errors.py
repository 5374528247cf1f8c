"""Why a remark or an import was not taken.

```
Refusal
├── NotValid
│   ├── EmptyRemark · TooLong · SaidInFuture · NothingTicked · NoSuchPlace
│   ├── FieldTooLong · CountOutOfRange · UnknownWord
│   ├── PhotoNotTaken · PurposeMissing · ReasonMissing
│   └── FileRefused             the file as a whole: the reason of formats.errors, with its own code
├── NotNow
│   ├── NotInForce · AlreadyDiverted · NotDiverted
│   └── BatchNotRead · BatchWithdrawn · BatchNotCommitted · RowTaken
└── NotFound
    └── RowNotFound
```
"""

from diancai.formats.errors import Refusal as FormatRefusal
from diancai.ground.errors import NotFound, NotNow, NotValid


class EmptyRemark(NotValid):
    code = "empty_remark"
    zh = "没有填写原话。写一句就行，请补上再保存。"
    en = "The words are missing. One sentence is enough; fill it in and save again."


class TooLong(NotValid):
    code = "remark_too_long"
    zh = "原话有{length}个字，超过{limit}字的上限，没有保存。请分成几条记录。"
    en = "The remark has {length} characters, over the limit of {limit}, and was not saved. Split it into several."


class FieldTooLong(NotValid):
    code = "field_too_long"
    zh = "“{field_zh}”有{length}个字，最多{most}个，没有保存。请写短些，细节写进原话。"
    en = "“{field_en}” has {length} characters, at most {most} are kept; nothing was saved. Put details into the words."


class CountOutOfRange(NotValid):
    code = "count_out_of_range"
    zh = "{field_zh}写的是{count}，应在0到{most}之间，没有保存。请核对。"
    en = "{field_en}: {count} was given, it must lie between 0 and {most}; nothing was saved. Check the number."


class UnknownWord(NotValid):
    code = "unknown_word"
    zh = "没有“{words}”这一项，没有保存。可填：{choices}。"
    en = "There is no choice “{words}”; nothing was saved. Choose one of: {choices}."


class SaidInFuture(NotValid):
    code = "said_in_future"
    zh = "反映时间{said_at}还没有到，请核对日期后再保存。"
    en = "The time when it was said, {said_at}, is still to come. Check the date and save again."


class NoSuchPlace(NotValid):
    code = "no_such_place"
    zh = "没有代码为“{code}”的地点，请从列表中选择。"
    en = "There is no place with the code “{code}”. Choose one from the list."


class NothingTicked(NotValid):
    code = "nothing_ticked"
    zh = "没有勾选任何一条，所以什么也没有保存。请勾选属于诉求的话。"
    en = "No line was ticked, so nothing was kept. Tick the lines that ask for something."


class PhotoNotTaken(NotValid):
    code = "photo_not_taken"
    zh = "照片“{name}”没有保存：只收10兆以内的JPEG、PNG、WebP或HEIC图片。原话请重新提交。"
    en = "The photo “{name}” was not kept: JPEG, PNG, WebP or HEIC up to 10 MB are taken. Send the remark again."


class PurposeMissing(NotValid):
    code = "purpose_missing"
    zh = "查看原文和联系方式要写明用途，这次查看会记录在案。请填写用途（至少4个字）。"
    en = "State the purpose for opening what is sealed (at least 4 characters); the opening is recorded."


class ReasonMissing(NotValid):
    code = "reason_missing"
    zh = "请写明原因，方便以后查对。"
    en = "Give a reason, so that it can be understood later."


class FileRefused(NotValid):
    """A whole file was refused; text and code are those of `formats.errors`."""

    code = "file_refused"

    def __init__(self, reason: FormatRefusal) -> None:
        self.reason = reason
        super().__init__(reason=reason.code)

    def text(self, language: str) -> str:
        """The sentence of the format's own refusal."""
        return self.reason.text(language)


class NotInForce(NotNow):
    code = "remark_withdrawn"
    zh = "这条民情记录已撤回，不能再办理。再次导入原表可以恢复。"
    en = "This remark was withdrawn and cannot be acted on. Importing its sheet again revives it."


class AlreadyDiverted(NotNow):
    code = "already_diverted"
    zh = "这条记录已转有权处理单位，不在本系统继续办理。"
    en = "This remark was diverted to the lawful body and is not handled here."


class NotDiverted(NotNow):
    code = "not_diverted"
    zh = "这条记录没有转办，不用退回。"
    en = "This remark was not diverted; there is nothing to bring back."


class BatchNotRead(NotNow):
    code = "batch_not_read"
    zh = "这份表还没有读完，不能导入。请重新上传文件。"
    en = "This sheet was not read to its end and cannot be imported. Upload the file again."


class BatchWithdrawn(NotNow):
    code = "batch_withdrawn"
    zh = "这一批已经撤回。要恢复，请把原文件再导入一次。"
    en = "This batch was withdrawn. Import the file again to revive its rows."


class BatchNotCommitted(NotNow):
    code = "batch_not_committed"
    zh = "这一批还没有导入，没有可撤回的记录。"
    en = "This batch was not imported; there is nothing to withdraw."


class RowTaken(NotNow):
    code = "row_taken"
    zh = "第{number}行已经导入成民情记录，不能再改。原话是凭证，可以撤回整批后重新导入。"
    en = "Row {number} is a remark already and cannot be changed. Withdraw the batch and import a mended sheet."


class RowNotFound(NotFound):
    code = "row_not_found"
    zh = "这份表里没有第{number}行。"
    en = "This sheet has no row {number}."
