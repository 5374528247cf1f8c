"""Who may send which step to whom: one table of step × role × relation. Pure.

An office does not supervise its equals: what it writes to a department of its own level beyond a reminder leaves
through the body that `config/urging.json` names and with a signature on paper.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diancai.ground.people.who_may import PostInForce
from diancai.words import Role, UrgingStep


class Relation(StrEnum):
    """How the sender stands to the department that is urged."""

    EQUAL = "equal"  # an office and a department of the same level
    BELOW = "below"  # the department belongs to a place below the office
    OVER_IT = "over_it"  # the department belongs to a place above the office
    ASKED_FOR_IT = "asked_for_it"  # the town whose people asked
    LEADS_IT = "leads_it"  # the lead department, and a joint one of the same order
    NONE = "none"


class Way(StrEnum):
    """How a step may leave."""

    OWN_NAME = "own_name"
    THROUGH_BODY = "through_body"
    NO = "no"


S, R, N = UrgingStep, Role, Relation
LETTERS = (S.SUPERVISION, S.NOTICE, S.CIRCULAR)

# What is not named here may not be sent.
TABLE: dict[tuple[UrgingStep, Role, Relation], Way] = {
    (S.REMINDER, R.PROGRAMME_OFFICE, N.EQUAL): Way.OWN_NAME,
    (S.REMINDER, R.PROGRAMME_OFFICE, N.BELOW): Way.OWN_NAME,
    (S.REMINDER, R.TOWN_OFFICER, N.ASKED_FOR_IT): Way.OWN_NAME,
    (S.REMINDER, R.DEPARTMENT_CONTACT, N.LEADS_IT): Way.OWN_NAME,
    (S.REMINDER, R.DEPARTMENT_LEADER, N.LEADS_IT): Way.OWN_NAME,
    **{(step, R.PROGRAMME_OFFICE, relation): Way.THROUGH_BODY for step in LETTERS for relation in (N.EQUAL, N.BELOW)},
}


@dataclass(frozen=True, slots=True)
class About:
    """The part that is urged: codes of the order's place, the department with the code of its place, who leads."""

    codes: tuple[str, ...]
    department_id: int
    department_codes: tuple[str, ...]
    lead_id: int | None

    @property
    def department_place(self) -> str:
        """The code of the place that the department belongs to."""
        return self.department_codes[-1]


def relation_of(post: PostInForce, about: About) -> Relation:
    """How the holder of a post stands to the department of a part; `NONE` where the order is none of his."""
    if post.department_id is not None:
        leads = post.department_id == about.lead_id != about.department_id
        return Relation.LEADS_IT if leads else Relation.NONE
    if post.place_code not in about.codes:
        return Relation.NONE
    if post.role == Role.TOWN_OFFICER:
        return Relation.ASKED_FOR_IT
    if post.place_code == about.department_place:
        return Relation.EQUAL
    return Relation.BELOW if post.place_code in about.department_codes else Relation.OVER_IT


def way_of(posts: Iterable[PostInForce], step: UrgingStep, about: About, on: date) -> tuple[Way, PostInForce | None]:
    """How somebody with these posts may send the step, and from which post: the nearest office to the department."""
    found = [(TABLE.get((step, p.role, relation_of(p, about)), Way.NO), p) for p in posts if p.holds_on(on)]
    open_ways = [(way, post) for way, post in found if way != Way.NO]
    if not open_ways:
        return Way.NO, None
    return min(open_ways, key=lambda each: relation_of(each[1], about) != Relation.EQUAL)


def table_text() -> str:
    """The table as Markdown, for the documents."""
    lines = ["| 步骤 step | 岗位 role | 关系 relation | 方式 way |", "|---|---|---|---|"]
    lines += [f"| {step.zh} | {role.zh} | `{relation}` | `{way}` |" for (step, role, relation), way in TABLE.items()]
    return "\n".join(lines)
