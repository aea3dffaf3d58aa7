"""A large made-up company in a database of its own, to try the product with."""

from datetime import datetime

from crm.database import Database
from field_api.auth import Passwords
from field_api.demo_data.make import Made, make
from field_api.demo_data.size import Size
from field_api.services.house.demo import PASSWORD


def fill(database: Database, size: Size, *, now: datetime) -> Made:
    """Make the company in an empty database; everybody logs in with the demo's password.

    Raises `NotEmpty`.
    """
    return make(database, size, password_hash=Passwords(1).hashed(PASSWORD), now=now)
