"""Pages of the stage urging: what is overdue by unit, reminders and answers, letters and circulars."""
