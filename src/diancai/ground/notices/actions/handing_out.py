"""Handing out: lease a message, give it to the adapter outside any transaction, note what came of it."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from diancai.ground.notices.adapters import Failed, Letter, Refused
from diancai.ground.notices.adapters.laid import adapter_of, laid_channels
from diancai.ground.notices.models import Address, Message, Sending
from diancai.ground.notices.rules import MOST_ATTEMPTS, Line, back_off, letter_of, subject_of, text_of
from diancai.words import Channel, NoticeKind, SendingFate

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)  # longer than the longest call


def hand_out_one(*, at: datetime) -> bool:
    """Try the message that is ready longest; False when none is."""
    message = _leased(at)
    if message is None:
        return False
    if message.attempts > MOST_ATTEMPTS:  # its worker was killed at every try
        _note(message, at, SendingFate.GIVEN_UP)
        return True
    letter = _letter(message)
    if letter is None:
        _note(message, at, SendingFate.SPARED)
        return True
    try:
        sent = adapter_of(Channel(message.channel)).send(letter)
    except Refused as why:
        _note(message, at, SendingFate.NOT_TAKEN, problem=str(why))
    except Failed as why:
        _put_off(message, at, str(why))
    except Exception as error:  # an adapter with a fault must not stop the others
        logger.exception("the adapter of %s failed", message.channel)
        _put_off(message, at, type(error).__name__)
    else:
        _note(message, at, SendingFate.SENT, outside_id=sent.outside_id)
    return True


@transaction.atomic
def _leased(at: datetime) -> Message | None:
    free = Q(leased_until=None) | Q(leased_until__lt=at)
    ready = Message.objects.filter(free, fate=SendingFate.QUEUED, not_before__lte=at, channel__in=laid_channels())
    message = ready.select_for_update(skip_locked=True).order_by("not_before", "id").first()
    if message is None:
        return None
    message.leased_until, message.attempts = at + LEASE, message.attempts + 1
    message.save(update_fields=["leased_until", "attempts"])
    return message


def _letter(message: Message) -> Letter | None:
    """The letter, put together from the notices as they are now; None when all are gone, or the address is."""
    address = Address.objects.filter(account=message.account_id, channel=message.channel).first()
    rows = Sending.objects.filter(message=message).order_by("id")
    told = rows.values_list("notice__kind", "notice__number", "notice__place")
    lines = [Line(NoticeKind(kind), number, place) for kind, number, place in told]
    if address is None or not lines:
        return None
    return Letter(str(message.key), address.address, subject_of(lines), text_of(lines), letter_of(lines))


def _put_off(message: Message, at: datetime, problem: str) -> None:
    wait = back_off(message.attempts)
    if wait is None or message.attempts >= MOST_ATTEMPTS:
        _note(message, at, SendingFate.GIVEN_UP, problem=problem)
        return
    held = Message.objects.filter(pk=message.pk, fate=SendingFate.QUEUED)
    held.update(not_before=at + wait, leased_until=None, problem=problem[:200])


@transaction.atomic
def _note(message: Message, at: datetime, fate: SendingFate, *, outside_id: str = "", problem: str = "") -> None:
    """The fate of the message and of all that went with it; a message that was taken back meanwhile stays so."""
    sent_at = at if fate == SendingFate.SENT else None
    noted = Message.objects.filter(pk=message.pk, fate=SendingFate.QUEUED).update(
        fate=fate,
        outside_id=outside_id,
        problem=problem[:200],
        sent_at=sent_at,
        leased_until=None,
        ended_at=None if sent_at else at,
    )
    if noted:
        Sending.objects.filter(message=message).update(fate=fate)
