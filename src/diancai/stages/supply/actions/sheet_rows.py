"""What becomes of one row of an offer sheet: read, resolved, checked, compared with the offers that are here."""

import hashlib
from dataclasses import dataclass, field

from diancai.formats.sheets.values import split_list
from diancai.ground.errors import Missing, NotAllowed, Refusal
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can, list_posts
from diancai.ground.people.who_may import Act
from diancai.ground.place.known_names import place_names
from diancai.ground.place.queries import DepartmentRow, get_department, get_scope, list_children, list_departments
from diancai.stages.supply.actions.offers import check_places
from diancai.stages.supply.errors import UnknownDepartment, UnknownPlace
from diancai.stages.supply.models import Offer
from diancai.stages.supply.rules import OfferFields, names_all_places, problems_of, read_cells
from diancai.words import BatchState, RowFate

Problem = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """The fate of a row; `problems` as (field, code, zh, en). A good row carries its fields and its department."""

    fate: RowFate
    row_key: str = ""
    problems: tuple[Problem, ...] = ()
    offer_id: int | None = None
    fields: OfferFields | None = None
    department: DepartmentRow | None = None


@dataclass
class Judge:
    """Judges the rows of one import in turn; a row that says what an earlier one said is already here."""

    by: Account
    place_code: str
    programme_id: int
    year: int | None
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        chain = set(get_scope(self.place_code).codes)
        everyone = list_departments()
        # A county's sheet may name a bureau of the prefecture, and the prefecture's sheet those of its counties.
        self._departments = [d for d in everyone if d.place_code in chain or self.place_code in d.scope.codes]
        held = [post.department_id for post in list_posts(self.by) if post.department_id]
        self._own = get_department(held[0]) if len(held) == 1 and held[0] else None

    def judge(self, cells: dict[str, str]) -> Judged:
        """The fate of a row of declared cells."""
        read = read_cells(cells, self.year)
        problems: list[Problem] = [(p.field, p.code, p.zh, p.en) for p in read.problems]
        department = self._department(cells.get("department", "").strip(), problems)
        codes = self._places(cells.get("places", ""), department, problems)
        fields = OfferFields(**read.fields, place_codes=codes)
        misread = {problem[0] for problem in problems}
        problems += [_problem(name, no) for name, no in problems_of(fields) if name not in misread]
        key = _row_key(department, fields)
        if problems or department is None:
            return Judged(RowFate.NEEDS_MENDING, key, tuple(problems))
        return self._compare(key, fields, department)

    def _compare(self, key: str, fields: OfferFields, department: DepartmentRow) -> Judged:
        known = Offer.objects.select_related("batch").filter(programme_id=self.programme_id, row_key=key).first()
        if known is None and key not in self.seen:
            self.seen.add(key)
            return Judged(RowFate.NEW, key, fields=fields, department=department)
        went_with_batch = (
            known is not None
            and known.state == Offer.State.WITHDRAWN
            and known.batch is not None
            and known.batch.state == BatchState.WITHDRAWN
        )
        if went_with_batch and key not in self.seen:
            self.seen.add(key)
            return Judged(RowFate.REVIVED, key, (), known.pk if known else None, fields, department)
        return Judged(RowFate.ALREADY_HERE, key, offer_id=known.pk if known else None)

    def _department(self, said: str, problems: list[Problem]) -> DepartmentRow | None:
        found = self._called(said) if said else [self._own] if self._own else []
        if len(found) != 1:
            unknown = UnknownDepartment(words=said) if said else Missing(field_zh="责任单位", field_en="department")
            problems.append(_problem("department", unknown))
            return None
        if not can(self.by, Act.WRITE_OFFER, found[0].scope):
            problems.append(_problem("department", NotAllowed()))
            return None
        return found[0]

    def _called(self, said: str) -> list[DepartmentRow]:
        """Departments of that name; a short name (农牧局) means the one at the import's own place."""
        full = [d for d in self._departments if d.name == said]
        here = [d for d in self._departments if d.place_code == self.place_code]
        return full or [d for d in here if said in (d.short_name, d.line)]

    def _places(self, said: str, department: DepartmentRow | None, problems: list[Problem]) -> tuple[str, ...]:
        if department is None or names_all_places(said, len(list_children(department.place_code))):
            return ()
        codes = []
        for part in split_list(said):
            found = place_names().resolve(part, within=department.place_code)
            if found.code is None or found.rest:
                names = "、".join(name for _, name in found.candidates[:5])
                problems.append(
                    _problem("places", UnknownPlace(words=part, candidates=f"（{names}）" if names else ""))
                )
            elif found.code != department.place_code:
                codes.append(found.code)
        return self._inside(tuple(dict.fromkeys(codes)), department, problems)

    def _inside(self, codes: tuple[str, ...], department: DepartmentRow, problems: list[Problem]) -> tuple[str, ...]:
        try:
            check_places(OfferFields(place_codes=codes), department)
        except Refusal as no:
            problems.append(_problem("places", no))
        return codes


def _problem(name: str, no: Refusal) -> Problem:
    return name, no.code, no.text("zh"), no.text("en")


def _row_key(department: DepartmentRow | None, fields: OfferFields) -> str:
    """By what a row is known again: the department and its number for the offer, or else what the row says."""
    said = [str(department.id if department else 0)]
    said += [fields.number] if fields.number else [fields.service, fields.service_form, *sorted(fields.place_codes)]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()
