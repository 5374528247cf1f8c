"""A remark that a person diverted after the digest: one line notes that it went to the lawful body, nothing of it."""

from datetime import datetime

from django.db import transaction

from diancai.engine.digest import Want
from diancai.stages.need.digesting.reading import units
from diancai.stages.need.keeping import recount, step, tell
from diancai.stages.need.making import DIVERTED_CONTENT, make_need
from diancai.stages.need.models import NeedSource
from diancai.stages.need.numbering import give_numbers
from diancai.stages.need.rules import Step
from diancai.stages.remark.queries import get_undigested
from diancai.words import HandlingLevel, Kind, Route, Urgency


@transaction.atomic
def note_diversion(remark_id: int, *, at: datetime) -> None:
    """Make the line of a diverted remark unless it has one; does nothing for a remark that is not diverted."""
    remark = get_undigested(remark_id)
    sources = NeedSource.objects.filter(remark_id=remark_id)
    if remark is None or not remark.is_diverted or sources.filter(need__route=Route.DIVERT).exists():
        return
    number = max(sources.values_list("want_number", flat=True), default=0) + 1
    made = make_need(remark, _want(), units(), at=at, number=number)
    made.need.save()
    give_numbers([made.need])
    made.source.need = made.source.origin = made.need
    made.source.save()
    step(made.need, Step.PROPOSED, by=None, at=at).save()
    recount([made.need.pk])
    tell("need.proposed", [made.need], by=None, at=at, remarks=1, joined=[])


def _want() -> Want:
    return Want(
        n=1, route=Route.DIVERT, kind=Kind.REPORT, content=DIVERTED_CONTENT, wanted_text=None, wanted_from=None,
        wanted_until=None, service_form="转办（保密）", topic=None, topic_score=1.0, strand=None, quantity=None,
        households=None, households_approx=False, persons=None, urgency=Urgency.NORMAL,
        handling_level=HandlingLevel.UNCLEAR, lead=None, joint=(), doubt=0.0, why=(), quote="",
    )  # fmt: skip
