"""A voter's client, written from docs/BALLOT.md: `python3 voter.py < ORDER.json` prints a credential and a ballot.

The order: manifest, poll, context, joint_key (hex), seed (hex), slot, choices. It is the slot's first ballot.
"""

import json
import sys
from secrets import randbelow

from check import ranges, t, t32, ts, u
from curves import BASE, ORDER, decode, ed25519_public, ed25519_sign


def encoded(n):
    return n.to_bytes(32, "little")


def sign(secret, context, entry):
    return entry + ed25519_sign(secret, t("signature", ed25519_public(secret), context, entry))


def prove(value, nonce, span, key):
    """Section 7: commitments, and a function from the challenge to the responses."""
    values = range(span[0], span[1] + 1)
    ts_, es = {v: randbelow(ORDER) for v in values}, {v: randbelow(ORDER) for v in values}
    pairs = [(ts_[v] * BASE, ts_[v] * key - es[v] * (value - v) % ORDER * BASE) for v in values]

    def respond(c):
        es[value] = (c - sum(e for v, e in es.items() if v != value)) % ORDER
        zs = [(ts_[v] + es[v] * nonce) % ORDER for v in values]
        return b"".join(map(encoded, [es[v] for v in values][:-1] + zs))

    return b"".join(a.encode() + b.encode() for a, b in pairs), respond


def ballot(order):
    manifest = json.loads(order["manifest"])
    poll, context, joint, seed = (bytes.fromhex(order[name]) for name in ("poll", "context", "joint_key", "seed"))
    secret, key, slot = t32("voter-key", seed, poll), decode(joint), order["slot"]
    public = ed25519_public(secret)
    credential = sign(secret, context, b"\x01\x0b" + poll + u(4, slot) + u(2, 1) + public)
    head = public, u(4, slot), u(4, 1), bytes(32)
    sealed = b""
    for index, (question, chosen) in enumerate(zip(manifest["questions"], order["choices"])):
        n = len(question["options"])
        values = [int(i in chosen) for i in range(n)]
        nonces = [randbelow(ORDER) for _ in range(n)]
        ciphertexts = b"".join((r * BASE).encode() + (v * BASE + r * key).encode() for v, r in zip(values, nonces))
        held = zip(values + [sum(values)], nonces + [sum(nonces)], ranges(question))
        commitments, respond = zip(*(prove(v, r, span, key) for v, r, span in held))
        shape = u(2, index), u(2, n), u(2, question["min"]), u(2, question["max"])
        c = ts("ballot-proof", context, joint, *head, *shape, ciphertexts, b"".join(commitments))
        sealed += ciphertexts + b"".join(commitments) + b"".join(answer(c) for answer in respond)
    entry = sign(secret, context, b"\x01\x0d" + poll + context + b"".join(head) + sealed)
    return credential, entry


if __name__ == "__main__":
    for part in ballot(json.load(sys.stdin)):
        print(part.hex())
