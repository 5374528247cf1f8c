"""What departments offer: the supply lists."""
