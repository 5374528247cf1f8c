"""The slips, and what an edition carries once its slip came back signed."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Slip(models.Model):
    """A slip as it was printed for one edition.

    `told` is what the paper says (`rows.SlipTold`), `content_digest` the lines it was printed for. The scan is that of
    the signed paper; `paper_number` is the number an office's registry gave it.
    """

    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    number = models.CharField(max_length=24, unique=True)
    content_digest = models.CharField(max_length=64)
    told = models.JSONField()
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()
    paper_number = models.CharField(max_length=120, blank=True)
    scan_name = models.CharField(max_length=80, blank=True)
    scan_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("subject_kind", "subject_id", "id")
        constraints = [
            models.UniqueConstraint(
                name="slip_once_per_content", fields=["subject_kind", "subject_id", "content_digest"]
            ),
            models.CheckConstraint(
                name="slip_scan_both",
                condition=Q(scan_name="", scan_digest="") | ~Q(scan_name="") & ~Q(scan_digest=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SignedOnPaper(models.Model):
    """Who signed an edition on which slip; `digest` is that of the lines that were signed."""

    signed_by = models.CharField(max_length=40, blank=True)
    signed_on = models.DateField(null=True)
    slip = models.ForeignKey(Slip, null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True


def signed_whole() -> Q:
    """The condition of an edition's constraint: a draft, or signed by somebody on a day on a slip."""
    return Q(state="draft") | ~Q(signed_by="") & Q(signed_on__isnull=False) & Q(slip__isnull=False)
