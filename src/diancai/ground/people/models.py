"""Accounts, posts and absences: a person may do what his posts allow, from their first day until their last."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from diancai.words import Role


class Account(AbstractUser):
    """Somebody who signs in."""

    display_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.display_name or self.username


class Post(models.Model):
    """Role × place or department × from/until."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField(max_length=24, choices=Role.choices())
    place = models.ForeignKey("place.Place", null=True, on_delete=models.PROTECT, related_name="posts")
    department = models.ForeignKey("place.Department", null=True, on_delete=models.PROTECT, related_name="posts")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    # Held for a colleague on leave; such a post is given and ended with the absence, never by hand.
    absence = models.ForeignKey("people.Absence", null=True, on_delete=models.PROTECT, related_name="posts")

    class Meta:
        ordering = ("account_id", "id")
        constraints = [
            models.CheckConstraint(
                name="post_at_place_or_department",
                condition=Q(place__isnull=False, department__isnull=True)
                | Q(place__isnull=True, department__isnull=False),
            ),
            models.CheckConstraint(
                name="post_dates_in_order", condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from"))
            ),
            models.UniqueConstraint(name="post_once_at_place", fields=["account", "role", "place", "valid_from"]),
            models.UniqueConstraint(
                name="post_once_in_department", fields=["account", "role", "department", "valid_from"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.role}"


class Absence(models.Model):
    """Somebody is away from `first_day` until `last_day`, and `deputy` holds his work posts meanwhile.

    `ended_at`: he came back earlier, and the last day is the one before.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="absences")
    deputy = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-first_day", "-id")
        constraints = [
            models.CheckConstraint(name="absence_days_in_order", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="absence_deputy_is_another", condition=~Q(deputy=F("account"))),
        ]
        indexes = [models.Index(fields=["account", "last_day"], name="absence_of_account")]

    def __str__(self) -> str:
        return f"{self.account_id} → {self.deputy_id}"


class AccessToken(models.Model):
    """Lets a program act for an account; only a digest is kept, the token itself is shown once."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.account} {self.name}"
