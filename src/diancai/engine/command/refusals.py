"""The refusals of the shell door: a file as a whole cannot be used. Each says what, why and what to do, on one line."""


class Unusable(Exception):
    """Exit code 2. `code` names the refusal; `zh` and `en` tell it."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(zh)
        self.code, self.zh, self.en = code, zh, en

    def line(self) -> str:
        """The one line for stderr."""
        return f"{self.code}: {self.zh} / {self.en}".replace("\n", " ")


def no_file(name: str) -> Unusable:
    """There is no such file."""
    return Unusable("no_file", f"找不到文件 {name}，请核对路径", f"no file {name}; check the path")


def not_readable(name: str, reason: str) -> Unusable:
    """The file is not what its name says."""
    return Unusable(
        "not_readable",
        f"{name} 读不出来（{reason}），请另存为 UTF-8 的 CSV、.xlsx 或 .jsonl",
        f"{name} cannot be read ({reason}); save it as CSV in UTF-8, as .xlsx or as .jsonl",
    )


def no_column(name: str, column: str, found: list[str]) -> Unusable:
    """A needed column is missing."""
    told = "、".join(found[:12]) or "无"
    return Unusable(
        "no_column",
        f"{name} 缺少“{column}”列，现有：{told}；请补上该列",
        f"{name} has no column '{column}' (found: {', '.join(found[:12]) or 'none'}); add it",
    )


def nothing_to_learn(name: str) -> Unusable:
    """No row has both a text and a label."""
    return Unusable(
        "nothing_to_learn",
        f"{name} 里没有一行同时有正文和类别，请至少标注一行",
        f"no row of {name} has both a text and a label; label at least one",
    )


def no_topics(name: str) -> Unusable:
    """A topic list without a name."""
    return Unusable("no_topics", f"{name} 里没有主题名称，请每行写一个主题", f"{name} names no topic; write one a row")


def not_a_model(name: str) -> Unusable:
    """The model file was not written by `learn`."""
    return Unusable(
        "not_a_model",
        f"{name} 不是本引擎的模型，请用 learn 重新生成",
        f"{name} is not a model of this engine; make it with learn",
    )
