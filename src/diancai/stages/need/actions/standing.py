"""What stands on a need and forbids to move it: an order in progress, a signed or published edition.

Asked by every act that takes a need away or changes what it is: undoing, rerouting, merging away, leaving out.
"""

from diancai.stages.need.errors import EditionHolds, HasOrders
from diancai.stages.need.models import DemandLine, Need
from diancai.words import EditionState, NeedProgress

FREE = (NeedProgress.OPEN, NeedProgress.MATCHED)


def has_order(need: Need) -> bool:
    """Whether an order was placed on the need and not withdrawn."""
    return need.progress not in FREE


def check_no_order(*needs: Need) -> None:
    """Raise `HasOrders` for the first need that an order stands on."""
    for need in needs:
        if has_order(need):
            raise HasOrders(content=need.content)


def check_no_edition(*needs: Need, published: bool = True) -> None:
    """Raise `EditionHolds` for the first need that stands on a signed edition, or on a published one if asked so."""
    states = (EditionState.SIGNED, EditionState.PUBLISHED) if published else (EditionState.SIGNED,)
    lines = DemandLine.objects.filter(need__in=[need.pk for need in needs], edition__state__in=states)
    line = lines.select_related("edition", "need").order_by("-edition__made_at", "-edition_id").first()
    if line is not None:
        state = EditionState(line.edition.state)
        raise EditionHolds(
            content=line.need.content,
            period=line.edition.period,
            number=line.edition.number,
            state_zh=state.zh.removeprefix("已"),
            state_en=state.en,
        )
