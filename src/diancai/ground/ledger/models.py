"""Events, their words, and the seals that chain them. Triggers in the database refuse to change any of them."""

from django.conf import settings
from django.db import models

from diancai.ground.place.models import PlacedRecord


class Event(PlacedRecord):
    """One act: what was done to which record, by whom, when. Words are in `EventWords`; only their digest is here."""

    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    details = models.JSONField(default=dict)
    words_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="event_of_subject"),
            models.Index(fields=["county_code", "id"], name="event_of_county"),
            models.Index(fields=["kind", "id"], name="event_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind}:{self.subject_id}"


class EventWords(models.Model):
    """The words of an event, as ciphertext, once for each record they may be about.

    They lie apart because events can never be changed: when one of those records is diverted its rows are taken away,
    with an event `words.dropped` that names whose they were.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="words")
    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=40)
    sealed = models.BinaryField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(name="event_words_once", fields=["event", "about_kind", "about_id"]),
        ]
        indexes = [models.Index(fields=["about_kind", "about_id"], name="event_words_about")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.about_kind}:{self.about_id}"


class Seal(models.Model):
    """A link of the chain: the digest over the events of one batch and the seal before it.

    The members are named one by one, because identifiers are handed out before their transaction commits:
    a later seal may hold a smaller identifier.
    """

    first_event = models.BigIntegerField()
    last_event = models.BigIntegerField()
    members = models.JSONField()
    previous = models.CharField(max_length=64, blank=True)
    chain = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.chain


class Unsealed(models.Model):
    """Events waiting for their seal: written with the event, removed with the seal, so the tail is found at once."""

    event = models.OneToOneField(Event, primary_key=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("event_id",)

    def __str__(self) -> str:
        return str(self.pk)
