"""Approval slips (送审单): printed by the system, signed by hand, entered again with their scan. See README.md."""
