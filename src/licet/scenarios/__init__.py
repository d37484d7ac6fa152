"""What if the law were another one: proposals as amendments, and order files answered before and after.

from licet.scenarios import whatif
whatif("orders.csv", "relax-hbm", "A1", on="2026-08-01").after
"""

from licet.scenarios.proposals import find, proposals, template
from licet.scenarios.whatif import Comparison, Move, whatif

__all__ = ["Comparison", "Move", "find", "proposals", "template", "whatif"]
