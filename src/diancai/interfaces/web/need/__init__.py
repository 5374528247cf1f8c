"""Pages of the stage need: the list, one need, the review screen, the demand lists and their exports."""
