"""业种: who buys pipes, what, and for how much a year. The figures are the sample's invention."""

from dataclasses import dataclass

MINING, BUILDING, WATER, CLEANING = "矿山", "基建", "水务", "环保"

SUPPLY, DRAIN, WEAR, GAS, FITTINGS = "PE给水管", "双壁波纹管", "耐磨复合管", "PE燃气管", "管件阀门"


@dataclass(frozen=True, kw_only=True)
class Trade:
    """`ending` closes a customer's name; `typical_yuan` is the median of a year's sales;
    `service_minutes` what a visit takes where that differs from its grade's; `far_km` is how far
    from the town's centre most of them lie; `weight` how common they are."""

    name: str
    channel: str
    ending: str
    typical_yuan: int
    products: tuple[str, ...]
    service_minutes: int | None
    far_km: float
    weight: int


def _trade(
    name: str,
    channel: str,
    ending: str,
    typical_yuan: int,
    products: tuple[str, ...],
    service_minutes: int | None,
    far_km: float,
    weight: int,
) -> Trade:
    return Trade(
        name=name,
        channel=channel,
        ending=ending,
        typical_yuan=typical_yuan,
        products=products,
        service_minutes=service_minutes,
        far_km=far_km,
        weight=weight,
    )


TRADES = (
    _trade("煤矿", MINING, "煤业有限公司", 620_000, (WEAR, FITTINGS), 60, 12, 6),
    _trade("金属矿", MINING, "矿业有限公司", 540_000, (WEAR, FITTINGS), 60, 13, 6),
    _trade("石料厂", MINING, "石料厂", 120_000, (WEAR,), None, 11, 7),
    _trade("路桥施工", BUILDING, "路桥工程有限公司", 380_000, (DRAIN, FITTINGS), None, 5, 12),
    _trade(
        "市政施工", BUILDING, "市政工程有限公司", 460_000, (SUPPLY, DRAIN, FITTINGS), None, 5, 16
    ),
    _trade("园区开发", BUILDING, "产业园开发有限公司", 300_000, (SUPPLY, DRAIN), 45, 7, 8),
    _trade("建材经销", BUILDING, "管业经营部", 160_000, (SUPPLY, DRAIN, FITTINGS), 20, 4, 18),
    _trade("自来水", WATER, "供水有限公司", 900_000, (SUPPLY, FITTINGS), 60, 4, 8),
    _trade("农村供水", WATER, "农村供水服务站", 140_000, (SUPPLY, FITTINGS), None, 14, 12),
    _trade("灌区节水", WATER, "节水灌溉有限公司", 210_000, (SUPPLY, FITTINGS), None, 12, 9),
    _trade("燃气", WATER, "燃气有限公司", 520_000, (GAS, FITTINGS), 45, 5, 6),
    _trade("污水处理", CLEANING, "污水处理厂", 340_000, (DRAIN, FITTINGS), None, 6, 10),
    _trade("环境工程", CLEANING, "环境工程有限公司", 280_000, (DRAIN, WEAR), None, 5, 12),
    _trade("固废处置", CLEANING, "固废处置有限公司", 190_000, (WEAR, DRAIN), None, 9, 6),
)
