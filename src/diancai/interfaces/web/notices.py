"""Notices that wait in a session for its next page: they may quote a need, so a divert takes them away as well."""

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.models import Session

from diancai.ground.ledger.actions import listen

KEY = "_messages"  # where Django keeps them


def register() -> None:
    """Listen; called once when the tables are known."""
    listen("remark.diverted", forget_notices)


def forget_notices(_event: object) -> None:
    """Drop whatever any session has still to show. There are as many sessions as people at work, and diverts are rare;
    a notice that is lost is one that nobody looked at."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for held in Session.objects.all():
        if KEY in held.get_decoded():
            session = store(session_key=held.session_key)
            del session[KEY]
            session.save()
