"""Every source file says what belongs in it, stays short, and stands behind the walls of .importlinter."""

import ast
import configparser
import re
import sys
from pathlib import Path

import pytest

from repository.house import TOP, named, project_files, python_files, run

LONGEST_FILE = 400
VAGUE = re.compile(r"(^|_)(helpers?|utils?|managers?|data|info|misc|common)(_|$)")


@pytest.mark.parametrize("folder", ["src", "scripts", "tests"])
def test_every_file_says_in_a_module_docstring_what_belongs_in_it(folder):
    silent = []
    for path in python_files(folder):
        text = path.read_text(encoding="utf-8")
        docstring = ast.get_docstring(ast.parse(text)) or ""
        if text.strip() and len(docstring.split()) < 2:
            silent.append(named(path))
    assert silent == []


@pytest.mark.parametrize("folder", ["src", "scripts"])
def test_no_file_is_longer_than_one_can_keep_in_mind(folder):
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(folder)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_file_or_folder_has_a_vague_name():
    names = {part for path in python_files("src") for part in path.relative_to(TOP / "src").with_suffix("").parts}
    assert [name for name in sorted(names) if VAGUE.search(name)] == []


def test_functions_are_short():
    """Measured in good projects: the median below ten lines, nine in ten below thirty-five."""
    lengths = sorted(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in python_files("src")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert lengths[len(lengths) // 2] < 12
    assert lengths[len(lengths) * 9 // 10] <= 35


def test_the_walls_between_rooms_hold():
    answer = run(str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "0 broken" in answer.stdout


def test_every_wall_is_checked_and_says_why():
    walls = configparser.ConfigParser()
    walls.read(TOP / ".importlinter", encoding="utf-8")
    sections = [section for section in walls.sections() if section.startswith("importlinter:contract:")]
    assert {section.rsplit(":", 1)[1] for section in sections} >= {
        "floors",
        "flow",
        "pure",
        "rules",
        "door",
        "interfaces",
    }
    for section in sections:
        assert len(walls[section].get("broken_contract_guidance", "").split()) > 8, section


def test_every_stage_on_disk_has_its_place_in_the_flow():
    walls = configparser.ConfigParser()
    walls.read(TOP / ".importlinter", encoding="utf-8")
    layers = set(re.findall(r"\w+", walls["importlinter:contract:flow"]["layers"]))
    stages = {path.relative_to(TOP / "src/diancai/stages").parts[0] for path in python_files("src/diancai/stages")}
    assert stages - {"__init__.py"} <= layers


def test_no_other_source_is_pasted_in():
    """Foreign front-end code comes from npm when the assets are built; a minified file in the tree would be a copy."""
    scripts = [path for path in project_files() if path.suffix in {".js", ".css"}]
    for path in scripts:
        longest = max(map(len, path.read_text(encoding="utf-8").splitlines() or [""]))
        assert longest < 400, f"{named(path)} looks minified"
