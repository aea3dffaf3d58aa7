"""Who was in whose care when: what figures of months gone by are reckoned from."""

from datetime import date as Date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

EVER = Date(2000, 1, 1)  # the first day of what was so before anybody noted it
FOREVER = Date(9999, 12, 31)  # the last day of what is so still


class CareSpell(SQLModel, table=True):
    """An active customer from `first_day` to `last_day` (`EVER` and `FOREVER` at open ends), both
    included, in one territory with one rep and one call interval. Nothing of it is changed later:
    a customer who moves today gets another spell. `in_care_since` goes through a customer's spells
    that follow each other without a gap; `noted_on` is the day on which it was seen."""

    __tablename__ = "care_spell"
    __table_args__ = (
        Index("ix_care_spell_days", "last_day", "first_day"),
        Index("ix_care_spell_of_customer", "customer_id", "last_day"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", ondelete="CASCADE")
    first_day: Date
    last_day: Date
    in_care_since: Date
    noted_on: Date
    interval_days: int
    territory_id: int | None = Field(default=None, foreign_key="territory.id", ondelete="SET NULL")
    rep_id: int | None = Field(default=None, foreign_key="rep.id")
