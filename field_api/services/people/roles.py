"""What is refused to a role, once it is settled that the asker may know of the thing at all."""

from collections.abc import Collection

from crm.rules.access import Asker
from crm.vocabulary import Role
from field_api.errors import Forbidden


def refuse_unless(asker: Asker, roles: Collection[Role], text: str) -> None:
    """Raise `Forbidden` with a text of the catalogues unless the asker has one of the roles."""
    if asker.role not in roles:
        raise Forbidden(text)
