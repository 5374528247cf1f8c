"""Every address says who may come in, and means it."""

from datetime import date

import pytest
from cast import Cast
from django.urls import URLPattern
from page_addresses import is_ours, patterns, sample_address

from diancai.ground.people.queries import list_posts
from diancai.interfaces.web.desk import Desk

GUARDED_ELSEWHERE = ("allauth.",)  # the sign-in library guards its own pages
FIELD = {"village_officer", "town_officer"}
OFFICE = {"county_office", "prefecture_office"}
DEPARTMENT = {"department_contact", "department_leader"}
READER = {"leader"}
POSTED = FIELD | OFFICE | DEPARTMENT | READER | {"auditor", "administrator"}
EVERYBODY = POSTED | {"stranger"}
ANYONE = EVERYBODY | {""}
LISTS = FIELD | OFFICE | READER | DEPARTMENT

TRUTH: dict[str, set[str]] = {
    "first search me sit look_at jobs job retry_job": EVERYBODY,
    "inbox open_notice read_notices notice_settings absences end_absence": EVERYBODY,
    "sending_report": ANYONE,
    "set_language two-sheets two-sheets-result two-sheets-file": ANYONE,
    "leader": OFFICE | READER,
    "remarks remark remark_photo": FIELD | OFFICE | READER,
    "divert_remark": FIELD | OFFICE | READER,
    "new_remark chat withdraw_remark reveal_remark": FIELD | OFFICE,
    "imports remark_template import commit_import mend_row skip_row": FIELD | OFFICE,
    "withdraw_import": {"town_officer"} | OFFICE,
    "needs export_needs need": FIELD | OFFICE | READER,
    "review edit_need comb_need leave_out merge_need unmerge_need split_need undo_need": {"town_officer"} | OFFICE,
    "answer_proposal part_source raise_need": {"town_officer"} | OFFICE,
    "return_remark": OFFICE,
    "accept_need accept_certain bulk_needs": OFFICE,
    "demand_lists demand_list demand_excel supply_lists supply_list supply_excel offers offer": LISTS,
    "print_demand_slip draft_demand sign_demand unsign_demand publish_demand fill_line": OFFICE,
    "print_supply_slip new_offer edit_offer assure_offer withdraw_offer draft_supply": DEPARTMENT | OFFICE,
    "offer_imports offer_template offer_import commit_offers withdraw_offers mend_offer_row": DEPARTMENT | OFFICE,
    "demand_slip demand_slip_word demand_scan supply_slip supply_slip_word supply_scan": OFFICE
    | READER
    | DEPARTMENT
    | {"auditor"},
    "sign_supply unsign_supply publish_supply": {"department_leader"} | OFFICE,
    "matches match gaps needs_without_offer offers_unasked export_matches": OFFICE | READER | DEPARTMENT,
    "export_needs_without export_offers_unasked": OFFICE | READER | DEPARTMENT,
    "confirm_match refuse_match make_match": OFFICE,
    "board day presences presence orders export_orders order order_act order_act_on": LISTS,
    "dispatch_ticked": OFFICE,
    "urge_ticked": {"town_officer"} | OFFICE | DEPARTMENT,
    "follow_ups follow_up": LISTS,
    "note_try take_answer print_answer_slip end_answer_slip": FIELD | OFFICE,
    "village_replies village_reply village_reply_word": FIELD | OFFICE,
    "answer_door answer": ANYONE,
    "urging urging_parts urges reminder_word letters letter letter_word letter_excel letter_scan": LISTS,
    "remind": {"town_officer"} | OFFICE | DEPARTMENT,
    "draft_letter send_letter withdraw_letter": OFFICE,
    "answer_urges": DEPARTMENT,
    "handover handover_word": FIELD | OFFICE | DEPARTMENT,
    "indicators export_indicators indicator_records export_indicator_records exclusions": LISTS,
    "propose_exclusion lift_exclusion": OFFICE,
    "decide_exclusion": OFFICE | READER,
    "place_order dispatch_order recall_part close_order plan_order withdraw_order": OFFICE,
    "accept_part return_part start_part complete_part": DEPARTMENT,
    "station new_team new_member": {"town_officer", "administrator"} | OFFICE,
    "people new_account account end_post new_password places close_account reopen_account": {"administrator"},
    "ledger verdict": {"auditor"},
}
ALLOWED = {name: who for names, who in TRUTH.items() for name in names.split()}
OURS = [pattern for pattern in patterns() if is_ours(pattern)]


def test_every_address_declares_who_may_enter() -> None:
    bare = [
        str(pattern.pattern)
        for pattern in patterns()
        if not hasattr(pattern.callback, "door") and not pattern.callback.__module__.startswith(GUARDED_ELSEWHERE)
    ]
    assert bare == []


def test_the_truth_table_names_every_address_once() -> None:
    named = [name for names in TRUTH for name in names.split()]
    assert sorted(named) == sorted(str(pattern.name) for pattern in OURS)


def _desk(cast: Cast, who: str) -> Desk | None:
    if not who:
        return None
    account = getattr(cast, who)
    posts = list_posts(account)
    return Desk(account, posts, posts[0] if posts else None, None, date(2019, 12, 10))


def test_doors_open_for_the_roles_of_the_table_and_nobody_else(cast: Cast) -> None:
    wrong = [
        f"{pattern.name}: {who or 'somebody not signed in'}"
        for pattern in OURS
        for who in sorted(ANYONE)
        if pattern.callback.door.lets(_desk(cast, who)) != (who in ALLOWED[str(pattern.name)])
    ]
    assert wrong == []


def test_somebody_not_signed_in_is_sent_to_sign_in_and_comes_back(browser) -> None:
    client = browser("")
    for pattern in OURS:
        if "" in ALLOWED[str(pattern.name)]:
            continue
        address = sample_address(pattern)
        answer = _ask(client, pattern, address)
        assert answer.status_code == 302, pattern.name
        assert answer["Location"].startswith("/accounts/login/?next="), pattern.name


def test_a_role_outside_the_table_is_told_403(browser) -> None:
    client = browser("auditor")
    for pattern in OURS:
        if "auditor" not in ALLOWED[str(pattern.name)]:
            assert _ask(client, pattern, sample_address(pattern)).status_code == 403, pattern.name


def test_the_wrong_verb_is_refused(browser) -> None:
    client = browser("county_office")
    for pattern in OURS:
        door = pattern.callback.door
        address = sample_address(pattern)
        if "GET" not in door.methods:
            assert client.get(address).status_code == 405, pattern.name
        elif "POST" not in door.methods:
            assert client.post(address).status_code == 405, pattern.name


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_pages_without_a_record_stand_for_everyone_the_table_lets_in(browser, who: str) -> None:
    client = browser(who)
    for pattern in OURS:
        door = pattern.callback.door
        if pattern.pattern.converters or "GET" not in door.methods or who not in ALLOWED[str(pattern.name)]:
            continue
        if pattern.name == "set_language":
            continue
        assert client.get(sample_address(pattern), follow=True).status_code == 200, (pattern.name, who)


def test_a_record_that_does_not_exist_is_404_not_an_error(browser) -> None:
    client = browser("county_office")
    for pattern in OURS:
        door = pattern.callback.door
        allowed = "county_office" in ALLOWED[str(pattern.name)]
        if pattern.pattern.converters and "GET" in door.methods and allowed:
            # Of a person nobody hears whether he exists: another's leave is forbidden as nobody's is.
            expected = 403 if pattern.name == "absences" else 404
            assert client.get(sample_address(pattern)).status_code == expected, pattern.name


def _ask(client, pattern: URLPattern, address: str):
    return client.get(address) if "GET" in pattern.callback.door.methods else client.post(address)
