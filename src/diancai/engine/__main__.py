"""The engine alone, from the shell: `python -m diancai.engine COMMAND …`; `--help` names the commands."""

import sys

from diancai.engine.command.run import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
