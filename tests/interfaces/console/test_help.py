"""The help fits one screen, every example is a command that can be typed, wrong words are told in both languages."""

import shlex
import unicodedata

import pytest
from interfaces.console.door import speaks_both

from diancai.interfaces.console.commands import COMMANDS
from diancai.interfaces.console.main import overview, parser_of
from diancai.interfaces.console.parser import COMPLAINTS, in_chinese

LINES, COLUMNS = 45, 100
OWN_WORDS = [command for command in COMMANDS if command.reads_own_words]
PARSED = [command for command in COMMANDS if not command.reads_own_words]


def columns_of(line):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def test_the_help_fits_one_screen():
    lines = overview().splitlines()
    assert len(lines) <= LINES
    assert [line for line in lines if columns_of(line) > COLUMNS] == []


def test_every_command_is_on_the_screen_in_both_languages_with_its_example(shell):
    answer = shell("--help")
    assert answer.code == 0
    for command in COMMANDS:
        told = (command.name, command.zh, command.en, f"$ {command.example}")
        assert [part for part in told if part not in answer.out] == []
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize("command", PARSED, ids=lambda command: command.name)
def test_every_example_can_be_typed(command):
    program, *words = shlex.split(command.example)
    name = command.name.split()
    assert [program, *words[: len(name)]] == ["diancai", *name]
    parser_of(command).parse_args(words[len(name) :])


def test_the_engine_reads_its_own_words(shell):
    assert [command.name for command in OWN_WORDS] == ["engine"]
    answer = shell("engine", "--help")
    assert answer.code == 0
    assert "dedupe" in answer.out


@pytest.mark.parametrize("command", PARSED, ids=lambda command: command.name)
def test_every_command_has_help_with_its_example(shell, command):
    answer = shell(*command.name.split(), "--help")
    assert answer.code == 0
    assert command.zh in answer.out
    assert f"$ {command.example}" in answer.out


@pytest.mark.parametrize(
    "words",
    [
        ["cook"],
        ["import"],
        ["ledger", "burn"],
        ["lists"],
        ["lists", "原话.xlsx", "服务.xlsx", "多余.xlsx"],
        ["import", "remarks", "原话.xlsx"],
        ["import", "remarks", "原话.xlsx", "--by"],
        ["import", "remarks", "原话.xlsx", "--by", "lifang", "--source", "dream"],
        ["import", "offers", "--by", "lifang"],
        ["import", "undo", "third", "--by", "lifang"],
        ["setup", "--programm", "2019", "--x"],
        ["worker", "--twice"],
        ["jobs", "all"],
        ["demo", "load", "--again"],
        ["demo", "accounts", "all"],
        ["account", "lifang"],
        ["account", "lifang", "--role", "king"],
        ["token", "lifang", "--days", "many"],
        ["ledger", "verify", "now"],
        ["ledger", "seal", "now"],
        ["engine", "cook"],
    ],
    ids=" ".join,
)
def test_wrong_words_give_exit_2_and_both_languages(shell, words):
    answer = shell(*words)
    assert answer.code == 2
    assert answer.out == ""
    assert speaks_both(answer.err), answer.err
    assert "--help" in answer.err


def test_a_group_alone_names_its_commands(shell):
    assert "import remarks、import offers、import undo" in shell("import").err


def test_every_complaint_of_the_parser_has_its_chinese():
    assert in_chinese("the following arguments are required: file, --by") == "还缺：file, --by"
    assert in_chinese("argument --days: invalid int value: 'x'") == "--days 要写整数，不能是 'x'"
    assert in_chinese("something unheard of") == "这条命令的参数没有写对"
    assert len(COMPLAINTS) == 5
