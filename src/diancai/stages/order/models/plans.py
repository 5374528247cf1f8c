"""Plans looked at again (挂账复核): one row for each year whose time has come."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from diancai.stages.order.models.orders import Order
from diancai.words import PlanOutcome


class PlanReview(models.Model):
    """The plan of an order came due in `year`; made by the yearly chore, decided by the office."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="plan_reviews")
    year = models.PositiveSmallIntegerField()
    came_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=PlanOutcome.choices(), blank=True)
    moved_to = models.PositiveSmallIntegerField(null=True)
    words = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("order_id", "year")
        constraints = [
            models.UniqueConstraint(name="plan_reviewed_once_a_year", fields=["order", "year"]),
            models.CheckConstraint(
                name="plan_review_decided_whole",
                condition=Q(outcome="", decided_at__isnull=True) | ~Q(outcome="") & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_moved_to_a_year",
                condition=Q(outcome="moved", moved_to__isnull=False) | ~Q(outcome="moved") & Q(moved_to__isnull=True),
            ),
            models.CheckConstraint(name="plan_dropped_has_reason", condition=~Q(outcome="dropped") | ~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.year}"
