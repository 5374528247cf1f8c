"""The text engine: text and numbers in, frozen dataclasses out. Import its rooms: this file stays empty of imports."""
