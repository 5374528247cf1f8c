"""What the tests of the console share."""

import pytest
from interfaces.console.door import Shell, shell_of


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """Run a command, see `door.py`."""
    return shell_of(capsys)
