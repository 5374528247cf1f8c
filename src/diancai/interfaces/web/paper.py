"""Approval slips as pages, Word files and scans: what demand lists and supply lists share. Called by their views."""

from collections.abc import Mapping
from urllib.parse import quote

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from diancai.ground.slip.errors import ScanTooLarge
from diancai.ground.slip.queries import get_paper, paper_file
from diancai.ground.slip.rows import Signing, SlipRow
from diancai.ground.uploads.files import FileGiven, FileShown
from diancai.interfaces.web.asking import Asked
from diancai.interfaces.web.showing import show

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Which field of the form a refusal belongs to.
BESIDE = {
    "signer_missing": "signed_by",
    "signer_too_long": "signed_by",
    "signed_in_future": "signed_on",
    "signed_before_printed": "signed_on",
    "scan_missing": "scan",
    "scan_too_large": "scan",
    "scan_is_heic": "scan",
    "scan_not_taken": "scan",
}


def slip_page(request: HttpRequest, slip: SlipRow | None, addresses: Mapping[str, str]) -> HttpResponse:
    """The slip as a page that prints on A4 portrait; `addresses`: of its Word file and, for whoever may read it, of the
    list. Raises `NoSlip`."""
    return show(request, "web/slip.html", {"form": get_paper(slip), "slip": slip, **addresses})


def word_file(slip: SlipRow | None) -> HttpResponse:
    """The slip as a Word file. Raises `NoSlip`."""
    content = paper_file(slip)
    name = quote(f"送审单 {slip.number if slip else ''} {slip.told.list_name if slip else ''}")
    headers = {
        "Content-Disposition": f"attachment; filename=slip.docx; filename*=UTF-8''{name}.docx",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=WORD, headers=headers)


def scan_page(scan: FileShown) -> HttpResponse:
    """The photo or scan itself; never cached by anyone between."""
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
    return HttpResponse(scan.content, content_type=scan.media_type, headers=headers)


def signing_of(request: HttpRequest, form: Asked) -> Signing:
    """What the form says of the signature. Raises `ScanTooLarge` for a file beyond the limit, before it is read."""
    signed_on = form.day("signed_on")
    return Signing(form.text("signed_by"), signed_on, _scan(request), form.text("paper"))


def _scan(request: HttpRequest) -> FileGiven | None:
    upload = request.FILES.get("scan")
    if not isinstance(upload, UploadedFile):
        return None
    if (upload.size or 0) > settings.PHOTO_LIMIT:
        raise ScanTooLarge(name=upload.name or "", most=settings.PHOTO_LIMIT // 2**20)
    return FileGiven(upload.name or "", bytes(upload.read()))
