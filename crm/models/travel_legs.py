"""What routing engines have said before: travel between places, remembered."""

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field, SQLModel


class TravelLegs(SQLModel, table=True):
    """The ways from one place to others, by one source and means of transport. `cell` is the
    place to a hundred-thousandth of a degree as one number; `legs` is packed by who asks the
    engines. Nothing is lost when rows go: they are asked for again."""

    __tablename__ = "travel_legs"

    source: str = Field(primary_key=True, max_length=400)
    transport: str = Field(primary_key=True, max_length=20)
    cell: int = Field(primary_key=True, sa_type=BigInteger)
    legs: bytes = Field(sa_type=LargeBinary)
