"""How parts stand to the ladder: due, late, open, who leads, what was sent before. Called by actions and queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.people.models import Account
from diancai.ground.people.queries import list_posts
from diancai.ground.people.who_may import PostInForce, Scope
from diancai.ground.place.queries import get_scope
from diancai.stages.order.models import Assignment
from diancai.stages.urging.errors import NotYoursToUrge
from diancai.stages.urging.models import Urge
from diancai.stages.urging.rules import STEPS, About, Stood, Way, check_open, check_step, is_open, way_of
from diancai.words import AssignmentState, OrderState, Urgency, UrgingStep

WITH_ORDER = ("order__need", "department")


@dataclass(frozen=True, slots=True)
class Held:
    """A part with what the ladder needs to know of it."""

    part: Assignment
    lead_id: int | None
    stood: dict[UrgingStep, Stood]

    @property
    def number(self) -> str:
        """The number of its order."""
        return str(self.part.order.number)

    @property
    def due_on(self) -> date | None:
        """The day on which it is due, by its clock; None where none runs."""
        return self.part.due_on

    def is_late(self, at: datetime) -> bool:
        """Whether its time is over."""
        return self.part.due_at is not None and self.part.due_at <= at

    @property
    def scope(self) -> Scope:
        """The place of its order."""
        return self.part.order.scope

    @property
    def about(self) -> About:
        """The part as the table of senders needs it."""
        codes = get_scope(self.part.department.place_id).codes
        return About(self.part.order.scope.codes, self.part.department_id, codes, self.lead_id)

    def is_open(self) -> bool:
        """Whether the department has it in hand and its time runs."""
        order = self.part.order
        state, whole = AssignmentState(self.part.state), OrderState(order.state)
        return order.hidden_at is None and is_open(state, whole, is_paused=order.paused_at is not None)

    def check(self, by: Account, step: UrgingStep, at: datetime, skip_reason: str = "") -> PostInForce:
        """The post from which the account may take the step now. Raises what the table and the ladder say."""
        today = timezone.localdate(at)
        way, post = way_of(list_posts(by), step, self.about, today)
        if way == Way.NO or post is None:
            raise NotYoursToUrge(department=self.part.department.name, step_zh=step.zh, step_en=step.en)
        check_open(self.number, open_now=self.is_open())
        place = STEPS.index(step)
        check_step(
            step,
            self.number,
            is_late=self.is_late(at),
            before=self.stood.get(STEPS[place - 1]) if place else None,
            today=today,
            urgency=urgency_of(self.part),
            skip_reason=skip_reason,
        )
        return post


def urgency_of(part: Assignment) -> Urgency | None:
    """How pressing the need behind the order is."""
    return Urgency(part.order.need.urgency) if part.order.need.urgency else None


def held_parts(assignment_ids: Iterable[int], *, lock: bool = False) -> list[Held]:
    """The parts in order of their ids, with the steps that they went through in this round. Raises `NotFound`."""
    ids = sorted(set(assignment_ids))
    found = Assignment.objects.filter(pk__in=ids).select_related(*WITH_ORDER).order_by("pk")
    parts = list(found.select_for_update(of=("self",)) if lock else found)
    if len(parts) != len(ids):
        raise NotFound
    leads = leads_of({part.order_id for part in parts})
    stood = _stood(parts)
    return [Held(part, leads.get(part.order_id), stood.get(part.pk, {})) for part in parts]


def leads_of(order_ids: Iterable[int]) -> dict[int, int]:
    """Which department leads each of the orders now."""
    leading = Assignment.objects.filter(order_id__in=list(order_ids), is_lead=True, ended_at=None)
    return dict(leading.values_list("order_id", "department_id"))


def _stood(parts: list[Assignment]) -> dict[int, dict[UrgingStep, Stood]]:
    """The newest sent urging of each step and part that asked for an answer."""
    asked = Urge.objects.filter(part__in=parts, sent_at__isnull=False, answer_due_on__isnull=False).order_by("id")
    columns = ("part_id", "step", "answer_due_on", "answered_at", "promised_on")
    stood: dict[int, dict[UrgingStep, Stood]] = {}
    for part_id, step, due, answered_at, promised in asked.values_list(*columns):
        answered_on = timezone.localdate(answered_at) if answered_at else None
        stood.setdefault(part_id, {})[UrgingStep(step)] = Stood(due, answered_on, promised)
    return stood


def new_urge(held: Held, step: UrgingStep, at: datetime, **columns: object) -> Urge:
    """An urging of a part (not saved)."""
    order = held.part.order
    return Urge(
        prefecture_code=order.prefecture_code,
        county_code=order.county_code,
        town_code=order.town_code,
        village_code=order.village_code,
        programme_id=order.programme_id,
        order=order,
        part=held.part,
        department_id=held.part.department_id,
        round=held.part.round,
        step=step,
        due_on=held.due_on,
        made_at=at,
        **columns,
    )


def common_scope(helds: Iterable[Held]) -> Scope:
    """Where a bulk act happened: the county where it is one, else the prefecture."""
    scopes = [held.scope for held in helds]
    counties = {scope.county_code for scope in scopes}
    return Scope(scopes[0].prefecture_code, counties.pop() if len(counties) == 1 else "")


UNANSWERED = Q(sent_at__isnull=False, answer_due_on__isnull=False, answered_at=None)
