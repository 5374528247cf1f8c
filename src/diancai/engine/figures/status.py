"""Whether a figure is a result (done), something planned (plan) or a standing fact (standing).

The words between the figure before and this one decide; where they are silent the mood of the sentence goes on. A
target said as a noun (占年度计划120场) is a plan by itself and does not go on. Called by `read_figures`.
"""

import json
import re
from functools import cache
from importlib.resources import files

from diancai.engine.figures.page import Page
from diancai.engine.figures.phrases import actions
from diancai.engine.figures.scan import Candidate

DONE, PLAN, STANDING = "done", "plan", "standing"
_TARGET = re.compile(r"(?<!列入)(?<!纳入)(?:计划|目标|任务|指标)(?:数|量|值)?(?:为|是|总投资|投资)?$")
_TARGET_NOUN = re.compile(r"(?:年度|全年|年初|既定)计划|计划的|计划数|规划的")
_LISTED = re.compile(r"(?:列入|纳入)[^，。；]{0,12}计划$")
_WHOLE_PLACE = re.compile(r"全[县市旗区州镇乡村省场](?:共|共有|有|现有|辖)?$")
_OWNED = re.compile(r"(?:全[县市旗区州镇乡村省场]|辖区|境内|目前)(?:共|现)?有[^，。；]{0,16}$")
_BODIES = re.compile(r"^(?:苏木|乡镇|镇|乡|村|嘎查|行政村|自然村|社区|旗县|县|农场|分场|街道|林场|小组)")

_SHORT_ACTION = re.compile(r"[，、；。,;][设建发投办派送修装演讲][^，]{0,8}$")


@cache
def _words(mood: str) -> tuple[str, ...]:
    raw = json.loads(files(__package__).joinpath("moods.json").read_text(encoding="utf-8"))
    return tuple(raw[mood].split())


def read_status(page: Page, figures: list[Candidate]) -> list[str]:
    """The status of each figure, in order."""
    statuses: list[str] = []
    mood = ""
    for index, figure in enumerate(figures):
        start = page.sentence_start(figure.start)
        since = max(start, figures[index - 1].end if index else 0)
        fresh = index == 0 or figures[index - 1].start < start or _breaks(page.folded[since : figure.start])
        status, lasting = _judge(page, figure, since, "" if fresh else mood)
        if index and page.folded[figures[index - 1].end : figure.start] in ("", "、", "和", "与", "及", "至"):
            status = statuses[-1]  # Members of a list share their mood.
        statuses.append(status)
        bracketed = page.folded[page.clause_start(figure.start) - 1 : page.clause_start(figure.start)] == "（"
        if lasting and not bracketed:
            mood = status
    return statuses


def _breaks(bridge: str) -> bool:
    return "；" in bridge or ";" in bridge


def _judge(page: Page, figure: Candidate, since: int, mood: str) -> tuple[str, bool]:
    """The status of one figure, and whether it sets the mood of what follows."""
    words = page.folded[max(since, figure.start - 60) : figure.start]
    clause = page.before(figure.start)[-len(words) :] if words else ""
    if _TARGET.search(clause):
        return PLAN, False
    words, clause = _TARGET_NOUN.sub("", words), _TARGET_NOUN.sub("", clause)
    if _LISTED.search(clause):
        return DONE, False
    if _says_plan_after(page, figure):
        return PLAN, mood == PLAN
    found = _last_word(clause) or _standing(page, figure, clause) or _last_word(words)
    if found:
        return found, True
    if mood == STANDING:
        return (DONE if _acts(words) else STANDING), True
    return mood or DONE, True


def _last_word(text: str) -> str:
    """The mood of the last deciding word of `text`; of two that end together the longer one speaks."""
    best = (-1, 0, "")
    for mood in (DONE, PLAN):
        for word in _words(mood):
            found = text.rfind(word)
            if found >= 0:
                best = max(best, (found + len(word), len(word), mood))
    return best[2]


def _standing(page: Page, figure: Candidate, clause: str) -> str:
    """A stock or a fixed fact: 辖18个县, 占地60平方米, 户均三十头; a doing beside it makes it a result."""
    after = page.after(figure.end)
    if any(word in clause for word in _words("standing_strong")) or after.startswith(_words("standing_after")):
        return STANDING
    if _OWNED.search(clause):
        return STANDING
    if _WHOLE_PLACE.search(clause) and _BODIES.match(after):
        return STANDING
    if _acts(clause):
        return ""
    fixed = any(word in clause for word in _words("standing")) or figure.kind == "area"
    return STANDING if fixed else ""


def _acts(words: str) -> bool:
    return bool(_SHORT_ACTION.search(words)) or any(action in words for action in actions() if len(action) > 1)


def _says_plan_after(page: Page, figure: Candidate) -> bool:
    after = page.folded[figure.end : page.clause_end(figure.end)][:14]
    return after.startswith(_words("plan_start")) or any(word in after for word in _words("plan_after"))
