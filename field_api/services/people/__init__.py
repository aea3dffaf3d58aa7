"""Who works here: accounts, logins, the organisation, and what reaches each."""
