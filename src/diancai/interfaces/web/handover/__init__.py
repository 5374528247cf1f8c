"""The page of the hand-over book and its Word file."""
