"""Why a clock cannot be read or a file of clocks cannot be taken: the catalogue of refusals of `clocks`.

```
Refusal
├── YearMissing          year_missing         a day in a year whose working-day calendar is not there
├── BadFile              bad_file             a row or field of a configuration file that cannot be read
├── LimitsClash          limits_clash         two limits claim one order and neither is the more specific
├── NoLimit              no_limit             no limit is in force for an order
├── BadSpan              bad_span             a length that is not written as 13d or 4h
├── NoZone               no_zone              an instant without a time zone
├── WantedBackwards      wanted_backwards     a wanted time that ends before it begins
└── WrongSequence        wrong_sequence       acts that cannot follow one another
    ├── OutOfOrder       out_of_order         an act earlier than the one before it
    ├── NotStarted       not_started          an act, or a question, before the start
    ├── StartedTwice     started_twice
    ├── AlreadyPaused    already_paused
    ├── NotPaused        not_paused           resumed though it was running
    ├── AfterStop        after_stop           an act on a clock that has stopped
    ├── TwoHandOvers     two_hand_overs       to two units at the same instant
    ├── BadExtension     bad_extension        by no working day at all, or approved before it was asked for
    └── ExtensionTooLate extension_too_late   asked for after the limit had run out
```
"""

from typing import ClassVar


class Refusal(Exception):
    """A refusal: `code`, `params`, and its sentence `zh` and `en`: what happened, why, what to do."""

    code: ClassVar[str] = "refused"
    says_zh: ClassVar[str] = "时限没有算成。"
    says_en: ClassVar[str] = "The clock could not be computed."

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.zh)

    @property
    def zh(self) -> str:
        """The sentence in Chinese."""
        return self.says_zh.format(**self.params)

    @property
    def en(self) -> str:
        """The sentence in English."""
        return self.says_en.format(**self.params)

    def text(self, language: str) -> str:
        """The sentence in the language asked for: English for "en…", else Chinese."""
        return self.en if language.startswith("en") else self.zh


class YearMissing(Refusal):
    """`year` and `file`, the name of the file to add below `config/`."""

    code = "year_missing"
    says_zh = (
        "缺少{year}年的工作日历，涉及这一年的时限算不出来。"
        "请按国务院办公厅公布的放假安排编写 config/{file}（表头 date,kind,name，可照上一年的文件改），"
        "放进数据文件夹后重新计算。"
    )
    says_en = (
        "The working-day calendar of {year} is missing, so limits that reach into it cannot be computed. Write "
        "config/{file} from the published holiday notice (columns date,kind,name, as in the file of the year before), "
        "put it into the data folder and compute again."
    )


class BadFile(Refusal):
    code = "bad_file"
    says_zh = "config/{file} {where_zh}不能用：{what_zh}。请改正后重新启动。"
    says_en = "config/{file}, {where_en}, cannot be used: {what_en}. Mend it and start again."


class LimitsClash(Refusal):
    code = "limits_clash"
    says_zh = (
        "config/limits.csv 第{first}行和第{second}行都适用于“{both_zh}”，分不出哪一条更具体。"
        "请为“{both_zh}”单独写一行，或改正其中一行的条件或起止日期。"
    )
    says_en = (
        "config/limits.csv: lines {first} and {second} both claim “{both_en}” and neither is more specific. "
        "Add a line of its own for “{both_en}”, or mend the conditions or dates of one of them."
    )


class NoLimit(Refusal):
    code = "no_limit"
    says_zh = "config/limits.csv 里没有{on}适用的“{clock_zh}”时限。请补一行不限条件的通用规则。"
    says_en = "config/limits.csv has no limit for “{clock_en}” in force on {on}. Add a general line without conditions."


class BadSpan(Refusal):
    code = "bad_span"
    says_zh = "“{text}”不是时限的写法。请写成“13d”或“13个工作日”、“4h”或“4个工作小时”。"
    says_en = "“{text}” is not a length of time. Write 13d for working days or 4h for working hours."


class NoZone(Refusal):
    code = "no_zone"
    says_zh = "时刻{at}没有写明时区，不能用来计时。请改用带时区的时刻。"
    says_en = "The instant {at} has no time zone and cannot be counted with. Give one with its zone."


class WantedBackwards(Refusal):
    code = "wanted_backwards"
    says_zh = "所需时间从{first}到{last}，止期早于起期。请核对后重填。"
    says_en = "The wanted time runs from {first} to {last} and ends before it begins. Check it and fill it in again."


class WrongSequence(Refusal):
    """The acts on one clock cannot follow one another as given."""

    code = "wrong_sequence"


class OutOfOrder(WrongSequence):
    code = "out_of_order"
    says_zh = "计时记录的先后有误：{at}的记录排在{before}之后。请按发生时间排好再算。"
    says_en = "The acts are out of order: one of {at} stands after one of {before}. Put them in order of time."


class NotStarted(WrongSequence):
    code = "not_started"
    says_zh = "这一时限在{at}还没有开始计时。请先派单，或查看开始之后的时刻。"
    says_en = "At {at} this clock had not started. Dispatch first, or ask for a later instant."


class StartedTwice(WrongSequence):
    code = "started_twice"
    says_zh = "这一时限已经开始计时，{at}不能再次开始。重办请另起一个时限。"
    says_en = "This clock has started already and cannot start again at {at}. A redo round opens a clock of its own."


class AlreadyPaused(WrongSequence):
    code = "already_paused"
    says_zh = "计时已经暂停，{at}不能再次暂停。请先恢复计时。"
    says_en = "The clock is paused already and cannot be paused again at {at}. Resume it first."


class NotPaused(WrongSequence):
    code = "not_paused"
    says_zh = "计时没有暂停，{at}不用恢复。请刷新页面看最新进展。"
    says_en = "The clock is not paused; there is nothing to resume at {at}. Reload to see where it stands."


class AfterStop(WrongSequence):
    code = "after_stop"
    says_zh = "计时已经结束，{at}不能再办这件事。群众反映没有解决的，请发起重办。"
    says_en = "The clock has stopped; nothing more can be done on it at {at}. If it is not solved, open a redo round."


class TwoHandOvers(WrongSequence):
    code = "two_hand_overs"
    says_zh = "{at}同时移交给了两个单位，分不清由谁接着办。请只保留一次移交。"
    says_en = "At {at} it was handed over to two units at once; it is not clear who holds it. Keep one of the two."


class BadExtension(WrongSequence):
    code = "bad_extension"
    says_zh = "{at}申请的延期不成立：至少延一个工作日，批准时间不能早于申请时间。请核对后重填。"
    says_en = (
        "The extension asked for at {at} cannot stand: it needs at least one working day and an approval after it was "
        "asked for. Check and fill it in again."
    )


class ExtensionTooLate(WrongSequence):
    code = "extension_too_late"
    says_zh = "时限已于{due}到期，{at}不能再申请延期。请抓紧办理并说明超期原因。"
    says_en = "The limit ran out at {due}; no extension can be asked for at {at}. Finish it and say why it is late."
