"""Reading slips and the scans of signed ones. The stage has asked for leave."""

from datetime import date

from django.utils import timezone

from diancai.formats.papers import PaperForm, write_form
from diancai.ground.slip.errors import NoScan, NoSlip
from diancai.ground.slip.models import SignedOnPaper, Slip
from diancai.ground.slip.rows import SlipRow, SlipTold
from diancai.ground.slip.wording import paper
from diancai.ground.uploads.files import FileShown
from diancai.ground.uploads.keeping import read_file


def find_slip(subject: tuple[str, int], content_digest: str) -> SlipRow | None:
    """The slip that fits these lines, else the last one that was printed; None when there is none."""
    printed = Slip.objects.filter(subject_kind=subject[0], subject_id=subject[1]).select_related("printed_by")
    slip = printed.filter(content_digest=content_digest).first() or printed.order_by("id").last()
    return _row(slip, content_digest) if slip else None


def get_paper(slip: SlipRow | None) -> PaperForm:
    """What the slip prints. Raises `NoSlip` where none was printed."""
    if slip is None:
        raise NoSlip
    return paper(slip.told, slip.number, slip.content_digest, slip.printed_by, timezone.localtime(slip.printed_at))


def paper_file(slip: SlipRow | None) -> bytes:
    """The slip as a Word file. Raises `NoSlip`."""
    return write_form(get_paper(slip))


def scan_of(edition: SignedOnPaper) -> FileShown:
    """The photo or scan of the paper on which the edition was signed. Raises `NoScan`."""
    if edition.slip is None or not edition.slip.scan_name:
        raise NoScan
    return read_file(edition.slip.scan_name)


def _row(slip: Slip, content_digest: str) -> SlipRow:
    told = slip.told | {
        "by_strand": tuple((label, count) for label, count in slip.told["by_strand"]),
        "made_on": date.fromisoformat(slip.told["made_on"]),
    }
    return SlipRow(
        id=slip.pk,
        number=slip.number,
        told=SlipTold(**told),
        content_digest=slip.content_digest,
        printed_by=str(slip.printed_by),
        printed_at=slip.printed_at,
        paper_number=slip.paper_number,
        has_scan=bool(slip.scan_name),
        scan_digest=slip.scan_digest,
        fits=slip.content_digest == content_digest,
    )
