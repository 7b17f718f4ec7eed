"""Help that teaches: what a command does, one or two examples, and what its exit status says."""

from __future__ import annotations

__all__ = ["explain"]


def explain(summary: str, *paragraphs: str, examples: tuple[str, ...] = ()) -> str:
    """The help of a command.

    Args:
        summary: one short sentence; it stands in the list of commands too.
        paragraphs: what else there is to know, wrapped to the screen.
        examples: command lines, kept as they are.
    """
    blocks = [summary]
    if examples:
        blocks.append("\b\n" + "\n".join(examples))
    blocks.extend(paragraphs)
    return "\n\n".join(blocks)
