"""`diancai setup`: everything a new data folder needs before people come in."""

import argparse

from diancai.interfaces.console.command import Command


def _setup(given: argparse.Namespace) -> int:
    from django.core.management import call_command

    from diancai.ground.place.actions import load_departments, load_stations, load_tree
    from diancai.ground.programme.actions import load_programme

    call_command("migrate", interactive=False, verbosity=0)
    places, departments = load_tree(), load_departments()
    stations = load_stations()
    load_programme(given.programme)
    print(f"places {places}, departments {departments}, stations {stations}, programme {given.programme}")
    return 0


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--programme", default="2019", help="name of a file in config/programmes")


COMMANDS = (
    Command(
        "setup",
        "建库，装入区划、部门、联络站和行动；可重复执行",
        "lay the ground, safe to repeat",
        "diancai setup --programme 2019",
        _setup,
        _arguments,
    ),
)
