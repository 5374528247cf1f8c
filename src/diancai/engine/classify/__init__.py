"""Which topic a text has: learned from labelled texts, from corrections, or from topic names alone.

`learn` makes a `Model`; `Model.classify` answers with a calibrated score, two best choices and the words that decided;
`Model.correct` counts at once. `topics.from_topics` starts with no labelled text. The shell, and later the stages
`need` and `supply` through their background work, call this room.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from .answer import Answer, Choice

if TYPE_CHECKING:
    from .learning import Example, learn
    from .model import Model
    from .topics import Topic, from_topics

__all__ = ["Answer", "Choice", "Example", "Model", "Topic", "from_topics", "learn"]

# What computes with numpy is loaded when it is first asked for, so that importing this room costs next to nothing.
_LATER = {"Example": ".learning", "Model": ".model", "Topic": ".topics", "from_topics": ".topics", "learn": ".learning"}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name], __name__), name)
