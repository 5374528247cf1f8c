"""Measurements, never part of a test: ratios within one run, medians, the bare SQL beside each page."""
