"""Escalations: how an order goes up through the line of its department (旗局 → 市局), linked both ways."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from diancai.stages.order.models.orders import Order
from diancai.words import EscalationAnswer, EscalationKind, OrderLevel


class Escalation(models.Model):
    """One going up: what was tried, what is asked, the twin order above, what it answered.

    `upper` is the twin; None for the region, which has no account here: what it said is recorded as told. `done_at`:
    the upper level has done its part. `ended_at`: returned, called back, or the lower order is over.
    """

    lower = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="escalations")
    upper = models.OneToOneField(Order, null=True, on_delete=models.PROTECT, related_name="asked_by")
    level = models.CharField(max_length=12, choices=OrderLevel.choices())
    kind = models.CharField(max_length=12, choices=EscalationKind.choices())
    department = models.ForeignKey("place.Department", null=True, on_delete=models.PROTECT, related_name="+")
    upper_department = models.ForeignKey("place.Department", null=True, on_delete=models.PROTECT, related_name="+")
    tried = models.CharField(max_length=300)
    asked_for = models.CharField(max_length=300)
    is_planned = models.BooleanField(default=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=EscalationAnswer.choices(), blank=True)
    answer_words = models.CharField(max_length=300, blank=True)
    answer_basis = models.CharField(max_length=200, blank=True)
    answered_outside = models.CharField(max_length=60, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="one_open_escalation_per_order", fields=["lower"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(name="escalation_says_why", condition=~Q(tried="") & ~Q(asked_for="")),
            models.CheckConstraint(
                name="escalation_answered_whole",
                condition=Q(answer="", answered_at__isnull=True) | ~Q(answer="") & Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="escalation_return_has_reason",
                condition=~Q(answer="returned") | ~Q(answer_words="") & ~Q(answer_basis=""),
            ),
            models.CheckConstraint(
                name="escalation_to_the_region_has_no_order",
                condition=Q(level="region", upper__isnull=True) | ~Q(level="region") & Q(upper__isnull=False),
            ),
            models.CheckConstraint(
                name="escalation_goes_up", condition=Q(upper__isnull=True) | Q(upper_id__gt=F("lower_id"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lower_id}↑{self.upper_id or self.level}"
