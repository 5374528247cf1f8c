"""Why a signature was not entered.

```
Refusal
├── NotValid
│   ├── SignerMissing · SignerTooLong · SignedInFuture · SignedBeforePrinted
│   └── ScanMissing · ScanTooLarge · ScanIsHeic · ScanNotTaken
├── NotNow
│   └── SlipNotPrinted · SlipOutdated · LinesAltered
└── NotFound
    └── NoSlip · NoScan
```
"""

from diancai.ground.errors import NotFound, NotNow, NotValid


class SignerMissing(NotValid):
    code = "signer_missing"
    zh = "请填写签批人姓名和签批日期，与送审单一致。"
    en = "Fill in who signed and when, as on the slip."


class SignerTooLong(NotValid):
    code = "signer_too_long"
    zh = "签批人写了{length}个字，最多{most}个。写姓名和职务就行。"
    en = "The signer's name has {length} characters, at most {most} are kept. Name and office are enough."


class SignedInFuture(NotValid):
    code = "signed_in_future"
    zh = "签批日期{day}还没有到，请核对送审单。"
    en = "The day of signing, {day}, is still to come. Check the slip."


class SignedBeforePrinted(NotValid):
    code = "signed_before_printed"
    zh = "签批日期{day}早于送审单{number}的打印日期{printed}，请核对是不是另一张单子。"
    en = "Signed on {day}, but slip {number} was printed on {printed}. Check whether it is another paper."


class ScanMissing(NotValid):
    code = "scan_missing"
    zh = "请附上已签字的送审单照片或扫描件（JPG、PNG或PDF）。"
    en = "Add a photo or scan of the signed slip (JPG, PNG or PDF)."


class ScanTooLarge(NotValid):
    code = "scan_too_large"
    zh = "“{name}”超过{most}兆，没有保存。拍照时选普通画质，或扫描成PDF再传。"
    en = "“{name}” is larger than {most} MB and was not kept. Use a plain photo, or scan to PDF."


class ScanIsHeic(NotValid):
    code = "scan_is_heic"
    zh = (
        "“{name}”是苹果手机的HEIC照片，办公电脑大多打不开，没有保存。请在手机“设置—相机—格式”里选“兼容性最佳”后重拍，"
        "或截屏后上传（JPG、PNG），或扫描成PDF。"
    )
    en = (
        "“{name}” is a HEIC photo of an iPhone, which most office computers cannot open; it was not kept. Choose "
        "Settings, Camera, Formats, Most Compatible and take it again, or send a screenshot or a PDF."
    )


class ScanNotTaken(NotValid):
    code = "scan_not_taken"
    zh = "“{name}”不是JPG、PNG或PDF，没有保存。请拍照或扫描已签字的送审单后再传。"
    en = "“{name}” is no JPG, PNG or PDF and was not kept. Take a photo or scan of the signed slip."


class SlipNotPrinted(NotNow):
    code = "slip_not_printed"
    zh = "这份清单还没有打印送审单。请先打印，请领导签字，再来登记签批。"
    en = "No slip was printed for this list yet. Print it, have it signed, then enter the signature."


class SlipOutdated(NotNow):
    code = "slip_outdated"
    zh = (
        "送审单{number}打印之后，清单又改过（内容指纹由{printed}变为{now}），那张单子不能再用，没有登记。"
        "请重新打印送审单，重新送签。"
    )
    en = (
        "The list was changed after slip {number} was printed (digest {printed}, now {now}), so that paper is void and "
        "nothing was entered. Print a new slip and have it signed."
    )


class LinesAltered(NotNow):
    code = "lines_altered"
    zh = "清单内容与签批时不一致，没有发布。请退回草稿，核对后重新送签。"
    en = "The lines differ from those that were signed; nothing was published. Go back to the draft and have it signed."


class NoSlip(NotFound):
    code = "no_slip"
    zh = "这份清单还没有打印过送审单。"
    en = "No slip was printed for this list."


class NoScan(NotFound):
    code = "no_scan"
    zh = "这份清单没有登记过送审单照片，或者您无权查看。"
    en = "No scan of a signed slip is kept for this list, or you may not see it."
