"""Proof of what was sent: a keyed digest on each message. A report can be neither forged nor denied."""

import hmac
import json

from beenthere.foundation.digests import digest

from ..models import Message

PURPOSE = "message"


def proof_of(*, conversation: str, author: str, number: int, mark: str, told: dict) -> str:
    """The digest of a message: the refs of its conversation and of its author's membership, its number and
    mark, and `told`: `words`, `kind`, `note` and `piece` (a ref, "" for none). Only who holds the secret of
    this place can make it, and it fits no other words, place or person."""
    whole = [
        conversation,
        author,
        number,
        mark,
        *(told.get(one) or "" for one in ("words", "kind", "note", "piece")),
    ]
    return digest(PURPOSE, json.dumps(whole, ensure_ascii=False, separators=(",", ":")))


def told_in(message: Message) -> dict:
    """What is proven of a message, its words open: plain values."""
    return {
        "words": message.words,
        "kind": message.kind,
        "note": message.note or "",
        "piece": message.piece_proven,
        "mark": message.mark,
    }


def is_proven(digest_kept: str, **facts) -> bool:
    """Whether `digest_kept` is that of these facts (as `proof_of` takes them)."""
    return hmac.compare_digest(digest_kept, proof_of(**facts))
