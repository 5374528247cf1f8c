"""Pages of the stage supply: offers, their import, the supply lists of departments."""
