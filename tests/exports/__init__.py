"""What programs read of a site: feeds, calendars, contact cards, JSON-LD, data; each by a library that is not ours."""
