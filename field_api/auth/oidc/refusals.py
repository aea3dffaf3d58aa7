"""What is answered to those whom the company's login does not bring in."""

from crm.text import N_
from field_api.errors import HttpRefusal


class CompanyLoginOff(HttpRefusal):
    """This service knows no company login."""

    status = 404
    code = "company_login_off"

    def __init__(self) -> None:
        super().__init__(
            N_("The company's own login is not set up here; log in with name and password.")
        )


class CompanyLoginRefused(HttpRefusal):
    """The company's login said no, or something that cannot be believed."""

    status = 403
    code = "company_login_refused"


class CompanyLoginAway(HttpRefusal):
    """The company's login does not answer, or not as such a login does."""

    status = 503
    code = "company_login_away"

    def __init__(self) -> None:
        super().__init__(
            N_("The company's own login does not answer just now; try again in a moment."),
            headers={"Retry-After": "10"},
        )
