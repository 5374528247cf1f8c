"""Rounds after the first (重办), and the closing of orders that dissatisfied somebody (分类销号)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from diancai.stages.order.models.orders import Order
from diancai.words import ClosingReason, DissatisfiedWay


class Redo(models.Model):
    """Round `number` of an order, opened because the resident was not helped. `opened_by` None: by himself.

    `closed_as` keeps the reason with which the round before had been closed, when it had been: nothing is overwritten.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="redos")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_as = models.CharField(max_length=16, choices=ClosingReason.choices(), blank=True)
    closed_before_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("order_id", "number")
        constraints = [
            models.UniqueConstraint(name="redo_once_per_round", fields=["order", "number"]),
            models.CheckConstraint(name="redo_after_the_first_round", condition=Q(number__gte=2) & ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} #{self.number}"


class Settlement(models.Model):
    """How an order that dissatisfied somebody is to be closed: the way, the evidence, and a second person.

    The second person is another account, or whoever signed the paper that `paper` names (two-person control).
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="settlements")
    round = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=12, choices=DissatisfiedWay.choices())
    reason = models.CharField(max_length=16, choices=ClosingReason.choices())
    rule = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=300, blank=True)
    evidence = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    second = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_by = models.CharField(max_length=40, blank=True)
    paper = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    refused_words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("order_id", "id")
        constraints = [
            models.UniqueConstraint(
                name="one_waiting_settlement_per_order", fields=["order"], condition=Q(decided_at__isnull=True)
            ),
            models.CheckConstraint(name="settlement_has_evidence", condition=~Q(evidence="")),
            models.CheckConstraint(
                name="settlement_by_two", condition=Q(second__isnull=True) | ~Q(second_id=F("proposed_by_id"))
            ),
            models.CheckConstraint(
                name="settlement_decided_by_somebody",
                condition=Q(decided_at__isnull=True, second__isnull=True, signed_by="")
                | Q(decided_at__isnull=False, second__isnull=False)
                | Q(decided_at__isnull=False) & ~Q(signed_by="") & ~Q(paper=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.way}"
