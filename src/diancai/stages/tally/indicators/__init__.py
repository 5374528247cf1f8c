"""Indicators (指标): read from cells that are rebuilt from orders, and lists of the orders behind each figure."""
