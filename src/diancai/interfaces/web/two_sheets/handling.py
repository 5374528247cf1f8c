"""The job behind the page; registered when Django starts, run by the worker."""

from typing import Any

from diancai.config import read_text
from diancai.ground.place.names import PlaceNames
from diancai.ground.work.actions import Running, handles
from diancai.interfaces.web.two_sheets.tray import folder_of, read_status, write_status

KIND = "two_sheets.make"


@handles(KIND)
def make(running: Running) -> dict[str, Any]:
    """Make the lists of one try; a file that cannot be read as a whole is told on the page, not retried."""
    from diancai.formats.errors import Refusal  # noqa: PLC0415 (only the worker loads engine and formats)

    name = running.arguments["tray"]
    facts = read_status(name)
    try:
        facts |= _lists(running, name, facts)
    except Refusal as refusal:
        facts |= {"refused_zh": refusal.zh, "refused_en": refusal.en}
    write_status(name, facts)
    for part in ("remarks", "offers"):
        (folder_of(name) / part).unlink(missing_ok=True)
    return {}


def _lists(running: Running, name: str, facts: dict[str, str]) -> dict[str, str]:
    from diancai.two_sheets import make_lists, read_sheets, ready_digester, written  # noqa: PLC0415

    folder, names = folder_of(name), PlaceNames.from_csv(read_text("places/places.csv"))
    remarks, offers = (folder / "remarks").read_bytes(), (folder / "offers").read_bytes()
    sheets = read_sheets(remarks, facts["remarks_name"], offers, facts["offers_name"], names, facts["place"])
    digester = ready_digester(names)
    lists = make_lists(sheets, digester, lambda what, done, total: running.progress(done, total, what))
    for part, content in written(lists, names).items():
        (folder / part).write_bytes(content)
    return {
        "remarks": str(len(lists.digests)),
        "needs": str(len(lists.needs)),
        "offers": str(len(lists.offers)),
        "gaps": str(sum(not need.pairs for need in lists.needs)),
        "unasked": str(len(lists.unasked)),
        "incomplete": str(sum(bool(offer.gaps) for offer in lists.offers)),
        "notices_zh": "\n".join(notice.zh for notice in lists.notices),
        "notices_en": "\n".join(notice.en for notice in lists.notices),
    }
