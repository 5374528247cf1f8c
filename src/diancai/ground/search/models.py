"""The one index over remarks, needs and offers; each action writes its row in its own transaction.

Chinese is stored with a space between characters and asked as a phrase, so that one-character and two-character words
are found alike on SQLite (FTS5) and PostgreSQL (tsvector, dictionary `simple`). The engine-specific column and table
are made by migration 0002.
"""

from django.db import models

from diancai.ground.place.models import PlacedRecord


class SearchRow(PlacedRecord):
    """What can be found: the shown words of one record, never its sealed ones."""

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    at = models.DateTimeField()
    words = models.TextField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = [models.UniqueConstraint(name="search_row_once", fields=["kind", "object_id"])]
        indexes = [
            models.Index(fields=["county_code", "-at", "-id"], name="search_county_newest"),
            models.Index(fields=["-at", "-id"], name="search_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
