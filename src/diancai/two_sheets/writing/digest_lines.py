"""digest.jsonl: a line for every remark, what the engine made of it and why."""

import json
from datetime import date

from diancai.engine.digest import Want
from diancai.two_sheets.making import Lists
from diancai.words import Route


def digest_lines(lists: Lists) -> bytes:
    """UTF-8 JSON Lines in the order of the sheet; a remark without wants has an empty list."""
    lines = []
    for read, digest in zip(lists.reads, lists.digests, strict=True):
        remark = read.remark.id
        wants = [_want(want, lists.group_of.get((remark, want.n))) for want in digest.wants]
        # A report about persons leaves only the fact that it was passed on: its words go into no file.
        masked = "" if digest.route == Route.DIVERT else digest.masked
        line = {"id": remark, "wants": wants, "masked": masked, "notes": list(read.notes)}
        lines.append(json.dumps(line, ensure_ascii=False) + "\n")
    return "".join(lines).encode()


def _want(want: Want, need: str | None) -> dict[str, object]:
    return {
        "n": want.n,
        "route": want.route.value,
        "kind": want.kind.zh,
        "content": want.content,
        "wanted_text": want.wanted_text,
        "wanted_from": _day(want.wanted_from),
        "wanted_until": _day(want.wanted_until),
        "service_form": want.service_form,
        "topic": want.topic,
        "strand": want.strand.zh if want.strand else None,
        "quantity": want.quantity,
        "households": want.households,
        "persons": want.persons,
        "urgency": want.urgency.zh,
        "need": need,
        "doubt": round(want.doubt, 2),
        # Even the words that gave a report away would tell what it is about.
        "why": [] if want.route == Route.DIVERT else list(want.why),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
