"""Tables of urging: each urging of a part, and the letters by which steps beyond a reminder leave.

No content of an order is kept here: letters are set from the orders as they stand, so that a divert leaves no word.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from diancai.ground.place.models import PlacedRecord
from diancai.words import LetterState, UrgingCause, UrgingStep


class Letter(PlacedRecord):
    """A letter of supervision, a notice (工作提醒函) to one department, or a circular over several (no department).

    `body` and `signer` are those that the county's configuration named when it was drawn up. The place is the issuer's.
    """

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, unique=True)
    step = models.CharField(max_length=12, choices=UrgingStep.choices())
    department = models.ForeignKey("place.Department", null=True, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=60)
    signer = models.CharField(max_length=40)
    words = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=LetterState.choices(), default=LetterState.DRAFT)
    answer_due_on = models.DateField(null=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=40, blank=True)
    signed_on = models.DateField(null=True)
    paper_number = models.CharField(max_length=120, blank=True)
    scan_name = models.CharField(max_length=80, blank=True)
    scan_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-drafted_at", "-id")
        constraints = [
            models.CheckConstraint(
                name="letter_to_one_unit_or_circular",
                condition=Q(step="circular", department__isnull=True)
                | Q(step__in=["supervision", "notice"], department__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_sent_with_signature",
                condition=~Q(state="sent")
                | ~Q(signed_by="")
                & ~Q(scan_name="")
                & Q(signed_on__isnull=False, sent_at__isnull=False, answer_due_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["county_code", "-drafted_at", "-id"], name="letter_county_newest"),
            models.Index(fields=["-drafted_at", "-id"], name="letter_newest"),
        ]

    def __str__(self) -> str:
        return self.number


class LetterSerial(models.Model):
    """The last number of a step's letters of a place and year; its row is locked while one is handed out."""

    place_code = models.CharField(max_length=12)
    step = models.CharField(max_length=12, choices=UrgingStep.choices())
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="letter_serial_once", fields=["place_code", "step", "year"])]

    def __str__(self) -> str:
        return f"{self.place_code} {self.step} {self.year} {self.last}"


class Urge(PlacedRecord):
    """One step for one part. A letter's line is not sent (`sent_at` None) until its letter leaves.

    `due_on`: when the part was due at that time. `answer_due_on`: None where no answer is asked, as with a warning
    before the due day. `sent_by` None: the schedule did it.
    """

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="urges")
    part = models.ForeignKey("order.Assignment", on_delete=models.PROTECT, related_name="urges")
    department = models.ForeignKey("place.Department", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=12, choices=UrgingStep.choices())
    cause = models.CharField(max_length=12, choices=UrgingCause.choices(), default=UrgingCause.BY_HAND)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="urges")
    due_on = models.DateField(null=True)
    words = models.CharField(max_length=300, blank=True)
    skip_reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answer_due_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=300, blank=True)
    promised_on = models.DateField(null=True)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = [
            models.CheckConstraint(
                name="urge_beyond_reminder_by_letter",
                condition=Q(step="reminder", letter__isnull=True, sent_at__isnull=False)
                | ~Q(step="reminder") & Q(letter__isnull=False, cause="by_hand"),
            ),
            models.CheckConstraint(
                name="urge_answered_whole",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, promised_on__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
            ),
            models.UniqueConstraint(
                name="urge_by_schedule_once",
                fields=["part", "cause", "due_on"],
                condition=~Q(cause="by_hand"),
            ),
        ]
        indexes = [
            models.Index(fields=["part", "step", "-id"], name="urge_part_step"),
            models.Index(fields=["department", "-made_at", "-id"], name="urge_unit_newest"),
            models.Index(fields=["county_code", "-made_at", "-id"], name="urge_county_newest"),
            models.Index(fields=["-made_at", "-id"], name="urge_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.step}"
