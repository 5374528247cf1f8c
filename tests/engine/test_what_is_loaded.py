"""Importing the engine and masking a remark load nothing heavy: the web processes stay small and quick."""

import subprocess
import sys

import pytest

HEAVY = ("numpy", "scipy", "sklearn", "rjieba")


def _loaded_after(code: str) -> set[str]:
    """Which heavy packages a fresh process has loaded after running `code`."""
    told = f"{code}\nimport sys\nprint(' '.join(name for name in {HEAVY!r} if name in sys.modules))"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60)
    return set(run.stdout.split())


@pytest.mark.parametrize("room", ["said.masking", "digest", "classify", "dedupe", "match", "figures", "tokens"])
def test_importing_a_room_loads_nothing_heavy(room: str) -> None:
    assert _loaded_after(f"import diancai.engine.{room}") == set()


def test_masking_a_remark_loads_nothing_heavy() -> None:
    code = (
        "from diancai.engine.said.masking import mask\n"
        "assert '13800138000' not in mask('我叫张三，电话13800138000').shown"
    )
    assert _loaded_after(code) == set()


def test_digesting_and_matching_need_no_numbers_package() -> None:
    code = (
        "from diancai.engine.digest import Digester, Remark\n"
        "from diancai.engine.match import Matcher, Need, Offer\n"
        "assert Digester().digest(Remark('1', '渠堵了，请来清一清')).wants\n"
        "assert Matcher([Offer('a', '渠道清淤')]).best(Need('n', '渠道清淤'))"
    )
    assert _loaded_after(code) <= {"rjieba"}


def test_what_is_loaded_later_is_still_there() -> None:
    from diancai.engine import classify, dedupe, match

    assert callable(dedupe.group) and callable(classify.learn) and callable(match.Ranking)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = dedupe.nothing  # type: ignore[attr-defined]
