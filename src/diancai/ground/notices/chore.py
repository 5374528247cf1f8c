"""The worker sends what waits; named when the room is opened."""

from django.utils import timezone

from diancai.ground.notices.actions import send_waiting
from diancai.ground.work.actions import every


@every(30)
def send_notices() -> None:
    """Twice a minute: the pace of a message is counted in minutes."""
    send_waiting(at=timezone.now())
