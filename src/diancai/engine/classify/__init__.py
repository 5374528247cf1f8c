"""Which topic a text has: learned from labelled texts, from corrections, or from topic names alone.

`learn` makes a `Model`; `Model.classify` answers with a calibrated score, two best choices and the words that decided;
`Model.correct` counts at once. `topics.from_topics` starts with no labelled text. The shell, and later the stages
`need` and `supply` through their background work, call this room.
"""

from .answer import Answer, Choice
from .learning import Example, learn
from .model import Model
from .topics import Topic, from_topics

__all__ = ["Answer", "Choice", "Example", "Model", "Topic", "from_topics", "learn"]
