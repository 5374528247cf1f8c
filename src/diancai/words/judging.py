"""What the resident says afterwards: reached, solved, satisfied are different facts."""

from diancai.words.word import Word


class Verdict(Word):
    """What the last follow-up of an order found; written by the stage that asks the residents."""

    SATISFIED = "satisfied", "群众满意", "satisfied"
    DISSATISFIED = "dissatisfied", "群众不满意", "dissatisfied"
    NOT_SOLVED = "not_solved", "群众说没解决", "not solved"


class Solved(Word):
    """What a resident says of what was done; never added to what departments say."""

    YES = "yes", "解决了", "solved", "ᠰᠢᠢᠳᠪᠦᠷᠢᠯᠡᠭᠳᠡᠭᠰᠡᠨ"
    PARTLY = "partly", "解决了一部分", "partly solved", "ᠵᠠᠷᠢᠮ ᠨᠢ ᠰᠢᠢᠳᠪᠦᠷᠢᠯᠡᠭᠳᠡᠭᠰᠡᠨ"
    NO = "no", "没有解决", "not solved", "ᠰᠢᠢᠳᠪᠦᠷᠢᠯᠡᠭᠳᠡᠭᠡ ᠦᠭᠡᠢ"


class Satisfaction(Word):
    """How a resident rates it, in five grades; 基本满意 stands apart, because rates weigh it differently."""

    VERY = "very", "非常满意", "very satisfied", "ᠮᠠᠰᠢ ᠰᠡᠳᠬᠢᠯ ᠬᠠᠨᠤᠮᠵᠢᠲᠠᠢ"
    SATISFIED = "satisfied", "满意", "satisfied", "ᠰᠡᠳᠬᠢᠯ ᠬᠠᠨᠤᠮᠵᠢᠲᠠᠢ"
    BASICALLY = "basically", "基本满意", "basically satisfied", "ᠦᠨᠳᠦᠰᠦᠨ ᠳᠡᠭᠡᠨ ᠰᠡᠳᠬᠢᠯ ᠬᠠᠨᠤᠮᠵᠢᠲᠠᠢ"
    DISSATISFIED = "dissatisfied", "不满意", "dissatisfied", "ᠰᠡᠳᠬᠢᠯ ᠬᠠᠨᠤᠮᠵᠢ ᠦᠭᠡᠢ"
    VERY_DISSATISFIED = "very_dissatisfied", "非常不满意", "very dissatisfied", "ᠮᠠᠰᠢ ᠰᠡᠳᠬᠢᠯ ᠬᠠᠨᠤᠮᠵᠢ ᠦᠭᠡᠢ"


class AnswerWay(Word):
    """How an answer came in; a try is by phone or visit only."""

    PHONE = "phone", "电话", "by phone"
    VISIT = "visit", "上门", "by visit"
    SLIP = "slip", "群众扫码或按编号评价", "by the resident's slip"


class TryFate(Word):
    """Why a try to reach a resident was in vain."""

    NO_ANSWER = "no_answer", "没人接", "no answer"
    SWITCHED_OFF = "switched_off", "关机、停机", "switched off"
    WRONG_NUMBER = "wrong_number", "号码不对", "wrong number"
    AWAY = "away", "不在家", "away"
    LATER = "later", "请改日再问", "asked to be called later"


class FollowUpState(Word):
    """How a follow-up stands; what the resident answered is another thing."""

    WAITING = "waiting", "待回访", "waits"
    REACHED = "reached", "已回访", "reached"
    NOT_REACHED = "not_reached", "三次未联系上", "not reached after three tries"
    ENDED = "ended", "不再回访", "ended"
