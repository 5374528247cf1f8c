"""Invented messages: three stories told by several people, and others told by one."""

from diancai.engine.dedupe import Item

STORIES = {
    "brickyard": [
        ("红柳湾砖厂粉尘太大", "红柳湾村东头的砖厂天天冒粉尘，窗户不敢开，衣服晾不出去，请环保部门来看看。"),
        ("反映红柳湾砖厂污染", "我们红柳湾这个砖厂粉尘满天，老人咳嗽，庄稼叶子上一层灰。"),
        ("红柳湾砖厂粉尘扰民", "砖厂离红柳湾村不到二百米，粉尘和噪声让人没法住。"),
    ],
    "bus": [
        ("青山路到火车站能不能通公交", "青山路一带好几个小区，到火车站没有公交车，希望开一趟从青山路到火车站的公交。"),
        ("希望开通青山路至火车站公交", "住在青山路，去火车站要倒三趟车，盼着开通青山路到火车站的公交线路。"),
    ],
    "pension": [
        ("养老金少发了一个月", "我父亲七月的养老金没有到账，问了社保所说系统的问题，到现在也没补上。"),
    ],
    "school": [
        ("一中校门口放学太堵", "一中放学的时候校门口停满了车，学生从车缝里走，很危险。"),
    ],
    "signal": [
        ("哈拉图嘎查手机没信号", "哈拉图嘎查东边几户手机一直没有信号，打个电话要爬到坡上。"),
    ],
}


def items() -> list[Item]:
    """All messages, the id telling the story."""
    return [
        Item(f"{story}-{number}", text, subject)
        for story, told in STORIES.items()
        for number, (subject, text) in enumerate(told, 1)
    ]
