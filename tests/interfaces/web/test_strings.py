"""Chinese first and complete English: no string of the pages is left without its translation."""

import gettext
import re
from pathlib import Path

from diancai.interfaces import web
from diancai.interfaces.web.wording import ACT_WORDS, JOB_WORDS

ROOM = Path(web.__file__).parent
COMPILED = ROOM / "locale" / "en" / "LC_MESSAGES" / "django.mo"
IN_TEMPLATES = re.compile(r"""{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
IN_BLOCKS = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
IN_CODE = re.compile(r"""(?:\b_|\bgettext_lazy)\(\s*\(?\s*"([^"]+)"\)?""")
EVENTS = re.compile(
    r"""\"((?:remark|need|proposal|demand|offer|offer_batch|supply_list|match|order|batch|account|post|token|station|team)\.[a-z_]+)\""""
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _strings() -> set[str]:
    found: set[str] = set()
    for path in ROOM.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        found |= {a or b for a, b in IN_TEMPLATES.findall(text)}
        found |= {re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", block) for block in IN_BLOCKS.findall(text)}
    for path in ROOM.rglob("*.py"):
        found |= set(IN_CODE.findall(path.read_text(encoding="utf-8")))
    return found


def test_strings_are_found_at_all() -> None:
    assert {"待办", "民情记录", "已审定。", "重提 %(n)s 次"} <= _strings()


def test_every_string_has_its_english() -> None:
    with COMPILED.open("rb") as file:
        english = gettext.GNUTranslations(file)
    missing = sorted(text for text in _strings() if english.gettext(text) == text and CHINESE.search(text))
    assert missing == []


def test_english_texts_hold_no_chinese_but_marks() -> None:
    with COMPILED.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    odd = [told for key, told in catalogue.items() if key and CHINESE.search(str(told))]
    assert odd in ([], [text for text in odd if "（内容）" in text or "(内容)" in text])


def test_placeholders_survive_translation() -> None:
    with COMPILED.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    holes = re.compile(r"%\(\w+\)s")
    assert [key for key, told in catalogue.items() if key and set(holes.findall(key)) != set(holes.findall(told))] == []


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    source = COMPILED.with_suffix(".po").read_text(encoding="utf-8")
    with COMPILED.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    pairs = re.findall(r'^\n?(?<!msgctxt "menu"\n)msgid "(.+)"\nmsgstr "(.*)"$', source, re.MULTILINE)
    plain = {key.replace('\\"', '"'): told.replace('\\"', '"') for key, told in pairs}
    assert {key: catalogue.get(key) for key in plain} == plain


def test_every_event_and_job_has_its_word() -> None:
    rooms = [ROOM.parent.parent / "stages", ROOM.parent.parent / "ground"]
    written = {kind for room in rooms for path in room.rglob("*.py") for kind in EVENTS.findall(path.read_text())}
    assert "order.accepted" in written
    assert sorted(written - ACT_WORDS.keys() - JOB_WORDS.keys()) == []
