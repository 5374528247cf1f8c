"""Promises: who was asked, who accepted how much, by when."""
