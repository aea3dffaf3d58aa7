"""The words by which AMap and Baidu tell how exact a match is."""

from maps.geocoding.candidates import MatchLevel

_WORDS = {
    MatchLevel.HOUSE: (
        "门牌号 单元号 兴趣点 公交站台、地铁站 门址 单元楼 餐饮 酒店 购物 生活服务 丽人 旅游景点 "
        "休闲娱乐 运动健身 教育 文化传媒 医疗 汽车服务 交通设施 金融 房地产 公司企业 政府机构 "
        "出入口 地产小区 小区 写字楼 商务大厦 工业园区 园区 POI"
    ),
    MatchLevel.STREET: "道路 道路交叉路口 交叉路口 路口",
    MatchLevel.VILLAGE: "村庄 乡镇 热点商圈 商圈 开发区 自然地物 乡镇街道 行政地标",
    MatchLevel.TOWN: "市 区县 城市",
    MatchLevel.REGION: "省 国家",
}
LEVELS = {word: level for level, words in _WORDS.items() for word in words.split()}


def level_of(word: str) -> MatchLevel:
    """What a word stands for; `UNKNOWN` for one that is new."""
    return LEVELS.get(word.strip(), MatchLevel.UNKNOWN)
