"""In what form a service is wanted: works on the spot, an expert in the greenhouse, a talk, a clinic day.

The words of the part decide within the topic's strand; where they say nothing the topic's usual form is proposed, or
none. Called by `digester`.
"""

from diancai.engine.digest.content import sub_place_word
from diancai.engine.digest.parts import Part
from diancai.engine.digest.topics import Topic
from diancai.engine.lexicon.shelf import open_list
from diancai.words import Kind, Route, Strand

WORKS = "工程"


def _holds(when: str, part: Part, text: str) -> bool:
    if when.startswith("@"):
        groups = [group.lstrip("@").split() for group in when.split("&")]
        return all(any(word in text for word in group) for group in groups)
    return part.has(when)


def _by_cue(part: Part, strand: Strand | None, text: str) -> str | None:
    for rule in open_list("forms")["by_cue"]:
        if strand is not None and rule["strand"] == strand.value and _holds(rule["when"], part, text):
            return str(rule["form"]).format(unit=sub_place_word(text))
    return None


def _by_strand(strand: Strand | None) -> str | None:
    """What a strand is usually given as, when neither words nor topic tell."""
    return next(
        (str(r["form"]) for r in open_list("forms")["by_cue"] if strand and r["strand"] == strand and r["when"] == "*"),
        None,
    )


def _for_one(part: Part, usual: str | None) -> str:
    """A person's own affair is looked up, or done for him."""
    if "上门" in part.text:
        return "上门帮办、代办"
    return usual or ("查询答复" if part.has("query_money") else "代办、答复")


def _by_topic(topic: Topic | None) -> str | None:
    if topic is None:
        return None
    forms: dict[str, str] = open_list("forms")["by_topic"]
    return forms.get(topic.label) or forms.get(topic.level1)


def find_form(part: Part, topic: Topic | None, *, route: Route, kind: Kind) -> str | None:
    """The form to write on the list, or None when neither words nor topic tell it."""
    text = part.text
    if kind is Kind.ENQUIRY:
        return "政策解答" if route is Route.CASE or (topic and topic.strand is Strand.POLICY) else "答复"
    usual = _by_topic(topic)
    if usual == "查询":
        return "查询、代办更正账户" if "卡" in text and "换" in text else "查询答复"
    if usual and WORKS in usual and part.has("answer"):
        return f"{usual.split('（')[0]}（先答复可行性）"
    if route is Route.CASE:
        return _for_one(part, usual)
    by_cue = _by_cue(part, topic.strand if topic else None, text)
    if by_cue is None and part.has("explain"):
        by_cue = f"集中培训（到{sub_place_word(text)}讲解）"
    return by_cue or usual or _by_strand(topic.strand if topic else None)


def is_works(form: str | None) -> bool:
    """Whether the form is building work, which has a latest day but no earliest one."""
    return form is not None and WORKS in form
