"""How many accelerators a supply chain can make, what limits it, and how that compares with published estimates.

>>> from licet.supply import estimate, find
>>> found = estimate(find("ascend"), draws=1000)
>>> [year.year for year in found.years]
[2025, 2026, 2027]
"""

from licet.supply.model import Estimate, Range, Year, estimate
from licet.supply.scenario import Scenario, find, named, parse, read

__all__ = ["Estimate", "Range", "Scenario", "Year", "estimate", "find", "named", "parse", "read"]
