"""Texts of messages that are told in other words by now. Messages kept before still bear them, and
are read in both languages as long as they are kept: a text told to people is changed by a new one
beside it, and the old one comes here."""

from crm.text import N_

EARLIER = (
    N_("Promise {code} to customer {customer} is due on {due}."),
    N_("Promise {code} to customer {customer} was due on {due} and is late."),
    N_("Rep {rep} is late with promise {code} to customer {customer}, due {due}."),
    N_("Promise {code} to customer {customer}, due {due}, is yours now."),
    N_("Your report of {day} on customer {customer} was sent back; please correct it."),
    N_("You take over from rep {rep}: {customers} customers, {promises} promises."),
    N_("Plan of rep {rep} until {last}: {why}"),
    N_("Your wish for {visit} cannot be taken: {answer}"),
)
