"""From a claim to a question: the amendment that models what a claim asks for, or why none does."""

from __future__ import annotations

import functools

from licet.errors import LawError
from licet.lex.amend import Amendment, Variant, read_amendment
from licet.lex.load import shipped
from licet.newswire.model import Claim
from licet.newswire.record import record


def proposal(claim: Claim) -> str:
    """What models the change that `claim` asks for: the id of a proposal, its variant after a stroke; or nothing."""
    if claim.carried and not claim.of:
        return ""
    ids = {thing.id for thing in claim.objects}
    about = ids | {one.id for one in claim.recipients}
    for row in record().proposals:
        done = claim.of or ("*" if claim.action == "advances" else "")
        if (
            claim.action in row["ask"]
            and ("*" in row["of"] or done in row["of"])
            and ids & set(row["object"])
            and (not row.get("place") or about & set(row["place"]))
            and (not row.get("also") or about & set(row["also"]))
        ):
            return str(row["proposal"])
    return ""


@functools.cache
def modelled(name: str) -> tuple[Amendment, Variant]:
    """The amendment and the variant that `name` (as `proposal` gives it) stands for.

    Raises:
        LawError: the lawbook has no such proposal, or it has no such variant.
    """
    id_, _, variant = name.partition("/")
    try:
        text = (shipped() / "proposals" / f"{id_}.yaml").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise LawError(f"there is no proposal {id_!r}", where="newswire/data/ties.yaml") from None
    chosen = read_amendment(text, f"proposals/{id_}.yaml")
    if variant and variant not in chosen.variants:
        raise LawError(f"the proposal {id_} has no variant {variant!r}", where="newswire/data/ties.yaml")
    return chosen, chosen.variants[variant] if variant else chosen.variant()


def in_words(name: str) -> str:
    """What to run for the proposal `name`, or that no amendment models it and why."""
    chosen, variant = modelled(name)
    if variant.cannot:
        return f"no amendment models this ({variant.title}), because {variant.cannot}"
    return f"what-if: {chosen.id}{f' --variant {variant.name}' if variant.name else ''} ({variant.title})"
