"""A remark on which the engine fails holds nobody up: it waits for a person, the others are digested."""

import pytest
from cast import LIANFENG, NOON

from diancai.ground.work.actions import run_all
from diancai.stages.need.digesting import reading
from diancai.stages.need.models import Need
from diancai.stages.remark.actions import record_remark
from diancai.words import Source


@pytest.fixture
def stumbling(monkeypatch):
    """An engine that fails on one text."""
    real = reading._digest

    def digest(remark):
        if "绊马索" in remark.text:
            raise ZeroDivisionError
        return real(remark)

    monkeypatch.setattr(reading, "_digest", digest)


def test_one_failing_remark_is_left_to_a_person_and_the_others_go_on(cast, programme, stumbling):
    for text in ("门前有绊马索，想请人拆掉", "大棚黄瓜叶子发黄，想请个专家来看看"):
        record_remark(
            by=cast.village_officer,
            at=NOON,
            programme_id=programme.id,
            text=text,
            place_code=LIANFENG,
            source=Source.HOME_VISIT,
        )
    run_all(clock=lambda: NOON)
    by_words = {need.content: need for need in Need.objects.all()}
    failed = next(need for content, need in by_words.items() if "绊马索" in content)
    assert failed.doubt == 90
    assert failed.why == ["系统没能归纳这一条，请人工归纳"]
    assert any("黄瓜" in content for content in by_words)
