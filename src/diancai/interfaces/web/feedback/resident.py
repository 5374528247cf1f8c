"""The residents' door: no sign-in, one code, three questions. Works without a script; everything under 30 kB.

Nothing of a session is used: the code alone says what may be answered, so there is no account that a foreign page could
borrow, and a form without a cookie is safe (no CSRF token). The page is kept by nobody between and names no visitor.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from diancai.ground.errors import NotFound, Refusal
from diancai.interfaces.web.enter import enter_anyone
from diancai.interfaces.web.feedback.resident_words import LANGUAGES, Told, told_in
from diancai.interfaces.web.visitor import visitor_key
from diancai.stages.feedback.actions import answer_by_slip
from diancai.stages.feedback.doorkeeping import check_answer, check_knock, note_guess
from diancai.stages.feedback.errors import SlipUnknown
from diancai.stages.feedback.queries import get_slip_page
from diancai.stages.feedback.rules import read_code
from diancai.words import Satisfaction, Solved

MOST_BODY = 16 * 1024


@csrf_exempt
@enter_anyone
def door(request: HttpRequest) -> HttpResponse:
    """Where the number is typed in."""
    told = told_in(request.GET.get("lang", ""))
    typed = request.POST.get("code", "") if request.method == "POST" else ""
    if not typed.strip():
        return _page(request, "feedback/door.html", told, {})
    code = read_code(typed)
    if code is None:
        return _page(request, "feedback/door.html", told, {"wrong": told.say("mistyped"), "typed": typed[:40]}, 404)
    return HttpResponseRedirect(f"{reverse('answer', args=[code])}?lang={told.language}")


@csrf_exempt
@enter_anyone
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """What was done for him, and three questions; afterwards, what he answered."""
    told = told_in(request.GET.get("lang", ""))
    visitor = visitor_key(request)
    try:
        check_knock(visitor)
        if request.method == "POST":
            return _take(request, told, code)
        return _page(request, "feedback/answer.html", told, {"slip": get_slip_page(code, timezone.now())})
    except Refusal as refusal:
        if isinstance(refusal, SlipUnknown):
            note_guess(visitor)
        text = refusal.text("en" if told.language == "en" else "zh")
        return _page(request, "feedback/door.html", told, {"wrong": text}, refusal.status)


def _take(request: HttpRequest, told: Told, code: str) -> HttpResponse:
    check_answer(code)
    sent = request.POST
    solved, satisfaction, words = (sent.get(name, "") for name in ("solved", "satisfaction", "words"))
    missing = [
        name for name, kind in (("solved", Solved), ("satisfaction", Satisfaction)) if _none(sent.get(name), kind)
    ]
    try:
        if not missing:
            answer_by_slip(at=timezone.now(), code=code, solved=solved, satisfaction=satisfaction, words=words)
            return HttpResponseRedirect(f"{reverse('answer', args=[code])}?lang={told.language}#answered")
        general = told.say("choose")
    except NotFound:
        raise
    except Refusal as refusal:
        general = refusal.text("en" if told.language == "en" else "zh")
    facts = {
        "slip": get_slip_page(code, timezone.now()),
        "general": general,
        "missing": missing,
        "sent": {"solved": solved, "satisfaction": satisfaction, "words": words},
    }
    return _page(request, "feedback/answer.html", told, facts, 422)


def _none(value: str | None, kind: type[Solved] | type[Satisfaction]) -> bool:
    return value not in [member.value for member in kind]


def _page(request: HttpRequest, template: str, told: Told, facts: dict[str, object], status: int = 200) -> HttpResponse:
    known: dict[str, object] = {"told": told, "say": told.lines, "languages": LANGUAGES, "path": request.path}
    choices = {"head": told.head, "solved_words": told.words(Solved), "grades": told.words(Satisfaction)}
    response = render(request, template, known | choices | facts, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
