"""Pages of the indicators: one table, the records behind every figure, what was taken out."""
