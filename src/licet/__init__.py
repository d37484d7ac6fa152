"""Licet: the export-control regime for AI chips as executable, dated law.

    >>> import licet
    >>> answer = licet.ask(item="nvidia-h100-sxm", to="CN", on="2024-06-01")
    >>> answer.outcome
    <Outcome.LICENSE_REQUIRED: 'license_required'>
    >>> answer.requirements[0].cite
    '15 CFR 742.6(a)(6)(iii)'

`ask` answers one question, `check` a file or a frame of them; `law` is the lawbook of a day, `catalog` what is known of
chips, memory and systems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from licet.errors import LicetError
from licet.unknown import NO, UNKNOWN, YES, Among, Truth

if TYPE_CHECKING:
    from licet import catalog
    from licet.api import ask, check, law

__version__ = "0.1.0"
__all__ = ["NO", "UNKNOWN", "YES", "Among", "LicetError", "Truth", "__version__", "ask", "catalog", "check", "law"]


def __getattr__(name: str) -> Any:
    """The faces, imported when first used: whoever only looks at the catalog loads no law."""
    if name in ("ask", "check", "law"):
        from licet import api

        return getattr(api, name)
    if name == "catalog":
        import licet.catalog

        return licet.catalog
    raise AttributeError(f"module 'licet' has no attribute {name!r}")
