"""Sales added up: what the sales analysis of a large company is read from."""

from datetime import date as Date

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class SalesSum(SQLModel, table=True):
    """What a customer bought of a product in so many `months` that end on `until`, the last day of
    the month of the company's newest sale: how many `sales`, and in hundredths `cents`,
    `before_cents` in the same months a year before, and `margin_cents` of the sales whose margin
    is known (`margin_of_cents`). Kept by whoever changes sales, in the same transaction, and once a
    day."""

    __tablename__ = "sales_sum"
    __table_args__ = {"sqlite_with_rowid": False}  # the rows lie in the order of the key

    months: int = Field(primary_key=True)
    customer_id: int = Field(primary_key=True, foreign_key="customer.id", ondelete="CASCADE")
    product: str = Field(primary_key=True, max_length=100)
    until: Date
    sales: int
    cents: int = Field(sa_type=BigInteger)
    before_cents: int = Field(sa_type=BigInteger)
    margin_cents: int = Field(sa_type=BigInteger)
    margin_of_cents: int = Field(sa_type=BigInteger)
