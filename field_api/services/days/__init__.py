"""What each day holds: routes, news, appointments and calendars."""
