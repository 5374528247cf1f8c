"""Back to the village: the reply sheet for the notice board, the loudspeaker's script, the text for the chat group."""

import re
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from diancai.formats.papers import Notice, write_notice
from diancai.ground.errors import NotFound
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.paper import WORD
from diancai.interfaces.web.places import place_chip, trail
from diancai.interfaces.web.showing import show
from diancai.stages.feedback.queries import get_village_reply, list_villages
from diancai.stages.feedback.rules import VillageReply, chat_text, script, told_answers

MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")


@enter(Act.TELL_VILLAGE)
def replies(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Villages with something to tell in a month."""
    month = _month(request.GET.get("month") or f"{desk.today:%Y-%m}")
    place = request.GET.get("place") or desk.place_code
    villages = list_villages(desk.account, programme_id=desk.programme_id, place_code=place, month=month)
    facts = {"villages": villages, "month": month, "chips": (place_chip(request, desk),), "place": place}
    return show(request, "feedback/villages.html", facts | {"trail": trail(request, desk)})


@enter(Act.TELL_VILLAGE)
def reply(request: HttpRequest, desk: Desk, place_code: str, month: str) -> HttpResponse:
    """The three texts for one village and month; prints on one sheet of A4."""
    told = _reply(desk, place_code, month)
    facts = {
        "reply": told,
        "answers": told_answers(told.answers),
        "script": script(told),
        "chat": chat_text(told),
        "place_code": place_code,
        "month": month,
        "trail": trail(request, desk),
    }
    return show(request, "feedback/village.html", facts)


@enter(Act.TELL_VILLAGE)
def word(request: HttpRequest, desk: Desk, place_code: str, month: str) -> HttpResponse:
    """The reply sheet as a Word file."""
    told = _reply(desk, place_code, month)
    name = quote(f"{told.place} {told.period} 办事回复")
    headers = {
        "Content-Disposition": f"attachment; filename=reply.docx; filename*=UTF-8''{name}.docx",
        "Cache-Control": "no-store",
    }
    return HttpResponse(write_notice(_notice(told)), content_type=WORD, headers=headers)


def _reply(desk: Desk, place_code: str, month: str) -> VillageReply:
    return get_village_reply(
        desk.account,
        programme_id=desk.programme_id,
        place_code=place_code,
        month=_month(month),
        told_on=timezone.localdate(),
    )


def _notice(told: VillageReply) -> Notice:
    return Notice(
        title="村务公开：群众所提事项办理情况",
        under=f"{told.place}　{told.period}",
        columns=("序号", "群众提的事", "谁办的", "办得怎么样", "日期"),
        rows=tuple(
            (
                str(number),
                line.content,
                line.department or "—",
                f"{line.outcome}。{line.words}" if line.words else line.outcome,
                f"{line.on.month}月{line.on.day}日" if line.on else "—",
            )
            for number, line in enumerate(told.lines, 1)
        ),
        foot=tuple(
            each
            for each in (
                told_answers(told.answers),
                f"没有办好的，请打{told.call}。" if told.call else "没有办好的，请到联络站说。",
                f"公开日期：{told.told_on.year}年{told.told_on.month}月{told.told_on.day}日",
            )
            if each
        ),
    )


def _month(text: str) -> str:
    if not MONTH.fullmatch(text):
        raise NotFound
    return text
