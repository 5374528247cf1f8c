"""Letters and circulars: the list, one letter with its lines and answers, its Word file, its table, its signed scan."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.formats.sheets.writing import SheetColumn, Value
from diancai.ground.errors import Refusal
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import Asked, asked, chip, words
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.download import whole_list
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.paper import BESIDE, WORD, scan_page, signing_of
from diancai.interfaces.web.places import place_chip, trail
from diancai.interfaces.web.showing import done, show
from diancai.stages.urging.actions import send_letter
from diancai.stages.urging.queries import get_letter, get_letter_scan, letter_file, list_letters, reminder_file
from diancai.stages.urging.rows import LineRow
from diancai.words import LetterState, UrgingStep

STEPS = (UrgingStep.SUPERVISION, UrgingStep.NOTICE, UrgingStep.CIRCULAR)


@enter(Act.SEE_ORDER)
def letters(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Letters, the newest first; `step=circular` is the list of circulars."""
    page = list_letters(
        desk.account,
        programme_id=desk.programme_id,
        place_code=request.GET.get("place", ""),
        step=request.GET.get("step", ""),
        state=request.GET.get("state", ""),
        after=request.GET.get("after", ""),
    )
    steps = [pair for pair in words(UrgingStep) if pair[0] in STEPS]
    chips = [chip(request, "step", _("种类"), steps), chip(request, "state", _("状态"), words(LetterState))]
    if not desk.department_id:
        chips.insert(0, place_chip(request, desk))
    return show(request, "urging/letters.html", {"page": page, "chips": chips, "trail": trail(request, desk)})


@enter(Act.SEE_ORDER)
def letter(request: HttpRequest, desk: Desk, letter_id: int) -> HttpResponse:
    """One letter: what it says, how it stands, what was answered."""
    return _page(request, desk, letter_id, Asked({"signed_on": desk.today.isoformat()}))


@enter(Act.SEND_LETTER, methods=("POST",))
def send(request: HttpRequest, desk: Desk, letter_id: int) -> HttpResponse:
    """Enter that it was signed and has left, with the scan of the signed paper."""
    form = asked(request)
    try:
        signing = signing_of(request, form)
        if form.is_fine:
            send_letter(by=desk.account, at=timezone.now(), letter_id=letter_id, signing=signing)
            return done(request, _("已登记发出，答复期限开始计算。"), reverse("letter", args=[letter_id]))
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        form.refuse(refusal, BESIDE)
    return _page(request, desk, letter_id, form, status=422)


@enter(Act.SEE_ORDER)
def word(request: HttpRequest, desk: Desk, letter_id: int) -> HttpResponse:
    """The letter in the official format."""
    return _word(*letter_file(desk.account, letter_id))


@enter(Act.SEE_ORDER)
def reminder_word(request: HttpRequest, desk: Desk, urge_id: int) -> HttpResponse:
    """A reminder on paper (催办通知书)."""
    return _word(*reminder_file(desk.account, urge_id))


@enter(Act.SEE_ORDER)
def scan(request: HttpRequest, desk: Desk, letter_id: int) -> HttpResponse:
    """The photo or scan of the signed paper."""
    return scan_page(get_letter_scan(desk.account, letter_id))


@enter(Act.SEE_ORDER)
def excel_lines(request: HttpRequest, desk: Desk, letter_id: int) -> HttpResponseBase:
    """The orders that the letter names, with their answers, as Excel."""
    found = get_letter(desk.account, letter_id)
    row = found.letter
    title = f"{row.step.zh} {row.number}"
    return whole_list(request, _columns(), map(_line, found.lines), title=title, name=title, count_word="件")


def _page(request: HttpRequest, desk: Desk, letter_id: int, form: Asked, status: int = 200) -> HttpResponse:
    found = get_letter(desk.account, letter_id)
    facts = {
        "found": found,
        "row": found.letter,
        "asked": form,
        "here": reverse("letter", args=[letter_id]),
        "is_refused": status != 200,
    }
    return show(request, "urging/letter.html", facts, status=status)


def _word(name: str, content: bytes) -> HttpResponse:
    headers = {
        "Content-Disposition": f"attachment; filename=letter.docx; filename*=UTF-8''{quote(name)}.docx",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=WORD, headers=headers)


def _columns() -> list[SheetColumn]:
    return [
        SheetColumn(_("单位"), 20),
        SheetColumn(_("编号"), 16),
        SheetColumn(_("内容"), 34),
        SheetColumn(_("地方"), 24),
        SheetColumn(_("办理时限"), 12),
        SheetColumn(_("答复期限"), 12),
        SheetColumn(_("答复"), 40),
        SheetColumn(_("预计办结"), 12),
    ]


def _line(line: LineRow) -> tuple[Value, ...]:
    return (
        line.department,
        line.number,
        line.content,
        line.place,
        line.due_on,
        line.answer_due_on,
        line.answer,
        line.promised_on,
    )
