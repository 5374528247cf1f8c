"""The pages of one try: drop two sheets, watch, fetch four lists."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diancai.formats.errors import Refusal as UnreadableFile
from diancai.formats.sheets import check_size
from diancai.ground.errors import NotFound, Refusal
from diancai.ground.place.queries import get_place, list_places
from diancai.ground.work.actions import ask
from diancai.ground.work.queries import count_unfinished, find_job
from diancai.interfaces.web.asking import Asked, asked
from diancai.interfaces.web.enter import enter_anyone
from diancai.interfaces.web.showing import show, show_refusal
from diancai.interfaces.web.two_sheets.handling import KIND
from diancai.interfaces.web.two_sheets.tray import check_visitor, folder_of, new_tray, read_status
from diancai.interfaces.web.visitor import visitor_key
from diancai.words import Level

CODE_LENGTH = 12
SHEETS = ("remarks", "offers")
RESULTS = {
    "demand_list.xlsx": ("需求侧服务清单", "demand list"),
    "supply_list.xlsx": ("供给侧服务清单", "supply list"),
    "matches.xlsx": ("供需匹配建议", "proposed matches"),
    "gaps.xlsx": ("供需缺口", "gaps"),
    "digest.jsonl": ("逐条归纳（每条原话一行）", "digest, a line a remark"),
}


@enter_anyone
def drop(request: HttpRequest) -> HttpResponse:
    """The form; a good pair of sheets becomes a try."""
    form = asked(request)
    if request.method == "POST":
        sheets = {part: _sheet(request, form, part) for part in SHEETS}
        if form.is_fine:
            return _begin(request, form, {part: file for part, file in sheets.items() if file is not None})
    places = [(place.code, place.name) for level in (Level.PREFECTURE, Level.COUNTY) for place in list_places(level)]
    return show(request, "two_sheets/drop.html", {"asked": form, "places": places}, 422 if form.errors else 200)


@enter_anyone
def result(request: HttpRequest, tray: str) -> HttpResponse:
    """How far it is, then the lists. Asked for by its own bar only the bar comes back."""
    try:
        facts, job = read_status(tray), find_job(f"{KIND}:{tray}")
    except Refusal as refusal:
        return show_refusal(request, refusal)
    language = "en" if (get_language() or "").startswith("en") else "zh"
    shown = {
        "tray": tray,
        "facts": facts,
        "job": job,
        "refused": facts.get(f"refused_{language}", ""),
        "notices": facts.get(f"notices_{language}", ""),
        "files": [(name, words[language == "en"]) for name, words in RESULTS.items() if "needs" in facts],
    }
    bar = request.headers.get("HX-Target") == "two-sheets-bar" and "needs" not in facts and not shown["refused"]
    if request.headers.get("HX-Target") == "two-sheets-bar" and not bar:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return show(request, "two_sheets/bar.html" if bar else "two_sheets/result.html", shown)


@enter_anyone
def fetch(request: HttpRequest, tray: str, name: str) -> HttpResponseBase:
    """One of the lists as a file."""
    try:
        path = folder_of(tray) / name
        if name not in RESULTS or not path.is_file():
            raise NotFound
    except Refusal as refusal:
        return show_refusal(request, refusal)
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


def _sheet(request: HttpRequest, form: Asked, part: str) -> "UploadedFile[bytes] | None":
    file = request.FILES.get(part)
    if file is None or not isinstance(file, UploadedFile):
        form.errors[part] = _("请选一个文件。")
        return None
    try:
        check_size(file.size or 0, file.name or part, settings.UPLOAD_LIMIT)
    except UnreadableFile as refusal:
        form.errors[part] = refusal.text(get_language() or "zh")
        return None
    return file


def _begin(request: HttpRequest, form: Asked, sheets: "dict[str, UploadedFile[bytes]]") -> HttpResponse:
    facts = {f"{part}_name": file.name or part for part, file in sheets.items()}
    visitor = visitor_key(request)
    try:
        facts["place"] = form.text("place") or "1508"
        get_place(facts["place"].ljust(CODE_LENGTH, "0"))
        check_visitor(visitor, count_unfinished(KIND, visitor=visitor))
        pieces = {part: file.chunks() for part, file in sheets.items()}
        tray = new_tray(pieces, facts, count_unfinished(KIND))
    except Refusal as refusal:
        return show_refusal(request, refusal)
    ask(KIND, key=f"{KIND}:{tray}", by=None, at=timezone.now(), tray=tray, visitor=visitor)
    return redirect("two-sheets-result", tray=tray)
