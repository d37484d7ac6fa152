"""Conditions in words: one sentence for a diff, an outline with the law's labels for a page."""

from __future__ import annotations

from licet.logic.nodes import All, Any, Node, Not, Present


def sentence(node: Node) -> str:
    """`node` on one line, with only the brackets it needs.

    >>> from licet.logic.parse import outline
    >>> sentence(outline({"all": {"a": "tpp >= 1600 or datacenter", "b": "not has_hbm"}}, ()))
    '(tpp >= 1600 or datacenter) and not has_hbm'
    """
    if isinstance(node, Not):
        return node.text if node.text not in ("not", "unless", "none of") else _denied(node.part)
    if isinstance(node, (All, Any)):
        if said := _quantified(node):
            return said
        every = isinstance(node, All)
        if not node.parts:
            return "always" if every else "never"
        parts = [(part, sentence(part)) for _, part in node.parts]
        other = Any if every else All
        shown = [f"({text})" if isinstance(part, other) and _open(part) else text for part, text in parts]
        return (" and " if every else " or ").join(shown)
    return node.text


def render(node: Node, label: str = "", depth: int = 0) -> list[str]:
    """`node` as an outline, one line a part, with the labels of the law.

    >>> from licet.logic.parse import outline
    >>> render(outline({"any": {"a.1": "tpp >= 4800", "a.2": "tpp >= 1600"}}, ()))
    ['any of', '  a.1: tpp >= 4800', '  a.2: tpp >= 1600']
    """
    start = f"{'  ' * depth}{label + ': ' if label else ''}"
    labelled = isinstance(node, (All, Any)) and any(name for name, _ in node.parts) and not _quantified(node)
    if isinstance(node, Not) and node.text in ("unless", "none of"):
        inner = node.part
        parts = inner.parts if isinstance(inner, Any) else (("", inner),)
        lines = [line for name, part in parts for line in render(part, name, depth + 1)]
        return [f"{start}{'none of' if node.text == 'unless' else node.text}", *lines]
    if isinstance(node, (All, Any)) and labelled:
        lines = [line for name, part in node.parts for line in render(part, name, depth + 1)]
        return [f"{start}{'all of' if isinstance(node, All) else 'any of'}", *lines]
    return [f"{start}{sentence(node)}"]


def _denied(part: Node) -> str:
    inner = sentence(part)
    return f"not ({inner})" if isinstance(part, (All, Any)) else f"not {inner}"


def _open(node: Node) -> bool:
    """Whether the words of `node` fall apart beside others: more than one part, and no quantifier in front."""
    return isinstance(node, (All, Any)) and len(node.parts) > 1 and not _quantified(node)


def _quantified(node: All | Any) -> str:
    """``some party: hq in D5``: said once, for the end user, as the law says it."""
    if node.text not in ("some party", "every party") or not node.parts:
        return ""
    roles = [role for role, _ in node.parts]
    first = node.parts[0][1]
    if isinstance(first, (All, Any)) and len(first.parts) == 2 and _asks_presence(first.parts[0][1]):
        first = first.parts[1][1]
    who = "party" if roles[0] == "end_user" and len(roles) > 1 else " or ".join(roles).replace("_", " ")
    extra = " (the exporter too)" if "exporter" in roles and len(roles) > 1 else ""
    word = "some" if isinstance(node, Any) else "every"
    return f"{word} {who}{extra}: {sentence(first)}"


def _asks_presence(node: Node) -> bool:
    return isinstance(node, Present) or (isinstance(node, Not) and isinstance(node.part, Present))
