"""The outside world, simulated: a Django-free WSGI app with its own state and seeded faults (contract in `app.py`)."""

from gateways.simulators import faults as _faults
from gateways.simulators.app import Answer, Simulators
from gateways.simulators.state import Document, State

__all__ = ["Answer", "Simulators", "make_app"]


def make_app(
    *,
    seed: int = 0,
    faults: dict[str, float] | None = None,
    state: str = ":memory:",
    settings: Document | None = None,
) -> Simulators:
    """A fresh outside world, or the one kept in the file `state`; `faults` are rates by name, 0 to 1."""
    kept = State(seed=seed, path=state, settings=settings)
    if faults:
        with kept.transaction():
            kept.put("rates", "rates", _faults.checked(faults))
    return Simulators(kept)
