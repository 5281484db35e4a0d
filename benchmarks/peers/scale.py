"""How does the cost grow with the number of services?"""

from collections.abc import Iterable, Iterator

import numpy as np

from benchmarks.peers.cost import Case, Cost, measured
from benchmarks.peers.systems import ALL, MOST_SERVICES

SIZES = (1_000, 3_000, 10_000)
HUGE = 100_000  # reported, not aimed at
_ASKED = 500  # questions at each size
_ASKED_HUGE = 200


def real_costs(folder: str, questions: str) -> Iterator[Cost]:
    """The cost of every system at the real knowledge."""
    for system in ALL:
        yield measured(Case(system, folder, questions))


def grown_costs(folder: str, sizes: Iterable[int], seed: int) -> Iterator[Cost]:
    """The cost of every system at every size of generated knowledge that it can hold."""
    for services in sizes:
        for system in ALL:
            if services <= MOST_SERVICES.get(system, HUGE):
                asked = _ASKED_HUGE if services == HUGE else _ASKED
                yield measured(Case(system, folder, "", services, asked, seed))


def exponent(costs: Iterable[Cost]) -> float | None:
    """How time grows: the median question takes services to the power of this; a line through the logarithms."""
    points = [(cost.services, cost.p50_us) for cost in costs]
    if len(points) <= 1:
        return None
    services, microseconds = np.log(np.array(points)).T
    return float(np.polyfit(services, microseconds, 1)[0])
