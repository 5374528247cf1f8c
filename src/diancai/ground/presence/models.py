"""Claims that expire: one per record and side."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Presence(models.Model):
    """Somebody of a side is on a record until `until`. No act and no fact: it hinders nobody and enters no ledger.

    `seat` is the side whose people do the same work (an office, a department): another side may be on it as well.
    """

    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    seat = models.CharField(max_length=20)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(name="one_person_of_a_seat_on_it", fields=["subject_kind", "subject_id", "seat"]),
            models.CheckConstraint(name="presence_ends_after_it_began", condition=Q(until__gt=F("since"))),
        ]
        indexes = [models.Index(fields=["subject_kind", "seat", "until"], name="presence_of_seat")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.subject_kind}:{self.subject_id}"
