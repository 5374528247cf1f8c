"""Who may do what: the one table, asked by actions, pages, the interface and the command alike. Pure.

A post reaches a record when its place is the record's place or an ancestor of it, or when its department takes
part in the record. `ALLOWED` names the roles of each act; `OWN_LEVEL` holds the acts that a higher office may not do
for a lower one: a county's list is its own (design 2b.4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diancai.words import Level, Role


class Act(StrEnum):
    """Everything that needs leave."""

    RECORD_REMARK = "record_remark"
    SEE_REMARK = "see_remark"
    SEE_DIVERTED = "see_diverted"
    REVEAL_PERSONAL = "reveal_personal"
    IMPORT_REMARKS = "import_remarks"
    WITHDRAW_BATCH = "withdraw_batch"
    SEE_NEED = "see_need"
    COMB_NEED = "comb_need"
    REVIEW_NEED = "review_need"
    DRAFT_DEMAND_LIST = "draft_demand_list"
    PUBLISH_DEMAND_LIST = "publish_demand_list"
    SEE_LISTS = "see_lists"
    WRITE_OFFER = "write_offer"
    PUBLISH_SUPPLY_LIST = "publish_supply_list"
    SEE_SIGNED_PAPER = "see_signed_paper"
    DECIDE_MATCH = "decide_match"
    SEE_MATCH = "see_match"
    PLACE_ORDER = "place_order"
    DISPATCH_ORDER = "dispatch_order"
    ANSWER_ORDER = "answer_order"
    CLOSE_ORDER = "close_order"
    SECOND_CLOSING = "second_closing"
    ESCALATE_ORDER = "escalate_order"
    TELL_RESIDENT = "tell_resident"
    SEE_ORDER = "see_order"
    FOLLOW_UP = "follow_up"
    SEE_ANSWERS = "see_answers"
    TELL_VILLAGE = "tell_village"
    URGE_ORDER = "urge_order"
    SEND_LETTER = "send_letter"
    ANSWER_URGE = "answer_urge"
    HAND_OVER_WORK = "hand_over_work"
    MANAGE_STATION = "manage_station"
    READ_LEDGER = "read_ledger"
    MANAGE_PEOPLE = "manage_people"


R = Role
_FIELD = {R.LIAISON_OFFICER, R.TOWN_OFFICER}
_OFFICE = {R.PROGRAMME_OFFICE}
_DEPARTMENT = {R.DEPARTMENT_CONTACT, R.DEPARTMENT_LEADER}
_READERS = {R.LEADER}

ALLOWED: dict[Act, frozenset[Role]] = {
    act: frozenset(roles)
    for act, roles in {
        Act.RECORD_REMARK: _FIELD | _OFFICE,
        Act.SEE_REMARK: _FIELD | _OFFICE | _READERS,
        Act.SEE_DIVERTED: _OFFICE,
        Act.REVEAL_PERSONAL: _FIELD | _OFFICE,
        Act.IMPORT_REMARKS: _FIELD | _OFFICE,
        Act.WITHDRAW_BATCH: {R.TOWN_OFFICER} | _OFFICE,
        Act.SEE_NEED: _FIELD | _OFFICE | _READERS,
        Act.COMB_NEED: {R.TOWN_OFFICER} | _OFFICE,
        Act.REVIEW_NEED: _OFFICE,
        Act.DRAFT_DEMAND_LIST: _OFFICE,
        Act.PUBLISH_DEMAND_LIST: _OFFICE,
        Act.SEE_LISTS: _FIELD | _OFFICE | _READERS | _DEPARTMENT,
        Act.WRITE_OFFER: _DEPARTMENT | _OFFICE,
        Act.PUBLISH_SUPPLY_LIST: {R.DEPARTMENT_LEADER} | _OFFICE,
        Act.SEE_SIGNED_PAPER: _OFFICE | _READERS | _DEPARTMENT | {R.AUDITOR},
        Act.DECIDE_MATCH: _OFFICE,
        Act.SEE_MATCH: _OFFICE | _READERS | _DEPARTMENT,
        Act.PLACE_ORDER: _OFFICE,
        Act.DISPATCH_ORDER: _OFFICE,
        Act.ANSWER_ORDER: _DEPARTMENT,
        Act.CLOSE_ORDER: _OFFICE,
        Act.SECOND_CLOSING: _OFFICE | _READERS,
        Act.ESCALATE_ORDER: _OFFICE | _DEPARTMENT,
        Act.TELL_RESIDENT: _FIELD | _OFFICE | _DEPARTMENT,
        Act.SEE_ORDER: _FIELD | _OFFICE | _READERS | _DEPARTMENT,
        Act.FOLLOW_UP: _FIELD | _OFFICE,
        Act.SEE_ANSWERS: _FIELD | _OFFICE | _READERS | _DEPARTMENT,
        Act.TELL_VILLAGE: _FIELD | _OFFICE,
        Act.URGE_ORDER: {R.TOWN_OFFICER} | _OFFICE | _DEPARTMENT,
        Act.SEND_LETTER: _OFFICE,
        Act.ANSWER_URGE: _DEPARTMENT,
        Act.HAND_OVER_WORK: _FIELD | _OFFICE | _DEPARTMENT,
        Act.MANAGE_STATION: {R.TOWN_OFFICER, R.ADMINISTRATOR} | _OFFICE,
        Act.READ_LEDGER: {R.AUDITOR},
        Act.MANAGE_PEOPLE: {R.ADMINISTRATOR},
    }.items()
}

OWN_LEVEL = frozenset({Act.REVIEW_NEED, Act.DRAFT_DEMAND_LIST, Act.PUBLISH_DEMAND_LIST})


@dataclass(frozen=True, slots=True)
class Scope:
    """What an act is done to: the codes of its places and the departments that take part; empty where it has none."""

    prefecture_code: str = ""
    county_code: str = ""
    town_code: str = ""
    village_code: str = ""
    department_ids: frozenset[int] = frozenset()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that are set, from the prefecture down."""
        chain = (self.prefecture_code, self.county_code, self.town_code, self.village_code)
        return tuple(code for code in chain if code)

    @property
    def place_code(self) -> str:
        """The code of the record's own place; empty where it has none."""
        return self.codes[-1] if self.codes else ""


@dataclass(frozen=True, slots=True)
class PostInForce:
    """A post as the table needs it."""

    role: Role
    valid_from: date
    valid_until: date | None = None
    place_code: str = ""
    level: Level | None = None
    department_id: int | None = None

    def holds_on(self, day: date) -> bool:
        """Whether `day` lies within the post, both ends included."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def reaches(post: PostInForce, subject: Scope) -> bool:
    """Whether the record lies at or below the post's place, or in its department's hands."""
    if post.department_id is not None:
        return post.department_id in subject.department_ids
    return post.place_code in subject.codes


def may(posts: Iterable[PostInForce], act: Act, subject: Scope, on: date) -> bool:
    """Whether any post in force on that day allows the act on that record."""
    return any(_allows(post, act, subject) for post in posts if post.holds_on(on))


def may_somewhere(posts: Iterable[PostInForce], act: Act, on: date) -> bool:
    """Whether any post in force allows the act on some record: decides what a menu shows, never what is done."""
    return any(post.role in ALLOWED[act] for post in posts if post.holds_on(on))


def _allows(post: PostInForce, act: Act, subject: Scope) -> bool:
    if post.role not in ALLOWED[act] or not reaches(post, subject):
        return False
    if act in OWN_LEVEL and subject.codes:
        return post.place_code == subject.codes[min(1, len(subject.codes) - 1)]
    return True
