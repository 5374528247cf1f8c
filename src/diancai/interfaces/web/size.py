"""Refuses a body that is too large by its announced length, before anything of it is read or put aside.

Two sheets and their form fit into twice the limit of one; what announces more gets the same words as a large file.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from diancai.formats.errors import FileTooLarge
from diancai.formats.sheets.containers import readable_size

Answer = Callable[[HttpRequest], HttpResponse]


def body_limit(answer: Answer) -> Answer:
    """Middleware: 413 for a request whose Content-Length is beyond the limit."""

    def limited(request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        most = 2 * settings.UPLOAD_LIMIT + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if not announced.isascii() or not announced.isdigit() or int(announced) <= most:
            return answer(request)
        refusal = FileTooLarge(
            name="上传 / upload", size=readable_size(int(announced)), limit=readable_size(settings.UPLOAD_LIMIT)
        )
        facts = {"text": refusal.text(get_language() or "zh"), "code": refusal.code, "back": request.path}
        return render(request, "web/refusal.html", facts, status=413)

    return limited
