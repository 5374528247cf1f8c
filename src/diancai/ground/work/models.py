"""Background jobs and what they report. The queue, the lease and the result are one row (docs/decisions/0003)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from diancai.ground.privacy.fields import SealedTextField
from diancai.words import JobState


class Job(models.Model):
    """Work to be done once: `key` makes asking twice the same as asking once."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState.choices(), default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    result = models.JSONField(default=dict)
    # A trace may quote what the job worked on.
    problem = SealedTextField()
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=60, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["not_before", "id"], name="job_ready", condition=Q(state__in=["waiting", "running"]))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def percent(self) -> int:
        """Whole percent done, 100 only at the end."""
        return (
            min(99, self.done * 100 // self.total)
            if self.total and self.state != JobState.DONE
            else (100 if self.state == JobState.DONE else 0)
        )
