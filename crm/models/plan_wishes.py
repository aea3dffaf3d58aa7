"""What a rep wishes of a proposed plan, visit by visit, and what was answered."""

from datetime import date as Date
from datetime import datetime

from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import WishState


class PlanWish(SQLModel, table=True):
    """A wish on a planned visit, said with the confirmation of a plan: `wanted_on` is the day
    wanted instead, where one is named. `answer` are the words of whoever answered it."""

    __tablename__ = "plan_wish"

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="cycle_plan.id", index=True, ondelete="CASCADE")
    visit_id: str = Field(max_length=140)
    wish: str = Field(max_length=32)  # another_day, earlier, …
    wanted_on: Date | None = None
    why: str = Field(default="", max_length=500)
    user_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    actor: str = Field(default="", max_length=200)
    made_at: datetime
    state: WishState = Field(default=WishState.OPEN, sa_type=stored_by_value(WishState))
    answer: str = Field(default="", max_length=500)
    answered_by: str = Field(default="", max_length=200)
    answered_at: datetime | None = None
