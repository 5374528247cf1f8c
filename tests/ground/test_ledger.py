"""The record of operations: written inside the act, sealed behind it, never changed."""

import pytest
from cast import LIANFENG, NOON
from django.db import DatabaseError, connection, transaction

from diancai.ground.ledger import guards
from diancai.ground.ledger.actions import record, seal_tail, write_head
from diancai.ground.ledger.models import Event, Seal
from diancai.ground.ledger.queries import list_events, verify
from diancai.ground.place.queries import get_scope


def note(cast, number=1, **personal):
    return record(
        "remark.recorded",
        subject=("remark", number),
        by=cast.village_officer,
        at=NOON,
        scope=get_scope(LIANFENG),
        details={"source": "home_visit"},
        personal=personal or None,
    )


def test_an_event_tells_who_did_what_where(cast):
    note(cast)
    [row] = list_events("remark", 1)
    assert (row.kind, row.by, row.at) == ("remark.recorded", "娜仁", NOON)


def test_an_event_outside_a_transaction_is_refused(committed_db):
    from cast import make_cast

    cast = make_cast()
    with pytest.raises(RuntimeError):
        note(cast)


def test_personal_values_are_kept_as_ciphertext_only(cast):
    event = note(cast, phone="13812345678")
    assert b"13812345678" not in bytes(event.sealed)
    assert "13812345678" not in str(event.details)


@pytest.mark.parametrize("verb", ["UPDATE ledger_event SET kind='x'", "DELETE FROM ledger_event"])
def test_the_database_refuses_to_change_an_event(cast, verb):
    note(cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)
    assert Event.objects.count() == 1


def test_verify_holds_after_sealing_and_names_an_unsealed_tail(cast):
    for number in range(5):
        note(cast, number)
    assert seal_tail(at=NOON) == 5
    note(cast, 6)
    verdict = verify()
    assert (verdict.holds, verdict.events, verdict.seals, verdict.unsealed) == (True, 6, 1, 1)


def test_verify_names_an_event_that_was_altered_behind_our_back(cast):
    event = note(cast)
    seal_tail(at=NOON)
    guards.remove(connection)
    Event.objects.filter(pk=event.pk).update(details={"source": "hotline"})
    guards.install(connection)
    assert verify().broken == (f"event {event.pk}: altered",)


def test_verify_names_a_seal_that_was_taken_out(cast):
    for number in range(2):
        note(cast, number)
        seal_tail(at=NOON)
    guards.remove(connection)
    Seal.objects.order_by("id").first().delete()
    guards.install(connection)
    verdict = verify()
    assert not verdict.holds
    assert any("does not follow" in fault for fault in verdict.broken)


def test_verify_names_the_head_whose_seals_were_cut_from_the_end(cast, tmp_path):
    for number in range(3):
        note(cast, number)
        seal_tail(at=NOON)
        write_head(at=NOON, folder=tmp_path)
    assert verify(tmp_path).holds
    guards.remove(connection)
    first, *cut = Seal.objects.order_by("id")
    Seal.objects.exclude(pk=first.pk).delete()
    Event.objects.exclude(pk__in=first.members).delete()
    guards.install(connection)
    [fault] = verify(tmp_path).broken
    assert fault.startswith("head of line 2")
    assert f"seal {cut[0].pk} with chain {cut[0].chain}" in fault


@pytest.mark.parametrize("line", ["2019-12-10 12:00 1 beef", "torn", "2019-12-10 12:00 7"])
def test_verify_names_a_head_that_no_seal_has(cast, tmp_path, line):
    note(cast)
    seal_tail(at=NOON)
    write_head(at=NOON, folder=tmp_path)
    with (tmp_path / "ledger-head.txt").open("a") as file:
        file.write(line + "\n")
    assert [fault[:14] for fault in verify(tmp_path).broken] == ["head of line 2"]


def test_a_head_of_an_empty_ledger_breaks_nothing(db, tmp_path):
    write_head(at=NOON, folder=tmp_path)
    assert verify(tmp_path).holds


def test_the_head_is_written_outside_the_database(cast, tmp_path):
    note(cast)
    seal_tail(at=NOON)
    head = write_head(at=NOON, folder=tmp_path)
    assert Seal.objects.get().chain in head.read_text()
