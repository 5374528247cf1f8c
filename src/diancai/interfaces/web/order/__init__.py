"""Pages of the stage order: the board, the list, one order with its chain and acts."""
