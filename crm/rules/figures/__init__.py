"""The key figures as rules, one a file; `crm.store.reckoning` says the same in SQL."""
