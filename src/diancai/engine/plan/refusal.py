"""Why an instance cannot be planned: a code with a text in Chinese and English. Raised by `problem` and `solve`."""


class PlanRefusal(ValueError):
    """An instance that is unusable; `code` names the kind, `zh` and `en` say what happened, why, and what to do."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code, self.zh, self.en = code, zh, en


def unusable(field: str, why_zh: str, why_en: str) -> PlanRefusal:
    """A field of the instance that is missing or cannot be read."""
    return PlanRefusal(
        "plan.unusable_field",
        f"排期数据的“{field}”不能用：{why_zh}。请按 docs/algorithms/plan.md 的格式改正后再试。",
        f"The field “{field}” of the instance cannot be used: {why_en}. Mend it as docs/algorithms/plan.md says.",
    )


def unknown(field: str, name: str) -> PlanRefusal:
    """A reference to something that the instance does not list."""
    return PlanRefusal(
        "plan.unknown_reference",
        f"“{field}”里写了“{name}”，但数据中没有它。请补上这一项，或改正编号。",
        f"“{field}” names “{name}”, which the instance does not list. Add it or correct the id.",
    )


def clashing_locks(zh: str, en: str) -> PlanRefusal:
    """Locked choices that break a limit by themselves."""
    return PlanRefusal(
        "plan.clashing_locks",
        f"锁定的安排互相冲突：{zh}。请解除其中一项锁定。",
        f"The locked choices clash: {en}. Release one of them.",
    )
