"""Cells: one count for one rule × programme × place × month, its parts (strand, state …) in `values`.

An act that touches what a cell counts leaves a mark in its own transaction; a cell with marks is rebuilt from the
records when it is read or by the worker. Nothing ever adds 1 to it (design 2.8). Marks are rows of their own, because
acts that wait for each other on one hot cell would be as slow as one officer after the other.
"""

from django.db import models


class Cell(models.Model):
    """A standing count of a county, or of what a prefecture holds outside its counties; `towns` splits it by town.

    Towns have no cells of their own: a need moves between towns when needs are merged, but never leaves its county.
    `revision` rises with every rebuild, so that a slow rebuild cannot overwrite a later one.
    """

    rule = models.CharField(max_length=30)
    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="+")
    place_code = models.CharField(max_length=12)
    month = models.CharField(max_length=7)
    values = models.JSONField(default=dict)
    towns = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    rebuilt_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("rule", "place_code", "month")
        constraints = [
            models.UniqueConstraint(name="cell_once", fields=["rule", "programme", "place_code", "month"]),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.place_code} {self.month}"


class Mark(models.Model):
    """A cell must be rebuilt; removed by the rebuild that began after the mark was there."""

    rule = models.CharField(max_length=30)
    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="+")
    place_code = models.CharField(max_length=12)
    month = models.CharField(max_length=7)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["rule", "programme", "place_code", "month"], name="mark_of_cell")]

    def __str__(self) -> str:
        return f"{self.rule} {self.place_code} {self.month}"
