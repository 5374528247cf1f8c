"""What a process carries: the web processes stay light, the engine stays free of Django."""

import sys

from repository.house import TOP, run

HEAVY = ("scipy", "sklearn")


def loaded_after(statements: str, *packages: str) -> list[str]:
    """The packages among `packages` that a new Python has imported after `statements`."""
    question = f"import sys\n{statements}\nprint(*[name for name in {packages!r} if name in sys.modules])"
    answer = run(sys.executable, "-c", question, cwd=TOP / "src")
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.split()


def test_a_web_process_with_all_its_pages_imports_neither_scipy_nor_scikit_learn():
    pages = "import diancai.project.wsgi\nfrom django.urls import get_resolver\nget_resolver().url_patterns"
    assert loaded_after(pages, *HEAVY) == []


def test_the_engine_and_the_formats_import_no_django_and_no_database():
    whole = (
        "import importlib, pkgutil\nimport diancai.engine, diancai.formats\n"
        "for package in (diancai.engine, diancai.formats):\n"
        "    for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "        module.name.endswith('__main__') or importlib.import_module(module.name)"
    )
    assert loaded_after(whole, "django", "psycopg", "sqlite3") == []


def test_the_words_need_the_standard_library_only():
    question = (
        "import sys; before = set(sys.modules)\nimport diancai.words\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names\nprint(*new)"
    )
    assert run(sys.executable, "-c", question, cwd=TOP / "src").stdout.split() == ["diancai"]
