"""The words of the document that belong to no single operation: tags and parameters."""

from typing import Any

TAGS: dict[str, str] = {
    "People": "Logging in by token or cookie, accounts, and a rep's work handed over.",
    "Organisation": "The company with its regions, districts, territories and reps.",
    "Customers": "Customers' cards; what changes from the field waits for approval.",
    "Customers' files": "Key people, facts, the confidential file, and its care by quarters.",
    "Places": "Where customers are, found by their addresses and settled where in doubt.",
    "Grading": "Grades from sales, tried before they are applied.",
    "Territories": "Who works where, as GeoJSON; boundaries change by approval.",
    "What if": "A district reckoned otherwise, compared with today, applied or dropped.",
    "Plans": "Cycle plans, how they came about, and the planning of many.",
    "Days": "A rep's day: the route with what to know at each door.",
    "Calendars": "Routes in calendar programs, at addresses that can be taken back.",
    "Visit reports": "Reports sent exactly once, with photos, corrections and reviews.",
    "Promises": "What is owed to customers, until it is kept or withdrawn.",
    "Appointments": "Visits booked with customers for a day and a time, kept to the minute.",
    "Approvals": "Whatever waits for somebody's decision, and by which steps.",
    "Messages": "What the product tells people.",
    "Imports": "Files that come in: all of it or nothing, the last one taken back.",
    "Exports": "Tables taken out of the house with a second person's approval.",
    "Audit trail": "Who did what, when, and why.",
    "Health": "For whatever watches over the service.",
}
PARAMETERS: dict[str, tuple[str, Any]] = {  # by name, where the route does not say it itself
    "rep_code": ("The code of a rep.", "R1"),
    "district_code": ("The code of a district.", "MT"),
    "code": ("The code that identifies it for good.", "C-0102"),
    "username": ("The name that somebody logs in under.", "maria"),
    "number": ("The number that it was given when it was made.", 7),
    "day": ("A day, as 2026-11-30.", "2026-11-30"),
    "plan_id": ("The number of a plan.", 7),
    "wish_id": ("The number of a wish.", 3),
    "import_id": ("The number of an import.", 5),
    "matter": ("What is decided.", "plan"),
    "policy": ("Which policy of grading.", "sales_percentile"),
    "state": ("Only those that stand so.", None),
    "status": ("Only those with this status.", None),
    "city": ("Only those in this town.", "Valletta"),
    "trade": ("Only those in this line of business.", "bakery"),
    "first_year": ("From this calendar year on.", 2025),
    "last_year": ("Until this calendar year.", 2026),
    "token": ("The secret of the address.", "Zy3kQ1"),
}
AN_ID = ("The number (a UUID) of one.", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff")
