"""`diancai ledger …`: seal and verify the record of operations."""

import argparse

from diancai.interfaces.console.command import Command


def _verify(given: argparse.Namespace) -> int:
    from diancai.ground.ledger.queries import verify

    verdict = verify()
    print(
        f"{verdict.events} events, {verdict.seals} seals, unsealed tail {verdict.unsealed}, head {verdict.head or '-'}"
    )
    for fault in verdict.broken:
        print(f"BROKEN {fault}")
    print("操作记录完整。 The ledger holds." if verdict.holds else "操作记录被改动！ The ledger was altered!")
    return 0 if verdict.holds else 1


def _seal(given: argparse.Namespace) -> int:
    from django.utils import timezone

    from diancai.ground.ledger.actions import seal_tail, write_head

    sealed = seal_tail(at=timezone.now())
    head = write_head(at=timezone.now())
    print(f"{sealed} sealed; head written to {head.name}")
    return 0


COMMANDS = (
    Command(
        "ledger verify",
        "核对操作记录，指出被改动和未封存的部分",
        "verify the record of operations",
        "diancai ledger verify",
        _verify,
    ),
    Command("ledger seal", "封存新记录并写出链头", "seal new events and write the head", "diancai ledger seal", _seal),
)
