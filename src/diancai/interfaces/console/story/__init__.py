"""The demo: the real case of 2019–20, told through the same actions as every page (docs/demo.md).

`config/demo` holds what was said, what departments offer, and what the office decided; nothing here writes a table.
"""

from diancai.interfaces.console.story.telling import tell

__all__ = ["tell"]
