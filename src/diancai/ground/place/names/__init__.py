"""Place names: which place do people mean? Pure; called by imports, forms, the digest and search.

`PlaceNames` is built once from the rows of the tree (`PlaceRow`) and then asked: `resolve`, `resolve_columns`,
`find_in`, `full_name`, `known_names`. What is doubtful is handed back as candidates and never guessed.
"""

from .forms import PlaceRow
from .resolver import Mention, PlaceNames, Resolution

__all__ = ["Mention", "PlaceNames", "PlaceRow", "Resolution"]
