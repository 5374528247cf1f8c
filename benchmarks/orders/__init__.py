"""Boards, indicators and the hourly run of the clocks over many orders; called by scripts/bench."""
