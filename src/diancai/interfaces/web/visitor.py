"""From where a request comes: what limits on strangers, the lock-out of guessers and the sign-in library count by.

Behind proxies of one's own (`DIANCAI_PROXIES`: how many) the last entries of X-Forwarded-For were written by them; all
before those the visitor may have made up, so they are never believed. Without a proxy the header counts for nothing.
"""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

NETWORK_OF_A_HOUSE = 64  # bits: whoever has one IPv6 address has as many as he likes in this network


def address_of(request: HttpRequest) -> str:
    """The visitor's address as the outermost proxy of ours saw it, else that of the connection; "" when unreadable."""
    connected = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.PROXIES:
        return _plain(connected)
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    # Fewer entries than proxies: the request came past one of them, and the connection is all that is known.
    return _plain(told[-settings.PROXIES]) if len(told) >= settings.PROXIES else _plain(connected)


def visitor_key(request: HttpRequest) -> str:
    """A key for the visitor's address that does not tell it; one for a whole IPv6 network of a house."""
    address = address_of(request)
    if ":" in address:
        address = str(ipaddress.ip_network(f"{address}/{NETWORK_OF_A_HOUSE}", strict=False))
    return salted_hmac("diancai.visitor", address).hexdigest()[:16]


def _plain(told: str) -> str:
    """The address without port and brackets; IPv4 inside IPv6 as IPv4."""
    host = told[1:].partition("]")[0] if told.startswith("[") else told
    if host.count(":") == 1:  # IPv4 with a port
        host = host.partition(":")[0]
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)
