"""Files that people give in; see `keeping.py`."""
