"""Offers: the list, one offer, the form with the four musts, confirming that it still holds."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.ground.errors import Refusal
from diancai.ground.ledger.queries import list_events
from diancai.ground.paging import whole_number
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import list_departments
from diancai.interfaces.web.asking import Asked, asked, chip, words
from diancai.interfaces.web.counts import told_count
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.places import options, place_chip, trail
from diancai.interfaces.web.showing import done, refused, show, way_back
from diancai.stages.supply.actions import assure_offer, change_offer, withdraw_offer, write_offer
from diancai.stages.supply.queries import get_offer, list_offers
from diancai.stages.supply.rows import OfferRow
from diancai.words import CapacityPeriod, Language, Strand

TEXTS = ("number", "leader", "service", "service_form", "contact", "contact_phone", "strand", "language", "note")
MUSTS = ("leader", "service", "service_form", "contact")
BESIDE = {
    "too_vague": "service",
    "capacity_incomplete": "capacity",
    "dates_reversed": "valid_until",
    "place_outside": "place_codes",
}


@enter(Act.SEE_LISTS)
def offers(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What departments undertake, newest first."""
    query = request.GET
    page = list_offers(
        desk.account,
        programme_id=desk.programme_id,
        place_code=query.get("place", ""),
        department_id=whole_number(query.get("department", "")),
        strand=query.get("strand", ""),
        state=query.get("state", "") or "in_force",
        q=query.get("q", ""),
        after=query.get("after", ""),
    )
    here = query.get("place") or desk.scope.county_code or desk.place_code
    departments = [(str(row.id), row.short_name or row.name) for row in list_departments(here)]
    chips = (
        place_chip(request, desk),
        chip(request, "department", _("单位"), departments),
        chip(request, "strand", _("七送"), words(Strand)),
        chip(request, "state", _("状态"), [("withdrawn", _("已撤下"))]),
    )
    facts = {
        "page": page,
        "count": told_count(request, page),
        "chips": chips,
        "trail": trail(request, desk),
        "may_write": desk.may(Act.WRITE_OFFER),
    }
    return show(request, "supply/list.html", facts)


@enter(Act.SEE_LISTS)
def offer(request: HttpRequest, desk: Desk, offer_id: int) -> HttpResponse:
    """One offer with the editions it stands on."""
    detail = get_offer(desk.account, offer_id)
    facts = {
        "row": detail.offer,
        "detail": detail,
        "events": list_events("offer", offer_id),
        "may_write": desk.may_here(Act.WRITE_OFFER, detail.offer.scope) and detail.offer.state == "in_force",
    }
    return show(request, "supply/detail.html", facts)


@enter(Act.WRITE_OFFER, methods=("GET", "POST"))
def new_offer(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Write an offer: the four musts first."""
    form = asked(request, {"department_id": desk.department_id, "uuid": uuid4()})
    if request.method == "POST" and (row := _write(form, request, desk)):
        return done(request, _("已登记。"), reverse("offer", args=[row.id]))
    return _form_page(request, desk, form, None)


@enter(Act.WRITE_OFFER, methods=("GET", "POST"))
def edit_offer(request: HttpRequest, desk: Desk, offer_id: int) -> HttpResponse:
    """Change an offer; published lists keep their lines."""
    row = get_offer(desk.account, offer_id).offer
    form = asked(request, _known(row))
    if request.method == "POST" and _change(form, request, desk, offer_id):
        return done(request, _("已修改。已发布的清单不变。"), reverse("offer", args=[offer_id]))
    return _form_page(request, desk, form, row)


@enter(Act.WRITE_OFFER, methods=("POST",))
def assure(request: HttpRequest, desk: Desk, offer_id: int) -> HttpResponse:
    """Confirm that it still holds."""
    address = way_back(request, reverse("offer", args=[offer_id]))
    try:
        assure_offer(by=desk.account, at=timezone.now(), offer_id=offer_id)
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, _("已确认仍然有效。"), address)


@enter(Act.WRITE_OFFER, methods=("POST",))
def withdraw(request: HttpRequest, desk: Desk, offer_id: int) -> HttpResponse:
    """Take it out of force."""
    address = reverse("offer", args=[offer_id])
    try:
        withdraw_offer(by=desk.account, at=timezone.now(), offer_id=offer_id, reason=asked(request).text("reason"))
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, _("已撤下，不再参加对接。"), address)


def _form_page(request: HttpRequest, desk: Desk, form: Asked, row: OfferRow | None) -> HttpResponse:
    chosen = request.POST.getlist("place_codes") or (list(row.place_codes) if row else [])
    departments = [(d.id, d.name) for d in list_departments(desk.place_code) if desk.may_here(Act.WRITE_OFFER, d.scope)]
    facts = {
        "asked": form,
        "row": row,
        "departments": departments,
        "strands": words(Strand),
        "languages": words(Language),
        "periods": words(CapacityPeriod),
        "places": options(desk),
        "chosen_places": chosen,
    }
    return show(request, "supply/form.html", facts, status=422 if request.method == "POST" else 200)


def _known(row: OfferRow) -> dict[str, object]:
    names = (*TEXTS, "capacity", "capacity_unit", "capacity_period", "valid_from", "valid_until", "revision")
    return {name: getattr(row, name) for name in names} | {"topics": "、".join(row.topics)}


def _fields(form: Asked, request: HttpRequest) -> dict[str, Any]:
    fields: dict[str, Any] = {name: form.text(name, must=name in MUSTS) for name in TEXTS}
    fields["topics"] = tuple(part.strip() for part in form.text("topics").split("、") if part.strip())
    fields["place_codes"] = tuple(request.POST.getlist("place_codes"))
    fields["capacity"] = form.number("capacity")
    fields["capacity_unit"], fields["capacity_period"] = form.text("capacity_unit"), form.text("capacity_period")
    fields["valid_from"], fields["valid_until"] = form.day("valid_from"), form.day("valid_until")
    return fields


def _write(form: Asked, request: HttpRequest, desk: Desk) -> OfferRow | None:
    department_id = form.number("department_id", must=True)
    fields = _fields(form, request)
    if not form.is_fine or department_id is None:
        return None
    try:
        return write_offer(
            by=desk.account,
            at=timezone.now(),
            programme_id=desk.programme_id,
            department_id=department_id,
            uuid=form.mark("uuid"),
            **fields,
        )
    except Refusal as refusal:
        form.refuse(refusal, BESIDE)
        return None


def _change(form: Asked, request: HttpRequest, desk: Desk, offer_id: int) -> bool:
    fields, revision = _fields(form, request), form.number("revision") or 0
    if not form.is_fine:
        return False
    try:
        change_offer(by=desk.account, at=timezone.now(), offer_id=offer_id, revision=revision, **fields)
    except Refusal as refusal:
        form.refuse(refusal, BESIDE)
        return False
    return True
