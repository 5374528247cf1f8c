"""The pages that a list of either kind goes through on its way: printed slip, signature with scan, publication.

Demand lists and supply lists are signed on the same paper; each says with a `SignedList` which acts, actions and
addresses are its own, and takes the views from here. Called by `need/editions.py` and `supply/editions.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.ground.errors import Refusal
from diancai.ground.people.queries import Account
from diancai.ground.people.who_may import Act
from diancai.ground.slip.rows import SlipRow
from diancai.ground.uploads.files import FileShown
from diancai.interfaces.web.asking import Asked, asked
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.paper import BESIDE, scan_page, signing_of, slip_page, word_file
from diancai.interfaces.web.showing import done, refused

POST = ("POST",)
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class SignedList:
    """One kind of list. `name` begins its addresses (`demand`: demand_list, demand_slip, sign_demand …); `page` shows
    an edition with what was asked in its form; the others are the actions and queries of its stage."""

    name: str
    draws: Act
    publishes: Act
    page: Callable[[HttpRequest, Desk, int, Asked], HttpResponse]
    print_slip: Callable[..., object]
    sign: Callable[..., object]
    unsign: Callable[..., object]
    publish: Callable[..., object]
    get_slip: Callable[[Account, int], SlipRow | None]
    get_scan: Callable[[Account, int], FileShown]

    def address(self, edition_id: int) -> str:
        return reverse(f"{self.name}_list", args=[edition_id])

    def act(self, request: HttpRequest, edition_id: int, told: str, act: Callable[[], object]) -> HttpResponse:
        """Do it and go back to the edition, with what was done or why not."""
        try:
            act()
        except Refusal as refusal:
            return refused(request, refusal, self.address(edition_id))
        return done(request, told, self.address(edition_id))

    def urls(self) -> list[URLPattern]:
        """The addresses below one edition that both kinds have."""
        name, base = self.name, f"{self.name}-lists/<int:edition_id>/"
        return [
            path(base, _edition(self), name=f"{name}_list"),
            path(f"{base}slip/", _slip(self), name=f"{name}_slip"),
            path(f"{base}slip/print/", _print(self), name=f"print_{name}_slip"),
            path(f"{base}slip/word/", _slip_word(self), name=f"{name}_slip_word"),
            path(f"{base}scan/", _scan(self), name=f"{name}_scan"),
            path(f"{base}sign/", _sign(self), name=f"sign_{name}"),
            path(f"{base}unsign/", _unsign(self), name=f"unsign_{name}"),
            path(f"{base}publish/", _publish(self), name=f"publish_{name}"),
        ]


def _edition(of: SignedList) -> View:
    @enter(Act.SEE_LISTS)
    def edition(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
        """One edition as a table in the office's columns."""
        return of.page(request, desk, edition_id, Asked({"signed_on": desk.today.isoformat()}))

    return edition


def _print(of: SignedList) -> View:
    @enter(of.draws, methods=POST)
    def print_paper(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
        """Print the approval slip of the draft as it stands."""
        try:
            of.print_slip(by=desk.account, at=timezone.now(), edition_id=edition_id)
        except Refusal as refusal:
            return refused(request, refusal, of.address(edition_id))
        return HttpResponseRedirect(reverse(f"{of.name}_slip", args=[edition_id]))

    return print_paper


def _slip(of: SignedList) -> View:
    @enter(Act.SEE_SIGNED_PAPER)
    def slip(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
        """The approval slip, to be printed."""
        addresses = {"word": reverse(f"{of.name}_slip_word", args=[edition_id])}
        if desk.may(Act.SEE_LISTS):
            addresses["list"] = of.address(edition_id)
        return slip_page(request, of.get_slip(desk.account, edition_id), addresses)

    return slip


def _slip_word(of: SignedList) -> View:
    @enter(Act.SEE_SIGNED_PAPER)
    def slip_word(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
        """The approval slip as a Word file."""
        return word_file(of.get_slip(desk.account, edition_id))

    return slip_word


def _scan(of: SignedList) -> View:
    @enter(Act.SEE_SIGNED_PAPER)
    def scan(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
        """The photo or scan of the signed slip."""
        return scan_page(of.get_scan(desk.account, edition_id))

    return scan


def _sign(of: SignedList) -> View:
    @enter(of.publishes, methods=POST)
    def sign(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
        """Enter who signed the slip and when, with its scan."""
        form = asked(request)
        try:
            of.sign(by=desk.account, at=timezone.now(), edition_id=edition_id, signing=signing_of(request, form))
        except Refusal as refusal:
            form.refuse(refusal, BESIDE)
            return of.page(request, desk, edition_id, form)
        return done(request, _("已登记签批。"), of.address(edition_id))

    return sign


def _unsign(of: SignedList) -> View:
    @enter(of.publishes, methods=POST)
    def unsign(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
        """Take a signature back before it is published."""
        asks = {"by": desk.account, "at": timezone.now(), "edition_id": edition_id}
        return of.act(request, edition_id, _("签批已撤回，可以再改。"), lambda: of.unsign(**asks))

    return unsign


def _publish(of: SignedList) -> View:
    @enter(of.publishes, methods=POST)
    def publish(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
        """Publish: from now on it never changes."""
        asks = {"by": desk.account, "at": timezone.now(), "edition_id": edition_id}
        return of.act(request, edition_id, _("已发布，不再改动。"), lambda: of.publish(**asks))

    return publish
