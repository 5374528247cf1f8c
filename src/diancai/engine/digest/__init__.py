"""From a remark to the wants in it: route first, then what, when, how, for how many, and who should be asked.

`Digester.digest` is the door; it proposes and a person decides, so every want carries its reasons in words and a doubt.
Called by `stages/need` and by the engine's shell door; pure.
"""

from diancai.engine.digest.digester import Digester
from diancai.engine.digest.shapes import Digest, PlaceNames, Remark, TopicClassifier, Want
from diancai.engine.digest.topics import Topic, Topics, load_topics

__all__ = ["Digest", "Digester", "PlaceNames", "Remark", "Topic", "TopicClassifier", "Topics", "Want", "load_topics"]
