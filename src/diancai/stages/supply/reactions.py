"""What supply answers: a diverted need takes its words out of the offers that an order wrote in them.

It knows the event by its name alone: need and supply are siblings, and neither imports the other. Its jobs stand here
too: reading and committing a big sheet of offers.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from diancai.ground.ledger.actions import drop_words, listen
from diancai.ground.ledger.models import Event
from diancai.ground.people.models import Account
from diancai.ground.privacy.withholding import WITHHELD
from diancai.ground.search import actions as search
from diancai.ground.work.actions import Running, handles
from diancai.stages.supply.actions import commit_offer_batch, read_kept_offer_sheet
from diancai.stages.supply.actions.editions import draft_again
from diancai.stages.supply.actions.offers import note
from diancai.stages.supply.models import Offer, SupplyEdition, SupplyLine
from diancai.stages.supply.wording import offer_scope
from diancai.words import EditionState

# Who answers for it and whom to call are the department's; the number of a line tells nothing.
STAYS = {"position", "department", "leader", "contact", "contact_phone"}


def register() -> None:
    """Listen; called once when the tables are known."""
    listen("need.diverted", on_need_diverted)


def on_need_diverted(event: Event) -> None:
    """Blank and withdraw such offers at once, in the transaction of the divert."""
    for offer in Offer.objects.select_for_update().filter(worded_by_need__in=event.details["wordless_ids"]):
        _withhold(offer, event.by, event.at)


def _withhold(offer: Offer, by: Account | None, at: datetime) -> None:
    offer.service = offer.service_form = WITHHELD
    offer.topics = offer.strand = offer.note = ""
    offer.state, offer.changed_at, offer.revision = Offer.State.WITHDRAWN, at, offer.revision + 1
    offer.save()
    search.remove("offer", [offer.pk])
    open_lines = SupplyLine.objects.filter(offer=offer).exclude(edition__state=EditionState.PUBLISHED)
    for edition in list(SupplyEdition.objects.filter(pk__in=open_lines.values("edition_id"))):
        edition.lines.filter(offer=offer).delete()
        _number_anew(edition)
        if edition.state == EditionState.SIGNED:
            draft_again(edition, by, at)
    for line in SupplyLine.objects.filter(offer=offer):
        line.show({name: words if name in STAYS else "" for name, words in line.cells.items()} | {"service": WITHHELD})
    drop_words([("offer", offer.pk)], by=by, at=at, scope=offer_scope(offer))
    note("offer.withheld", offer, by, at)


def _number_anew(edition: SupplyEdition) -> None:
    for position, line in enumerate(edition.lines.order_by("position"), 1):
        line.position = position
        line.save(update_fields=["position"])


@handles("offer.read")
def run_reading(running: Running) -> dict[str, Any]:
    """Read a big sheet; killed and taken up again, rows that were written stay."""
    by = Account.objects.get(pk=running.arguments["by_id"])
    return {"rows": read_kept_offer_sheet(by=by, batch_id=running.arguments["batch_id"], progress=running.progress)}


@handles("offer.import")
def run_import(running: Running) -> dict[str, Any]:
    """Commit a batch; killed and taken up again, it goes on where it stood."""
    by, batch_id = Account.objects.get(pk=running.arguments["by_id"]), running.arguments["batch_id"]
    return asdict(commit_offer_batch(by=by, at=running.clock(), batch_id=batch_id, progress=running.progress))
