"""催办、督办、提醒、通报: what is done about parts of orders that are late, step by step, each answered in writing."""
