"""The rail (at most five words) and the tabs of a section: those that the posts of the person open."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from diancai.ground.people.who_may import Act
from diancai.interfaces.web.desk import Desk
from diancai.words import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the rail or a tab; `here` when the page belongs to it."""

    label: str
    href: str
    here: bool


# Word, name of its address, the acts of which one opens it, where its pages live.
Line = tuple[object, str, tuple[Act, ...], tuple[str, ...]]

REMARKS: tuple[Line, ...] = (
    (gettext_lazy("民情记录"), "remarks", (Act.SEE_REMARK,), ("/remarks/",)),
    (gettext_lazy("粘贴群聊"), "chat", (Act.RECORD_REMARK,), ("/chat/",)),
    (gettext_lazy("导入表格"), "imports", (Act.IMPORT_REMARKS,), ("/imports/",)),
    (gettext_lazy("联络站"), "station", (Act.MANAGE_STATION,), ("/stations/",)),
)
LISTS: tuple[Line, ...] = (
    (gettext_lazy("审核"), "review", (Act.COMB_NEED, Act.REVIEW_NEED), ("/review/",)),
    (pgettext_lazy("menu", "需求"), "needs", (Act.SEE_NEED,), ("/needs/",)),
    (gettext_lazy("需求清单"), "demand_lists", (Act.SEE_LISTS,), ("/demand-lists/",)),
    (pgettext_lazy("menu", "服务项目"), "offers", (Act.SEE_LISTS,), ("/offers/", "/offer-imports/")),
    (gettext_lazy("供给清单"), "supply_lists", (Act.SEE_LISTS,), ("/supply-lists/",)),
    (pgettext_lazy("menu", "对接"), "matches", (Act.SEE_MATCH,), ("/matches/",)),
    (gettext_lazy("缺口"), "gaps", (Act.SEE_MATCH,), ("/gaps/",)),
)
ORDERS: tuple[Line, ...] = (
    (gettext_lazy("我的一天"), "day", (Act.SEE_ORDER,), ("/day/",)),
    (gettext_lazy("看板"), "board", (Act.SEE_ORDER,), ("/board/",)),
    (gettext_lazy("全部订单"), "orders", (Act.SEE_ORDER,), ("/orders/",)),
    (gettext_lazy("催办督办"), "urging", (Act.SEE_ORDER,), ("/urging/", "/letters/")),
    (gettext_lazy("交接本"), "handover", (Act.HAND_OVER_WORK,), ("/handover/",)),
    (gettext_lazy("回访"), "follow_ups", (Act.SEE_ANSWERS,), ("/follow-ups/",)),
    (gettext_lazy("回复到村"), "village_replies", (Act.TELL_VILLAGE,), ("/village-replies/",)),
    (gettext_lazy("指标"), "indicators", (Act.SEE_ORDER,), ("/indicators/",)),
)
ADMINISTRATION: tuple[Line, ...] = (
    (gettext_lazy("账号与岗位"), "people", (Act.MANAGE_PEOPLE,), ("/people/",)),
    (gettext_lazy("区划与机构"), "places", (Act.MANAGE_PEOPLE,), ("/places/",)),
)
SECTIONS = (
    (gettext_lazy("民情"), REMARKS),
    (pgettext_lazy("menu", "清单"), LISTS),
    (pgettext_lazy("menu", "订单"), ORDERS),
    (gettext_lazy("管理"), ADMINISTRATION),
)


def rail(desk: Desk, path: str) -> tuple[Entry, ...]:
    """The words of the rail for this person; each leads to the first tab that he may open."""
    reads = desk.may(Act.SEE_NEED) and desk.may(Act.SEE_MATCH)
    page = Entry(_("一页"), reverse("leader"), path.startswith("/leader/"))
    # A leader has nothing to do here but read: his page stands first and the list of tasks is left out.
    found = [page] if desk.role == Role.LEADER else [Entry(_("待办"), reverse("first"), path == reverse("first"))]
    for label, lines in SECTIONS:
        open_lines = _open(desk, lines)
        if open_lines:
            first = _preferred(open_lines)
            found.append(Entry(str(label), reverse(first[1]), any(_within(path, line) for line in lines)))
    if reads and desk.role != Role.LEADER:
        found.append(page)
    if desk.may(Act.READ_LEDGER):
        found.append(Entry(_("操作记录"), reverse("ledger"), path.startswith("/ledger/")))
    return tuple(found)


def tabs(desk: Desk, path: str) -> tuple[Entry, ...]:
    """The tabs of the section that the page belongs to; none where there would be only one."""
    for _label, lines in SECTIONS:
        if any(_within(path, line) for line in lines):
            shown = [Entry(str(line[0]), reverse(line[1]), _within(path, line)) for line in _open(desk, lines)]
            return tuple(shown) if len(shown) > 1 else ()
    return ()


def _open(desk: Desk, lines: tuple[Line, ...]) -> list[Line]:
    return [line for line in lines if any(desk.may(act) for act in line[2]) and _stands(line[1])]


def _preferred(lines: list[Line]) -> Line:
    """`清单` opens the needs, not the review screen, which stands first among the tabs."""
    return next((line for line in lines if line[1] == "needs"), lines[0])


def _within(path: str, line: Line) -> bool:
    return path.startswith(line[3])


def _stands(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True
