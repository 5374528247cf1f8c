"""纳入已有项目 or 增补: how an accepted need finds its place on the supply list (design 2b.5)."""

from datetime import datetime

from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.ground.place.queries import get_department, get_place
from diancai.stages.match.actions import book, join_offer
from diancai.stages.match.rules import month_of
from diancai.stages.order.errors import OfferOfAnother
from diancai.stages.order.models import Assignment, Order
from diancai.stages.supply.actions import add_supplement_line, write_offer
from diancai.stages.supply.models import Offer
from diancai.words import CapacityPeriod, Level


def join_offer_or_add_one(
    order: Order, part: Assignment, by: Account, at: datetime, *, offer_id: int | None, musts: dict[str, str]
) -> dict[str, object]:
    """Join the order to the offer that the lead names, or add one to its supplement; returns what the event tells.

    An order on a confirmed pair serves by its offer unless another is named; proposals are joined only when a person
    names their offer. Raises `OfferOfAnother`, match's `CapacityShort`.
    """
    if order.offer_id and offer_id in (None, order.offer_id):
        if order.match_id:
            book(match_id=order.match_id, quantity=part.committed)
        return {}
    if offer_id is not None:
        _check_own(offer_id, part, at)
        service = _join(order, offer_id, part, by, at)
        return {"joined_zh": f"，纳入已有项目“{service}”", "joined_en": f", joins the offer “{service}”"}
    added = _write_offer(order, part, by, at, musts)
    period = month_of(timezone.localdate(at))
    edition_id = add_supplement_line(by=by, at=at, offer_id=added, period=period)
    service = _join(order, added, part, by, at)
    return {
        "supplement_id": edition_id,
        "joined_zh": f"，增补项目“{service}”",
        "joined_en": f", adds the offer “{service}” to a supplement",
    }


def _check_own(offer_id: int, part: Assignment, at: datetime) -> None:
    own = Offer.objects.filter(pk=offer_id, department_id=part.department_id, state=Offer.State.IN_FORCE)
    if not own.exclude(valid_until__lt=timezone.localdate(at)).exists():
        raise OfferOfAnother


def _join(order: Order, offer_id: int, part: Assignment, by: Account, at: datetime) -> str:
    order.match_id = join_offer(need_id=order.need_id, offer_id=offer_id, by=by, at=at, quantity=part.committed)
    order.offer_id = offer_id
    return Offer.objects.values_list("service", flat=True).get(pk=offer_id)


def _write_offer(order: Order, part: Assignment, by: Account, at: datetime, musts: dict[str, str]) -> int:
    """An offer of what was ordered; who leads and who is called are as given, or as on the department's last offer."""
    last = Offer.objects.filter(department_id=part.department_id).order_by("-made_at", "-id").first()
    need = order.need
    place = get_place(get_department(part.department_id).place_code)
    return write_offer(
        by=by,
        at=at,
        programme_id=order.programme_id,
        department_id=part.department_id,
        worded_by_need=need.pk,
        leader=musts["leader"].strip() or (last.leader if last else ""),
        contact=musts["contact"].strip() or (last.contact if last else str(by)[:40]),
        contact_phone=last.contact_phone if last else "",
        service=order.content,
        service_form=musts["service_form"].strip() or need.service_form or "按点单办理",
        strand=order.strand,
        topics=(need.topic,) if need.topic else (),
        place_codes=(order.county_code,) if place.level == Level.PREFECTURE and order.county_code else (),
        capacity=part.committed or None,
        capacity_unit=order.unit if part.committed else "",
        capacity_period=CapacityPeriod.TERM if part.committed else "",
    ).id
