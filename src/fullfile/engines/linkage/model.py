"""A model of which evidence weighs how much: JSON that a person can read, known by its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import rfc8785

__all__ = ["Model", "load_model"]


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of evidence, in bits: each bit doubles the odds.

    Attributes:
        name, version, digest: which model.
        trained_on: what the weights come from, in words.
        prior: the bits before any evidence.
        persons: by what a person is to the item (giver, named, staff) and by the role in the case.
        near_number: for a report number that is nearly one of the case's.
        request_word, request_most: for each word of an open request, and for all of them together.
        same_number_share: how much of the evidence of another item under the same number counts.
        linked_share: how much of the evidence for a case counts for a case linked to it.
        strongest: no single reason weighs more.
    """

    name: str
    version: str
    digest: str
    trained_on: str
    prior: float
    persons: Mapping[str, Mapping[str, float]]
    near_number: float
    request_word: float
    request_most: float
    same_number_share: float
    linked_share: float
    strongest: float


def load_model(path: Path | None = None) -> Model:
    """Read a model: the one that comes with the program, or another.

    Args:
        path: a file of the same form.
    """
    path = path or Path(__file__).resolve().parents[2] / "models" / "evidence-1.json"
    data = json.loads(path.read_text("utf-8"))
    return Model(
        name=data["model"],
        version=data["version"],
        digest="sha256:" + hashlib.sha256(rfc8785.dumps(data)).hexdigest(),
        trained_on=data["trained_on"],
        prior=data["prior_bits"],
        persons=data["persons"],
        near_number=data["near_number_bits"],
        request_word=data["request_word_bits"],
        request_most=data["request_most_bits"],
        same_number_share=data["same_number_share"],
        linked_share=data["linked_case_share"],
        strongest=data["strongest_reason_bits"],
    )
