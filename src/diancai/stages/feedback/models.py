"""Tables of feedback: the follow-up of each round of an order, the tries, the answers, and the residents' slips.

Tries and ratings are only added. What a follow-up says of solved and satisfied repeats the rating that counts
(`rules.counting`), so that lists and counts need no join.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from diancai.ground.place.models import PlacedRecord
from diancai.ground.privacy.fields import SealedTextField
from diancai.words import AnswerWay, FollowUpState, Satisfaction, Solved, TryFate


class FollowUp(PlacedRecord):
    """回访: one round of one order, and so one need, is to be asked about. `days_tried`: different days of vain tries.

    `department`: who led the round. `officer`: whom it was given to; any officer of the place may do it.
    """

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="follow_ups")
    need = models.ForeignKey("need.Need", on_delete=models.PROTECT, related_name="follow_ups")
    department = models.ForeignKey("place.Department", null=True, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=FollowUpState.choices(), default=FollowUpState.WAITING)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    days_tried = models.PositiveSmallIntegerField(default=0)
    solved = models.CharField(max_length=8, choices=Solved.choices(), blank=True)
    satisfaction = models.CharField(max_length=20, choices=Satisfaction.choices(), blank=True)
    answered_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("due_at", "id")
        constraints = [
            models.UniqueConstraint(name="follow_up_once_per_round", fields=["order", "round"]),
            models.CheckConstraint(
                name="follow_up_answered_whole",
                condition=Q(answered_at__isnull=True, solved="", satisfaction="")
                | Q(answered_at__isnull=False) & ~Q(solved=""),
            ),
            models.CheckConstraint(
                name="follow_up_reached_has_answer", condition=~Q(state="reached") | Q(answered_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["programme", *column, "state", "due_at", "id"], name=f"follow_up_{name}")
            for name, column in (("all", []), ("county", ["county_code"]), ("town", ["town_code"]))
        ] + [
            models.Index(fields=["village_code", "state", "due_at", "id"], name="follow_up_village"),
            models.Index(fields=["department", "state", "due_at", "id"], name="follow_up_department"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} #{self.round}"


class Try(models.Model):
    """Somebody called or came and did not reach the resident."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="attempts")
    way = models.CharField(max_length=8, choices=AnswerWay.choices())
    fate = models.CharField(max_length=16, choices=TryFate.choices())
    words = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("follow_up_id", "id")
        constraints = [
            models.CheckConstraint(name="try_by_phone_or_visit", condition=Q(way__in=["phone", "visit"])),
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.on}"


class AnswerSlip(models.Model):
    """A code on paper with which a resident answers without signing in. Only a keyed digest of it is kept."""

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="answer_slips")
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("order_id", "id")
        constraints = [
            models.CheckConstraint(name="slip_expires_later", condition=Q(expires_at__gt=models.F("issued_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.issued_at:%Y-%m-%d}"


class Rating(models.Model):
    """评单: one answer, kept for ever. `verbatim` is sealed; `shown` (masked) alone is listed.

    Taken down by an officer, or given with a slip: each slip answers once in a round.
    """

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="ratings")
    way = models.CharField(max_length=8, choices=AnswerWay.choices())
    solved = models.CharField(max_length=8, choices=Solved.choices())
    satisfaction = models.CharField(max_length=20, choices=Satisfaction.choices(), blank=True)
    verbatim = SealedTextField()
    shown = models.CharField(max_length=500, blank=True)
    told_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    slip = models.ForeignKey(AnswerSlip, null=True, on_delete=models.PROTECT, related_name="ratings")
    opened_redo = models.BooleanField(default=False)

    class Meta:
        ordering = ("follow_up_id", "id")
        constraints = [
            models.UniqueConstraint(name="slip_answers_once_per_round", fields=["follow_up", "slip"]),
            models.CheckConstraint(name="rating_says_whether_solved", condition=~Q(solved="")),
            models.CheckConstraint(
                name="rating_by_officer_or_slip",
                condition=Q(way="slip", slip__isnull=False, taken_by__isnull=True)
                | Q(way__in=["phone", "visit"], slip__isnull=True, taken_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.solved}"
