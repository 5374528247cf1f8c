"""The versioned JSON interface."""
