"""What every page knows: the programme, who is signed in, which parts of the menu are his."""

from django.http import HttpRequest

from diancai.interfaces.web.desk import desk_of
from diancai.interfaces.web.menu import rail, tabs


def page(request: HttpRequest) -> dict[str, object]:
    """Variables of the page frame; `frame` is the template that a page extends."""
    in_panel = request.headers.get("HX-Target") == "panel"
    facts: dict[str, object] = {"frame": "web/panel.html" if in_panel else "web/page.html"}
    desk = desk_of(request) if hasattr(request, "user") else None
    if desk is None:
        return facts
    return facts | {"desk": desk, "rail": rail(desk, request.path), "tabs": tabs(desk, request.path)}
