"""Names one character off: the arithmetic of near spellings. Pure; called by the name index."""


def deletions(word: str) -> set[str]:
    """The word and what is left of it without any one character: two words one edit apart share one of these."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def differences(one: str, other: str) -> int:
    """At how many positions two words of one length differ."""
    return sum(left != right for left, right in zip(one, other, strict=True))


def is_one_edit(one: str, other: str) -> bool:
    """Whether exactly one character was changed, lost or added."""
    if len(one) == len(other):
        return differences(one, other) == 1
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(longer) - len(shorter) == 1 and shorter in deletions(longer)
