"""What people said, kept word for word."""
