"""What if the law were another one: proposals as amendments, and order files answered before and after.

from licet.scenarios import whatif
whatif("orders.csv", "relax-hbm", "A1", on="2026-08-01").after
"""

from licet.scenarios.compare import Comparison, Move, whatif
from licet.scenarios.shelf import find, proposals, template

__all__ = ["Comparison", "Move", "find", "proposals", "template", "whatif"]
