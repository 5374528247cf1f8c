"""The `diancai` command."""
