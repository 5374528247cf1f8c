"""Pairs of need and offer that the engine proposed or a person made, with the reasons and the decision."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from diancai.ground.place.models import PlacedRecord
from diancai.words import MatchState


class Match(PlacedRecord):
    """对接: a need and an offer that may serve it. A refusal keeps its reason, so the pair is not proposed again.

    `booked` of the offer's capacity in `booked_month` is taken by this pair: one when it is confirmed, then what the
    order asks or the department commits; `order` writes it through an action. `is_current` ends with the order.
    """

    need = models.ForeignKey("need.Need", on_delete=models.PROTECT, related_name="matches")
    offer = models.ForeignKey("supply.Offer", on_delete=models.PROTECT, related_name="matches")
    score = models.FloatField()
    why = models.JSONField(default=list)
    against = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=MatchState.choices(), default=MatchState.PROPOSED)
    reason = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField()
    booked = models.PositiveIntegerField(default=0)
    booked_month = models.CharField(max_length=7, blank=True)
    is_current = models.BooleanField(default=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-score", "id")
        constraints = [
            models.UniqueConstraint(name="match_once_per_pair", fields=["need", "offer"]),
            models.UniqueConstraint(
                name="need_has_one_confirmed_match", fields=["need"], condition=Q(state="confirmed", is_current=True)
            ),
            models.CheckConstraint(
                name="match_decided_both",
                condition=Q(state="proposed", decided_at__isnull=True)
                | ~Q(state="proposed") & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="match_books_only_when_confirmed",
                condition=Q(state="confirmed") & ~Q(booked_month="") | Q(booked=0),
            ),
            models.CheckConstraint(name="match_refused_has_reason", condition=~Q(state="refused") | ~Q(reason="")),
        ]
        indexes = [
            models.Index(fields=["offer", "state"], name="match_offer_state"),
            models.Index(fields=["need", "state"], name="match_need_state"),
            models.Index(fields=["state", "-proposed_at", "-id"], name="match_state_newest"),
            models.Index(fields=["county_code", "state", "-proposed_at", "-id"], name="match_county_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.need_id}~{self.offer_id}"
