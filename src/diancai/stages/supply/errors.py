"""Refusals of supply.

```
Refusal
├── NotFound
│   └── BatchNotFound          no such import, or not yours
├── NotValid
│   ├── MustMissing            one of the four musts is empty
│   ├── TooVague               常态化开展 without quantity or time
│   ├── TooLong                more characters than the column holds
│   ├── CapacityIncomplete     a number without unit or period, or the other way round
│   ├── DatesReversed          the last day before the first
│   ├── AssuredHalf            confirmed on without by, or by without on
│   ├── UnknownWord            a strand or language outside the list
│   ├── UnknownDepartment      no such department here, or several
│   ├── UnknownPlace           a place served that is not in the tree, or several
│   ├── PlaceOutside           a place that lies outside the department's own
│   └── NothingToList          an edition would have no line
└── NotNow
    ├── ChangedMeanwhile       somebody else changed it since it was read
    ├── OfferWithdrawn         the offer is no longer in force
    ├── EditionNotDraft        only a draft can be printed and signed
    ├── EditionNotSigned       only a signed edition can be published
    └── BatchNotOpen           the import was committed or withdrawn before
```
"""

from diancai.ground.errors import NotFound, NotNow, NotValid, Refusal


class MustMissing(NotValid):
    code = "must_missing"
    zh = (
        "没有写“{field_zh}”。供给项目要做到四个明确：责任领导、服务项目、服务形式、落实联络人，缺一项不能登记，请补上。"
    )
    en = (
        "“{field_en}” is empty. An offer names four things: the responsible leader, the service, the service form and "
        "the contact; please fill it in."
    )


class TooVague(NotValid):
    code = "too_vague"
    zh = (
        "“{words}”没有说清做多少、什么时候做，群众没法点。请写上数量（如“每旗县每月4场”“共12场”）"
        "或起止日期（如“2019-12-01～2020-05-15”）。"
    )
    en = (
        "“{words}” says neither how much nor when, so nobody can order it. Give a quantity (每旗县每月4场, 12场) "
        "or the first and last day (2019-12-01～2020-05-15)."
    )


class TooLong(NotValid):
    code = "too_long"
    zh = "“{field_zh}”有{length}个字，最多{most}个。请精简，细节写在备注里。"
    en = "“{field_en}” has {length} characters, at most {most} are kept. Shorten it and put details into the note."


class CapacityIncomplete(NotValid):
    code = "capacity_incomplete"
    zh = "能力没有写全：数量（1到1000000）、单位（场、次、期……）和按什么时间算，三样要一起写；不限量就都不写。"
    en = "The capacity is incomplete: number (1 to 1,000,000), unit and period go together, or all stay empty."


class DatesReversed(NotValid):
    code = "dates_reversed"
    zh = "有效期截止日早于开始日，请把起止日期对调或改正。"
    en = "The last day comes before the first; please correct the term."


class AssuredHalf(NotValid):
    code = "assured_half"
    zh = "“最近确认日期”和“确认人”要么都写，要么都不写。"
    en = "Confirmed on and confirmed by go together: fill in both or neither."


class UnknownWord(NotValid):
    code = "unknown_word"
    zh = "“{field_zh}”里没有“{words}”这一项，可填：{choices_zh}。"
    en = "“{words}” is not a {field_en}; choose from {choices_en}."


class UnknownDepartment(NotValid):
    code = "unknown_department"
    zh = "系统里找不到责任单位“{words}”，或有同名单位。请写单位全称（如“五原县农牧局”），新单位请系统管理员先登记。"
    en = "No single department is called “{words}”. Write its full name; the administrator registers a new one first."


class UnknownPlace(NotValid):
    code = "unknown_place"
    zh = "服务范围里的“{words}”认不出来{candidates}。请写旗县区、苏木乡镇的全名，用顿号隔开；都服务就写“全市”或“全县”。"
    en = "The place “{words}” was not recognised{candidates}. Write full names separated by 、, or 全市 / 全县 for all."


class PlaceOutside(NotValid):
    code = "place_outside"
    zh = "“{words}”不在“{department}”的管辖范围内，请改服务范围。"
    en = "“{words}” lies outside the area of {department}; please change the places served."


class NothingToList(NotValid):
    code = "nothing_to_list"
    zh = "没有可列入的服务项目：请先登记项目；增补清单只收还没有上过清单的项目。"
    en = "There is no offer to list. Write one first; a supplement takes only offers that stand on no list yet."


class ChangedMeanwhile(NotNow):
    code = "changed_meanwhile"
    zh = "这一项在您打开之后被别人改过，您的修改没有保存。请刷新后再改。"
    en = "Somebody changed this after you opened it; your change was not saved. Reload and change it again."


class OfferWithdrawn(NotNow):
    code = "offer_withdrawn"
    zh = "这个服务项目已撤下，不能再改。需要时请重新登记。"
    en = "This offer was withdrawn and cannot be changed. Write a new one if it is needed."


class BatchNotFound(NotFound):
    code = "batch_not_found"
    zh = "没有找到这批导入，或者不是您导入的。"
    en = "There is no such import, or it is not yours."


class EditionNotDraft(NotNow):
    code = "edition_not_draft"
    zh = "只有草稿能签批。这一期已经签批或发布，要改请另出增补清单。"
    en = "Only a draft can be signed; this edition was signed or published. Make a supplement instead."


class EditionNotSigned(NotNow):
    code = "edition_not_signed"
    zh = "签批后才能发布：请先登记谁在哪天签批。"
    en = "An edition is published after it was signed: enter who signed it and when."


class BatchNotOpen(NotNow):
    code = "batch_not_open"
    zh = "这批导入已经办过了（已导入或已撤回），没有再动。需要时请重新选择文件导入。"
    en = "This import was committed or withdrawn before; nothing was done. Choose the file again if needed."


CONSTRAINTS: dict[str, Refusal] = {
    "offer_must_leader": MustMissing(field_zh="责任领导", field_en="responsible leader"),
    "offer_must_service": MustMissing(field_zh="服务项目", field_en="service"),
    "offer_must_service_form": MustMissing(field_zh="服务形式", field_en="service form"),
    "offer_must_contact": MustMissing(field_zh="落实联络人", field_en="contact"),
    "offer_capacity_told": CapacityIncomplete(),
    "offer_dates_in_order": DatesReversed(),
    "offer_assured_both": AssuredHalf(),
    "supply_edition_once": ChangedMeanwhile(),
    "supply_supplyedition.number": ChangedMeanwhile(),
}
