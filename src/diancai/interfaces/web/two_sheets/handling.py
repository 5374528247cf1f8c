"""The job behind the page; registered when Django starts, run by the worker."""

from typing import Any

from django.conf import settings

from diancai.config import read_text
from diancai.ground.place.names import PlaceNames
from diancai.ground.work.actions import Running, every, handles
from diancai.interfaces.web.two_sheets.tray import clear_old, folder_of, read_status, write_status, write_whole

KIND = "two_sheets.make"


# A stranger's try waits until the office's own work is done.
@handles(KIND, last=True)
def make(running: Running) -> dict[str, Any]:
    """Make the lists of one try; a file that cannot be read as a whole is told on the page, not retried.

    Done again after a kill, it finds its own results and only clears the sheets away.
    """
    from diancai.formats.errors import Refusal  # noqa: PLC0415 (only the worker loads engine and formats)

    name = running.arguments["tray"]
    facts = read_status(name)
    if not {"needs", "refused_zh"} & set(facts):
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

    folder, names = folder_of(name), PlaceNames.from_csv(read_text("places/places.csv", settings.CONFIG_OVERRIDES))
    remarks, offers = (folder / "remarks").read_bytes(), (folder / "offers").read_bytes()
    sheets = read_sheets(remarks, facts["remarks_name"], offers, facts["offers_name"], names, facts["place"])
    digester = ready_digester(names, settings.CONFIG_OVERRIDES)
    lists = make_lists(sheets, digester, lambda what, done, total: running.progress(done, total, what))
    for part, content in written(lists, names).items():
        write_whole(folder / part, content)
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


@every(3600)
def clear() -> None:
    """Tries older than a day go, whether somebody comes to the page or not."""
    clear_old()
