"""What match answers: needs that were accepted or changed, and offers, are matched by a once-only job."""

from django.db.models import Q, QuerySet

from diancai.ground.ledger.actions import drop_words, listen
from diancai.ground.ledger.models import Event
from diancai.ground.people.who_may import Scope
from diancai.ground.privacy.withholding import WITHHELD
from diancai.ground.work.actions import Running, handles, queue
from diancai.ground.work.models import Job
from diancai.stages.match.actions import propose_matches, release_gone
from diancai.stages.match.models import Match
from diancai.stages.match.rules import MATCHABLE
from diancai.stages.need.models import Need
from diancai.stages.supply.models import Offer
from diancai.words import JobState, MatchState, NeedProgress

JOB = "match.propose"
OFFER_EVENTS = (
    "offer.written",
    "offer.changed",
    "offer.withdrawn",
    "offer.withheld",
    "offer.imported",
    "offer.batch_withdrawn",
)
NEED_EVENTS = (
    "need.accepted",
    "need.changed",
    "need.merged",
    "need.left_out",
    "need.parted",
    "need.split",
    "need.undone",
    "need.recounted",
)


def on_need_changed(event: Event) -> None:
    """Match what was accepted, and anew what changed since; what left the list gives back what it had booked."""
    need_ids = event.details.get("need_ids") or ([int(event.subject_id)] if event.subject_kind == "need" else [])
    reviewed = Need.objects.filter(
        Q(state__in=MATCHABLE, progress=NeedProgress.OPEN) | Q(progress=NeedProgress.MATCHED), pk__in=need_ids
    )
    found = list(reviewed.order_by("pk").values_list("pk", "programme_id"))
    if found:
        _ask(event, found[0][1], [need_id for need_id, _ in found])


def on_offer_changed(event: Event) -> None:
    """Match all open needs anew: a new offer may fit any of them."""
    programme_id = event.details.get("programme_id")
    if programme_id is None and event.subject_kind == "offer":
        programme_id = Offer.objects.values_list("programme_id", flat=True).filter(pk=event.subject_id).first()
    if programme_id is not None:
        _ask(event, programme_id, [])


def on_need_diverted(event: Event) -> None:
    """Take the words that two had in common, and what was said on the pair, at once: a job would leave them open."""
    _forget(Q(need__in=event.details["need_ids"]))
    wordless = Match.objects.filter(need__in=event.details["wordless_ids"])
    _drop(event, wordless)
    wordless.update(sub_place="")
    wordless.filter(state=MatchState.PROPOSED).delete()


def on_offer_withheld(event: Event) -> None:
    """The same where the offer was written in the words of a diverted need; what is proposed on it is void."""
    offer_id = int(event.subject_id)
    _forget(Q(offer=offer_id))
    Match.objects.filter(offer=offer_id, state=MatchState.PROPOSED).delete()


def _drop(event: Event, pairs: QuerySet[Match]) -> None:
    scope = Scope(event.prefecture_code, event.county_code)
    about = [("match", pk) for pk in pairs.values_list("pk", flat=True)]
    drop_words(about, by=event.by, at=event.at, scope=scope)


def _forget(pairs: Q) -> None:
    Match.objects.filter(pairs).update(why=[], against=[])
    Match.objects.filter(pairs).exclude(reason="").update(reason=WITHHELD)


def _ask(event: Event, programme_id: int, need_ids: list[int]) -> None:
    queue(JOB, key=f"{JOB}:{event.pk}", by=event.by, at=event.at, programme_id=programme_id, need_ids=need_ids)


@handles(JOB)
def run(running: Running) -> dict[str, object]:
    """Do the job: `programme_id`, and `need_ids` or an empty list for all."""
    words = running.arguments
    if not words["need_ids"] and _is_asked_again(running):
        return {"pairs": None, "left_to_a_later_job": True}
    release_gone(need_ids=words["need_ids"], at=running.clock())
    standing = propose_matches(
        programme_id=words["programme_id"], need_ids=words["need_ids"], at=running.clock(), running=running
    )
    return {"pairs": standing}


def _is_asked_again(running: Running) -> bool:
    """Whether a later job waits to match all needs too: fifty offers written in a row are matched once."""
    return Job.objects.filter(
        kind=JOB,
        state=JobState.WAITING,
        pk__gt=running.job_id,
        arguments__programme_id=running.arguments["programme_id"],
        arguments__need_ids=[],
    ).exists()


def register() -> None:
    """Called once by the app's `ready`."""
    listen("need.diverted", on_need_diverted)
    listen("offer.withheld", on_offer_withheld)
    for kind in NEED_EVENTS:
        listen(kind, on_need_changed)
    for kind in OFFER_EVENTS:
        listen(kind, on_offer_changed)
