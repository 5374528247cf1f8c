"""What a slip says on paper: one text for the page that prints and for the Word file. The paper is Chinese. Pure."""

from datetime import date, datetime

from diancai.formats.papers import Opinion, PaperForm
from diancai.ground.slip.rows import SlipTold

SHOWN_DIGITS = 8
OPINIONS = (Opinion("审核意见"), Opinion("审批意见"))
FOOT = (
    "本单由系统打印。签字后请拍照或扫描，在系统中登记签批。"
    "打印后清单如有改动，内容指纹随之改变，本单作废，须重新打印送签。"
)


def paper(told: SlipTold, number: str, content_digest: str, printed_by: str, printed_at: datetime) -> PaperForm:
    """The form; `printed_at` in local time."""
    rows = (
        ("行动名称", told.programme),
        (told.body_label, told.body),
        ("清单名称", told.list_name),
        ("期次", f"{told.period}　{told.edition}"),
        ("条数", _counts(told)),
        ("内容指纹", short_digest(content_digest)),
        ("制表", f"{told.made_by}　{day_text(told.made_on)}"),
        ("打印", f"{printed_by}　{day_text(printed_at.date())} {printed_at:%H:%M}"),
    )
    return PaperForm("服务清单送审单", f"编号：{number}", rows, OPINIONS, FOOT)


def short_digest(content_digest: str) -> str:
    """The first digits of a digest in two groups (`a1b2 c3d4`), which a person can compare by eye."""
    shown = content_digest[:SHOWN_DIGITS].upper()
    return f"{shown[:4]} {shown[4:]}"


def day_text(day: date) -> str:
    """`2019年12月3日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def _counts(told: SlipTold) -> str:
    if not told.count:
        return f"0{told.measure}（零报告）"
    parts = "、".join(f"{label}{count}" for label, count in told.by_strand)
    return f"共{told.count}{told.measure}（{parts}）" if parts else f"共{told.count}{told.measure}"
