"""Why a file or a pasted text cannot be taken: the catalogue of refusals of `formats`.

```
Refusal
├── FileTooLarge          too_large         more bytes than the limit, before or after unpacking
├── SheetTooWide          sheet_too_wide    a stray cell so far away that the sheet cannot be held
├── EmptyFile             empty_file        no byte in it
├── EmptySheet            empty_sheet       sheets without a row under a header
├── WrongKind             wrong_kind        a Word file, PDF, picture, web page … called a table
├── Encrypted             encrypted         opened only with a password
├── Broken                broken            damaged, or not what its name says
├── UnknownEncoding       unknown_encoding  characters that no usual encoding explains
├── NoSuchSheet           no_such_sheet     the sheet asked for does not exist
├── SheetGone             sheet_gone        a kept file that is kept no more
├── ColumnMissing         column_missing    the compulsory column was not found
├── TwoTables             two_tables        two tables side by side, each complete
└── TooManyRows           too_many_rows     more rows than an Excel sheet holds (writing)
```
"""

from collections.abc import Mapping
from typing import ClassVar


class Refusal(Exception):
    """A refusal: `code`, `params`, and its sentence `zh` and `en`: what happened, why, what to do."""

    code: ClassVar[str] = "refused"
    says_zh: ClassVar[str] = "没有办成。"
    says_en: ClassVar[str] = "This was not done."

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.zh)

    @staticmethod
    def again(code: str, params: Mapping[str, object]) -> "Refusal":
        """The refusal of a code as it was raised before: a job notes it, a page tells it. KeyError for another code."""
        return {kind.code: kind for kind in Refusal.__subclasses__()}[code](**params)

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


class FileTooLarge(Refusal):
    code = "too_large"
    says_zh = (
        "文件“{name}”有{size}，超过{limit}的上限，没有读取。请删去图片和空白行，或拆成几个文件，也可另存为CSV后再导入。"
    )
    says_en = (
        "“{name}” is {size}, over the limit of {limit}, and was not read. "
        "Remove pictures and blank rows, split it, or save it as CSV and import that."
    )


class SheetTooWide(Refusal):
    code = "sheet_too_wide"
    says_zh = (
        "文件“{name}”里有一张工作表（可能是隐藏的）一直用到{cell}（{rows}行×{columns}列），超过{limit}格，没有读取。"
        "多半是远处有没用的内容或格式：请选中表格以外的空白行和空白列，整行整列删除，保存后再导入；"
        "也可把表格复制到新文件里。"
    )
    says_en = (
        "A sheet of “{name}” (perhaps a hidden one) reaches to {cell} ({rows} rows × {columns} columns), more than "
        "{limit} cells, and was not read. Most likely something useless stands far away: delete the blank rows and "
        "columns beyond the table, save and import again, or copy the table into a new file."
    )


class EmptyFile(Refusal):
    code = "empty_file"
    says_zh = "文件“{name}”是空的，一个字节也没有。可能还在下载或未保存，请打开检查后重新选择。"
    says_en = (
        "“{name}” is empty: it holds no byte. It may still be downloading or unsaved; open it, check, and choose again."
    )


class EmptySheet(Refusal):
    code = "empty_sheet"
    says_zh = "“{name}”里没有可读的数据：{sheets}。请在表头下面至少填一行再导入。"
    says_en = (
        "There are no rows to read in “{name}”: {sheets}. Fill in at least one row under the header and import again."
    )


class WrongKind(Refusal):
    code = "wrong_kind"
    says_zh = "“{name}”其实是{kind_zh}，不是表格，改扩展名不起作用。{advice_zh}"
    says_en = "“{name}” is really {kind_en}, not a table; renaming it does not help. {advice_en}"


class Encrypted(Refusal):
    code = "encrypted"
    says_zh = "“{name}”设了打开密码，无法读取。请在Excel或WPS中打开，取消密码后另存一份再导入。"
    says_en = (
        "“{name}” opens only with a password and cannot be read. "
        "Open it in Excel or WPS, remove the password, save a copy and import that."
    )


class Broken(Refusal):
    code = "broken"
    says_zh = "“{name}”已损坏或不是它的扩展名所说的格式，读不出来。请用Excel或WPS打开后另存为.xlsx再导入。"
    says_en = (
        "“{name}” is damaged or not of the kind its name says, and cannot be read. "
        "Open it in Excel or WPS, save it as .xlsx and import that."
    )


class UnknownEncoding(Refusal):
    code = "unknown_encoding"
    says_zh = "认不出“{name}”的文字编码，读出来会是乱码。请用Excel或WPS打开后另存为.xlsx，或另存为“CSV UTF-8”再导入。"
    says_en = (
        "The character encoding of “{name}” is not known; it would read as rubbish. "
        "Open it in Excel or WPS and save it as .xlsx, or as “CSV UTF-8”, and import that."
    )


class NoSuchSheet(Refusal):
    code = "no_such_sheet"
    says_zh = "“{name}”里没有名为“{sheet}”的工作表，现有：{sheets}。请从中选一个。"
    says_en = "“{name}” has no sheet “{sheet}”; it has: {sheets}. Choose one of these."


class SheetGone(Refusal):
    code = "sheet_gone"
    says_zh = "这份表放得太久，已经清掉了，请重新选一次文件。"
    says_en = "This sheet lay too long and was cleared away. Choose the file again."


class ColumnMissing(Refusal):
    code = "column_missing"
    says_zh = (
        "在工作表“{sheet}”里没找到必填的“{wanted_zh}”列。看到的表头（第{row}行）是：{headers}。"
        "请把这一列的表头改为“{wanted_zh}”，或下载模板对照填写。"
    )
    says_en = (
        "The compulsory column “{wanted_en}” was not found on sheet “{sheet}”. The header seen (row {row}): {headers}. "
        "Rename that column to “{wanted_zh}”, or fill in the template."
    )


class TwoTables(Refusal):
    code = "two_tables"
    says_zh = (
        "工作表“{sheet}”上并排放着两张表：左边是{left}，右边是{right}，不知道该读哪一张。"
        "请选择左表或右表，或把它们分到两个工作表里。"
    )
    says_en = (
        "Sheet “{sheet}” holds two tables side by side: on the left {left}, on the right {right}; "
        "it is not clear which to read. Choose the left or right one, or put them on two sheets."
    )


class TooManyRows(Refusal):
    code = "too_many_rows"
    says_zh = "共{rows}行，超过Excel一张工作表的{limit}行。请改为导出CSV，或按旗县区、时间分批导出。"
    says_en = (
        "There are {rows} rows, more than the {limit} of an Excel sheet. Export CSV, or export by county or period."
    )
