"""Every command, in the order of the help screen."""

from diancai.interfaces.console.command import Command
from diancai.interfaces.console.commands import clocks, engine, ground, importing, ledger, lists, people, story, work

COMMANDS: tuple[Command, ...] = (
    lists.LISTS,
    *importing.COMMANDS,
    *story.COMMANDS,
    *ground.COMMANDS,
    *work.COMMANDS,
    *clocks.COMMANDS,
    *people.COMMANDS,
    *ledger.COMMANDS,
    engine.ENGINE,
)
