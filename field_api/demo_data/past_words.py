"""What the reports of a sample's past say; all of it is made up."""

from dataclasses import dataclass

from field_api.wording import Language


@dataclass(frozen=True, kw_only=True)
class Words:
    """Sentences to choose from, in one language."""

    notes: tuple[str, ...]
    needs: tuple[str, ...]
    objections: tuple[str, ...]
    promises: tuple[str, ...]
    shut: str
    evidence: str


WORDS: dict[Language, Words] = {
    "en": Words(
        notes=(
            "Shelf rearranged; ours is at eye level now.",
            "The owner was away; spoke with the buyer.",
            "Left the new price list and explained it.",
            "Checked the stock together and wrote the order for next week.",
            "Pleased with the last delivery.",
            "Showed the new line; they will try two cases.",
        ),
        needs=(
            "Smaller deliveries, twice a week.",
            "A cooler for the summer months.",
            "Product cards in Maltese and Italian.",
            "Stock is enough for two weeks.",
            "Asks for a tasting on a Saturday.",
        ),
        objections=("", "", "Three per cent dearer than the other supplier.", "Wants 60 days."),
        promises=(
            "Send the sample sheet",
            "Bring the updated price list",
            "Arrange a tasting",
            "Replace two damaged cases",
            "Ask for an earlier delivery",
        ),
        shut="Door closed, nobody answered.",
        evidence="Confirmed by the customer",
    ),
    "zh": Words(
        notes=(
            "陈列已调整，本品位于视线高度。",
            "负责人外出，与采购沟通。",
            "送交新价目表并作说明。",
            "共同盘点库存，填写下周补货单。",
            "对上次送货表示满意。",
            "介绍新品，客户愿意试销两箱。",
        ),
        needs=(
            "希望小批量、每周两次送货。",
            "希望提供保温型管件。",
            "询问产品使用寿命。",
            "库存可支撑两周。",
            "希望安排一次现场培训。",
        ),
        objections=("", "", "比同行价格高百分之三。", "希望账期延长到六十天。"),
        promises=(
            "寄送新版样本",
            "提供更新后的报价单",
            "安排现场培训",
            "补换破损两箱",
            "协调提前发货",
        ),
        shut="大门已关，无人应答。",
        evidence="客户已确认",
    ),
}
