"""The Merkle log as arithmetic: hashes, tree, tiles, proofs, notes, leaves. No disk, no clock.

RFC 6962 section 2.1 for the tree, RFC 9162 section 2.1 for checking proofs, C2SP for the texts
(signed-note v1.0.0, tlog-checkpoint v1.0.0, tlog-tiles v0.1.0, tlog-proof@v1), RFC 8785 for JSON.
"""

from fullfile.core.tlog.canonical import Json, canonical_bytes, parse_canonical
from fullfile.core.tlog.checkpoint import (
    Checkpoint,
    open_checkpoint,
    parse_checkpoint,
    sign_checkpoint,
)
from fullfile.core.tlog.failures import Malformed, NotCanonical, ProofFailed
from fullfile.core.tlog.frontier import Frontier, NodeHash
from fullfile.core.tlog.hashing import EMPTY_ROOT, leaf_hash, leaf_hashes, node_hash
from fullfile.core.tlog.leaf import (
    SALT_SIZE,
    Leaf,
    digest,
    is_leaf,
    leaf_bytes,
    leaves_of,
    parse_leaf,
)
from fullfile.core.tlog.note import (
    Note,
    Signature,
    SigningKey,
    VerifierKey,
    open_note,
    parse_note,
    sign_note,
)
from fullfile.core.tlog.proof import TlogProof, build_proof, parse_proof, verify_proof
from fullfile.core.tlog.statement import (
    PACKAGE,
    Statement,
    open_statement,
    parse_statement,
    sign_statement,
)
from fullfile.core.tlog.tile_reader import AuthenticTiles, TileSource
from fullfile.core.tlog.tiles import (
    Bundle,
    Tile,
    TileBuilder,
    build_bundles,
    bundles_of,
    parse_bundle,
    tiles_of,
)
from fullfile.core.tlog.tree import (
    HashReader,
    MemoryHashes,
    consistency_proof,
    inclusion_proof,
    root_hash,
    verify_consistency,
    verify_inclusion,
)

__all__ = [
    "EMPTY_ROOT",
    "PACKAGE",
    "SALT_SIZE",
    "AuthenticTiles",
    "Bundle",
    "Checkpoint",
    "Frontier",
    "HashReader",
    "Json",
    "Leaf",
    "Malformed",
    "MemoryHashes",
    "NodeHash",
    "NotCanonical",
    "Note",
    "ProofFailed",
    "Signature",
    "SigningKey",
    "Statement",
    "Tile",
    "TileBuilder",
    "TileSource",
    "TlogProof",
    "VerifierKey",
    "build_bundles",
    "build_proof",
    "bundles_of",
    "canonical_bytes",
    "consistency_proof",
    "digest",
    "inclusion_proof",
    "is_leaf",
    "leaf_bytes",
    "leaf_hash",
    "leaf_hashes",
    "leaves_of",
    "node_hash",
    "open_checkpoint",
    "open_note",
    "open_statement",
    "parse_bundle",
    "parse_canonical",
    "parse_checkpoint",
    "parse_leaf",
    "parse_note",
    "parse_proof",
    "parse_statement",
    "root_hash",
    "sign_checkpoint",
    "sign_note",
    "sign_statement",
    "tiles_of",
    "verify_consistency",
    "verify_inclusion",
    "verify_proof",
]
