"""All addresses of the pages, read from the address list itself."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse

NOBODY = {True: 987654, False: "nobody"}


def patterns(within: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every pattern of the project, however deep it is included; the machine interface guards itself."""
    for each in (within or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            if str(each.pattern) != "api/":
                yield from patterns(each)
        else:
            yield each


def is_ours(pattern: URLPattern) -> bool:
    """Whether the view stands in the web room."""
    return pattern.callback.__module__.startswith("diancai.interfaces.web") or hasattr(pattern.callback, "door")


def sample_address(pattern: URLPattern) -> str:
    """An address of the pattern with ids that nobody has."""
    kinds = {name: type(each).__name__ for name, each in pattern.pattern.converters.items()}
    return reverse(pattern.name, kwargs={name: NOBODY["Int" in kind] for name, kind in kinds.items()})
