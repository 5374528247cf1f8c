"""What the stories of matching begin with."""

from cast import NOON, Cast
from stages.making import make_need, make_offer

from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.match.actions import propose_matches
from diancai.stages.match.models import Match
from diancai.words import MatchState


def proposed(programme: ProgrammeRow) -> list[tuple[int, int]]:
    propose_matches(programme_id=programme.id, at=NOON)
    return sorted(Match.objects.filter(state=MatchState.PROPOSED).values_list("need_id", "offer_id"))


def one_pair(cast: Cast, programme: ProgrammeRow) -> Match:
    make_need(programme.id)
    make_offer(cast, programme.id)
    proposed(programme)
    return Match.objects.get()
