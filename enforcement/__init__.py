"""The roof: settings, urls, wiring. Imported by nobody. Loads nothing, so the supervisor stays free of Django."""
