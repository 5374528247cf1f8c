"""The planner against its yardstick and its proof, on invented instances with fixed seeds."""
