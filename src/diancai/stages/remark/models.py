"""Remarks, the batches they were imported with, and the photos beside them.

A remark is evidence: the verbatim text is sealed and never edited; `shown` is the masked text, which alone is indexed,
exported and given to the engine. Of a diverted remark nothing is shown: its words are left in the sealed column alone.
Telling (`said_at`), writing down (`recorded_at`) and arrival (`received_at`) are
three moments.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from diancai.ground.place.models import PlacedRecord
from diancai.ground.privacy.fields import SealedJSONField, SealedTextField
from diancai.words import BatchState, Language, RowFate, Source

# What lists show; each list index holds only these, so that a withdrawn batch never slows a list down.
IN_FORCE = Q(withdrawn_at=None, is_diverted=False)


class ImportBatch(PlacedRecord):
    """One file given in: read in a dry run, committed, perhaps withdrawn, perhaps revived by giving it in again.

    `round` grows with every commit and withdrawal that ended, so that each of them is a once-only job of its own.
    `row_count` is set when the last row has been read: a batch with none was never read to its end. Headers may be the
    cells of a roll without headers, and notices quote them: both are sealed.
    """

    uuid = models.UUIDField(unique=True)
    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=12)
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    source = models.CharField(max_length=16, choices=Source.choices())
    state = models.CharField(max_length=12, choices=BatchState.choices(), default=BatchState.DRY_RUN)
    columns = SealedJSONField(default=dict)
    warnings = SealedJSONField(default=list)
    row_count = models.PositiveIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=0)
    withdrawn_reason = SealedTextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One row of a batch and its fate. The cells may hold anything and problems quote them: both are sealed."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    fate = models.CharField(max_length=16, choices=RowFate.choices())
    cells = SealedTextField()
    problems = SealedJSONField(default=list)
    row_key = models.CharField(max_length=64)
    object_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("batch_id", "number")
        constraints = [models.UniqueConstraint(name="import_row_once", fields=["batch", "number"])]
        indexes = [models.Index(fields=["batch", "fate", "number"], name="import_row_by_fate")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"


class Remark(PlacedRecord):
    """What one person said once.

    `told` holds what a sheet said beside the words (strand, topic, wanted time …) by field of `REMARK_COLUMNS`, masked.
    `withheld` keeps, sealed, the plain columns that a divert emptied, for the remark that comes back.
    `may_divert` turns false when an office found that it is no report about persons.
    """

    uuid = models.UUIDField(unique=True)
    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=16, choices=Source.choices())
    verbatim = SealedTextField()
    shown = models.TextField()
    subject = models.CharField(max_length=300, blank=True)
    verbatim_subject = SealedTextField()
    text_key = models.CharField(max_length=64)
    row_key = models.CharField(max_length=64, blank=True)
    outside_id = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=8, choices=Language.choices())
    is_translation = models.BooleanField(default=False)
    translated_by = models.CharField(max_length=40, blank=True)
    speaker = SealedTextField()
    phone = SealedTextField()
    phone_key = models.CharField(max_length=64, blank=True)
    households = models.PositiveIntegerField(null=True)
    households_approx = models.BooleanField(default=False)
    persons = models.PositiveIntegerField(null=True)
    said_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    received_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("place.CollectionTeam", null=True, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(ImportBatch, null=True, on_delete=models.PROTECT, related_name="remarks")
    is_emergency = models.BooleanField(default=False)
    is_diverted = models.BooleanField(default=False)
    may_divert = models.BooleanField(default=True)
    told = models.JSONField(default=dict)
    withheld = SealedJSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True)
    digested_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-recorded_at", "-id")
        constraints = [
            models.UniqueConstraint(name="remark_row_once", fields=["programme", "row_key"], condition=~Q(row_key="")),
            models.CheckConstraint(name="remark_has_words", condition=~Q(shown="")),
        ]
        indexes = [
            models.Index(fields=[*column, "-recorded_at", "-id"], name=f"remark_{name}", condition=IN_FORCE)
            for name, column in (
                ("newest", []),
                ("county_newest", ["county_code"]),
                ("county_source", ["county_code", "source"]),
                ("town_newest", ["town_code"]),
                ("village_newest", ["village_code"]),
            )
        ] + [
            models.Index(fields=["text_key", "county_code"], name="remark_text"),
            models.Index(fields=["batch", "id"], name="remark_of_batch"),
            models.Index(fields=["id"], name="remark_undigested", condition=Q(digested_at=None) & IN_FORCE),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class RemarkPhoto(models.Model):
    """A picture taken with the remark; kept among the uploads, never public."""

    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="photos")
    file_name = models.CharField(max_length=120)
    content_digest = models.CharField(max_length=64)
    taken_with_consent = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.file_name
