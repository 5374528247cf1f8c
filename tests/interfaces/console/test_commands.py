"""Every command through the console's own door, on a laid database."""

import csv

import openpyxl
import pytest
from cast import NOON
from django.db import connection
from interfaces.console.door import speaks_both

from diancai.ground.ledger import guards
from diancai.ground.ledger.models import Event
from diancai.ground.people.models import AccessToken, Account
from diancai.ground.people.tokens import account_of
from diancai.ground.work.actions import ask, handles
from diancai.ground.work.models import Job
from diancai.interfaces.console.commands import people, work
from diancai.interfaces.console.main import main
from diancai.stages.need.models import Need
from diancai.stages.remark.models import ImportBatch, Remark
from diancai.stages.supply.models import Offer
from diancai.words import JobState, Role

REMARKS = (
    ("编号", "苏木乡镇", "嘎查村", "原话", "户数"),
    ("1", "塔尔湖镇", "联丰村", "斗渠淤住了，水上不来，给清一清哇，三百来米。", "23"),
    ("2", "塔尔湖镇", "联丰村", "正月里能不能给寻个二人台班子来唱上两天？", ""),
    ("3", "塔尔湖镇", "没有这个村", "黄瓜叶子发黄，想请个专家来看看。", "5"),
)
OFFERS = (
    ("单位", "责任领导", "服务项目", "服务形式", "联络人", "七送", "服务范围", "能力", "有效期"),
    ("五原县农牧局", "副局长", "设施蔬菜专家入棚指导", "专家入棚", "经作站", "送科技", "五原县", "每月10次", "常年"),
    ("五原县农牧局", "", "常态化开展技术服务", "", "", "", "", "", ""),
)


@pytest.fixture
def sheet(tmp_path):
    """Write rows into a CSV and give its path."""

    def write(rows, name="表.csv"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
        return path

    return write


@pytest.fixture
def passwords(monkeypatch):
    """What somebody types at the two prompts."""
    typed = ["yellow-river-9", "yellow-river-9"]
    monkeypatch.setattr(people.getpass, "getpass", lambda _prompt: typed.pop(0))
    return typed


def test_setup_can_be_repeated_and_changes_nothing(shell, programme):
    answers = [shell("setup", "--programme", "2019") for _ in range(2)]
    assert [answer.code for answer in answers] == [0, 0]
    assert answers[0].out == answers[1].out
    assert "places 1053" in answers[0].out


def test_an_account_with_its_post_is_made_from_the_shell(shell, places, passwords):
    answer = shell("account", "admin", "--name", "何强", "--role", "administrator", "--place", "1508")
    assert (answer.code, answer.err) == (0, "")
    account = Account.objects.get(username="admin")
    post = account.posts.get()
    assert (post.role, post.place_id) == (Role.ADMINISTRATOR, "150800000000")
    assert account.check_password("yellow-river-9")


def test_a_department_s_account_is_made_by_the_department_s_name(shell, cast, passwords):
    answer = shell("account", "baiyun", "--role", "department_contact", "--department", cast.department.name)
    assert answer.code == 0
    assert Account.objects.get(username="baiyun").posts.get().department == cast.department


@pytest.mark.parametrize(
    "seat",
    [[], ["--place", "9999"], ["--department", "没有这个局"], ["--place", "1508", "--department", "五原县农牧局"]],
    ids=["none", "no such place", "no such department", "both"],
)
def test_an_account_without_a_seat_is_refused_and_leaves_nothing(shell, cast, passwords, seat):
    answer = shell("account", "baiyun", "--role", "leader", *seat)
    assert answer.code == 1
    assert speaks_both(answer.err)
    assert not Account.objects.filter(username="baiyun").exists()


def test_two_different_passwords_make_no_account(shell, places, passwords):
    passwords[1] = "yellow-river-8"
    answer = shell("account", "admin", "--role", "administrator", "--place", "1508")
    assert (answer.code, speaks_both(answer.err)) == (1, True)
    assert not Account.objects.exists()


def test_a_token_is_printed_once_and_stands_for_its_account(shell, cast):
    answer = shell("token", "lifang", "--name", "excel", "--days", 3)
    token = answer.out.strip()
    held = AccessToken.objects.get()
    assert account_of(token, on=held.made_at.date()) == cast.county_office
    assert (held.name, (held.ends_on - held.made_at.date()).days) == ("excel", 3)


def test_a_token_for_nobody_or_for_no_day_is_refused(shell, cast):
    for words in (["token", "nobody"], ["token", "lifang", "--days", 0]):
        answer = shell(*words)
        assert (answer.code, speaks_both(answer.err)) == (1, True)
    assert not AccessToken.objects.exists()


def test_the_ledger_is_sealed_and_verified(shell, cast):
    shell("token", "lifang")
    assert "unsealed tail 1" in shell("ledger", "verify").out
    assert shell("ledger", "seal").out.startswith("1 sealed")
    verified = shell("ledger", "verify")
    assert verified.code == 0
    assert "unsealed tail 0" in verified.out
    assert speaks_both(verified.out)


def test_an_altered_ledger_is_found_and_the_event_named(shell, cast):
    shell("token", "lifang")
    event = Event.objects.get()
    guards.remove(connection)
    Event.objects.filter(pk=event.pk).update(kind="token.forged")
    guards.install(connection)
    answer = shell("ledger", "verify")
    assert answer.code == 1
    assert f"BROKEN event {event.pk}: altered" in answer.out


@handles("test.count")
def _count(running):
    running.progress(3, 3, "数完了")
    return {}


@handles("test.break")
def _break(running):
    raise ValueError("这一步出错")


def test_jobs_are_done_once_and_listed_with_their_progress(shell, cast):
    ask("test.count", key="count", by=None, at=NOON)
    ask("test.break", key="break", by=None, at=NOON)
    assert "waiting" in shell("jobs").out
    answer = shell("worker", "--once")
    assert answer.code == 0
    listed = shell("jobs").out
    assert "3/3 test.count 数完了" in listed
    assert "这一步出错" in listed
    assert Job.objects.get(key="count").state == JobState.DONE
    assert Job.objects.get(key="break").attempts == 1


def test_a_worker_works_until_it_is_told_to_stop(shell, cast, monkeypatch):
    ask("test.count", key="count", by=None, at=NOON)
    handlers = {}
    monkeypatch.setattr(work.signal, "signal", handlers.setdefault)
    monkeypatch.setattr(work.time, "sleep", lambda _seconds: handlers[work.signal.SIGTERM]())
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)
    assert shell("worker").code == 0
    assert Job.objects.get().state == JobState.DONE


def test_the_demo_accounts_are_listed_without_a_database_of_theirs(shell, places):
    answer = shell("demo", "accounts")
    assert answer.code == 0
    assert len(answer.out.splitlines()) >= 8


def test_a_demo_is_not_poured_over_real_remarks(shell, cast, sheet):
    shell("import", "remarks", sheet(REMARKS), "--by", "lifang", "--place", "150821")
    answer = shell("demo", "load")
    assert (answer.code, speaks_both(answer.err)) == (1, True)
    assert shell("demo", "load", "--once").code == 0
    assert Remark.objects.count() == 2


def test_remarks_are_imported_digested_withdrawn_and_revived(shell, cast, programme, sheet):
    path = sheet(REMARKS)
    words = ("import", "remarks", path, "--by", "lifang", "--place", "150821")
    first = shell(*words)
    assert first.code == 0
    assert "新增 new 2" in first.out
    assert "待修正 needs mending 1" in first.out
    assert "没有这个村" in first.out
    assert speaks_both(first.out)
    assert Need.objects.filter(route="list").count() == 2
    again = shell(*words)
    assert "新增 new 0, 已有 already here 2" in again.out
    batch = ImportBatch.objects.earliest("id").pk
    undone = shell("import", "undo", batch, "--by", "lifang")
    assert undone.out.startswith("撤回 2 条")
    assert not Remark.objects.filter(withdrawn_at=None).exists()
    assert "恢复 revived 2" in shell(*words).out
    assert Remark.objects.filter(withdrawn_at=None).count() == Remark.objects.count() == 2


def test_a_dry_run_tells_every_fate_and_takes_nothing(shell, cast, programme, sheet):
    answer = shell("import", "remarks", sheet(REMARKS), "--by", "lifang", "--place", "150821", "--dry-run")
    assert "新增 new 2" in answer.out
    assert "第 4 行" in answer.out
    assert not Remark.objects.exists()
    answer = shell("import", "offers", sheet(OFFERS), "--by", "lifang", "--place", "150821", "--dry-run")
    assert "新增 new 1" in answer.out
    assert not Offer.objects.exists()


def test_offers_are_imported_withdrawn_and_revived(shell, cast, programme, sheet):
    words = ("import", "offers", sheet(OFFERS), "--by", "sunliang", "--place", "150821")
    first = shell(*words)
    assert first.code == 0
    assert "新增 new 1" in first.out
    assert "第 3 行" in first.out
    assert "责任领导" in first.out
    assert speaks_both(first.out)
    undone = shell("import", "undo", ImportBatch.objects.get().pk, "--by", "sunliang")
    assert undone.out.startswith("撤回 1 条")
    assert not Offer.objects.filter(state=Offer.State.IN_FORCE).exists()
    assert shell(*words).code == 0
    assert Offer.objects.filter(state=Offer.State.IN_FORCE).count() == Offer.objects.count() == 1


def test_lists_come_out_in_both_languages_and_leave_no_database(shell, sheet, tmp_path):
    remarks, offers = sheet(REMARKS, "原话.csv"), sheet(OFFERS, "服务项目.csv")
    answer = shell("lists", remarks, offers, "--place", "150821", "--out", tmp_path / "结果")
    assert (answer.code, answer.err) == (0, "")
    assert speaks_both(answer.out)
    files = {path.name for path in (tmp_path / "结果").iterdir()}
    assert files == {"demand_list.xlsx", "supply_list.xlsx", "matches.xlsx", "gaps.xlsx", "digest.jsonl"}
    assert openpyxl.load_workbook(tmp_path / "结果" / "demand_list.xlsx").active.max_row >= 4


def test_lists_that_cannot_be_written_say_so(shell, sheet, tmp_path):
    (tmp_path / "结果").write_text("这里已经有一个文件", encoding="utf-8")
    answer = shell("lists", sheet(REMARKS, "原话.csv"), sheet(OFFERS, "服务.csv"), "--out", tmp_path / "结果")
    assert (answer.code, speaks_both(answer.err)) == (2, True)


def test_the_engine_answers_from_the_same_door(shell, sheet):
    answer = shell("engine", "dedupe", sheet([("id", "text"), ("1", "斗渠淤住了"), ("2", "斗渠淤住了")], "texts.csv"))
    assert answer.code == 0
    assert len(answer.out.splitlines()) == 2


def test_a_database_that_was_never_laid_is_told_with_what_to_do(shell, places, monkeypatch):
    from django.db.utils import OperationalError

    def no_table(limit=50):
        raise OperationalError("no such table: work_job")

    monkeypatch.setattr("diancai.ground.work.queries.list_jobs", no_table)
    answer = shell("jobs")
    assert (answer.code, speaks_both(answer.err)) == (1, True)
    assert "diancai setup" in answer.err


def test_no_word_is_the_help(capsys):
    assert main([]) == 0
    assert "diancai lists" in capsys.readouterr().out
