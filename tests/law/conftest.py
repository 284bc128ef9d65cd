"""Properties are checked without a time limit for one example: the machine may be busy with other tests."""

from hypothesis import settings

settings.register_profile("law", deadline=None)
settings.load_profile("law")
