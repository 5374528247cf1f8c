"""When a message may go out, how often it is tried, and what it says. Pure.

Quiet hours lie on the clock of Beijing; `since` 21:00 and `until` 08:00 run over midnight, and equal ends mean none.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from diancai.words import NoticeKind

BEIJING = ZoneInfo("Asia/Shanghai")
LONGEST_REST = 366  # days: a calendar without a working day in a whole year is a mistake, not a holiday
BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240))
MOST_ATTEMPTS = len(BACK_OFF) + 1
MOST_NUMBERS = 5
IsWorking = Callable[[date], bool]
NextOpen = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class Quiet:
    """When somebody is not to be disturbed; with `on_days_off` the whole of each day that is no working day."""

    since: time
    until: time
    on_days_off: bool = True


@dataclass(frozen=True, slots=True)
class Pace:
    """How long the first notice waits for company, and how long the next message waits after the last."""

    gather: timedelta = timedelta()
    window: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Line:
    """All that leaves the house of a notice: its kind, the number of its record and the place."""

    kind: NoticeKind
    number: str
    place: str


def next_allowed(at: datetime, quiet: Quiet, is_working: IsWorking) -> datetime:
    """`at` itself outside the quiet hours, else their end, in Beijing time."""
    moment = at.astimezone(BEIJING)
    for _ in range(LONGEST_REST):
        if quiet.on_days_off and not is_working(moment.date()):
            moment = _midnight_after(moment)
        elif _is_quiet(moment.time(), quiet):
            moment = _end_of_quiet(moment, quiet)
        else:
            return moment
    return moment


def first_moment(
    noticed_at: datetime,
    last_sent_at: datetime | None,
    now: datetime,
    *,
    pace: Pace,
    quiet: Quiet,
    is_working: IsWorking,
    next_open: NextOpen | None = None,
    is_urgent: bool = False,
) -> datetime:
    """When a notice may leave, from `now` on: at once when urgent; else after its pace, outside the quiet hours and,
    for a kind that asks it (`next_open`), inside the office hours. It may leave now exactly when this is `now`."""
    if is_urgent:
        return now
    moment = max(noticed_at + pace.gather, now)
    if last_sent_at is not None:
        moment = max(moment, last_sent_at + pace.window)
    moment = next_allowed(moment, quiet, is_working)
    # The office may open in somebody's quiet hours, and they may end when it is closed: each moves the other on.
    for _ in range(LONGEST_REST):
        opened = next_open(moment) if next_open else moment
        moment = next_allowed(opened, quiet, is_working)
        if moment == opened:
            break
    return moment


def back_off(attempts: int) -> timedelta | None:
    """How long to wait after the `attempts`-th vain try; None when it is given up."""
    return BACK_OFF[attempts - 1] if attempts <= len(BACK_OFF) else None


def subject_of(lines: Sequence[Line]) -> str:
    """One line: `新派单：X-12`, or `3条消息待看`."""
    if len(lines) == 1:
        return f"{lines[0].kind.zh}：{lines[0].number}"
    return f"{len(lines)}条消息待看"


def text_of(lines: Sequence[Line]) -> str:
    """The short text for a phone: what and how many, numbers and places, nothing else."""
    if len(lines) == 1:
        only = lines[0]
        return f"{only.kind.zh}：{_numbered(only)}。请登录点菜系统查看。"
    told = "；".join(_told(kind, group) for kind, group in _by_kind(lines))
    return f"您有{len(lines)}条消息：{told}。请登录点菜系统查看。"


def letter_of(lines: Sequence[Line]) -> str:
    """The text of an e-mail: one line for each notice, in Chinese and English."""
    zh = [f"· {line.kind.zh}：{_numbered(line)}" for line in lines]
    en = [f"· {line.kind.en}: {_numbered(line)}" for line in lines]
    return "\n".join(
        ["请登录点菜系统查看：", *zh, "", "Please sign in to see them:", *en, "", "此邮件由系统发出，请勿回复。"]
    )


def _is_quiet(clock: time, quiet: Quiet) -> bool:
    if quiet.since <= quiet.until:
        return quiet.since <= clock < quiet.until
    return clock >= quiet.since or clock < quiet.until


def _end_of_quiet(moment: datetime, quiet: Quiet) -> datetime:
    end = datetime.combine(moment.date(), quiet.until, BEIJING)
    return end if end > moment else end + timedelta(days=1)


def _midnight_after(moment: datetime) -> datetime:
    return datetime.combine(moment.date() + timedelta(days=1), time(), BEIJING)


def _by_kind(lines: Iterable[Line]) -> list[tuple[NoticeKind, list[Line]]]:
    order = list(NoticeKind)
    sorted_ = sorted(lines, key=lambda line: order.index(line.kind))
    return [(kind, list(group)) for kind, group in groupby(sorted_, key=lambda line: line.kind)]


def _told(kind: NoticeKind, group: Sequence[Line]) -> str:
    numbers = list(dict.fromkeys(line.number for line in group))
    more = "等" if len(numbers) > MOST_NUMBERS else ""
    return f"{kind.zh}{len(group)}条（{'、'.join(numbers[:MOST_NUMBERS])}{more}）"


def _numbered(line: Line) -> str:
    return f"{line.number}（{line.place}）" if line.place else line.number
