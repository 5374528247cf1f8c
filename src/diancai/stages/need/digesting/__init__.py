"""From remarks to needs: the engine computes outside transactions, slices of at most 200 rows are written."""
