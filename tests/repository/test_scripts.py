"""The few scripts that stay the same for ever: there, executable, short, and clear when they cannot go on."""

import os
import re
import shutil
import socket
import stat

import pytest
from serve import refuse_taken_port

from repository.house import SCRIPTS, TOP, run

TOOLS = ("sh", "dirname", "cat", "id", "cksum", "tr", "find", "sort")


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_script_is_executable_and_short(name):
    script = TOP / "scripts" / name
    assert script.stat().st_mode & stat.S_IXUSR, f"chmod +x scripts/{name}"
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("#!")
    assert lines[1].startswith(("#", '"""')), "the second line says what the script is for"
    assert len(lines) <= 60


@pytest.mark.parametrize("name", SCRIPTS)
def test_shell_scripts_are_free_of_syntax_errors_and_of_bash(name):
    script = TOP / "scripts" / name
    if script.read_text(encoding="utf-8").startswith("#!/bin/sh"):
        answer = run("sh", "-n", str(script))
        assert answer.returncode == 0, answer.stderr


def test_continuous_integration_calls_the_tests_and_nothing_else():
    lines = (TOP / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == ['exec "$(dirname "$0")/../scripts/test"']


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_readme_opens_with_the_two_commands_in_their_order(readme):
    text = (TOP / readme).read_text(encoding="utf-8")
    commands = re.findall(r"^scripts/\w+", text, re.MULTILINE)
    assert commands[:2] == ["scripts/run", "scripts/test"]
    assert text.index("scripts/run") < 1500, "they stand at the top"


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md", "CONTRIBUTING.md", "docs/first-hour.md"])
def test_documents_name_only_scripts_and_files_that_exist(readme):
    text = (TOP / readme).read_text(encoding="utf-8")
    for name in re.findall(r"\bscripts/(\w+)", text):
        assert (TOP / "scripts" / name).exists(), name
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert (TOP / readme).parent.joinpath(target).exists(), target


@pytest.fixture
def bare_machine(tmp_path):
    """A copy of the scripts and a PATH with nothing but the tools that every machine has."""
    shutil.copytree(TOP / "scripts", tmp_path / "scripts")
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in TOOLS:
        if found := shutil.which(tool):
            (tools / tool).symlink_to(found)

    def in_it(*command):
        return run(*command, cwd=tmp_path, env={"PATH": str(tools), "HOME": str(tmp_path)})

    return in_it, tools


def put(tools, name, text):
    (tools / name).write_text(f"#!/bin/sh\n{text}\n")
    (tools / name).chmod(0o755)


def test_an_old_python_is_named_and_nothing_is_made(bare_machine, tmp_path):
    in_it, tools = bare_machine
    put(tools, "python3", 'case "$1" in --version) echo "Python 3.9.2" ;; *) exit 1 ;; esac')
    answer = in_it("scripts/install")
    assert answer.returncode == 1
    assert "需要 Python 3.11" in answer.stderr
    assert "Python 3.11 or newer is needed; this machine has: Python 3.9.2" in answer.stderr
    assert not (tmp_path / ".venv").exists()


def test_no_python_at_all_is_the_same_clear_refusal(bare_machine):
    in_it, _ = bare_machine
    answer = in_it("scripts/run")
    assert answer.returncode == 1
    assert "Python 3.11 or newer is needed" in answer.stderr


def test_a_python_without_venv_leads_to_the_exact_command_when_not_root(bare_machine):
    in_it, tools = bare_machine
    (tools / "id").unlink(missing_ok=True)
    put(tools, "id", "echo 1000")
    put(tools, "python3", 'case "$2" in *ensurepip*) exit 1 ;; *print*) echo python3.11-venv ;; esac')
    answer = in_it("scripts/install")
    assert answer.returncode == 1
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends python3.11-venv" in answer.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_is_named(bare_machine, tmp_path):
    in_it, _ = bare_machine
    tmp_path.chmod(0o555)
    answer = in_it("scripts/install")
    tmp_path.chmod(0o755)
    assert "cannot be written to" in answer.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_data_that_cannot_be_written_to_are_named_before_anything_is_installed(bare_machine, tmp_path):
    in_it, tools = bare_machine
    put(tools, "python3", "exit 0")
    data = tmp_path / "var"
    data.mkdir(mode=0o555)
    answer = in_it("scripts/run")
    assert answer.returncode == 1
    assert f"This cannot be written to: {data}" in answer.stderr


def test_a_data_folder_is_named_from_where_the_person_stands(bare_machine, tmp_path):
    _, tools = bare_machine
    (tmp_path / "home").mkdir()
    (tmp_path / "scripts" / "try").write_text(
        '. "$(dirname "$0")/parts/common.sh"\necho "$DATA"; sh -c \'echo "$DIANCAI_DATA"\'\n'
    )
    for named, meant in (("mine", tmp_path / "home" / "mine"), ("/srv/x", "/srv/x"), ("", tmp_path / "var")):
        environment = {"PATH": str(tools), "DIANCAI_DATA": named}
        answer = run("sh", "../scripts/try", cwd=tmp_path / "home", env=environment)
        assert answer.stdout.split() == [str(meant)] * 2, answer.stderr


@pytest.mark.parametrize("words", [("--prot", "8001"), ("--port",), ("--empty", "--host")])
def test_a_wrong_option_is_answered_with_the_right_ones(bare_machine, words):
    in_it, _ = bare_machine
    answer = in_it("scripts/run", *words)
    assert answer.returncode == 1
    assert answer.stderr.startswith("scripts/run [--port 8000]")


def test_a_taken_port_is_refused_with_another_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as refusal:
            refuse_taken_port("127.0.0.1", port)
    assert f"端口 {port} 不能使用" in str(refusal.value)
    assert f"scripts/run --port {port + 1}" in str(refusal.value) or port == 65535


def test_a_free_port_is_not_refused():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    refuse_taken_port("127.0.0.1", port)


def test_a_fresh_stamp_is_recognised_and_a_changed_file_is_not(bare_machine, tmp_path):
    """The whole of "a second start changes nothing" hangs on three functions of common.sh."""
    in_it, tools = bare_machine
    (tools / "mkdir").symlink_to(shutil.which("mkdir"))
    script = tmp_path / "scripts" / "try"
    script.write_text(
        '#!/bin/sh\n. "$(dirname "$0")/parts/common.sh"\nnow=$(fingerprint folder)\n'
        'if is_fresh x "$now"; then echo same; else echo new; stamp x "$now"; fi\n'
    )
    script.chmod(0o755)
    inner = tmp_path / "folder" / "inner"
    inner.mkdir(parents=True)
    changes = (
        lambda: (inner / "a").write_text("one"),
        lambda: (inner / "a").write_text("two"),
        lambda: (inner / "a").rename(inner / "b"),
        (inner / "c").touch,
    )
    for change in changes:
        change()
        assert [in_it("scripts/try").stdout.strip() for _ in range(2)] == ["new", "same"]
