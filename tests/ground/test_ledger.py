"""The record of operations: written inside the act, sealed behind it, never changed."""

import pytest
from cast import LIANFENG, NOON
from django.db import DatabaseError, connection, transaction

from diancai.ground.ledger import guards
from diancai.ground.ledger.actions import drop_words, record, seal_tail, write_head
from diancai.ground.ledger.models import Event, EventWords, Seal
from diancai.ground.ledger.queries import list_events, verify
from diancai.ground.place.queries import get_scope

REASON = "主任占了斗渠"


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
    stored = str([*Event.objects.values(), *EventWords.objects.values()])
    assert "13812345678" not in stored
    assert "13812345678" not in str(list_events("remark", 1)), "names and phones are opened in no history"
    assert event.words_digest
    assert verify().holds


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


def reasoned(cast, *about, **details):
    return record(
        "need.merged",
        subject=("needs", 1),
        by=cast.county_office,
        at=NOON,
        scope=get_scope(LIANFENG),
        details={"need_ids": [7, 8], **details},
        words={"reason": REASON},
        about=about or [("need", 7), ("need", 8)],
    )


def drop(cast, *about):
    return drop_words(about, by=cast.county_office, at=NOON, scope=get_scope(LIANFENG))


def test_a_sub_place_is_sealed_since_it_may_be_an_address(cast):
    record("order.placed", subject=("order", 1), by=None, at=NOON, scope=get_scope(LIANFENG), sub_place="3号楼2单元501")
    assert "501" not in str([*Event.objects.values(), *EventWords.objects.values()])
    assert list_events("order", 1)[0].details == {"sub_place": "3号楼2单元501"}
    drop(cast, ("order", 1))
    assert list_events("order", 1)[0].details == {}


def test_what_a_person_wrote_is_sealed_and_opened_in_the_history(cast):
    event = reasoned(cast)
    assert REASON not in str([*Event.objects.values(), *EventWords.objects.values()])
    assert event.details == {"need_ids": [7, 8]}
    assert list_events("needs", 1)[0].details == {"need_ids": [7, 8], "reason": REASON}


@pytest.mark.parametrize("words", [REASON, "the head took the canal", ["斗渠"], {"content": ["old", "新"]}])
def test_a_text_among_the_details_is_sealed_though_nobody_said_so(cast, words):
    event = reasoned(cast, note=words)
    assert "note" not in event.details
    assert list_events("needs", 1)[0].details["note"] == words


@pytest.mark.parametrize(
    "code", ["2019-12", "150821101201", "programme_office", "2019-12-10 09:00:00+00:00", 5, None, ["2019-12"], True]
)
def test_codes_days_and_numbers_stay_in_plain(cast, code):
    assert reasoned(cast, code=code).details["code"] == code


@pytest.mark.parametrize("whose", [7, 8])
def test_words_about_two_records_go_with_either_of_them_and_the_ledger_still_holds(cast, whose):
    reasoned(cast)
    seal_tail(at=NOON)
    assert drop(cast, ("need", whose)) == 1
    [row] = list_events("needs", 1)
    assert (row.details, row.is_dropped) == ({"need_ids": [7, 8]}, True)
    assert verify().holds
    assert drop(cast, ("need", whose)) == 0


def test_words_that_nobody_dropped_by_the_book_are_missed(cast):
    event = reasoned(cast)
    EventWords.objects.all().delete()
    assert verify().broken == (f"event {event.pk}: words missing",)


def test_the_database_refuses_to_change_words(cast):
    reasoned(cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_eventwords SET about_id='9'")


def test_verify_names_words_that_were_altered_behind_our_back(cast):
    event = reasoned(cast, ("need", 7))
    guards.remove(connection)
    EventWords.objects.update(sealed=b"other")
    guards.install(connection)
    assert verify().broken == (f"event {event.pk}: words altered",)
