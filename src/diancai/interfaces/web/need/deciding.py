"""What a reviewer decides on: the words of a remark that decided the digest, and the proposals still open."""

import re

from diancai.ground.people.who_may import Act
from diancai.interfaces.web.desk import Desk
from diancai.stages.need.rows import NeedDetail, NeedRow, ProposalRow
from diancai.words import NeedState

# A reason reads `主题词：自来水、吃水；时间：正月里`: what stands behind the colon are words of the remark.
REASON = re.compile(r"[：:]([^：:；;]+)")
BETWEEN = re.compile(r"[、，,]")


def deciding_words(detail: NeedDetail) -> list[str]:
    """Words that the reasons name and the remarks contain; the quoted clauses where the reasons name none."""
    text = "\n".join(source.text for source in detail.sources)
    reasons = [*detail.need.why, *(source.reason for source in detail.sources)]
    named = {
        word.strip("“”《》 。") for reason in reasons for part in REASON.findall(reason) for word in BETWEEN.split(part)
    }
    found = sorted(word for word in named if word and word in text)
    return found or [source.quote for source in detail.sources if source.quote]


def open_proposals(desk: Desk, detail: NeedDetail) -> list[tuple[ProposalRow, bool]]:
    """Proposals to merge that nobody has answered, each with whether this person may; those he may answer first."""
    waiting = [proposal for proposal in detail.proposals if proposal.answer == "open"]
    told = [(proposal, _may_answer(desk, detail, proposal)) for proposal in waiting]
    return sorted(told, key=lambda pair: not pair[1])


def _may_answer(desk: Desk, detail: NeedDetail, proposal: ProposalRow) -> bool:
    """A town works on what it has not combed yet, afterwards the county; across counties one of the two answers."""
    if proposal.is_across_counties:
        return desk.may_here(Act.REVIEW_NEED, detail.need.scope)
    return all(desk.may_here(_act_on(need), need.scope) for need in (detail.need, proposal.other))


def _act_on(need: NeedRow) -> Act:
    return Act.COMB_NEED if need.state == NeedState.PROPOSED else Act.REVIEW_NEED
