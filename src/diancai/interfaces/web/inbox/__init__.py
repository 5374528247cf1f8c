"""Pages of notices: one's inbox, one's settings, one's leave; and the door for reports of what was sent."""
