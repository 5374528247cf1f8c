"""Offers with their four musts, and the supply lists of departments."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from diancai.ground.place.models import PlacedRecord
from diancai.ground.privacy.withholding import SignedLine
from diancai.ground.slip.models import SignedOnPaper, signed_whole
from diancai.words import CapacityPeriod, EditionState, Strand

WORDED = Q(worded_by_need__isnull=False)


class Offer(PlacedRecord):
    """What a department undertakes to do. The four musts (四个明确) are constraints, not advice (design 2.4).

    The place columns are those of the department; where it serves is in `OfferPlace` (none = everywhere below).
    """

    class State(models.TextChoices):
        IN_FORCE = "in_force", "有效"
        WITHDRAWN = "withdrawn", "已撤下"

    uuid = models.UUIDField(unique=True)
    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("place.Department", on_delete=models.PROTECT, related_name="offers")
    number = models.CharField(max_length=24, blank=True)
    leader = models.CharField(max_length=40)
    service = models.CharField(max_length=200)
    service_form = models.CharField(max_length=120)
    contact = models.CharField(max_length=40)
    contact_phone = models.CharField(max_length=30, blank=True)
    strand = models.CharField(max_length=12, choices=Strand.choices(), blank=True)
    # Each topic between marks (、种植业、水利、), so that one can be found without finding its longer namesakes.
    topics = models.CharField(max_length=300, blank=True)
    capacity = models.PositiveIntegerField(null=True)
    capacity_unit = models.CharField(max_length=8, blank=True)
    capacity_period = models.CharField(max_length=14, choices=CapacityPeriod.choices(), blank=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    language = models.CharField(max_length=8, blank=True)
    assured_on = models.DateField(null=True)
    assured_by = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.IN_FORCE)
    batch = models.ForeignKey("remark.ImportBatch", null=True, on_delete=models.PROTECT, related_name="offers")
    row_key = models.CharField(max_length=64, blank=True)
    # The need in whose words the service is written, where an order added it to a supplement: they go when it goes.
    worded_by_need = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = [
            models.CheckConstraint(name="offer_must_leader", condition=~Q(leader="")),
            models.CheckConstraint(name="offer_must_service", condition=~Q(service="")),
            models.CheckConstraint(name="offer_must_service_form", condition=~Q(service_form="")),
            models.CheckConstraint(name="offer_must_contact", condition=~Q(contact="")),
            models.CheckConstraint(
                name="offer_capacity_told",
                condition=Q(capacity_period__in=["unlimited", ""], capacity__isnull=True, capacity_unit="")
                | ~Q(capacity_period__in=["unlimited", ""])
                & Q(capacity__isnull=False, capacity__gte=1)
                & ~Q(capacity_unit=""),
            ),
            models.CheckConstraint(
                name="offer_dates_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="offer_assured_both",
                condition=Q(assured_on__isnull=True, assured_by="") | Q(assured_on__isnull=False) & ~Q(assured_by=""),
            ),
            models.UniqueConstraint(name="offer_row_once", fields=["programme", "row_key"], condition=~Q(row_key="")),
        ]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="offer_newest"),
            models.Index(fields=["county_code", "-made_at", "-id"], name="offer_county_newest"),
            models.Index(fields=["department", "-made_at", "-id"], name="offer_department"),
            models.Index(fields=["programme", "state", "id"], name="offer_in_force"),
            models.Index(fields=["worded_by_need"], name="offer_worded_by_need", condition=WORDED),
        ]

    def __str__(self) -> str:
        return self.service


class OfferPlace(models.Model):
    """A place that an offer serves, with everything below it."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey("place.Place", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="offer_place_once", fields=["offer", "place"])]

    def __str__(self) -> str:
        return f"{self.offer_id}@{self.place_id}"


class SupplyEdition(PlacedRecord, SignedOnPaper):
    """An edition of a department's supply list; supplements (增补) add lines to an earlier one."""

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("place.Department", on_delete=models.PROTECT, related_name="editions")
    period = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()
    is_supplement = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=EditionState.choices(), default=EditionState.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = [
            models.UniqueConstraint(name="supply_edition_once", fields=["programme", "department", "period", "number"]),
            models.CheckConstraint(name="supply_signed_whole", condition=signed_whole()),
            models.CheckConstraint(
                name="supply_published_at", condition=~Q(state="published") | Q(published_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["department", "-made_at", "-id"], name="supply_edition_department")]

    def __str__(self) -> str:
        return f"{self.department_id} {self.period} {self.number}"


class SupplyLine(SignedLine):
    """An offer as it stood on an edition; without words where it told those of a need that was diverted."""

    edition = models.ForeignKey(SupplyEdition, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="lines")
    strand = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ("edition_id", "position")
        constraints = [
            models.UniqueConstraint(name="supply_line_position", fields=["edition", "position"]),
            models.UniqueConstraint(name="supply_line_offer", fields=["edition", "offer"]),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}:{self.position}"
