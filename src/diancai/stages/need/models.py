"""Needs, what they rest on, the proposals to merge them, and the demand lists.

Merging is a link, never a deletion (design 2.2): a need keeps every remark through `NeedSource`; a source that was
moved keeps the need it came from, so it can be parted again for ever.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from diancai.ground.place.models import PlacedRecord
from diancai.ground.privacy.withholding import SignedLine
from diancai.ground.slip.models import SignedOnPaper, signed_whole
from diancai.words import EditionState, HandlingLevel, Kind, NeedProgress, NeedState, Route, Strand, Urgency

LIVE = Q(is_live=True)


class Need(PlacedRecord):
    """One thing wanted, in the office's words. Needs count items, never remarks.

    `is_live`: rests on a remark in force and is not merged away; lists and queues show live ones only, and each of
    their indexes holds only these. `by_hand` names the fields a person set, which a recount leaves alone. `places` are
    the codes and sub-places of all its remarks. `state_before` is where a merged or left-out need comes back to.
    """

    uuid = models.UUIDField(unique=True)
    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24, blank=True)
    route = models.CharField(max_length=12, choices=Route.choices())
    kind = models.CharField(max_length=12, choices=Kind.choices())
    content = models.CharField(max_length=200)
    topic = models.CharField(max_length=80, blank=True)
    strand = models.CharField(max_length=12, choices=Strand.choices(), blank=True)
    service_form = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=8, blank=True)
    wanted_text = models.CharField(max_length=200, blank=True)
    wanted_from = models.DateField(null=True)
    wanted_until = models.DateField(null=True)
    quantity = models.CharField(max_length=80, blank=True)
    households = models.PositiveIntegerField(null=True)
    households_approx = models.BooleanField(default=False)
    persons = models.PositiveIntegerField(null=True)
    urgency = models.CharField(max_length=10, choices=Urgency.choices(), default=Urgency.NORMAL)
    handling_level = models.CharField(max_length=12, choices=HandlingLevel.choices(), default=HandlingLevel.SELF)
    lead = models.CharField(max_length=60, blank=True)
    joint = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=NeedState.choices(), default=NeedState.PROPOSED)
    progress = models.CharField(max_length=10, choices=NeedProgress.choices(), default=NeedProgress.OPEN)
    doubt = models.PositiveSmallIntegerField(default=0)
    why = models.JSONField(default=list)
    is_common = models.BooleanField(default=False)
    times_repeated = models.PositiveSmallIntegerField(default=0)
    remark_count = models.PositiveIntegerField(default=0)
    places = models.JSONField(default=list)
    by_hand = models.JSONField(default=list)
    is_live = models.BooleanField(default=True)
    state_before = models.CharField(max_length=10, blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    left_out_reason = models.CharField(max_length=200, blank=True)
    first_said_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = [
            models.CheckConstraint(
                name="need_merged_both",
                condition=Q(state="merged", merged_into__isnull=False)
                | ~Q(state="merged") & Q(merged_into__isnull=True),
            ),
            models.CheckConstraint(
                name="need_left_out_has_reason", condition=~Q(state="dropped") | ~Q(left_out_reason="")
            ),
            models.CheckConstraint(
                name="need_window_in_order",
                condition=Q(wanted_from__isnull=True)
                | Q(wanted_until__isnull=True)
                | Q(wanted_until__gte=models.F("wanted_from")),
            ),
        ]
        indexes = [
            models.Index(fields=["programme", *columns, "-made_at", "-id"], name=f"need_{name}", condition=LIVE)
            for name, columns in (
                ("newest", ["route"]),
                ("strand", ["route", "strand"]),
                ("state", ["route", "state"]),
                ("county", ["county_code", "route"]),
                ("county_strand", ["county_code", "route", "strand"]),
                ("county_state", ["county_code", "route", "state"]),
                ("county_strand_state", ["county_code", "route", "strand", "state"]),
                ("county_topic", ["county_code", "route", "topic"]),
                ("county_progress", ["county_code", "route", "progress"]),
                ("town", ["town_code", "route"]),
                ("town_state", ["town_code", "route", "state"]),
                ("village", ["village_code", "route"]),
            )
        ] + [
            models.Index(fields=["programme", *column, "state", "-doubt", "id"], name=f"need_{name}", condition=LIVE)
            for name, column in (
                ("queue_all", []),
                ("queue_county", ["county_code"]),
                ("queue_town", ["town_code"]),
            )
        ]

    def __str__(self) -> str:
        return self.content


class NeedSource(models.Model):
    """A remark's share in a need: what this village wants by when, and why it is here.

    `origin` is the need that was made from the remark itself; it differs from `need` after a merge and brings the
    source back when the merge is undone.
    """

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="sources")
    origin = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="own_sources")
    remark = models.ForeignKey("remark.Remark", on_delete=models.PROTECT, related_name="need_sources")
    want_number = models.PositiveSmallIntegerField()
    quote = models.TextField(blank=True)
    reason = models.CharField(max_length=300)
    households = models.PositiveIntegerField(null=True)
    households_approx = models.BooleanField(default=False)
    persons = models.PositiveIntegerField(null=True)
    quantity = models.CharField(max_length=80, blank=True)
    wanted_text = models.CharField(max_length=200, blank=True)
    wanted_from = models.DateField(null=True)
    wanted_until = models.DateField(null=True)
    is_counted = models.BooleanField(default=True)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("need_id", "id")
        constraints = [
            models.UniqueConstraint(name="want_has_one_need", fields=["remark", "want_number"]),
        ]
        indexes = [models.Index(fields=["need", "id"], name="source_of_need")]

    def __str__(self) -> str:
        return f"{self.remark_id}.{self.want_number}"


class NeedPlace(models.Model):
    """A town or village of a merged need beside its own, so that each finds the need its remark went into."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="other_places")
    code = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(name="need_place_once", fields=["code", "need"])]

    def __str__(self) -> str:
        return f"{self.need_id} {self.code}"


class NeedStep(models.Model):
    """One step in a need's life and what stood before it, so that the last one can always be taken back."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12)
    before = models.JSONField(default=dict)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_undone = models.BooleanField(default=False)

    class Meta:
        ordering = ("need_id", "id")
        indexes = [models.Index(fields=["need", "id"], name="step_of_need")]

    def __str__(self) -> str:
        return f"{self.need_id} {self.kind}"


class MergeProposal(models.Model):
    """Two needs that the engine thinks are one. A person joins them or parts them; both answers are kept for ever."""

    class Answer(models.TextChoices):
        OPEN = "open", "待判断"
        JOINED = "joined", "已并入"
        PARTED = "parted", "不是一件事"

    first = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    why = models.JSONField(default=list)
    is_identical = models.BooleanField(default=False)
    is_across_counties = models.BooleanField(default=False)
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.OPEN)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-score", "id")
        constraints = [
            models.UniqueConstraint(name="proposal_once_per_pair", fields=["first", "second"]),
            models.CheckConstraint(name="proposal_pair_in_order", condition=Q(first__lt=models.F("second"))),
        ]
        indexes = [
            models.Index(fields=["first", "answer"], name="proposal_first"),
            models.Index(fields=["second", "answer"], name="proposal_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}+{self.second_id}"


class DemandEdition(PlacedRecord, SignedOnPaper):
    """An edition of a county's demand list. Published ones never change; the next is a new one (design 2.3)."""

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()
    is_supplement = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=EditionState.choices(), default=EditionState.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = [
            models.UniqueConstraint(
                name="demand_edition_once", fields=["programme", "county_code", "period", "number"]
            ),
            models.CheckConstraint(name="demand_signed_whole", condition=signed_whole()),
            models.CheckConstraint(
                name="demand_published_at", condition=~Q(state="published") | Q(published_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county_code} {self.period} {self.number}"


class DemandLine(SignedLine):
    """A need as it stood on an edition, in the office's columns.

    The line of a need that was diverted afterwards, or found to be a person's own matter, shows its number alone.
    """

    edition = models.ForeignKey(DemandEdition, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="lines")
    households = models.PositiveIntegerField(null=True)
    strand = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ("edition_id", "position")
        constraints = [
            models.UniqueConstraint(name="demand_line_position", fields=["edition", "position"]),
            models.UniqueConstraint(name="demand_line_need", fields=["edition", "need"]),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}:{self.position}"
