"""Which way a customer's standing may change, and who decides it."""

from itertools import product

import pytest

from crm.rules.customer_status import WAYS, NoSuchWay, who_decides
from crm.vocabulary import CustomerStatus, Role

BLACKLISTED, STRUCK_OUT = CustomerStatus.BLACKLISTED, CustomerStatus.STRUCK_OUT


@pytest.mark.parametrize(("before", "after"), list(product(CustomerStatus, CustomerStatus)))
def test_every_way_is_open_to_somebody_or_to_nobody(before, after):
    if before is after or after is STRUCK_OUT:
        with pytest.raises(NoSuchWay):
            who_decides(before, after)
    else:
        roles = who_decides(before, after)
        assert roles == WAYS[before, after]
        assert Role.GENERAL_MANAGER in roles
        assert Role.REP not in roles


def test_the_blacklist_is_the_companys_own():
    for way, roles in WAYS.items():
        if BLACKLISTED in way:
            assert set(roles) == {Role.GENERAL_MANAGER, Role.CHAIRMAN}
