"""What is kept of a slip's code: a digest under a key that does not lie beside the data."""

from diancai.ground.privacy.sealing import blind_index

PURPOSE = "answer-slip:"


def digest_of(code: str) -> str:
    """64 hex characters, the same for the same code and key."""
    return blind_index(PURPOSE + code)
