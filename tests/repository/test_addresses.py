"""No file names a package registry or a path of one machine, and what is installed is what was locked."""

import json
import re

import pytest
from addresses import REGISTRY_HOSTS, all_faults, clean, faults

from repository.house import TOP


def test_no_file_names_a_registry_or_a_machine_path():
    assert all_faults(TOP) == []


@pytest.mark.parametrize("host", REGISTRY_HOSTS)
def test_a_registry_host_is_found_wherever_it_stands(host):
    assert faults("docs/a.md", f"one\nsee https://files.{host}/simple") == [f"docs/a.md:2: registry host {host}"]


@pytest.mark.parametrize("folder", ["work", "root", "home/li", "Users/li"])
def test_a_path_of_one_machine_is_found(folder):
    assert len(faults("src/a.py", f'open("/{folder}/main/file.txt")')) == 1


@pytest.mark.parametrize(
    "line", ["GET /api/work/orders/", "~/work/main", "https://example.org/root/", "under /workers/"]
)
def test_addresses_of_pages_are_no_machine_paths(line):
    assert faults("src/a.py", line) == []


def test_any_address_in_a_lock_file_is_a_fault():
    assert faults("requirements/run.txt", "--index-url https://example.org/simple")
    assert faults("package-lock.json", '"resolved": "file:///srv/x.tgz"')
    assert not faults("docs/a.md", "https://example.org/simple")


def test_cleaning_a_lock_takes_the_sponsors_out_and_nothing_else(tmp_path):
    lock = tmp_path / "package-lock.json"
    lock.write_text(json.dumps({"packages": {"a": {"version": "1", "funding": {"url": "x"}, "integrity": "sha512-y"}}}))
    clean(lock)
    assert json.loads(lock.read_text()) == {"packages": {"a": {"version": "1", "integrity": "sha512-y"}}}


@pytest.mark.parametrize("name", ["run", "plain", "dev"])
def test_every_locked_package_has_one_version_and_hashes(name):
    text = (TOP / "requirements" / f"{name}.txt").read_text()
    entries = re.split(r"\n(?=\S)", text.strip().replace("\\\n", ""))
    assert len(entries) > 30
    for entry in entries:
        assert re.match(r"[a-z0-9-]+(\[[a-z,]+\])?==[\w.]+ ", entry), entry.split()[0]
        assert "--hash=sha256:" in entry, entry.split()[0]


def locked_versions(name: str) -> set[str]:
    return set(re.findall(r"^[a-z0-9-]+==[^\s]+", (TOP / "requirements" / f"{name}.txt").read_text(), re.MULTILINE))


def test_running_and_testing_use_the_same_versions():
    assert locked_versions("plain") < locked_versions("run") < locked_versions("dev")


def test_every_npm_package_is_locked_by_its_digest():
    packages = json.loads((TOP / "package-lock.json").read_text())["packages"]
    locked = {name: package for name, package in packages.items() if name}
    assert len(locked) > 4
    for name, package in locked.items():
        assert package.get("integrity", "").startswith("sha512-"), name
        assert "resolved" not in package, name
