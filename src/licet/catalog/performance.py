"""Total processing performance from the rates on a data sheet (3A090, technical notes 1 to 3).

TPP is 2 x MacTOPS x bit length, which is the printed TOPS or TFLOPS times the largest bit length of the
inputs to the multiplication, and the highest over the formats counts. Only dense rates are ever read; rates
of vector units count like those of tensor units. The law does not say how long a TF32 input is: its 19
significant bits, or the 32 in which it is stored. Both are computed, and where it matters both are given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from licet.unknown import Among

#: Bit length of the inputs, by number format; TF32 at its 19 significant bits.
BITS = {
    "fp64": 64, "fp64_tensor": 64, "fp32": 32, "tf32": 19, "fp16": 16, "bf16": 16, "fp8": 8, "int8": 8,
    "fp4": 4, "int4": 4,
}  # fmt: skip
TF32_STORED = "tf32_as_32"

#: Data sheets round: rates that should double exactly differ by less than this share.
ROUNDING = Decimal("0.005")
#: A published TPP further than this share from every computed one is a second opinion, not a rounding.
DISAGREEMENT = Decimal("0.01")


def tpp_by_format(rates: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """TOPS x bits for each format of `rates` (dense TOPS or TFLOPS by format name)."""
    products = {name: rate * BITS[name] for name, rate in rates.items()}
    if "tf32" in rates:
        products[TF32_STORED] = rates["tf32"] * 32
    return products


def either(values: Iterable[Decimal], why: str = "") -> Decimal | Among | None:
    """The one value there is, an `Among` of several, or None when there is none."""
    candidates = set(values)
    return Among(candidates, why) if len(candidates) > 1 else next(iter(candidates), None)


def total(
    products: Mapping[str, Decimal],
    published: Decimal | None,
    publisher: str,
    others: Iterable[Decimal],
    why: str,
) -> Decimal | Among | None:
    """The TPP that counts, in TOPS x bits.

    Args:
        products: what `tpp_by_format` gives.
        published: a TPP that somebody prints.
        publisher: who prints it.
        others: further values a public source supports.
        why: the reason why they cannot be ruled out.

    Returns:
        One number; an `Among` where the TF32 reading, the publisher or another source makes a difference
        beyond rounding; None when no rate is published.
    """
    values, reasons = set(others), [why] if why else []
    if products:
        short = max((v for name, v in products.items() if name != TF32_STORED), default=Decimal(0))
        long = max(products.values())
        values.add(short)
        if long > short * (1 + ROUNDING):
            values.add(long)
            reasons.append("the law does not say whether a TF32 input has 19 or 32 bits")
    if published is not None and all(abs(published - v) > DISAGREEMENT * published for v in values):
        values.add(published)
        reasons.append(f"{publisher} prints {published.normalize():f}")
    return either(values, "; ".join(reasons))


def rests_on(figures: Mapping[str, Decimal], doubtful: Collection[str]) -> bool:
    """Whether the largest of `figures` would fall, beyond rounding, without the `doubtful` ones."""
    sound = max((v for name, v in figures.items() if name not in doubtful), default=Decimal(0))
    return bool(figures) and sound * (1 + ROUNDING) < max(figures.values())
