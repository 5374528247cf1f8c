"""What notices answer by themselves: a deputy is told that he is one."""

from datetime import date

from diancai.ground.ledger.actions import listen
from diancai.ground.ledger.models import Event
from diancai.ground.notices.actions import Texts, notify
from diancai.ground.people.models import Absence
from diancai.words import NoticeKind


def register() -> None:
    """Listen; called once when the tables are known."""
    listen("absence.set", tell_deputy)


def tell_deputy(event: Event) -> None:
    """In the transaction in which he was named."""
    absence = Absence.objects.select_related("account", "deputy").get(pk=event.details["absence"])
    days_zh = f"{_day(absence.first_day)}至{_day(absence.last_day)}"
    days_en = f"{absence.first_day.isoformat()} to {absence.last_day.isoformat()}"
    texts = Texts(
        f"{days_zh}由您代管{absence.account}的岗位，到期自动收回。",
        f"You hold the posts of {absence.account} from {days_en}; it ends by itself.",
        number=days_zh,
    )
    key, about = f"event:{event.pk}", ("absence", absence.pk)
    notify(NoticeKind.DEPUTY, [absence.deputy], about=about, key=key, texts=texts, at=event.at, besides=event.by)


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
