"""The roof: settings, urls, wiring. Imported by nobody."""
