"""Places, departments, liaison stations and collection teams.

The 12-digit statistical code is the key of a place. Every record of a list carries the codes of all its ancestors
(`PlacedRecord`), because filtering a million rows by equality is 40-150 times faster than by a range of codes.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from diancai.ground.people.who_may import Scope
from diancai.ground.privacy.fields import SealedTextField
from diancai.words import Level, PlaceKind

CODE_LENGTH = 12


class Place(models.Model):
    """A node of the tree. Names and codes change: the successor tells what a place became."""

    code = models.CharField(primary_key=True, max_length=CODE_LENGTH)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=60)
    level = models.CharField(max_length=12, choices=Level.choices())
    kind = models.CharField(max_length=20, choices=PlaceKind.choices())
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    prefecture_code = models.CharField(max_length=CODE_LENGTH)
    county_code = models.CharField(max_length=CODE_LENGTH, blank=True)
    town_code = models.CharField(max_length=CODE_LENGTH, blank=True)
    pinyin = models.CharField(max_length=200)
    initials = models.CharField(max_length=30)
    is_pickable = models.BooleanField(default=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    successor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="predecessors")

    class Meta:
        ordering = ("code",)
        indexes = [models.Index(fields=["level", "code"]), models.Index(fields=["county_code", "level", "code"])]
        constraints = [
            models.CheckConstraint(
                name="place_validity_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="place_successor_only_after_end",
                condition=Q(successor__isnull=True) | Q(valid_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlacedRecord(models.Model):
    """Columns of a record that belongs to a place: the place and its ancestors, empty where the record is higher."""

    prefecture_code = models.CharField(max_length=CODE_LENGTH)
    county_code = models.CharField(max_length=CODE_LENGTH, blank=True)
    town_code = models.CharField(max_length=CODE_LENGTH, blank=True)
    village_code = models.CharField(max_length=CODE_LENGTH, blank=True)
    sub_place = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True

    @property
    def scope(self) -> Scope:
        """The record's place with its ancestors: what leave is judged by. Departments are the stage's to add."""
        return Scope(self.prefecture_code, self.county_code, self.town_code, self.village_code)


class Department(models.Model):
    """A bureau of the prefecture or of a county; `upper` is its line (旗局 → 市局)."""

    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=30)
    line = models.CharField(max_length=30)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="departments")
    upper = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="lower")
    duties = models.TextField(blank=True)
    duty_basis = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    successor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="predecessors")

    class Meta:
        ordering = ("place_id", "name")
        constraints = [
            models.UniqueConstraint(name="department_once_per_place", fields=["place", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class LiaisonStation(models.Model):
    """民情联络站 of a county, town or village, with the officer who answers for it and the phone to call in danger."""

    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="station")
    name = models.CharField(max_length=80)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="stations")
    duty_phone = models.CharField(max_length=30, blank=True)
    opened_on = models.DateField()

    def __str__(self) -> str:
        return self.name


class CollectionTeam(models.Model):
    """民情收集小分队 of a station."""

    station = models.ForeignKey(LiaisonStation, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """A member may have no account; his name and phone are personal data."""

    team = models.ForeignKey(CollectionTeam, on_delete=models.CASCADE, related_name="members")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    name = SealedTextField()
    phone = SealedTextField()
    capacity = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.team}"
