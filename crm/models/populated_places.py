"""Where people live, customers or not: for seeing where nobody goes."""

from sqlmodel import Field, SQLModel


class PopulatedPlace(SQLModel, table=True):
    """A town or village by its centre (WGS-84 degrees) with how many people live there; `source`
    says who counted, and when."""

    __tablename__ = "populated_place"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=200, unique=True)
    name: str = Field(max_length=200)
    lat: float = Field(index=True)
    lon: float
    population: int
    source: str = Field(default="", max_length=200)
