"""Problem orders (问题工单): returned, transferred or redone too often; only a recorded meeting resolves them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from diancai.stages.order.models.orders import Order
from diancai.words import ProblemReason


class ProblemOrder(models.Model):
    """One trouble of an order, from the act that made it one until the meeting that resolved it (提级督办).

    `returns`, `transfers`, `redos`: how often in all when it began; the next trouble is counted from there.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="problems")
    reason = models.CharField(max_length=12, choices=ProblemReason.choices())
    since = models.DateTimeField()
    returns = models.PositiveSmallIntegerField()
    transfers = models.PositiveSmallIntegerField()
    redos = models.PositiveSmallIntegerField()
    meeting_on = models.DateField(null=True)
    attended = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=300, blank=True)
    lead = models.ForeignKey("place.Department", null=True, on_delete=models.PROTECT, related_name="+")
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("order_id", "id")
        constraints = [
            models.UniqueConstraint(
                name="one_open_problem_per_order", fields=["order"], condition=Q(resolved_at__isnull=True)
            ),
            models.CheckConstraint(
                name="problem_resolved_by_a_meeting",
                condition=Q(resolved_at__isnull=True)
                | Q(meeting_on__isnull=False, resolved_by__isnull=False) & ~Q(attended="") & ~Q(decision=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.reason}"
