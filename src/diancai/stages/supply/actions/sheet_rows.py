"""What becomes of the rows of an offer sheet: read, resolved, checked, compared with the offers that are here."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from diancai.formats.sheets.values import split_list
from diancai.ground.errors import Missing, NotAllowed, Refusal
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can, list_posts
from diancai.ground.people.who_may import Act
from diancai.ground.place.known_names import place_names
from diancai.ground.place.queries import DepartmentRow, get_department, get_scope, list_children, list_departments
from diancai.stages.remark.models import ImportBatch, ImportRow
from diancai.stages.remark.rows import Problem
from diancai.stages.supply.actions.offers import check_places
from diancai.stages.supply.errors import UnknownDepartment, UnknownPlace
from diancai.stages.supply.models import Offer
from diancai.stages.supply.rules import OfferFields, names_all_places, problems_of, read_cells
from diancai.words import BatchState, RowFate


@dataclass(frozen=True, slots=True)
class Judged:
    """What a row says. A good row has no problem; it carries its fields and its department."""

    row_key: str
    problems: tuple[Problem, ...]
    fields: OfferFields
    department: DepartmentRow | None


@dataclass
class Judge:
    """Judges the rows of one import; `place_code`: whose departments are meant, `year` that of days without one."""

    by: Account
    place_code: str
    year: int | None

    def __post_init__(self) -> None:
        chain = set(get_scope(self.place_code).codes)
        everyone = list_departments()
        # A county's sheet may name a bureau of the prefecture, and the prefecture's sheet those of its counties.
        self._departments = [d for d in everyone if d.place_code in chain or self.place_code in d.scope.codes]
        held = [post.department_id for post in list_posts(self.by) if post.department_id]
        self._own = get_department(held[0]) if len(held) == 1 and held[0] else None

    def judge(self, cells: Mapping[str, str]) -> Judged:
        """What a row of declared cells says."""
        read = read_cells(cells, self.year)
        problems = [Problem(p.code, p.field, p.zh, p.en) for p in read.problems]
        department = self._department(cells.get("department", "").strip(), problems)
        codes = self._places(cells.get("places", ""), department, problems)
        fields = OfferFields(**read.fields, place_codes=codes)
        misread = {problem.field for problem in problems}
        problems += [_problem(name, no) for name, no in problems_of(fields) if name not in misread]
        return Judged(_row_key(department, fields), tuple(problems), fields, department)

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
    return Problem(no.code, name, no.text("zh"), no.text("en"))


def _row_key(department: DepartmentRow | None, fields: OfferFields) -> str:
    """By what a row is known again: the department and its number for the offer, or else what the row says."""
    said = [str(department.id if department else 0)]
    said += [fields.number] if fields.number else [fields.service, fields.service_form, *sorted(fields.place_codes)]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def judge_of(batch: ImportBatch, by: Account) -> Judge:
    """The judge of a batch's rows, for the person who reads, mends or commits it."""
    return Judge(by, batch.county_code or batch.prefecture_code, batch.columns.get("year"))


def settle(judged: Sequence[tuple[ImportRow, Judged]], programme_id: int, seen: set[str]) -> dict[str, int]:
    """Give each row its key, problems and fate; returns the offers that are here or come back, by key.

    A row that says what an earlier one said (`seen`, which grows) is here already; one whose offer went with a
    withdrawn import comes back to life.
    """
    known = {
        key: (pk, state == Offer.State.WITHDRAWN and batch_state == BatchState.WITHDRAWN)
        for key, pk, state, batch_state in Offer.objects.filter(
            programme_id=programme_id, row_key__in=[found.row_key for _, found in judged]
        ).values_list("row_key", "pk", "state", "batch__state")
    }
    for row, found in judged:
        row.row_key, row.problems, row.object_id = found.row_key, [asdict(each) for each in found.problems], None
        pk, comes_back = known.get(found.row_key, (None, False))
        if found.problems:
            row.fate = RowFate.NEEDS_MENDING
            continue
        if found.row_key in seen or (pk is not None and not comes_back):
            row.fate, row.object_id = RowFate.ALREADY_HERE, pk
        else:
            row.fate = RowFate.REVIVED if comes_back else RowFate.NEW
        seen.add(found.row_key)
    return {key: pk for key, (pk, _) in known.items()}
