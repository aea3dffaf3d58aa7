"""What an account must be: a name that can be typed, and a boundary that fits the role."""

from crm.errors import Refused
from crm.text import N_
from crm.vocabulary import Role

LONGEST_USERNAME = 64
NEEDS = {  # whose account names what
    Role.REP: "rep_code",
    Role.DISTRICT_MANAGER: "district_code",
    Role.REGIONAL_DIRECTOR: "region_code",
}
_MISSING = {
    "rep_code": N_("A rep's account needs the rep: --rep CODE, over the API rep_code."),
    "district_code": N_(
        "A district manager's account needs the district: --district CODE, over the API "
        "district_code."
    ),
    "region_code": N_(
        "A regional director's account needs the region: --region CODE, over the API region_code."
    ),
}
_TOO_MUCH = {
    "rep_code": N_("--rep (rep_code) belongs to the role rep only; leave it out."),
    "district_code": N_(
        "--district (district_code) belongs to the role district_manager only; leave it out."
    ),
    "region_code": N_(
        "--region (region_code) belongs to the role regional_director only; leave it out."
    ),
}


class AccountRefused(Refused):
    """An account that cannot be as asked."""


def refuse_unfit_name(username: str) -> None:
    """Raise `AccountRefused` for a name (in its normal form) that nobody could log in with."""
    if not 1 <= len(username) <= LONGEST_USERNAME or not all(
        c.isalnum() or c in "._@+-" for c in username
    ):
        raise AccountRefused(
            N_("{username} is no user name; use 1 to {n} letters, digits or . _ @ + -"),
            username=repr(username),
            n=LONGEST_USERNAME,
        )


def refuse_wrong_boundary(
    role: Role, *, rep_code: str | None, district_code: str | None, region_code: str | None
) -> None:
    """Raise `AccountRefused` unless exactly the place that the role answers for is named."""
    if role is Role.OPERATOR:
        raise AccountRefused(N_("The operator is who sits at the machine; nobody logs in as one."))
    given = {"rep_code": rep_code, "district_code": district_code, "region_code": region_code}
    needed = NEEDS.get(role)
    if needed is not None and not given[needed]:
        raise AccountRefused(_MISSING[needed])
    for name, code in given.items():
        if code and name != needed:
            raise AccountRefused(_TOO_MUCH[name])
