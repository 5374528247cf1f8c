"""What a provider reports of a message that it took: it arrived, or it did not."""

from datetime import datetime

from django.db import transaction

from diancai.ground.notices.models import Message, Sending
from diancai.words import Channel, SendingFate


@transaction.atomic
def take_report(*, channel: Channel, outside_id: str, delivered: bool, why: str, at: datetime) -> bool:
    """Note the fate of a sent message; whether one was waiting for it. The first report counts, others change nothing.

    The caller has checked the signature.
    """
    if not outside_id:
        return False
    waiting = Message.objects.filter(channel=channel, outside_id=outside_id, fate=SendingFate.SENT)
    message = waiting.select_for_update().order_by("-id").first()
    if message is None:
        return False
    message.fate = SendingFate.DELIVERED if delivered else SendingFate.NOT_TAKEN
    message.ended_at, message.problem = max(at, message.made_at), why[:200]
    message.save(update_fields=["fate", "ended_at", "problem"])
    Sending.objects.filter(message=message).update(fate=message.fate)
    return True
