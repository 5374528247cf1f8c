"""Pages of the stage match: proposals with their reasons, and the two gap lists with the chart that opens them."""
