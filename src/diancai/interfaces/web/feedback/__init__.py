"""Pages of follow-ups, of the residents' answers, and of what goes back to the villages."""
