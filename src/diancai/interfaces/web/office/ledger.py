"""The ledger for the auditor: events newest first, and whether the chain holds."""

from django.http import HttpRequest, HttpResponse

from diancai.ground.ledger.queries import list_newest, verify
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.showing import show


@enter(Act.READ_LEDGER)
def ledger(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Events, filtered by kind or subject."""
    query = request.GET
    page = list_newest(kind=query.get("kind", ""), subject=query.get("q", ""), after=query.get("after", ""))
    return show(request, "office/ledger.html", {"page": page})


@enter(Act.READ_LEDGER)
def verdict(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Recompute every digest and the chain."""
    return show(request, "office/verdict.html", {"verdict": verify()})
