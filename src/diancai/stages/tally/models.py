"""Cells: one count for one rule × programme × place × strand × state × month.

A cell is dirty from the moment an act touched what it counts; it is rebuilt from the records when it is read or by the
worker. Nothing ever adds 1 to it (design 2.8).
"""

from django.db import models
from django.db.models import Q


class Cell(models.Model):
    """A standing count, or an invitation to rebuild it."""

    rule = models.CharField(max_length=30)
    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="+")
    place_code = models.CharField(max_length=12)
    month = models.CharField(max_length=7)
    values = models.JSONField(default=dict)
    is_dirty = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=0)
    rebuilt_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("rule", "place_code", "month")
        constraints = [
            models.UniqueConstraint(name="cell_once", fields=["rule", "programme", "place_code", "month"]),
        ]
        indexes = [models.Index(fields=["id"], name="cell_dirty", condition=Q(is_dirty=True))]

    def __str__(self) -> str:
        return f"{self.rule} {self.place_code} {self.month}"
