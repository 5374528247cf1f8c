"""What every page knows: the programme, who is signed in, which parts of the menu are his."""

from django.http import HttpRequest

from diancai.ground.notices.queries import count_unread
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.desk import desk_of
from diancai.interfaces.web.menu import rail, tabs


def page(request: HttpRequest) -> dict[str, object]:
    """Variables of the frame; `frame` is the template that a page extends, `sees_needs` whether needs are links."""
    in_panel = request.headers.get("HX-Target") == "panel"
    facts: dict[str, object] = {"frame": "web/panel.html" if in_panel else "web/page.html"}
    desk = desk_of(request) if hasattr(request, "user") else None
    if desk is None:
        return facts
    # The side panel has no top bar, so nothing is counted for it.
    facts |= {"unread": 0 if in_panel else count_unread(desk.account)}
    facts |= {"desk": desk, "rail": rail(desk, request.path), "tabs": tabs(desk, request.path)}
    return facts | {"sees_needs": desk.may(Act.SEE_NEED)}
