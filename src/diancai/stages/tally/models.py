"""Cells: one count for one rule × programme × place × month, its parts (strand, state …) in `values`.

An act that touches what a cell counts leaves a mark in its own transaction; a cell with marks is rebuilt from the
records when it is read or by the worker. Nothing ever adds 1 to it (design 2.8). Marks are rows of their own, because
acts that wait for each other on one hot cell would be as slow as one officer after the other.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


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


class IndicatorUnit(models.Model):
    """The orders of one county (or of a prefecture outside its counties) placed in one month: rebuilt as one.

    An act on an order marks its unit (`Mark` of the rule `indicators`). `stale_at`: when a deadline ahead comes to
    count by itself. `book`: the rules it was counted by; other rules in force mean that it must be counted again.
    """

    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="+")
    place_code = models.CharField(max_length=12)
    month = models.CharField(max_length=7)
    book = models.CharField(max_length=16, blank=True)
    stale_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    rebuilt_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("place_code", "month")
        constraints = [models.UniqueConstraint(name="indicator_unit_once", fields=["programme", "place_code", "month"])]

    def __str__(self) -> str:
        return f"{self.place_code} {self.month}"


class IndicatorCell(models.Model):
    """What the orders of a unit count as in one place and one month (of the count), split by `dims` (rules/cube.py)."""

    unit = models.ForeignKey(IndicatorUnit, on_delete=models.CASCADE, related_name="cells")
    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="+")
    place_code = models.CharField(max_length=12)
    month = models.CharField(max_length=7)
    dims = models.CharField(max_length=4, blank=True)
    values = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(name="indicator_cell_once", fields=["unit", "place_code", "month", "dims"])
        ]
        indexes = [models.Index(fields=["programme", "place_code", "dims", "month"], name="indicator_cell_read")]

    def __str__(self) -> str:
        return f"{self.place_code} {self.month} {self.dims}"


class Exclusion(models.Model):
    """An order taken out of indicators (剔除件): who asked and why, and the second person who allowed it.

    `indicator` "" means all that allow it. The second person is another account, always.
    """

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="exclusions")
    indicator = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=300)
    evidence = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    second = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    decision_words = models.CharField(max_length=300, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                name="one_standing_exclusion",
                fields=["order", "indicator"],
                condition=Q(lifted_at__isnull=True) & (Q(granted__isnull=True) | Q(granted=True)),
            ),
            models.CheckConstraint(name="exclusion_says_why", condition=~Q(reason="") & ~Q(evidence="")),
            models.CheckConstraint(
                name="exclusion_by_two", condition=Q(second__isnull=True) | ~Q(second_id=F("proposed_by_id"))
            ),
            models.CheckConstraint(
                name="exclusion_decided_whole",
                condition=Q(granted__isnull=True, decided_at__isnull=True, second__isnull=True)
                | Q(granted=True, decided_at__isnull=False, second__isnull=False)
                | Q(granted=False, decided_at__isnull=False, second__isnull=False) & ~Q(decision_words=""),
            ),
            models.CheckConstraint(
                name="exclusion_lifted_by_somebody",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False, granted=True),
            ),
        ]
        indexes = [models.Index(fields=["order", "granted"], name="exclusion_of_order")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.indicator or '*'}"
