"""Which way a customer's standing may change, and who decides it: prospects 准客户 taken up,
dropped customers won back, and the blacklist 黑名单 with its way in and out."""

from crm.errors import Refused
from crm.rules.access import MANAGERS
from crm.text import N_
from crm.vocabulary import CustomerStatus, Role

PROSPECT, ACTIVE, STRUCK_OUT, BLACKLISTED = CustomerStatus
COMPANYS = (Role.GENERAL_MANAGER, Role.CHAIRMAN)  # whom the company deals with is theirs to say
WAYS: dict[tuple[CustomerStatus, CustomerStatus], tuple[Role, ...]] = {
    (PROSPECT, ACTIVE): (*MANAGERS, Role.INFORMATION_ADMIN),
    (ACTIVE, PROSPECT): MANAGERS,
    (STRUCK_OUT, ACTIVE): MANAGERS,
    (STRUCK_OUT, PROSPECT): MANAGERS,
    (PROSPECT, BLACKLISTED): COMPANYS,
    (ACTIVE, BLACKLISTED): COMPANYS,
    (STRUCK_OUT, BLACKLISTED): COMPANYS,
    (BLACKLISTED, ACTIVE): COMPANYS,
    (BLACKLISTED, PROSPECT): COMPANYS,
}


class NoSuchWay(Refused):
    """A standing that is not reached from the present one in this way."""


def who_decides(before: CustomerStatus, after: CustomerStatus) -> tuple[Role, ...]:
    """The roles that may change a standing so. Raises `NoSuchWay`."""
    if (before, after) not in WAYS:
        raise NoSuchWay(
            N_("A customer that is {before} is not made {after} here; strike-outs are asked for."),
            before=before,
            after=after,
        )
    return WAYS[before, after]
