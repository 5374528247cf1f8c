"""A notice to one person about one event; a sending of it on one channel; the message that gathers sendings.

No table holds a word of a person: a notice is made of numbers, places and words of our own lists, and the text of a
message is put together when it goes out.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from diancai.ground.privacy.fields import SealedTextField
from diancai.words import Channel, NoticeKind, SendingFate


class Notice(models.Model):
    """One event as told to one person: a line of his inbox. `key` names the event; `spread_at`: sendings were made."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=NoticeKind.choices())
    about_kind = models.CharField(max_length=20)
    about_id = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    place = models.CharField(max_length=80, blank=True)
    text_zh = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    is_urgent = models.BooleanField(default=False)
    in_office_hours = models.BooleanField(default=False)
    county_code = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    spread_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = [models.UniqueConstraint(name="one_notice_per_person_and_event", fields=["account", "key"])]
        indexes = [
            models.Index(fields=["account", "-at", "-id"], name="notice_inbox"),
            models.Index(fields=["account"], name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["about_kind", "about_id"], name="notice_about"),
            models.Index(fields=["id"], name="notice_to_spread", condition=Q(spread_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Message(models.Model):
    """What goes out to one person on one channel at one time. By `key` the receiver knows a second try."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices())
    key = models.UUIDField(unique=True)
    fate = models.CharField(max_length=10, choices=SendingFate.choices(), default=SendingFate.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    outside_id = models.CharField(max_length=80, blank=True)
    # What a provider answers may quote the address.
    problem = SealedTextField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="message_sent_has_moment",
                condition=~Q(fate__in=["sent", "delivered"]) | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="message_ended_after_made", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("made_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["not_before", "id"], name="message_ready", condition=Q(fate="queued")),
            models.Index(fields=["account", "channel", "-made_at"], name="message_last"),
            models.Index(fields=["channel", "outside_id"], name="message_outside"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.fate}"


class Sending(models.Model):
    """One notice on one channel, at most once. `fate` follows the message that it went into."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="sendings")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices())
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="sendings")
    fate = models.CharField(max_length=10, choices=SendingFate.choices(), default=SendingFate.QUEUED)
    not_before = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(name="one_sending_per_channel", fields=["notice", "channel"])]
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                name="sending_waits",
                condition=Q(fate="queued", message__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.fate}"


class Address(models.Model):
    """Where somebody is reached on a channel: his own e-mail address, phone, or the user name the channel knows."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices())
    address = SealedTextField()

    class Meta:
        ordering = ("account_id", "channel")
        constraints = [models.UniqueConstraint(name="one_address_per_channel", fields=["account", "channel"])]

    def __str__(self) -> str:
        return f"{self.account_id} {self.channel}"


class Wish(models.Model):
    """What somebody wants otherwise than the county's default: one kind on one channel."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=NoticeKind.choices())
    channel = models.CharField(max_length=8, choices=Channel.choices())
    is_wanted = models.BooleanField()

    class Meta:
        ordering = ("account_id", "kind", "channel")
        constraints = [models.UniqueConstraint(name="one_wish_per_kind", fields=["account", "kind", "channel"])]

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind} {self.channel}"


class QuietHours(models.Model):
    """Somebody's own quiet hours; who has none lives by his county's."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.TimeField()
    until = models.TimeField()
    on_days_off = models.BooleanField(default=True)

    class Meta:
        ordering = ("account_id",)

    def __str__(self) -> str:
        return f"{self.account_id} {self.since}–{self.until}"
