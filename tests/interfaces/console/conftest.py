"""What the tests of the console share."""

import pytest
from shell import Shell, shell_of


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """Run a command, see `shell.py`."""
    return shell_of(capsys)
