"""What a reviewer decides on: the words of a remark that decided the digest, and the proposals still open."""

import re

from diancai.stages.need.rows import NeedDetail, ProposalRow

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


def open_proposals(detail: NeedDetail) -> list[ProposalRow]:
    """Proposals to merge that nobody has answered."""
    return [proposal for proposal in detail.proposals if proposal.answer == "open"]
