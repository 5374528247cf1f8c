"""Looking for a word everywhere: in every column of every table, and on every page, export and answer of the house."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product

from cast import Cast
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone
from page_addresses import is_ours, patterns

from diancai.ground.notices.models import Notice
from diancai.ground.people.models import Absence, Account, Post
from diancai.ground.people.tokens import make_token
from diancai.ground.place.models import CollectionTeam, LiaisonStation
from diancai.ground.search.spacing import spaced
from diancai.ground.work.models import Job
from diancai.stages.feedback.models import AnswerSlip, FollowUp
from diancai.stages.match.models import Match
from diancai.stages.need.models import DemandEdition, DemandLine, MergeProposal, Need, NeedSource
from diancai.stages.order.models import Assignment, Order
from diancai.stages.remark.models import ImportBatch, ImportRow, Remark, RemarkPhoto
from diancai.stages.supply.models import Offer, SupplyEdition
from diancai.stages.tally.models import Exclusion
from diancai.stages.urging.models import Letter, Urge

# Which records an address may name. An address with a part that stands here under no name fails the test.
KEYS: dict[str, tuple[type[Model], str]] = {
    "absence_id": (Absence, "pk"),
    "assignment_id": (Assignment, "pk"),
    "batch_id": (ImportBatch, "pk"),
    "exclusion_id": (Exclusion, "pk"),
    "follow_up_id": (FollowUp, "pk"),
    "job_id": (Job, "pk"),
    "letter_id": (Letter, "pk"),
    "line_id": (DemandLine, "pk"),
    "match_id": (Match, "pk"),
    "need_id": (Need, "pk"),
    "notice_id": (Notice, "pk"),
    "number": (ImportRow, "number"),
    "offer_id": (Offer, "pk"),
    "order_id": (Order, "pk"),
    "photo_id": (RemarkPhoto, "pk"),
    "place_code": (LiaisonStation, "place_id"),
    "post_id": (Post, "pk"),
    "proposal_id": (MergeProposal, "pk"),
    "remark_id": (Remark, "pk"),
    "slip_id": (AnswerSlip, "pk"),
    "source_id": (NeedSource, "pk"),
    "team_id": (CollectionTeam, "pk"),
    "urge_id": (Urge, "pk"),
    "username": (Account, "username"),
}
MOST = 60  # of one kind of record, the newest: whatever the story made
# A resident's page is opened by a code that no table holds; tests/stages/feedback tells what a divert does to it.
NOT_PAGES = {"answer", "set_language", "two-sheets-result", "two-sheets-file", "sending_report"}
# What the plain address of a list leaves out.
QUESTIONS: dict[str, tuple[dict[str, str], ...]] = {
    "needs": (
        {"state": "merged"}, {"state": "dropped"}, {"route": "case"}, {"route": "emergency"}, {"route": "divert"},
        {"q": "清淤"},
    ),
    "remarks": ({"state": "diverted"}, {"state": "withdrawn"}, {"q": "清淤"}),
    "matches": ({"state": "refused"}, {"state": "confirmed"}),
    "offers": ({"state": "withdrawn"}, {"q": "清淤"}),
    "follow_ups": ({"state": "all"}, {"state": "ended"}, {"state": "reached"}),
    "orders": ({"state": "withdrawn"}, {"state": "closed"}),
    "search": ({"q": "清淤"}, {"q": "渠"}, {"q": "wyx"}),
}  # fmt: skip


def in_tables(words: Sequence[str]) -> set[str]:
    """`table.column` wherever a word stands in plain: text, JSON, bytes, what the index and the sessions hold."""
    found: set[str] = set()
    told = tuple(form for word in words for form in (word, json.dumps(word)[1:-1], spaced(word)))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {f"{table}.{name}" for name, value in zip(columns, row, strict=True) if _tells(value, told)}
    found |= {"sessions" for session in Session.objects.all() if _tells(str(session.get_decoded()), told)}
    return found


def _tells(value: object, told: Iterable[str]) -> bool:
    text = bytes(value).decode("utf-8", "ignore") if isinstance(value, bytes | memoryview) else str(value)
    return any(word in text for word in told)


def on_pages(words: Sequence[str], cast: Cast, people: Iterable[str], open_: Callable[[str], Client]) -> set[str]:
    """`person: address` wherever somebody of the cast is shown one of the words."""
    addresses = list(every_address())
    found: set[str] = set()
    for person in people:
        client = open_(person)
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code < 500, (person, address)
            if _tells(read_answer(answer), words):
                found.add(f"{person}: {address}")
        found |= {f"{person}: {address}" for address in in_the_interface(words, getattr(cast, person))}
    return found


def in_the_interface(words: Sequence[str], account: Account) -> Iterator[str]:
    """Addresses of the machine interface whose answers hold one of the words."""
    client = Client()
    headers = {"Authorization": f"Bearer {make_token(by=None, at=timezone.now(), account=account, name='everywhere')}"}
    for address in ("needs", "search?words=清淤", "search?words=渠", "counts"):
        answer = client.get(f"/api/v1/{address}", headers=headers)
        assert answer.status_code in (200, 403), (account, address)
        if _tells(read_answer(answer), words):
            yield f"/api/v1/{address}"


def every_address() -> Iterator[str]:
    """Every address that is read with GET, of every record there is, and the questions that lists are asked."""
    for pattern in patterns():
        if not is_ours(pattern) or "GET" not in pattern.callback.door.methods or pattern.name in NOT_PAGES:
            continue
        for address in _addresses(pattern):
            yield address
            for question in QUESTIONS.get(str(pattern.name), ()):
                yield address + "?" + "&".join(f"{name}={value}" for name, value in question.items())


def _addresses(pattern: URLPattern) -> Iterator[str]:
    names = list(pattern.pattern.converters)
    values = [_values(name, str(pattern.name)) for name in names]
    for chosen in product(*values):
        yield reverse(pattern.name, kwargs=dict(zip(names, chosen, strict=True)))


def _values(name: str, pattern: str) -> list[object]:
    if name == "month":
        return ["2019-12", f"{timezone.localdate():%Y-%m}"]
    if name == "edition_id":
        table, column = (SupplyEdition if "supply" in pattern else DemandEdition), "pk"
    else:
        table, column = KEYS[name]
    found: Mapping[object, None] = dict.fromkeys(table._default_manager.values_list(column, flat=True))
    return sorted(found, key=str)[-MOST:]


def read_answer(answer: object) -> str:
    """The text of an answer; of a workbook or a document that of every part in it."""
    content = b"".join(answer) if getattr(answer, "streaming", False) else answer.content  # type: ignore[attr-defined, call-overload]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"\n".join(parts.read(name) for name in parts.namelist())
    return content.decode("utf-8", "ignore")
