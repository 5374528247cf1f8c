"""What a completion, a return, a plan and a dispatch must say."""

from datetime import date

import pytest

from diancai.stages.order.errors import (
    DueInPast,
    NotACompletion,
    NotSolvedYet,
    PlanInPast,
    QuantityOutOfRange,
    ReturnedToAsker,
    RuleMissing,
    SuggestedItself,
    WordsMissing,
    WordsTooLong,
)
from diancai.stages.order.rules import (
    DispatchFacts,
    check_close,
    check_committed,
    check_completion,
    check_due,
    check_plan,
    check_return,
    dispatch_text,
    fitted,
    is_completion,
    number_text,
    sends_back,
)
from diancai.words import ClosingReason, OrderState


@pytest.mark.parametrize(
    "words",
    [
        "持续推进",
        "正在持续推进葵花列当防治技术培训工作",
        "已安排部署，下一步加快推进",
        "我局高度重视，正在积极协调",
        "已纳入日程，将尽快办理",
        "长期坚持开展",
        "已持续推进中",
        "计划明年完成",
        "已上报市局研究",
        "有序开展中",
        "办理中",
        "尚未完成",
        "办结",
        "  ",
        "好",
    ],
)
def test_carrying_on_is_no_completion(words: str) -> None:
    assert not is_completion(words)
    with pytest.raises(NotACompletion):
        check_completion(words)


@pytest.mark.parametrize(
    "words",
    [
        "1月3日在联丰村讲课1场，到场46人",
        "斗渠清淤300米，已完成，后续持续推进管护",
        "专家已入棚诊断5个棚，发放药剂配方",
        "医保政策已当面解答清楚",
        "机井修好了，当天出水",
        "已办理低保手续",
        "已开展了入户宣传",
        "已协调解决用电",
    ],
)
def test_something_done_is_a_completion(words: str) -> None:
    assert is_completion(words)
    check_completion(words)


@pytest.mark.parametrize(
    ("words", "is_sent_back"),
    [
        ("建议由塔尔湖镇自行解决", True),
        ("退回乡镇办理", True),
        ("由村委会自己处理", True),
        ("请镇政府实施", True),
        ("请塔尔湖镇配合提供场地", False),
        ("建议由县水利局会同镇政府办理", False),
        ("属群管渠道，不在本单位职责内", False),
        ("镇里已经解决", False),
    ],
)
def test_a_return_to_those_who_asked_is_seen_in_its_words(words: str, is_sent_back: bool) -> None:
    assert sends_back(words, "塔尔湖镇", "联丰村") is is_sent_back


def a_return(**changed: object) -> None:
    words: dict[str, object] = {
        "reason": "渠道管护不是农牧部门的职责",
        "basis": "“三定”规定第三条",
        "department_id": 1,
        "suggested_id": 2,
        "suggested_place": "150821000000",
        "asking_codes": ("150821101000", "150821101201"),
        "asking_names": ("塔尔湖镇", "联丰村"),
    }
    check_return(**(words | changed))  # type: ignore[arg-type]


def test_a_return_needs_reason_and_basis_and_goes_elsewhere() -> None:
    a_return()
    a_return(suggested_id=None, suggested_place="")
    for empty in ("reason", "basis"):
        with pytest.raises(WordsMissing):
            a_return(**{empty: " "})
    with pytest.raises(SuggestedItself):
        a_return(suggested_id=1)
    with pytest.raises(ReturnedToAsker) as refused:
        a_return(suggested_place="150821101000")
    assert "塔尔湖镇" in refused.value.text("zh")
    with pytest.raises(ReturnedToAsker):
        a_return(reason="建议由乡镇自行解决")


def test_dates_quantities_plans_and_closings_are_checked() -> None:
    today = date(2019, 12, 10)
    check_due(today, today)
    check_due(None, today)
    with pytest.raises(DueInPast):
        check_due(date(2019, 12, 9), today)
    check_committed(3, 5, "场")
    check_committed(0, 0, "场")
    for wrong in (0, 6, -1):
        with pytest.raises(QuantityOutOfRange):
            check_committed(wrong, 5, "场")
    check_plan(2020, "县财政预算", "李芳", today)
    for year in (2018, 2040, 99999):
        with pytest.raises(PlanInPast):
            check_plan(year, "县财政预算", "李芳", today)
    assert fitted(" 县财政 ", 3, "资金来源", "money") == "县财政"
    with pytest.raises(WordsTooLong):
        fitted("县财政预算", 3, "资金来源", "money")
    for money, answerer in ((" ", "李芳"), ("县财政预算", "")):
        with pytest.raises(WordsMissing):
            check_plan(2020, money, answerer, today)
    with pytest.raises(RuleMissing):
        check_close(ClosingReason.NOT_ALLOWED, " ", OrderState.RETURNED, rest_only=False)
    check_close(ClosingReason.NOT_ALLOWED, "某办法第三条", OrderState.RETURNED, rest_only=False)
    for unsolved in (OrderState.RETURNED, OrderState.PLACED, OrderState.PLANNED):
        with pytest.raises(NotSolvedYet):
            check_close(ClosingReason.SOLVED, "", unsolved, rest_only=False)


def test_numbers_and_texts_read_as_an_office_writes() -> None:
    assert number_text("五原", 2019, 1) == "五原-2019-0001"
    assert number_text("杭锦后旗", 2020, 12345) == "杭锦后旗-2020-12345"
    facts = DispatchFacts(
        number="五原-2019-0007",
        content="向日葵列当防治技术培训",
        place="五原县塔尔湖镇联丰村五社",
        households="约23户",
        wanted="种葵花以前",
        lead="五原县农牧局",
        joint=("五原县科技局",),
        asked="2场",
        due_on=date(2020, 1, 20),
        duty_basis="《农业技术推广法》第十一条。",
        last_taken=("五原县农牧局", "五原-2019-0002", "列当防治"),
        returned=(("五原县水利局", "不是水利工程"),),
    )
    text = dispatch_text(facts)
    for told in (
        "五原-2019-0007",
        "《农业技术推广法》第十一条。",
        "五原-2019-0002",
        "2020-01-20",
        "约23户",
        "不是水利工程",
    ):
        assert told in text
    assert "。。" not in text
    assert "没有同类事项" in dispatch_text(
        DispatchFacts("1", "某事", "某地", "", "", "某局", (), "1项", None, "某规定", None)
    )
