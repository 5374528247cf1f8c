"""See the folder list in docs/first-hour.md: the story of one remark, told by the names of the rooms."""
