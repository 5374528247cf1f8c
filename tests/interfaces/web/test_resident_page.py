"""The residents' door: open to strangers, small, in three languages, and deaf to guessers."""

import re
from datetime import timedelta
from itertools import count

import pytest
from cast import NOON, Cast
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from stages.making import make_need, make_source
from stages.order.bringing import bring_part

from diancai.ground.work.actions import run_all
from diancai.interfaces.web.feedback.resident_words import LINES, told_in
from diancai.stages.feedback.actions import issue_slip
from diancai.stages.feedback.doorkeeping import forget
from diancai.stages.feedback.models import AnswerSlip, Rating
from diancai.stages.feedback.rules import make_code
from diancai.stages.order.models import Order
from diancai.words import AssignmentState, Satisfaction, Solved

ANSWER = {"solved": "yes", "satisfaction": "basically", "words": "讲得明白"}


@pytest.fixture(autouse=True)
def _nobody_knocked(db) -> None:
    forget()
    cache.clear()


@pytest.fixture
def code(cast: Cast, programme) -> str:
    """The slip of 刘翠兰, whose matter was completed."""
    need = make_need(programme.id)
    make_source(need, cast, speaker="刘翠兰", phone="13847801234")
    order = bring_part(cast, need.pk, AssignmentState.COMPLETED)
    run_all(clock=lambda: NOON)
    code = issue_slip(by=cast.village_officer, at=timezone.now(), order_id=order.id).code
    Order.objects.update(completed_at=NOON)
    return code


def test_a_stranger_reads_answers_and_reads_his_answer_again(code: str) -> None:
    page = Client().get(f"/a/{code}/")
    text = page.content.decode()
    assert page.status_code == 200
    for told in ("五原县塔尔湖镇联丰村", "2019年12月10日", "1月3日讲课1场，到场46人", "解决了没有", "基本满意"):
        assert told in text
    assert "刘翠兰" not in text
    assert "13847801234" not in text
    answered = Client().post(f"/a/{code}/", ANSWER, follow=True)
    assert "您的评价已经收到" in answered.content.decode()
    again = Client().post(f"/a/{code}/", ANSWER | {"solved": "no"}, follow=True).content.decode()
    assert "讲得明白" in again
    assert [rating.solved for rating in Rating.objects.all()] == ["yes"]


def test_it_works_without_cookies_and_keeps_nothing_on_the_way(code: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(f"/a/{code}/")
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "noindex" in page["X-Robots-Tag"]
    assert not page.cookies
    assert strict.post(f"/a/{code}/", ANSWER).status_code == 302
    assert "<script" not in page.content.decode()


def test_the_page_with_all_it_loads_weighs_less_than_30_kb(code: str) -> None:
    client = Client()
    page = client.get(f"/a/{code}/")
    loaded = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.content.decode())
    sizes = [len(b"".join(client.get(each))) for each in loaded]
    assert len(sizes) == 2
    assert len(page.content) + sum(sizes) < 30_000


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-Hans"), ("en", "en"), ("mn", "mn-Mong")])
def test_every_line_stands_in_three_languages(code: str, language: str, tag: str) -> None:
    text = Client().get(f"/a/{code}/?lang={language}").content.decode()
    assert f'<html lang="{tag}"' in text
    told = told_in(language)
    assert told.say("solved") in text
    for word in (*Solved, *Satisfaction):
        assert told.word(word) in text
    assert ("草稿" in text) == (language == "mn")
    assert all(len(set(line)) == 3 and all(line) for line in LINES.values())


def test_mongolian_lines_are_mongolian() -> None:
    for zh, en, mn in LINES.values():
        assert re.search(r"[\u1820-\u1842]", mn), zh
        assert not re.search(r"[\u4e00-\u9fff]", en + mn)


def test_a_missing_answer_is_told_and_what_was_written_is_kept(code: str) -> None:
    page = Client().post(f"/a/{code}/", {"solved": "yes", "words": "讲得明白"})
    text = page.content.decode()
    assert page.status_code == 422
    assert "请把两道题都选上" in text
    assert "讲得明白</textarea>" in text
    assert 'value="yes" checked' in text
    assert Client().post(f"/a/{code}/", ANSWER | {"solved": "maybe"}).status_code == 422
    assert Client().post(f"/a/{code}/", ANSWER | {"words": "长" * 501}).status_code == 422
    assert not Rating.objects.exists()


def test_the_number_may_be_typed_at_the_door(code: str) -> None:
    went = Client().post("/a/", {"code": f" {code[:5].lower()}-{code[5:10]} {code[10:]}"})
    assert went["Location"] == f"/a/{code}/?lang=zh"
    wrong = Client().post("/a/", {"code": code[:-1]})
    assert wrong.status_code == 404
    assert "请照着单子再核对" in wrong.content.decode()


def test_unknown_ended_and_expired_codes_tell_what_to_do(code: str) -> None:
    other = make_code(lambda most: 3)
    assert Client().get(f"/a/{other}/").status_code == 404
    AnswerSlip.objects.update(expires_at=timezone.now() - timedelta(seconds=1), issued_at=NOON)
    expired = Client().get(f"/a/{code}/")
    assert expired.status_code == 410
    assert "已经过期" in expired.content.decode()
    AnswerSlip.objects.update(ended_at=NOON)
    assert Client().get(f"/a/{code}/").status_code == 404


def test_who_guesses_is_locked_out_of_good_codes_too(code: str) -> None:
    numbers = count()
    guesser = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(10):
        wrong = make_code(lambda most: next(numbers) % most)
        assert guesser.get(f"/a/{wrong}/").status_code == 404
    assert guesser.get(f"/a/{code}/").status_code == 429
    assert guesser.post(f"/a/{code}/", ANSWER).status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.10").get(f"/a/{code}/").status_code == 200


def test_a_flood_of_answers_to_one_code_is_refused(code: str) -> None:
    senders = (Client(REMOTE_ADDR=f"203.0.113.{number % 250}") for number in count())
    told = [next(senders).post(f"/a/{code}/", ANSWER).status_code for _ in range(60)]
    assert told == [302] * 6 + [429] * 54
    assert Rating.objects.count() == 1


def test_the_wrong_verb_and_spoilt_codes_are_no_errors(code: str) -> None:
    assert Client().delete(f"/a/{code}/").status_code in (200, 405)
    for spoilt in ("x", "A" * 15, "-", "0" * 400):
        assert Client().get(f"/a/{spoilt}/").status_code == 404
