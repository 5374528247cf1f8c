"""Programmes (行动) with their phases, strands and task lines."""
