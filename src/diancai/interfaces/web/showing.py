"""Translate out: pages, refusals, messages, the way back."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from diancai.ground.errors import Refusal


def show(request: HttpRequest, template: str, facts: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A page. Asked for by the side panel it comes without the frame around it (context `frame`)."""
    response = render(request, template, dict(facts), status=status)
    response.headers["Vary"] = "HX-Target, Cookie, Accept-Language"
    response.headers["Cache-Control"] = "no-store" if request.user.is_authenticated else "no-cache"
    return response


def told(refusal: Refusal) -> str:
    """The refusal's sentence in the language of the page."""
    return refusal.text(get_language() or "zh")


def show_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page for a refusal that no form can show beside its field."""
    facts = {"text": told(refusal), "code": refusal.code, "back": way_back(request)}
    return show(request, "web/refusal.html", facts, status=refusal.status)


def done(request: HttpRequest, text: str, address: str, *, undo: str = "") -> HttpResponseRedirect:
    """After a write: say what was done, offer to take it back (`undo` is an address to post to), go on."""
    messages.success(request, text, extra_tags=undo)
    return HttpResponseRedirect(address)


def refused(request: HttpRequest, refusal: Refusal, address: str) -> HttpResponseRedirect:
    """After a button that could not do its work: say why on the page it came from."""
    messages.error(request, told(refusal))
    return HttpResponseRedirect(address)


def way_back(request: HttpRequest, otherwise: str = "") -> str:
    """The address that the form or the address names, else `otherwise`, else where the person came from.

    Never one outside this site: `next` comes from whoever wrote the link.
    """
    named = request.POST.get("next", "") or request.GET.get("next", "")
    for address in (named, otherwise, request.headers.get("Referer", "")):
        if address and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
            return address
    return "/"
