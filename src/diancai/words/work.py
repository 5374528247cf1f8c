"""Rows, batches, jobs and notices."""

from diancai.words.word import Word


class RowFate(Word):
    """What happened, or would happen, to one row of an imported sheet."""

    NEW = "new", "新增", "new"
    ALREADY_HERE = "already_here", "已有", "already here"
    REVIVED = "revived", "恢复", "revived"
    NEEDS_MENDING = "needs_mending", "待修正", "needs mending"
    SKIPPED = "skipped", "未导入", "left out"


class BatchState(Word):
    """The life of an import."""

    DRY_RUN = "dry_run", "试导入", "dry run"
    COMMITTED = "committed", "已导入", "committed"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


class JobState(Word):
    """The life of a background job."""

    WAITING = "waiting", "排队中", "waiting"
    RUNNING = "running", "进行中", "running"
    DONE = "done", "已完成", "done"
    FAILED = "failed", "失败", "failed"


class NoticeKind(Word):
    """What a notice tells an office or a department; residents are told by a person, never by a notice."""

    DISPATCHED = "dispatched", "新派单", "new order"
    RETURNED = "returned", "退回", "returned"
    ESCALATED = "escalated", "提请上级", "escalated"
    WARNING = "warning", "即将到期", "due soon"
    OVERDUE = "overdue", "逾期", "overdue"
    URGED = "urged", "催办督办", "reminder"
    EXTENSION = "extension", "延期", "extension"
    TELL_RESIDENT = "tell_resident", "告知群众", "tell the resident"
    COMPLETED = "completed", "办结", "completed"
    REDO = "redo", "重办", "redo"
    PROBLEM = "problem", "问题工单", "problem order"
    DEPUTY = "deputy", "代管岗位", "deputising"


class Channel(Word):
    """The ways by which a notice reaches somebody outside the inbox."""

    MAIL = "mail", "电子邮件", "e-mail"
    SMS = "sms", "短信", "text message"
    WECOM = "wecom", "企业微信", "WeCom"
    WECHAT = "wechat", "微信公众号", "WeChat"


class SendingFate(Word):
    """What became of a sending."""

    QUEUED = "queued", "待发", "queued"
    SENT = "sent", "已发出", "sent"
    DELIVERED = "delivered", "已送达", "delivered"
    NOT_TAKEN = "not_taken", "对方拒收", "not taken"
    GIVEN_UP = "given_up", "多次未发出", "given up"
    SPARED = "spared", "已先看过", "read first"
