"""What one's own unit hands over: on a page where everything opens, and as a Word file to sign."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from diancai.formats.papers import write_book
from diancai.ground.errors import NotFound
from diancai.ground.paging import whole_number
from diancai.ground.people.who_may import Act
from diancai.handover import HandOver, book_of, read_hand_over
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.paper import WORD
from diancai.interfaces.web.showing import show


@enter(Act.HAND_OVER_WORK)
def book(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The book as a page."""
    return show(request, "handover/book.html", {"told": _told(request, desk)})


@enter(Act.HAND_OVER_WORK)
def word(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The book as a Word file."""
    told = _told(request, desk)
    name = quote(f"交接本 {told.unit} {desk.today}")
    headers = {
        "Content-Disposition": f"attachment; filename=handover.docx; filename*=UTF-8''{name}.docx",
        "Cache-Control": "no-store",
    }
    return HttpResponse(write_book(book_of(told)), content_type=WORD, headers=headers)


def _told(request: HttpRequest, desk: Desk) -> HandOver:
    """Of the unit that the address names, else of one's own. Raises `NotFound` for an account without a post."""
    department_id, place_code = whole_number(request.GET.get("department", "")), request.GET.get("place", "")
    if department_id is None and not place_code:
        department_id, place_code = desk.department_id, desk.place_code
    if desk.programme is None or (department_id is None and not place_code):
        raise NotFound
    return read_hand_over(
        desk.account,
        programme_id=desk.programme_id,
        programme=desk.programme.name,
        at=timezone.localtime(),
        place_code="" if department_id else place_code,
        department_id=department_id,
    )
