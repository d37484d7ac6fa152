"""Claims in English."""

from __future__ import annotations

from typing import Final

from licet.newswire.model import Claim

#: What is done, in words: ``{}`` stands for what it is about.
_DONE: Final = {
    "asks": "asks about {}",
    "plans": "has plans about {}",
    "proposes": "makes a proposal on {}",
    "announces": "makes an announcement on {}",
    "issues": "issues {}",
    "amends": "changes {}",
    "suspends": "suspends {}",
    "extends": "extends {}",
    "rescinds": "withdraws {}",
    "revokes": "revokes {}",
    "requires_license": "requires a license: {}",
    "licenses": "licenses or allows {}",
    "eases": "eases limits: {}",
    "tightens": "tightens limits: {}",
    "bans": "bans or limits {}",
    "warns": "warns: {}",
    "objects": "objects: {}",
    "agrees": "agrees: {}",
    "advances": "introduces or moves {}",
    "charges": "charges or fines: {}",
    "investigates": "investigates: {}",
    "declines_comment": "declines to comment",
    "discloses": "discloses to investors: {}",
    "denies": "denies: {}",
    "negotiates": "negotiates: {}",
    "offers": "makes or sells {}",
    "says": "speaks of {}",
}
#: The same for what is asked for, planned, proposed, feared or opposed.
_WHAT: Final = {
    "suspends": "a pause of {}",
    "extends": "more time for {}",
    "rescinds": "an end of {}",
    "revokes": "the loss of {}",
    "requires_license": "a license requirement for {}",
    "licenses": "licenses for {}",
    "eases": "relief on {}",
    "tightens": "tighter limits on {}",
    "bans": "a ban or limits on {}",
    "issues": "rules on {}",
    "amends": "changes of {}",
}
_WANTS: Final = {
    "asks": "asks for",
    "plans": "plans",
    "proposes": "proposes",
    "warns": "warns of",
    "objects": "objects to",
    "denies": "denies",
}
_MODES: Final = {"negated": "said not to be so", "future": "to come", "hypothetical": "possibly"}


def done(claim: Claim) -> str:
    """Who does what to what, in a few English words."""
    actor = claim.actor.name if claim.actor else "(not said who)"
    if claim.action in _WANTS and claim.of in _WHAT:
        verb = f"{_WANTS[claim.action]} {_WHAT[claim.of]}"
    else:
        verb = _DONE.get(claim.action, f"{claim.action.replace('_', ' ')}: {{}}")
    return f"{actor} {verb.format(claim.object.name if claim.object else 'the matter')}"


def said(claim: Claim) -> str:
    """The claim as a short English sentence, with its day, how it is meant and who says so."""
    when = f", {_day(claim)}" if claim.when is not None and claim.when.first is not None else ""
    modes = f" ({', '.join(_MODES.get(mode, mode) for mode in claim.modes)})" if claim.modes else ""
    by = f"; said by {claim.said_by.name}" if claim.said_by is not None else ""
    return f"{done(claim)}{when}{modes}{by}"


def _day(claim: Claim) -> str:
    when = claim.when
    assert when is not None
    assert when.first is not None
    text = when.first.isoformat()
    return {"day": text, "month": text[:7], "year": text[:4]}.get(when.grain, text)
