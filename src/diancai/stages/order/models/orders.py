"""Orders and their assignments: one order, several departments, four numbers (design 2.5, 8.2)."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from diancai.ground.place.models import PlacedRecord
from diancai.words import AssignmentState, ClockState, ClosingReason, DueBound, OrderLevel, OrderState, Verdict

# States of a clock that has not been stopped; whether it is over now, `due_at` alone tells.
RUNNING_STATES = (ClockState.RUNNING, ClockState.AMBER, ClockState.RED, ClockState.OVERDUE)
RUNNING = Q(clock_state__in=[state.value for state in RUNNING_STATES])


class Order(PlacedRecord):
    """A promise to serve a need at one level. `state` derives from the assignments and from the order above.

    `is_twin`: opened by an escalation from below; counts nowhere, since the lower order is the one that was asked for.
    Delivery writes `under_way` and `fulfilled`; feedback writes `verdict`, `dissatisfied_at` and `times_tried`.
    `due_on` to `clock_told_due` are a projection of the clock (`clocking/`), never written by an act itself.
    `paused_at` and `problem_since` mirror an open `Pause` and `ProblemOrder`, so that lists need no join.
    `hidden_at`: what lay behind it proved to be a report about persons; it stands in no list, count or search.
    """

    uuid = models.UUIDField(unique=True)
    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey("need.Need", on_delete=models.PROTECT, related_name="orders")
    match = models.ForeignKey("match.Match", null=True, on_delete=models.PROTECT, related_name="orders")
    offer = models.ForeignKey("supply.Offer", null=True, on_delete=models.PROTECT, related_name="orders")
    number = models.CharField(max_length=24, unique=True)
    level = models.CharField(max_length=12, choices=OrderLevel.choices(), default=OrderLevel.COUNTY)
    is_twin = models.BooleanField(default=False)
    content = models.CharField(max_length=200)
    strand = models.CharField(max_length=12, blank=True)
    asked = models.PositiveIntegerField(default=1)
    unit = models.CharField(max_length=8, default="项")
    under_way = models.PositiveIntegerField(default=0)
    fulfilled = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=OrderState.choices(), default=OrderState.PLACED)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    amber_at = models.DateTimeField(null=True)
    red_at = models.DateTimeField(null=True)
    next_change_at = models.DateTimeField(null=True)
    clock_state = models.CharField(max_length=8, choices=ClockState.choices(), blank=True)
    due_bound = models.CharField(max_length=8, choices=DueBound.choices(), blank=True)
    due_season = models.CharField(max_length=60, blank=True)
    paused_credit = models.DurationField(default=timedelta)
    is_provisional = models.BooleanField(default=False)
    clock_told = models.CharField(max_length=8, choices=ClockState.choices(), blank=True)
    clock_told_due = models.DateField(null=True)
    text = models.TextField(blank=True)
    duty_basis = models.CharField(max_length=300, blank=True)
    times_returned = models.PositiveSmallIntegerField(default=0)
    times_transferred = models.PositiveSmallIntegerField(default=0)
    times_tried = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)
    verdict = models.CharField(max_length=12, choices=Verdict.choices(), blank=True)
    dissatisfied_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    problem_since = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
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
    hidden_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-placed_at", "-id")
        constraints = [
            models.UniqueConstraint(
                name="one_open_order_per_need_and_level",
                fields=["need", "level"],
                condition=~Q(state__in=["closed", "withdrawn"]),
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
            models.Index(fields=["county_code", "due_at", "id"], name="order_county_clock", condition=RUNNING),
            models.Index(
                fields=["next_change_at", "id"], name="order_clock", condition=Q(next_change_at__isnull=False)
            ),
            models.Index(fields=["id"], name="order_stands_still", condition=Q(clock_state="paused")),
            models.Index(
                fields=["problem_since", "id"], name="order_problem", condition=Q(problem_since__isnull=False)
            ),
            models.Index(fields=["plan_year", "id"], name="order_planned", condition=Q(state="planned")),
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
    """One department's part in one round: lead or joint, how much it was asked for and how much it took on.

    `came_from`: the part that was handed over to this one (移交), by a department or to its successor.
    `is_by_meeting`: a recorded meeting named the department, which may not return it.

    Facts of the clocks: `set_due_on`, the day a person set; `limit` and `sign_limit`, the spans promised at dispatch
    (`13d`, `4h`); `opens_promise`, the part with which a promise begins anew (the first of a round, or after a plan),
    and `promise_over_at`, when that promise was kept or given up. `due_on` to `sign_told` are projected from them.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="assignments")
    department = models.ForeignKey("place.Department", on_delete=models.PROTECT, related_name="assignments")
    round = models.PositiveSmallIntegerField(default=1)
    is_lead = models.BooleanField()
    asked = models.PositiveIntegerField(default=1)
    committed = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=AssignmentState.choices(), default=AssignmentState.DISPATCHED)
    is_by_meeting = models.BooleanField(default=False)
    set_due_on = models.DateField(null=True)
    limit = models.CharField(max_length=8, blank=True)
    sign_limit = models.CharField(max_length=8, blank=True)
    opens_promise = models.BooleanField(default=False)
    promise_over_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    amber_at = models.DateTimeField(null=True)
    red_at = models.DateTimeField(null=True)
    clock_state = models.CharField(max_length=8, choices=ClockState.choices(), blank=True)
    paused_credit = models.DurationField(default=timedelta)
    sign_due_at = models.DateTimeField(null=True)
    sign_state = models.CharField(max_length=8, choices=ClockState.choices(), blank=True)
    next_change_at = models.DateTimeField(null=True)
    sign_told = models.BooleanField(default=False)
    dispatched_at = models.DateTimeField()
    dispatched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    return_reason = models.CharField(max_length=300, blank=True)
    return_basis = models.CharField(max_length=200, blank=True)
    suggested = models.ForeignKey("place.Department", null=True, on_delete=models.PROTECT, related_name="+")
    is_late_return = models.BooleanField(default=False)
    is_last_hour = models.BooleanField(default=False)
    late_return_words = models.CharField(max_length=300, blank=True)
    late_return_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    late_return_at = models.DateTimeField(null=True)
    came_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="went_to")
    handed_reason = models.CharField(max_length=300, blank=True)
    handed_basis = models.CharField(max_length=200, blank=True)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField(null=True)
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
                condition=Q(state__in=["returned", "withdrawn", "handed_over"], ended_at__isnull=False)
                | Q(state="completed")
                | ~Q(state__in=["returned", "withdrawn", "handed_over", "completed"]) & Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="assignment_handed_over_has_reason",
                condition=~Q(state="handed_over") | ~Q(handed_reason="") & Q(handed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_late_return_allowed_by_somebody",
                condition=Q(late_return_at__isnull=True, late_return_words="")
                | Q(late_return_at__isnull=False, late_return_by__isnull=False) & ~Q(late_return_words=""),
            ),
        ]
        indexes = [
            models.Index(fields=["department", "state", "due_on", "id"], name="assignment_board"),
            models.Index(fields=["department", "-dispatched_at", "-id"], name="assignment_newest"),
            models.Index(
                fields=["next_change_at", "order"], name="assignment_clock", condition=Q(next_change_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}→{self.department_id}"
