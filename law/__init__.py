"""The statutes of enforcement as pure functions: standard library only, no framework and no database.

Every figure comes from `law.rules` (id, value, unit, citation, confidence) and every public function returns values
with reasons: a `Reckoning` (a total and its lines) or `Findings` (allowed or not, and each condition with its article).
Money is `Decimal` yuan to the fen, days are `date`, moments are aware `datetime`; nothing here reads a clock.
"""
