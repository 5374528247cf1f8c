"""Needs paired with offers, and the gaps that remain."""
