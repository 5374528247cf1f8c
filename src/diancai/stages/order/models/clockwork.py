"""What moves the clocks: pauses and extensions, as rows that are only ended or answered, never rewritten."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from diancai.stages.order.models.orders import Assignment, Order
from diancai.words import PauseReason


class Pause(models.Model):
    """The clocks of an order stand still from `since` until `until`; open while `until` is None."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="pauses")
    round = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=12, choices=PauseReason.choices())
    words = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    paused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    resumed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("order_id", "id")
        constraints = [
            models.UniqueConstraint(name="one_open_pause_per_order", fields=["order"], condition=Q(until__isnull=True)),
            models.CheckConstraint(
                name="pause_ends_after_it_began", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.reason}"


class Extension(models.Model):
    """A longer time, asked for before the old one is over, and what the office answered.

    `days` are working days. `due_after` is set when granted; `resident_told_at` when the resident has been told.
    """

    part = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="extensions")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="extensions")
    round = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    days = models.PositiveSmallIntegerField()
    due_before = models.DateField()
    due_after = models.DateField(null=True)
    is_last_hour = models.BooleanField(default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    granted = models.BooleanField(null=True)
    decision_words = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    resident_told_at = models.DateTimeField(null=True)
    resident_told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("order_id", "id")
        constraints = [
            models.UniqueConstraint(
                name="one_waiting_extension_per_part", fields=["part"], condition=Q(decided_at__isnull=True)
            ),
            models.CheckConstraint(name="extension_has_reason", condition=~Q(reason="") & Q(days__gte=1)),
            models.CheckConstraint(
                name="extension_decided_whole",
                condition=Q(granted__isnull=True, decided_at__isnull=True, due_after__isnull=True)
                | Q(granted=True, decided_at__isnull=False, due_after__gt=F("due_before"))
                | Q(granted=False, decided_at__isnull=False, due_after__isnull=True) & ~Q(decision_words=""),
            ),
            models.CheckConstraint(
                name="extension_told_after_granted", condition=Q(resident_told_at__isnull=True) | Q(granted=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} +{self.days}"


class ClockRun(models.Model):
    """One row: by which calendar, hours, limits and seasons (`rules`, a digest of the files) all clocks stand."""

    rules = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
