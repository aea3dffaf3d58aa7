"""Addresses to places and places to addresses, asked of a geocoder over the network.

Plain values in and out: knows no database and no customer. What is asked is asked politely, what
went wrong is an error that says what to do, and what was found is judged before anyone believes it.
"""
