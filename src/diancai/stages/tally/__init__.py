"""Counts that are rebuilt from records, never patched."""
