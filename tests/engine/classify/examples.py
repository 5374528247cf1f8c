"""Invented messages of three classes."""

from diancai.engine.classify import Example

_TOLD = {
    "水利": (
        "斗渠淤了请清淤 机井坏了浇不上地 渠道漏水淹了地 想打一眼新井浇地 支渠闸门关不住 水泵坏了抽不上水 "
        "排干沟堵了 水费怎么收的 滴灌带要换 渠边塌了"
    ),
    "卫生": (
        "想请大夫来看病 村卫生室没有药 老人量血压没处去 娃娃打疫苗在哪儿 医院挂号太难 救护车来得慢 "
        "腿疼看不了医生 体检什么时候来 药费报销比例 医生态度不好"
    ),
    "文化": (
        "想看二人台演出 唱戏的多年没来 图书室书太旧 文化广场没有灯 放电影多来几场 秧歌队缺服装 想学跳广场舞 "
        "戏班子正月能来吗 农家书屋总锁门 篮球场坏了"
    ),
}


def examples() -> list[Example]:
    """Ten messages a class."""
    return [Example(text, label) for label, told in _TOLD.items() for text in told.split()]
