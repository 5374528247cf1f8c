"""The main job, end to end in a real browser: what people said becomes lists, matches and orders.

娜仁 records and 王贵's town combs; 李芳's office imports, reviews, merges, undoes, publishes, matches and places
orders; two bureaus answer: one accepts in part, one returns. The office closes one order and puts one on the plan.
Every page opens the words behind it.
"""

import re

import pytest
from walker import Walker

pytestmark = pytest.mark.browser

TODAY_SHEET = """编号,苏木乡镇,嘎查村,组,户数,反映内容
A1,新公中镇,永联村,二社,3,大棚里黄瓜叶子发黄长灰毛，打了几回药不顶事，想请专家来棚里看看
A2,胜丰镇,新胜村,,,想请二人台班子来唱上两天，老人们爱看戏
A3,隆兴昌镇,联乐村,一社,24,斗渠淤得厉害，水过不来，给清一清，三百来米
A4,胜丰镇,不存在村,,,村里没路灯，黑夜看不见
"""

ORDERS = (("黄瓜", "五原县农牧局", "2"), ("二人台", "五原县文化旅游体育局", "1"), ("渠", "五原县水利局", "1"))


@pytest.fixture(scope="module")
def village(chromium, site):
    return Walker(chromium, site.address, "naren", narrow=True)


@pytest.fixture(scope="module")
def town(chromium, site):
    return Walker(chromium, site.address, "wanggui")


@pytest.fixture(scope="module")
def office(chromium, site):
    return Walker(chromium, site.address, "lifang")


def test_1_an_officer_records_one_sentence_on_a_phone(village):
    village.go("/remarks/new/")
    assert village.page.locator("a[href='tel:120']").is_visible()
    village.picture("record_360")
    village.page.fill("#f-text", "大棚黄瓜叶子发黄长毛，七家十二个棚都有了，想请个专家来棚里手把手教一教")
    village.page.get_by_role("button", name="保存", exact=True).click()
    village.page.wait_for_load_state()
    village.go("/remarks/")
    assert village.sees("大棚黄瓜叶子发黄长毛")
    assert village.fits()


def test_2_the_town_combs_what_came(town):
    town.waits_for("黄瓜", "/review/")
    assert town.sees("群众原话")
    town.picture("town_review_1280")
    with town.page.expect_navigation():
        town.page.keyboard.press("a")
    town.waits_for("都审完了", "/review/")


def test_3_the_office_imports_a_sheet_and_mends_a_place(office, tmp_path):
    sheet = tmp_path / "十二月民情.csv"
    sheet.write_text(TODAY_SHEET, encoding="gb18030")
    office.go("/imports/")
    office.page.set_input_files("#f-file", sheet)
    office.page.get_by_role("button", name="试导入").click()
    office.page.wait_for_url(re.compile(r"/imports/\d+/"))
    address = office.page.url.removeprefix(office.address).split("?")[0]
    office.waits_for("待修正", address)
    assert office.sees("不存在村")
    office.picture("import_fates_1280")
    office.page.get_by_role("button", name=re.compile("导入 3 行")).click()
    office.waits_for("已导入", address)
    office.go("/imports/")
    office.page.set_input_files("#f-file", sheet)
    office.page.get_by_role("button", name="试导入").click()
    office.page.wait_for_url(re.compile(r"/imports/\d+/"))
    again = office.page.url.removeprefix(office.address).split("?")[0]
    office.waits_for("已有", again)
    assert not office.sees("导入 3 行"), "what is here already is not offered again"


def test_4_the_office_reviews_merges_and_undoes(office):
    office.waits_for("条待旗县审核", "/review/")
    office.go("/review/?level=town")
    office.waits_for("斗渠", "/review/?level=town")
    needs = _needs(office, "黄瓜")
    assert len(needs) == 2
    office.go(needs[0])
    office.picture("duplicates_1280")
    office.page.get_by_role("button", name=re.compile("是一件，并入")).first.click()
    office.page.wait_for_load_state()
    assert len(_needs(office, "黄瓜")) == 1
    [kept] = _needs(office, "黄瓜")
    office.go(kept)
    assert office.sees("联丰村")
    assert office.sees("永联村")
    office.page.get_by_role("button", name=re.compile("撤销")).first.click()
    office.page.wait_for_load_state()
    assert len(_needs(office, "黄瓜")) == 2
    # What a person has parted is not proposed again; he may still join it by his own choice, with a reason.
    office.go(_needs(office, "黄瓜")[0])
    office.page.locator("summary", has_text="并入另一条").click()
    office.page.fill("#merge-reason", "同为大棚黄瓜叶部病害，要的都是专家入棚")
    office.page.get_by_role("button", name="并入", exact=True).click()
    office.page.wait_for_load_state()
    assert len(_needs(office, "黄瓜")) == 1


def test_5_the_office_accepts_and_publishes_the_list(office):
    for words in ("黄瓜", "二人台", "渠"):
        [need] = _needs(office, words)
        office.go(need)
        for act in (re.compile("梳理完"), re.compile("审定")):
            button = office.page.get_by_role("button", name=act)
            if button.count():
                button.first.click()
                office.page.wait_for_load_state()
                office.go(need)
        assert office.sees("已审定")
    office.go("/demand-lists/")
    office.page.locator("summary", has_text="起草一期").click()
    office.page.fill("#f-period", "2026-11")
    office.page.get_by_role("button", name="起草", exact=True).click()
    office.page.wait_for_url(re.compile(r"/demand-lists/\d+/"))
    edition = office.page.url.removeprefix(office.address).split("?")[0]
    assert office.sees("大棚黄瓜")
    office.page.get_by_role("button", name="打印送审单").click()
    office.page.wait_for_url(re.compile(r"/slip/$"))
    assert office.sees("服务清单送审单")
    office.picture("approval_slip_1280")
    office.go(edition)
    office.page.locator("summary", has_text="登记签批").click()
    office.page.fill("#f-signed_by", "县委副书记")
    scan = {"name": "送审单.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n signed"}
    office.page.set_input_files("#f-scan", scan)
    office.page.get_by_role("button", name="登记", exact=True).click()
    office.page.wait_for_load_state()
    office.page.get_by_role("button", name="发布", exact=True).click()
    office.page.wait_for_load_state()
    office.go(edition)
    assert office.sees("已发布")
    office.picture("demand_list_1280")
    with office.page.expect_download() as fetched:
        office.page.get_by_role("link", name="下载 Excel").click()
    assert fetched.value.suggested_filename.endswith(".xlsx")


def test_6_the_office_confirms_a_match_and_places_orders(office):
    office.waits_for("黄瓜", "/matches/")
    office.picture("matches_1280")
    office.page.get_by_role("button", name=re.compile("确认")).first.click()
    office.page.wait_for_load_state()
    for words, department, asked in (
        ("黄瓜", "五原县农牧局", "2"),
        ("二人台", "五原县文化旅游体育局", "1"),
        ("渠", "五原县水利局", "1"),
    ):
        [need] = _needs(office, words)
        office.go(need)
        office.page.get_by_role("link", name="点单").click()
        office.page.wait_for_load_state()
        if office.page.locator("#f-department").count():
            office.page.select_option("#f-department", label=department)
        office.page.fill("#f-asked", asked)
        office.page.get_by_role("button", name="点单").click()
        office.page.wait_for_url(re.compile(r"/orders/\d+/"))
        assert office.sees("已派单")


def test_7_one_bureau_accepts_in_part_and_one_returns(chromium, site):
    farming = Walker(chromium, site.address, "wuyuan-nongmu")
    _open_order(farming, "黄瓜")
    farming.page.locator("summary", has_text="接单").click()
    farming.page.locator("input[name=committed]").fill("1")
    farming.page.get_by_role("button", name="接单").click()
    farming.page.wait_for_load_state()
    assert farming.sees("还没有人接")
    farming.picture("order_part_1280")
    farming.page.get_by_role("button", name="开始办理").click()
    farming.page.wait_for_load_state()
    farming.page.locator("summary", has_text="办结").click()
    farming.page.locator("textarea[name=words]").fill("持续推进")
    farming.page.get_by_role("button", name="报办结").click()
    farming.page.wait_for_load_state()
    assert not farming.sees("办结说明")
    water = Walker(chromium, site.address, "wuyuan-shuili")
    _open_order(water, "渠")
    water.page.locator("summary", has_text="退回").click()
    water.page.locator("input[name=reason]").fill("斗渠属群管渠道，建议一事一议")
    water.page.locator("input[id^=basis-]").fill("末级渠系运行维护主体的规定")
    water.page.get_by_role("button", name="退回").click()
    water.page.wait_for_load_state()
    assert water.sees("退回原因")


def test_8_the_office_puts_one_on_the_plan_and_closes_one(office, chromium, site):
    _open_order(office, "渠")
    office.page.locator("summary", has_text="列入计划").click()
    office.page.fill("#f-year", "2027")
    office.page.fill("#f-money", "一事一议奖补资金")
    office.page.fill("#f-answerer", "水利局副局长")
    office.page.get_by_role("button", name="列入计划").click()
    office.page.wait_for_load_state()
    assert office.sees("一事一议奖补资金")
    stage = Walker(chromium, site.address, "wuyuan-wenlv")
    _open_order(stage, "二人台")
    stage.page.locator("summary", has_text="接单").click()
    stage.page.get_by_role("button", name="接单").click()
    stage.page.wait_for_load_state()
    stage.page.get_by_role("button", name="开始办理").click()
    stage.page.wait_for_load_state()
    stage.page.locator("summary", has_text="办结").click()
    stage.page.locator("textarea[name=words]").fill("11月23日在新胜村演出两天，观众二百多人次")
    stage.page.get_by_role("button", name="报办结").click()
    stage.page.wait_for_load_state()
    _open_order(office, "二人台")
    office.page.locator("summary", has_text="归档").click()
    office.page.select_option("#f-reason", label="已解决")
    office.page.fill("#f-words", "回访村民小组长，说戏唱了两天，解决")
    office.page.get_by_role("button", name="归档").click()
    office.page.wait_for_load_state()
    assert office.sees("已归档")


def test_9_each_page_opens_the_words_behind_it(office):
    _open_order(office, "二人台")
    assert office.sees("想请二人台班子来唱上两天")
    office.picture("order_chain_1280")
    office.page.get_by_role("link", name=re.compile("新胜村")).first.click()
    office.page.wait_for_load_state()
    assert office.sees("老人们爱看戏")


def test_10_the_wrong_county_and_the_stranger_find_nothing(chromium, site, office):
    _open_order(office, "二人台")
    order = office.page.url.removeprefix(office.address)
    other = Walker(chromium, site.address, "chenming")
    other.go(order)
    assert not other.sees("二人台")
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site.address + order)
    assert "/accounts/login/" in page.url


def _needs(walker: Walker, words: str) -> list[str]:
    """Addresses of the live needs with these words in their line."""
    walker.go(f"/needs/?q={words}")
    rows = walker.page.locator("table th a")
    found = [(rows.nth(n).inner_text(), rows.nth(n).get_attribute("href")) for n in range(rows.count())]
    return [href for text, href in found if words in text and href]


def _open_order(walker: Walker, words: str) -> None:
    walker.go("/orders/")
    row = walker.page.locator("table th a", has_text=words).first
    walker.go(row.get_attribute("href") or "")
