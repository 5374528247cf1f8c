"""The hourly run over all open orders: how long the clocks of 10,000 and of 500,000 take."""
