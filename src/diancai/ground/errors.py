"""What a refusal is. Each stage has its catalogue in `errors.py`; pages, interface and command print the same texts.

```
Refusal
├── NotAllowed           who asks may not do this here (403)
├── NotFound             the record does not exist, or not for you (404)
├── NotNow               the record's state forbids the act (409)
└── NotValid             what was given cannot be taken (422)
```
"""

from typing import ClassVar


class Refusal(Exception):
    """A refusal with its code, its parameters and its text in Chinese and English."""

    code: ClassVar[str] = "refused"
    zh: ClassVar[str] = "没有办成。"
    en: ClassVar[str] = "This was not done."
    status: ClassVar[int] = 400

    def __init__(self, **parameters: object) -> None:
        self.parameters = parameters
        super().__init__(self.text("zh"))

    def text(self, language: str) -> str:
        """The sentence to show, in "zh" or "en": what happened, why, what to do."""
        template = self.en if language.startswith("en") else self.zh
        return template.format(**self.parameters)


class NotAllowed(Refusal):
    code = "not_allowed"
    zh = "您的岗位不能在这里办这件事。需要时请联系本级领导小组办公室。"
    en = "Your post does not allow this here. Ask the programme office of your level if you need it."
    status = 403


class NotFound(Refusal):
    code = "not_found"
    zh = "没有找到这条记录，或者您无权查看。"
    en = "There is no such record, or you may not see it."
    status = 404


class NotNow(Refusal):
    code = "not_now"
    zh = "当前状态不能这样办。请刷新页面看最新进展。"
    en = "The record's state does not allow this now. Reload to see where it stands."
    status = 409


class NotValid(Refusal):
    code = "not_valid"
    zh = "填写的内容有误：{what}。"
    en = "What was given cannot be taken: {what}."
    status = 422


class Missing(NotValid):
    """A compulsory value was left out."""

    code = "missing"
    zh = "请填写“{field_zh}”。"
    en = "Please fill in “{field_en}”."
