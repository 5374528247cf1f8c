"""Who, where and when of a figure, as far as the text gives them; what a sentence does not say goes on from before.

Places and actors are read from their endings (县 旗 镇 村 局 队 ...) without a list of names: whoever needs the
place's code resolves the words. Called by `read_figures`.
"""

import re
from dataclasses import dataclass, replace

from diancai.engine.figures.page import Page
from diancai.engine.figures.scan import Candidate

_WORD = "(?:(?![在到赴为由和与的于])[\u4e00-\u9fff])"
_LOW = rf"{_WORD}{{2,5}}?(?:嘎查|村|社区|分场)(?:[一二三四五六七八九十\d]{{1,2}}[组社])?"
_TOWN = rf"{_WORD}{{2,5}}?(?:苏木|镇|乡|街道|农场)"
_COUNTY = rf"{_WORD}{{2,5}}?(?:前旗|中旗|后旗|自治旗|旗|县|区)"
_PLACE = re.compile(
    rf"(?:(?<=[在到赴为由，。、；,是])|^)(?:{_COUNTY})?(?:{_TOWN}(?:{_LOW})?|(?<=[旗县区]){_LOW})|(?:(?<=[在到赴为由，。；,])|^){_COUNTY}"
)
_NO_PLACE = re.compile(
    r"各|建立|下乡|[这本此每]次|每名|^[上下]|全[县市旗区镇乡]|旗县|示范[区镇村]|服务区|地区|本[县旗镇村]|[苏木]*乡镇$|村镇|灌区|园区|牧区|农区|山区|城区|辖区|展示|深入|组织|开展|走进|[与和及的了]|自治区|社区居|两级|多个|个"
)
_ACTOR = re.compile(
    rf"^(?:{_WORD}|[“”、（）()]){{1,30}}?(?:局|委|委员会|部|企业|单位|部门|队|办公室|协会|联合会|商会|中心|站|院|公司|银行|合作社|支部|志愿者|文联|妇联|工会|学校|大学|联社|集团|县|旗|市|区|镇|乡|苏木)"
    r"(?=为|向|在|与|和|共|还|已|累计|捐|举|开|组|协|选|派|发|送|从|围|创|按|领|动|抽|给|投|联|通|现|今|针|深|坚|结|签|认|走|安|完|落|先|累|对|各|，|,|把|统|建|收|受|办)"
)
_LEAD_IN = re.compile(
    r"^(?:(?:目前|截至目前|近日|同时|此外|活动当天|活动现场|期间|现场|据了解|今年以来|去年以来|其中|另外)[，,]?){1,2}"
)
_CLOCK = re.compile(
    r"^(?:上午|下午|早上|中午|晚上|晚|早晨|清晨|凌晨|傍晚|夜间|当日)|^[\d一二三四五六七八九十两]{1,3}[点时:：]"
)
_FULL = re.compile(r"(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?")


@dataclass(frozen=True)
class Setting:
    """actor, place and date in the words of the text; a full date is written 2022-05-08."""

    actor: str | None = None
    place: str | None = None
    date: str | None = None


def read_settings(page: Page, figures: list[Candidate]) -> list[Setting]:
    """The setting of each figure, in order."""
    settings: list[Setting] = []
    current, at = Setting(), 0
    for figure in figures:
        end = page.clause_end(figure.end)
        for start in _sentences(page, at, figure.start):
            current = _update(page, current, start, end)
        at = max(at, figure.start)
        own = _own_actor(page, figure)
        settings.append(replace(current, actor=own) if own else current)
    return settings


def _own_actor(page: Page, figure: Candidate) -> str | None:
    """；农资公司赠送地膜30卷: behind a semicolon somebody else may act, for this part of the sentence only."""
    start = page.sentence_start(figure.start)
    told = page.folded[start : figure.start]
    part = max(told.rfind("；"), told.rfind(";"))
    return _actor(page, start + part + 1, figure.start) if part >= 0 else None


def _sentences(page: Page, at: int, until: int) -> list[int]:
    """Starts of the sentences between two places, the sentence of the second included; far ones are passed over."""
    starts: list[int] = []
    place = until
    while len(starts) < 3:
        start = page.sentence_start(place)
        starts.append(start)
        if start <= at or start == 0:
            break
        place = start - 1
    return starts[::-1]


def _update(page: Page, last: Setting, start: int, end: int) -> Setting:
    reach = min(end, page.sentence_end(start), start + 160)
    new_paragraph = start == 0 or page.folded[start - 1] == "\n"
    words = page.folded[start:reach].lstrip()
    start = max(start, reach - len(words))
    kept = Setting() if new_paragraph else last
    return Setting(
        actor=_actor(page, start, reach) or kept.actor,
        place=_place(words) or kept.place,
        date=_date(page, start, reach) or kept.date,
    )


def _place(words: str) -> str | None:
    found = [match.group() for match in _PLACE.finditer(words) if not _NO_PLACE.search(match.group())]
    return max(found, key=len) if found else None


def _actor(page: Page, start: int, end: int) -> str | None:
    words = page.folded[start:end]
    first = page.dates_in(start, start + 6)[:1]
    if first:
        words = page.folded[first[0][1] : end].lstrip("，, ")
    found = _ACTOR.match(_LEAD_IN.sub("", words.lstrip("“")))
    return found.group() if found and not found.group().startswith(("全", "各", "本", "这", "此", "每", "该")) else None


def _date(page: Page, start: int, end: int) -> str | None:
    """The first date of the sentence; a year is needed to write it in figures, else it stays as told."""
    told = [page.folded[one:two] for one, two in page.dates_in(start, end)]
    return next((_written(words) for words in told if not _CLOCK.search(words)), None)


def _written(told: str) -> str:
    match = _FULL.fullmatch(told)
    if match is None:
        return told
    return "-".join(part.zfill(2) for part in match.groups() if part)
