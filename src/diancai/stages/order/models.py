"""Orders and their assignments: one order, several departments, four numbers (design 2.5, 8.2)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from diancai.ground.place.models import PlacedRecord
from diancai.words import AssignmentState, ClosingReason, OrderState


class Order(PlacedRecord):
    """A promise to serve a need. `state` derives from the assignments; delivery writes `under_way` and `fulfilled`."""

    uuid = models.UUIDField(unique=True)
    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey("need.Need", on_delete=models.PROTECT, related_name="orders")
    match = models.ForeignKey("match.Match", null=True, on_delete=models.PROTECT, related_name="orders")
    offer = models.ForeignKey("supply.Offer", null=True, on_delete=models.PROTECT, related_name="orders")
    number = models.CharField(max_length=24, unique=True)
    content = models.CharField(max_length=200)
    strand = models.CharField(max_length=12, blank=True)
    asked = models.PositiveIntegerField(default=1)
    unit = models.CharField(max_length=8, default="项")
    under_way = models.PositiveIntegerField(default=0)
    fulfilled = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=OrderState.choices(), default=OrderState.PLACED)
    due_on = models.DateField(null=True)
    text = models.TextField(blank=True)
    duty_basis = models.CharField(max_length=300, blank=True)
    times_returned = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)
    plan_year = models.PositiveSmallIntegerField(null=True)
    plan_money = models.CharField(max_length=120, blank=True)
    plan_answerer = models.CharField(max_length=40, blank=True)
    closing_reason = models.CharField(max_length=16, choices=ClosingReason.choices(), blank=True)
    closing_rule = models.CharField(max_length=300, blank=True)
    closing_words = models.CharField(max_length=300, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-placed_at", "-id")
        constraints = [
            models.UniqueConstraint(
                name="one_open_order_per_need", fields=["need"], condition=~Q(state__in=["closed", "withdrawn"])
            ),
            models.CheckConstraint(name="order_asked_something", condition=Q(asked__gte=1)),
            models.CheckConstraint(
                name="order_plan_all_or_none",
                condition=Q(plan_year__isnull=True, plan_money="", plan_answerer="")
                | Q(plan_year__isnull=False) & ~Q(plan_money="") & ~Q(plan_answerer=""),
            ),
            models.CheckConstraint(
                name="order_planned_has_plan", condition=~Q(state="planned") | Q(plan_year__isnull=False)
            ),
            models.CheckConstraint(
                name="order_closed_has_reason", condition=~Q(state="closed") | ~Q(closing_reason="")
            ),
            models.CheckConstraint(
                name="order_withdrawn_has_reason", condition=~Q(state="withdrawn") | ~Q(withdrawn_reason="")
            ),
            models.CheckConstraint(
                name="order_not_allowed_has_rule", condition=~Q(closing_reason="not_allowed") | ~Q(closing_rule="")
            ),
        ]
        indexes = [
            models.Index(fields=["county_code", "state", "-placed_at", "-id"], name="order_county_state"),
            models.Index(fields=["county_code", "-placed_at", "-id"], name="order_county_newest"),
            models.Index(fields=["county_code", "strand", "-placed_at", "-id"], name="order_county_strand"),
            models.Index(fields=["county_code", "state", "due_on", "id"], name="order_county_due"),
            models.Index(fields=["town_code", "-placed_at", "-id"], name="order_town_newest"),
            models.Index(fields=["-placed_at", "-id"], name="order_newest"),
            models.Index(fields=["state", "due_on", "id"], name="order_due"),
        ]

    def __str__(self) -> str:
        return self.number


class OrderSerial(models.Model):
    """The last number that orders of a place and year were given; its row is locked while one is handed out."""

    place_code = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="order_serial_once", fields=["place_code", "year"])]

    def __str__(self) -> str:
        return f"{self.place_code} {self.year} {self.last}"


class Assignment(models.Model):
    """One department's part: lead or joint, how much it was asked for and how much it took on."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="assignments")
    department = models.ForeignKey("place.Department", on_delete=models.PROTECT, related_name="assignments")
    round = models.PositiveSmallIntegerField(default=1)
    is_lead = models.BooleanField()
    asked = models.PositiveIntegerField(default=1)
    committed = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=AssignmentState.choices(), default=AssignmentState.DISPATCHED)
    due_on = models.DateField(null=True)
    dispatched_at = models.DateTimeField()
    dispatched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    return_reason = models.CharField(max_length=300, blank=True)
    return_basis = models.CharField(max_length=200, blank=True)
    suggested = models.ForeignKey("place.Department", null=True, on_delete=models.PROTECT, related_name="+")
    completed_at = models.DateTimeField(null=True)
    completion_words = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("order_id", "id")
        constraints = [
            models.UniqueConstraint(
                name="one_open_assignment_per_department",
                fields=["order", "department"],
                condition=Q(ended_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_open_lead_per_order", fields=["order"], condition=Q(ended_at__isnull=True, is_lead=True)
            ),
            models.CheckConstraint(name="assignment_committed_within_asked", condition=Q(committed__lte=F("asked"))),
            models.CheckConstraint(
                name="assignment_return_has_reason",
                condition=~Q(state="returned") | ~Q(return_reason="") & ~Q(return_basis=""),
            ),
            models.CheckConstraint(
                name="assignment_completed_has_words", condition=~Q(state="completed") | ~Q(completion_words="")
            ),
            models.CheckConstraint(
                name="assignment_ended_when_over",
                condition=Q(state__in=["returned", "withdrawn"], ended_at__isnull=False)
                | Q(state="completed")
                | ~Q(state__in=["returned", "withdrawn", "completed"]) & Q(ended_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["department", "state", "due_on", "id"], name="assignment_board"),
            models.Index(fields=["department", "-dispatched_at", "-id"], name="assignment_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}→{self.department_id}"
