"""Bytes to rows and back, pure: no Django, no database, no clock, no network.
Called by actions, the engine and imports.

sheets: Excel and CSV in and out · pasted: chat records and 接龙 · papers and scanned come with their own stages.
"""
