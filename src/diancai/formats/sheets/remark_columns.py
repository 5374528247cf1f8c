"""The columns of sheets in which remarks of residents are handed in. Called by imports and the template.

Names come from the forms of the programme, of 问卷星, 群接龙 and WPS forms, and of hotline systems.
"""

from .columns import LANGUAGES, SOURCES, STRANDS, Column, Columns, words

REMARK_COLUMNS = Columns(
    "民情记录",
    "remarks",
    (
        Column(
            "number",
            "序号",
            "No.",
            names=words("行号 排序 row"),
            example="示例",
            explains_zh="可不填。",
            explains_en="May stay empty.",
            width=6,
        ),
        Column(
            "text",
            "需求内容",
            "text",
            names=words(
                "诉求内容 反映内容 群众需求 内容 留言详情 留言内容 留言 原话 群众原话 民情内容 反映问题 "
                "问题描述 诉求描述 诉求 需求 事项内容 主要内容 具体内容 投诉件内容 投诉内容 来电内容 "
                "来信内容 接龙内容 填写内容 备注内容 意见建议 意见和建议 需求描述 具体需求 反映事项 "
                "诉求事项 困难和问题 服务内容 工单内容 message content remark said appeal question"
            ),
            hints=words(
                "需求内容 诉求内容 反映内容 留言内容 需要什么 需要哪些 需要我们 有什么需求 有哪些需求 "
                "什么困难 哪些困难 意见建议 意见和建议 想反映 最想 希望 需求 诉求 原话 困难 建议"
            ),
            never=words(
                "长度 字数 类别 类型 分类 编号 时间 数量 条数 件量 单位 来源 标题 主题 回复 答复 人数 "
                "户数 序号 程度 联系"
            ),
            required=True,
            example="想请技术员来讲讲葵花列当咋治。",
            explains_zh="必填，只有这一列必填。照群众原话写，不用概括。",
            explains_en="Compulsory, the only one. Write what the resident said, in his words.",
            width=50,
        ),
        Column(
            "id",
            "编号",
            "id",
            names=words("诉求编号 工单编号 工单号 留言编号 记录编号 受理编号 事项编号 需求编号 唯一编号 uuid 业务编号"),
            hints=words("编号 工单号"),
            never=words("部门 单位 地区 区划 邮政"),
            explains_zh="原系统的编号，再次导入时用来认出同一条。",
            explains_en="The number in the system it comes from.",
        ),
        Column(
            "subject",
            "主题",
            "subject",
            names=words("标题 留言主题 诉求标题 题目 事项标题 事项名称 title"),
            hints=words("标题 主题"),
            never=words("活动"),
            explains_zh="可不填。",
            explains_en="May stay empty.",
            width=24,
        ),
        Column(
            "said_at",
            "反映时间",
            "said_at",
            names=words(
                "时间 日期 留言时间 反映日期 提出时间 诉求时间 登记时间 登记日期 收集时间 收集日期 "
                "受理时间 来电时间 走访时间 走访日期 提交时间 提交答卷时间 接龙时间 填写时间 填表时间 "
                "创建时间 记录时间 sent_at date time created_at said_at"
            ),
            hints=words("反映时间 留言时间 提交时间 登记时间 走访时间 收集时间 受理时间 填写时间 接龙时间 记录时间"),
            never=words("服务 希望 需要 办理 办结 答复 回复 所用 完成"),
            example="2019-12-05 10:20",
            explains_zh="群众说话的时间。如2019-12-05、2019年12月5日、2019/12/5 10:20。",
            explains_en="When it was said, such as 2019-12-05 or 2019/12/5 10:20.",
            width=18,
        ),
        Column(
            "source",
            "来源",
            "source",
            names=words("信息来源 诉求来源 渠道 反映渠道 收集方式 收集渠道 来源渠道 反映方式"),
            hints=words("来源 渠道 收集方式"),
            never=words("详情 ip 资金"),
            choices=SOURCES,
            example="入户走访",
            explains_zh="从下拉中选。",
            explains_en="Choose from the list.",
        ),
        Column(
            "county",
            "旗县区",
            "county",
            names=words("旗县 县区 区县 县 旗 旗县市区 所在旗县 所属旗县 所在旗县区"),
            hints=words("旗县 县区 区县"),
            never=words("编码 代码 部门 单位"),
            example="杭锦后旗",
        ),
        Column(
            "town",
            "苏木乡镇",
            "town",
            names=words(
                "乡镇 镇 苏木镇 苏木 街道 乡镇街道 苏木乡镇街道 苏木乡镇街道农牧场 所在乡镇 所属乡镇 镇街 "
                "农牧场 苏木镇农场"
            ),
            hints=words("苏木 乡镇 街道"),
            never=words("嘎查 村 编码 代码 部门 单位"),
            example="蛮会镇",
        ),
        Column(
            "village",
            "嘎查村",
            "village",
            names=words("村 嘎查 村社区 嘎查村社区 嘎查村社区分场 所在村 村名 行政村 社区 分场 所属村 村居 嘎查社区"),
            hints=words("嘎查村 行政村 所在村 哪个村"),
            never=words("苏木 乡镇 编码 代码 小组"),
            example="公益渠村",
        ),
        Column(
            "sub_place",
            "组（社）",
            "sub_place",
            names=words("组 社 村组 小组 村民小组 组别 社组 组社 队 小队 所在组 自然村 几社 几组 sub_village"),
            hints=words("村民小组 小组"),
            never=words("收集 工作 组长"),
            example="三社",
            width=10,
        ),
        Column(
            "place",
            "地点",
            "place",
            names=words(
                "地址 住址 所在地 家庭住址 居住地 详细地址 苏木镇嘎查村 苏木乡镇嘎查村 镇村 村组名称 "
                "所在地址 区域 地区 所属区域 联络站 民情联络站 address"
            ),
            hints=words("地址 住址 所在地 住在哪 哪里人"),
            never=words("ip 服务 邮箱 活动 网址"),
            explains_zh="一列写全地点时用，如“塔尔湖镇联丰村五社”。",
            explains_en="Use it when the whole place stands in one column.",
            width=24,
        ),
        Column(
            "place_code",
            "地点代码",
            "place_code",
            names=words("地方代码 区划代码 统计用区划代码 地址代码 行政区划代码 村代码"),
            hints=words("区划代码"),
            width=16,
        ),
        Column(
            "households",
            "户数",
            "households",
            names=words("涉及户数 受益户数 户 涉及农户 农户数 多少户"),
            hints=words("户数"),
            example="23",
            explains_zh="没说就空着；约数写“约10户”。",
            explains_en="Leave empty if not told; write 约10户 for about ten.",
            width=8,
        ),
        Column(
            "persons",
            "人数",
            "persons",
            names=words("涉及人数 受益人数 人口 多少人"),
            hints=words("人数"),
            never=words("投票 点赞"),
            width=8,
        ),
        Column(
            "speaker",
            "姓名",
            "speaker",
            names=words(
                "群众姓名 反映人 诉求人 联系人 户主 户主姓名 提出人 留言人 来电人 接龙人 昵称 微信昵称 "
                "填写人昵称 您的姓名 提交者 提交人 name"
            ),
            hints=words("姓名 反映人 诉求人"),
            never=words("记录 联络员 领导 填表 收集"),
            example="王某",
        ),
        Column(
            "phone",
            "联系电话",
            "phone",
            names=words("电话 手机 手机号 手机号码 联系方式 电话号码 您的电话 tel mobile"),
            hints=words("电话 手机号 联系方式"),
            never=words("部门 单位 联络员"),
        ),
        Column(
            "strand",
            "七送",
            "strand",
            names=words("七送类别 服务类别 送什么"),
            hints=words("七送"),
            choices=STRANDS,
            example="送科技",
        ),
        Column(
            "topic",
            "领域",
            "topic",
            names=words(
                "领域七送 类别 需求类别 诉求类别 诉求类型 问题类别 问题类型 事项类别 分类 一级分类 "
                "需求类型 性质 label category"
            ),
            hints=words("领域 类别 类型 分类"),
            never=words("服务 七送类别"),
            width=16,
        ),
        Column(
            "service_form",
            "服务形式",
            "service_form",
            names=words("服务方式 希望形式 形式 希望的服务形式"),
            hints=words("服务形式 服务方式"),
            width=18,
        ),
        Column(
            "wanted_time",
            "服务时间",
            "wanted_time",
            names=words("希望时间 需要时间 期望时间 希望服务时间 期望服务时间 要求时间 什么时候需要"),
            hints=words("服务时间 希望时间 期望时间"),
            example="春播以前",
            width=16,
        ),
        Column(
            "recorder",
            "记录人",
            "recorder",
            names=words("联络员 民情联络员 登记人 收集人 填表人 走访人 走访干部 受理人 采集人"),
            hints=words("联络员 记录人 收集人"),
            never=words("电话"),
        ),
        Column(
            "language",
            "语言",
            "language",
            names=words("语种 所用语言"),
            choices=LANGUAGES,
            width=10,
        ),
        Column(
            "note",
            "备注",
            "note",
            names=words("说明 其他说明 remarks_note"),
            width=20,
        ),
    ),
)
