"""Small stories through the pages: a sentence becomes a need, a need becomes an order, an order is answered."""

import re

from cast import LIANFENG, Cast
from django.test import Client
from django.urls import reverse
from stages.making import COURSE, make_need, make_source

from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.work.actions import run_all
from diancai.stages.match.queries import list_proposals
from diancai.stages.need.queries import get_need, list_needs
from diancai.stages.order.actions import place_order, record_delivery
from diancai.stages.order.queries import get_order, list_orders
from diancai.stages.remark.queries import list_remarks
from diancai.stages.supply.actions import write_offer
from diancai.words import NeedState, OrderState

SENTENCE = "葵花地里毒根草一年比一年多，想叫农牧局的来讲讲咋治，最好种葵花以前，我们社二十三户。"


def _said(client: Client, **fields: str) -> object:
    return client.post(reverse("new_remark"), {"text": SENTENCE, "place": LIANFENG, "source": "home_visit"} | fields)


def test_one_sentence_is_enough_and_sending_twice_is_once(browser, cast: Cast) -> None:
    client = browser("village_officer")
    uuid = re.search(r'name="uuid" value="([^"]+)"', client.get(reverse("new_remark")).content.decode())
    assert uuid
    for _ in range(2):
        assert _said(client, uuid=uuid[1]).status_code == 302  # type: ignore[attr-defined]
    rows = list_remarks(cast.village_officer).rows
    assert [row.text for row in rows] == [SENTENCE]


def test_a_spoilt_mark_of_the_form_loses_no_remark(browser, cast: Cast) -> None:
    assert _said(browser("village_officer"), uuid="spoilt").status_code == 302  # type: ignore[attr-defined]
    assert [row.text for row in list_remarks(cast.village_officer).rows] == [SENTENCE]


def test_an_empty_form_keeps_what_was_typed_and_says_what_is_missing(browser) -> None:
    answer = _said(browser("village_officer"), text="", sub_place="五社", households="多")
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert 'href="#f-text"' in page
    assert 'href="#f-households"' in page
    assert 'value="五社"' in page


def test_the_emergency_buttons_stand_above_the_form(browser) -> None:
    page = browser("village_officer").get(reverse("new_remark")).content.decode()
    assert page.index('href="tel:120"') < page.index('name="text"')


def test_a_remark_of_another_county_is_not_found(browser, cast: Cast, programme: ProgrammeRow) -> None:
    _said(browser("village_officer"))
    row = list_remarks(cast.village_officer).rows[0]
    assert browser("county_office").get(reverse("remark", args=[row.id])).status_code == 200
    assert browser("other_county_office").get(reverse("remark", args=[row.id])).status_code == 404


def test_sealed_words_are_shown_once_for_a_purpose_and_never_in_a_list(browser, cast: Cast) -> None:
    client = browser("village_officer")
    _said(client, speaker="韩玉梅", phone="13804785566")
    row = list_remarks(cast.village_officer).rows[0]
    address = reverse("remark", args=[row.id])
    assert "13804785566" not in client.get(address).content.decode()
    assert "13804785566" not in client.get(reverse("remarks")).content.decode()
    assert client.post(reverse("reveal_remark", args=[row.id]), {"purpose": ""}).status_code == 422
    opened = client.post(reverse("reveal_remark", args=[row.id]), {"purpose": "回访核实户数"}).content.decode()
    assert "13804785566" in opened
    assert "查看原文和联系方式" in client.get(address).content.decode()


def test_only_ticked_lines_of_a_chat_are_kept(browser, cast: Cast) -> None:
    client = browser("village_officer")
    pasted = "王大姐 2019-12-03 09:12\n渠淤了，放水前给清一清\n\n李师傅 2019-12-03 09:15\n今天杀猪，都来吃\n"
    step = client.post(reverse("chat"), {"pasted": pasted}).content.decode()
    assert step.count('name="ticked"') == 2
    client.post(reverse("chat"), {"pasted": pasted, "ticked": ["0"], "keep": "1", "place": LIANFENG})
    assert [row.text for row in list_remarks(cast.village_officer).rows] == ["渠淤了，放水前给清一清"]


def test_the_town_combs_the_county_accepts_and_takes_it_back(browser, cast: Cast, programme: ProgrammeRow) -> None:
    _said(browser("village_officer"))
    run_all()
    need = list_needs(cast.county_office, programme_id=programme.id).rows[0]
    town, office = browser("town_officer"), browser("county_office")
    review = town.get(reverse("review")).content.decode()
    assert need.content in review
    assert "<mark>" in review
    town.post(reverse("comb_need", args=[need.id]), {"revision": need.revision})
    assert get_need(cast.county_office, need.id).need.state == NeedState.COMBED
    revision = get_need(cast.county_office, need.id).need.revision
    office.post(reverse("accept_need", args=[need.id]), {"revision": revision})
    assert get_need(cast.county_office, need.id).need.state == NeedState.ACCEPTED
    office.post(reverse("undo_need", args=[need.id]))
    assert get_need(cast.county_office, need.id).need.state == NeedState.COMBED


def test_an_outdated_page_is_refused_in_words_and_changes_nothing(browser, cast: Cast, programme: ProgrammeRow) -> None:
    need = make_need(programme.id, state=NeedState.COMBED, revision=3)
    client = browser("county_office")
    address = reverse("need", args=[need.pk])
    answer = client.post(reverse("accept_need", args=[need.pk]), {"revision": 2, "next": address}, follow=True)
    assert "flash error" in answer.content.decode()
    assert get_need(cast.county_office, need.pk).need.state == NeedState.COMBED


def test_a_match_is_confirmed_ordered_accepted_in_part_and_completed(
    browser, cast: Cast, programme: ProgrammeRow
) -> None:
    from cast import NOON

    need = make_need(programme.id)
    make_source(need, cast)
    write_offer(
        by=cast.department_contact, at=NOON, programme_id=programme.id, department_id=cast.department.pk, **COURSE
    )
    run_all()
    match = list_proposals(cast.county_office, programme_id=programme.id).rows[0]
    office, contact = browser("county_office"), browser("department_contact")
    assert "都提到" in office.get(reverse("matches")).content.decode()
    office.post(reverse("confirm_match", args=[match.id]))
    office.post(
        reverse("place_order", args=[need.pk]),
        {"match": match.id, "department": cast.department.pk, "asked": "2", "unit": "场"},
    )
    order = list_orders(cast.county_office, programme_id=programme.id).rows[0]
    address = reverse("order", args=[order.id])
    part = get_order(cast.county_office, order.id).assignments[0]
    assert order.content in contact.get(reverse("board")).content.decode()
    page = contact.get(address).content.decode()
    assert reverse("accept_part", args=[order.id, part.id]) in page
    assert "接单后才能办结" in page  # what is not possible yet is greyed and says when it will be
    contact.post(reverse("accept_part", args=[order.id, part.id]), {"committed": "1"})
    contact.post(reverse("start_part", args=[order.id, part.id]))
    contact.post(reverse("complete_part", args=[order.id, part.id]), {"words": "持续推进"})
    assert get_order(cast.county_office, order.id).order.state == OrderState.IN_HAND
    contact.post(
        reverse("complete_part", args=[order.id, part.id]), {"words": "12月20日在联丰村办了1场列当防治培训，23户到场。"}
    )
    assert get_order(cast.county_office, order.id).assignments[0].state == "completed"
    assert "23户到场" in office.get(address).content.decode()


def test_another_department_does_not_see_the_order(browser, cast: Cast, programme: ProgrammeRow) -> None:
    from cast import NOON

    from diancai.stages.order.actions import place_order

    need = make_need(programme.id)
    make_source(need, cast)
    order = place_order(by=cast.county_office, at=NOON, need_id=need.pk, department_id=cast.department.pk)
    assert browser("department_contact").get(reverse("order", args=[order.id])).status_code == 200
    assert browser("other_department_contact").get(reverse("order", args=[order.id])).status_code == 404


def test_exports_hold_every_row_not_one_page(browser, cast: Cast, programme: ProgrammeRow) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    for number in range(60):
        make_need(programme.id, content=f"第{number}件")
    answer = browser("county_office").get(reverse("export_needs"))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    told = [row[2] for row in sheet.iter_rows(values_only=True)]
    assert sum(1 for text in told if text and str(text).endswith("件") and str(text).startswith("第")) == 60
    assert sheet.cell(sheet.max_row, 1).value == "共 60 条"


def test_filters_stay_in_the_address_of_the_next_page(browser, programme: ProgrammeRow) -> None:
    for number in range(55):
        make_need(programme.id, content=f"第{number}件")
    client = browser("county_office")
    page = client.get(reverse("needs") + "?strand=science").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following
    assert "strand=science" in following[1]
    rest = client.get(reverse("needs") + following[1].replace("&amp;", "&")).content.decode()
    assert rest.count("<tr data-row>") == 5


def test_the_administrator_makes_an_account_with_a_post_and_ends_it(browser) -> None:
    client = browser("administrator")
    fields = {"username": "hasi", "display_name": "哈斯", "password": "first-password", "role": "liaison_officer"}
    client.post(reverse("new_account"), fields | {"place": LIANFENG, "valid_from": "2019-12-01"})
    page = client.get(reverse("account", args=["hasi"])).content.decode()
    assert "联丰村" in page
    end = re.search(r'action="(/people/hasi/posts/\d+/end/)"', page)
    assert end
    client.post(reverse("new_password", args=["hasi"]), {"password": "second-password"})
    signed = Client().post("/accounts/login/", {"login": "hasi", "password": "second-password"})
    assert signed.status_code == 302
    client.post(end[1])
    assert "今天起结束" not in client.get(reverse("account", args=["hasi"])).content.decode()


def test_search_tells_only_what_the_posts_reach(browser, cast: Cast) -> None:
    _said(browser("village_officer"))
    run_all()
    address = reverse("search") + "?q=毒根草"
    assert "毒根草" in _main(browser("county_office").get(address).content.decode(), "data-row")
    for who in ("other_county_office", "department_contact", "auditor"):
        assert "data-row" not in browser(who).get(address).content.decode(), who


def _main(html: str, mark: str) -> str:
    """The part of a page behind the first `mark`; fails when the mark is not there."""
    return html[html.index(mark) :]


def test_the_department_is_shown_the_proposal_and_decides_on_it(browser, cast: Cast, programme: ProgrammeRow) -> None:
    from cast import NOON

    needs = [make_need(programme.id) for _ in range(2)]
    written = write_offer(
        by=cast.department_contact, at=NOON, programme_id=programme.id, department_id=cast.department.pk, **COURSE
    )
    run_all()
    office, contact = browser("county_office"), browser("department_contact")
    addresses = []
    for need in needs:
        office.post(reverse("place_order", args=[need.pk]), {"department": cast.department.pk, "asked": "1"})
        order = list_orders(cast.county_office, programme_id=programme.id).rows[0]
        part = get_order(cast.county_office, order.id).assignments[0]
        addresses.append((order.id, reverse("accept_part", args=[order.id, part.id])))
    (joined, first), (added, second) = addresses
    page = contact.get(reverse("order", args=[joined])).content.decode()
    assert (
        f'<option value="{written.id}" selected>{written.service}</option><option value="">增补新项目</option>' in page
    )
    contact.post(first, {"committed": "1", "offer": str(written.id)})
    contact.post(second, {"committed": "1", "offer": ""})
    assert get_order(cast.county_office, joined).order.offer_id == written.id
    assert get_order(cast.county_office, added).order.offer_id not in (None, written.id)


def test_no_figure_of_delivery_stands_without_its_records(browser, cast: Cast, programme: ProgrammeRow) -> None:
    from cast import NOON

    need = make_need(programme.id)
    order = place_order(by=cast.county_office, at=NOON, need_id=need.pk, asked=3, unit="场")
    office = browser("county_office")
    addresses = (reverse("order", args=[order.id]), reverse("orders"))
    shown = [office.get(address).content.decode() for address in addresses]
    assert "<span>完成</span>" not in shown[0]
    assert "<span>在办</span>" not in shown[0]
    assert "0/3场" not in shown[0]
    assert '<th class="number">完成</th>' not in shown[1]
    record_delivery(at=NOON, order_id=order.id, under_way=1, fulfilled=2)
    shown = [office.get(address).content.decode() for address in addresses]
    assert re.search(r'<b><a class="figure" href="#parts"[^>]*>2</a>\s*</b><span>完成', shown[0])
    assert re.search(r'<b><a class="figure" href="#parts"[^>]*>1</a>\s*</b><span>在办', shown[0])
    assert '<th class="number">完成</th>' in shown[1]
