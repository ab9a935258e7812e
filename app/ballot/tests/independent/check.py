"""A second verifier, written from docs/BALLOT.md: `python3 check.py VECTORS-FOLDER`. Nothing but the standard library."""

import base64
import json
import sys
from fractions import Fraction
from hashlib import sha256, sha512
from pathlib import Path

from curves import BASE, ORDER, ZERO, decode, ed25519_public, ed25519_verify, scalar

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


# 1 Notation


def length_prefixed(data):
    return len(data).to_bytes(4, "big") + data


def t(label, *parts):
    parts = [b"minyi-ballot/1", label.encode(), *parts]
    return sha512(b"".join(map(length_prefixed, parts))).digest()


def t32(label, *parts):
    return t(label, *parts)[:32]


def ts(label, *parts):
    return int.from_bytes(t(label, *parts), "little") % ORDER


def u(size, n):
    return n.to_bytes(size, "big")


class Refused(Exception):
    pass


def ensure(holds, code):
    if not holds:
        raise Refused(code)


def signed(key, context, entry, code="bad-signature"):
    message = t("signature", key, context, entry[:-64])
    ensure(ed25519_verify(key, message, entry[-64:]), code)


class Reader:
    def __init__(self, data):
        self.data = data

    def take(self, n):
        ensure(len(self.data) >= n, "not-canonical")
        head, self.data = self.data[:n], self.data[n:]
        return head

    def int(self, size):
        return int.from_bytes(self.take(size), "big")

    def point(self, proper=False):
        point = decode(self.take(32))
        ensure(point is not None and not (proper and point == ZERO), "not-canonical")
        return point

    def scalar(self):
        n = scalar(self.take(32))
        ensure(n is not None, "not-canonical")
        return n

    def end(self):
        ensure(not self.data, "not-canonical")


def crockford(data):
    n = int.from_bytes(data, "big")
    digits = [ALPHABET[n >> 5 * i & 31] for i in reversed(range(len(data) * 8 // 5))]
    return ["".join(digits[i : i + 4]) for i in range(0, len(digits), 4)]


def tracker(ballot_hash):
    return " ".join(crockford(ballot_hash[:10]))


# 7 Ballots


def ranges(question):
    n, low, high = len(question["options"]), question["min"], question["max"]
    return [(0, 1)] * n + ([] if (low, high) == (0, n) else [(low, high)])


def ballot_size(manifest):
    def of(question):
        sizes = [64 * (hi - lo + 1) + 32 * (2 * (hi - lo + 1) - 1) for lo, hi in ranges(question)]
        return 64 * len(question["options"]) + sum(sizes)

    return 186 + sum(map(of, manifest["questions"]))


class Board:
    """Everything that the entries so far say."""

    def __init__(self):
        self.entries, self.manifest, self.trustees, self.roll = [], None, {}, []
        self.slots, self.keys, self.points, self.shares = {}, {}, set(), []
        self.open = self.closed = False
        self.challenged = self.cast = self.approvals = self.rehearsals = 0

    def ballot(self, entry):
        """Section 8, in its order. Returns the ballot's fields and ciphertexts."""
        size = ballot_size(self.manifest)
        ensure(len(entry) <= size, "too-large")
        r = Reader(entry)
        ensure(r.take(2) == b"\x01\x0d", "not-canonical")
        poll, context, key = r.take(16), r.take(32), r.take(32)
        slot, number, previous = r.int(4), r.int(4), r.take(32)
        ensure((poll, context) == (self.poll, self.context), "wrong-poll")
        ensure(len(entry) == size, "not-canonical")
        ensure(self.open and not self.closed, "poll-not-open")
        ensure(key in self.keys, "unknown-credential")
        own, generation = self.keys[key]
        ensure(self.slots[own]["generation"] == generation, "superseded-credential")
        ensure(own == slot, "wrong-slot")
        last, digest = self.slots[slot], t32("ballot", entry)
        ensure(not (last["number"] and last["hash"] == digest), "duplicate")
        ensure(number == last["number"] + 1, "wrong-number")
        ensure(previous == last["hash"], "wrong-previous")
        signed(key, self.context, entry)
        bound = [self.context, self.joint_key.encode(), key, u(4, slot), u(4, number), previous]
        ciphertexts, used = [], []
        for index, question in enumerate(self.manifest["questions"]):
            n = len(question["options"])
            raw = r.data
            pairs = [(r.point(True), r.point(True)) for _ in range(n)]
            used += [raw[i : i + 32] for i in range(0, 64 * n, 32)]
            raw_commitments = r.data
            spans = ranges(question)
            commitments = [[(r.point(), r.point()) for _ in range(lo, hi + 1)] for lo, hi in spans]
            raw_commitments = raw_commitments[: len(raw_commitments) - len(r.data)]
            shape = [u(2, index), u(2, n), u(2, question["min"]), u(2, question["max"])]
            c = ts("ballot-proof", *bound, *shape, raw[: 64 * n], raw_commitments)
            total = (sum((a for a, _ in pairs), ZERO), sum((b for _, b in pairs), ZERO))
            for (lo, hi), (a, b), commitment in zip(spans, pairs + [total], commitments):
                es = [r.scalar() for _ in range(lo, hi)]
                es.append((c - sum(es)) % ORDER)
                zs = [r.scalar() for _ in range(lo, hi + 1)]
                for value, e, z, (first, second) in zip(range(lo, hi + 1), es, zs, commitment):
                    ensure(z * BASE == first + e * a, "bad-proof")
                    ensure(z * self.joint_key == second + e * (b - value * BASE), "bad-proof")
            ciphertexts += pairs
        r.take(64)
        r.end()
        ensure(len(set(used)) == len(used) and not self.points & set(used), "reused-point")
        return slot, number, digest, ciphertexts, used

    # 11 Order of entries

    def push(self, entry):
        kinds = "manifest commit reveal deal confirm rehearsal roll_part roll_summary approval open_poll credential reissue cast challenge close share result"
        r = Reader(entry)
        ensure(r.int(1) == 1, "not-canonical")
        kind = r.int(1)
        poll = r.take(16)
        ensure(self.manifest is None or poll == self.poll, "wrong-poll")
        getattr(self, "on_" + kinds.split()[kind - 1])(r, entry)
        self.entries.append(entry)

    def on_manifest(self, r, entry):
        ensure(not self.entries, "out-of-order")
        text = r.data.decode()
        self.manifest = json.loads(text)
        ensure(json.dumps(self.manifest, ensure_ascii=False, separators=(",", ":")) == text, "bad-manifest")
        self.poll, self.m = entry[2:18], t32("manifest", r.data)
        self.link = t32("roll-start", self.poll)
        self.n, self.k = self.manifest["keys"]["n"], self.manifest["keys"]["k"]

    # 4 Key ceremony

    def all_have(self, what):
        return len([1 for trustee in self.trustees.values() if what in trustee]) == self.n

    def on_commit(self, r, entry):
        index = r.int(1)
        ensure(1 <= index <= self.n and index not in self.trustees, "already-posted")
        key, sealing, commitment = r.take(32), r.take(32), r.take(32)
        signed(key, self.m, entry)
        self.trustees[index] = {"key": key, "sealing": sealing, "commitment": commitment, "commit": entry}

    def trustee(self, r, entry, what, before):
        index = r.int(1)
        trustee = self.trustees[index]
        ensure(self.all_have(before) and what not in trustee, "out-of-order")
        context = self.m
        if what == "reveal":
            context = t32("committed", self.m, self.digests("commit"))
        elif what == "share":
            context = self.context
        signed(trustee["key"], context, entry)
        trustee[what] = entry
        return index, trustee

    def on_reveal(self, r, entry):
        index, trustee = self.trustee(r, entry, "reveal", "commit")
        ensure(r.int(1) == self.k, "not-canonical")
        raw = r.data[: 96 * self.k]
        parts = (trustee["key"], trustee["sealing"], raw)
        ensure(t32("dkg-commit", self.m, u(1, index), *parts) == trustee["commitment"], "wrong-commitment")
        trustee["coefficients"] = []
        for j in range(self.k):
            x, c, s = r.point(True), r.scalar(), r.scalar()
            commitment = s * BASE - c * x
            expected = ts("dkg-proof", self.m, u(1, index), u(1, j), x.encode(), commitment.encode())
            ensure(c == expected, "bad-proof")
            trustee["coefficients"].append(x)

    def on_deal(self, r, entry):
        index, _ = self.trustee(r, entry, "deal", "reveal")
        ensure(r.int(1) == self.n - 1, "not-canonical")
        receivers = [(r.int(1), r.take(80))[0] for _ in range(self.n - 1)]
        ensure(receivers == [i for i in range(1, self.n + 1) if i != index], "not-canonical")

    def digests(self, what):
        return b"".join(t32("ceremony-entry", self.trustees[i][what]) for i in sorted(self.trustees))

    def on_confirm(self, r, entry):
        self.trustee(r, entry, "confirm", "deal" if self.n > 1 else "reveal")
        revealed = t32("revealed", self.m, self.digests("commit"), self.digests("reveal"))
        self.ceremony = t32("ceremony", revealed, self.digests("deal") if self.n > 1 else b"")
        self.joint_key = sum((trustee["coefficients"][0] for trustee in self.trustees.values()), ZERO)
        ensure(r.take(32) == self.joint_key.encode(), "wrong-key")
        ensure(r.take(32) == self.ceremony, "wrong-transcript")

    def public_share(self, j):
        terms = (j**i * x for trustee in self.trustees.values() for i, x in enumerate(trustee["coefficients"]))
        return sum(terms, ZERO)

    def equal_logarithms(self, public, bases, images, c, s, *statement):
        commitments = [s * BASE - c * public] + [s * a - c * d for a, d in zip(bases, images)]
        joined = (b"".join(p.encode() for p in points) for points in (bases, images, commitments))
        ensure(ts(*statement, public.encode(), *joined) == c, "bad-proof")

    def on_rehearsal(self, r, entry):
        index, _ = self.trustee(r, entry, "rehearsal", "confirm")
        nonce = ts("rehearsal-total", self.m, self.ceremony, self.joint_key.encode(), b"nonce")
        image, c, s = r.point(), r.scalar(), r.scalar()
        statement = ("rehearsal", self.m, self.ceremony, u(1, index))
        self.equal_logarithms(self.public_share(index), [nonce * BASE], [image], c, s, *statement)
        self.rehearsals += 1

    # 5 Roll and opening

    def on_roll_part(self, r, entry):
        first, count = r.int(4), r.int(2)
        ensure(first == len(self.roll) + 1, "wrong-count")
        self.link = t32("roll-part", self.link, u(4, first), r.data)
        self.roll += [r.take(33) for _ in range(count)]
        ensure(all(slot[0] == 1 for slot in self.roll), "wrong-roll")
        r.end()

    def on_roll_summary(self, r, entry):
        slots, self.roll_hash, count = r.int(4), r.take(32), r.int(2)
        buildings = r.data
        total = sum((r.take(r.int(1)), r.int(4))[1] for _ in range(count))
        ensure(slots == len(self.roll) == total, "wrong-count")
        ensure(self.roll_hash == t32("roll", self.link, u(4, slots), buildings), "wrong-roll")

    def on_approval(self, r, entry):
        clerk = self.manifest["clerks"][r.int(1)]
        ensure(r.take(32) == self.joint_key.encode() and r.take(32) == self.roll_hash, "wrong-roll")
        signed(bytes.fromhex(clerk["key"]), self.m, entry)
        self.approvals += 1

    def on_open_poll(self, r, entry):
        ensure(self.approvals >= self.manifest["clerk_signatures"], "too-few-signatures")
        ensure(self.rehearsals >= self.k, "too-few-rehearsals")
        ensure(r.int(8) >= self.manifest["opens_at"], "too-early")
        self.context = t32("poll-context", self.poll, self.m, self.joint_key.encode(), self.roll_hash)
        self.open = True
        options = sum(len(question["options"]) for question in self.manifest["questions"])
        self.sums = [(ZERO, ZERO)] * options

    # 6 Credentials

    def on_credential(self, r, entry):
        slot, generation, key = r.int(4), r.int(2), r.take(32)
        ensure(1 <= slot <= len(self.roll) and generation == 1, "unknown-slot")
        ensure(slot not in self.slots and key not in self.keys, "credential-exists")
        signed(key, self.context, entry)
        self.slots[slot] = {"generation": 1, "number": 0, "hash": bytes(32), "ciphertexts": []}
        self.keys[key] = (slot, 1)

    # 7 to 9 Ballots and challenges

    def on_cast(self, r, entry):
        slot, number, digest, ciphertexts, used = self.ballot(entry)
        self.slots[slot].update(number=number, hash=digest, ciphertexts=ciphertexts)
        self.points.update(used)
        self.cast += 1

    def on_challenge(self, r, entry):
        ballot = r.take(r.int(2))
        _, _, digest, ciphertexts, used = self.ballot(ballot)
        ensure(r.int(2) == len(ciphertexts), "bad-opening")
        values = []
        for a, c in ciphertexts:
            value, nonce = r.int(1), r.scalar()
            opens = nonce * BASE == a and value * BASE + nonce * self.joint_key == c
            ensure(value in (0, 1) and opens, "bad-opening")
            values.append(value)
        r.end()
        self.points.update(used)
        self.challenged += 1
        self.opened = (tracker(digest), values)

    # 10 Close, shares, result

    def on_close(self, r, entry):
        ensure(r.int(8) >= self.manifest["closes_at"], "too-early")
        ensure(r.int(8) == len(self.entries), "wrong-count")
        ensure(r.take(32) == root([leaf(e) for e in self.entries]), "wrong-root")
        last = [slot["ciphertexts"] for slot in self.slots.values() if slot["number"]]
        self.counted = len(last)
        ensure((r.int(4), r.int(4), r.int(4)) == (self.cast, self.challenged, self.counted), "wrong-count")
        for ballot in last:
            self.sums = [(a + x, b + y) for (a, b), (x, y) in zip(self.sums, ballot)]
        ensure(r.int(2) == len(self.sums), "wrong-aggregate")
        self.aggregate = t32("aggregate", self.context, r.data)
        ensure(r.data == b"".join(a.encode() + b.encode() for a, b in self.sums), "wrong-aggregate")
        self.closed = True

    def on_share(self, r, entry):
        index, _ = self.trustee(r, entry, "share", "confirm")
        ensure(self.counted >= self.manifest["min_group"], "too-few-ballots")
        ensure(r.take(32) == self.aggregate and r.int(2) == len(self.sums), "wrong-aggregate")
        images = [r.point() for _ in self.sums]
        c, s = r.scalar(), r.scalar()
        statement = ("share", self.context, u(1, index), self.aggregate)
        self.equal_logarithms(self.public_share(index), [a for a, _ in self.sums], images, c, s, *statement)
        self.shares.append((index, images))

    def on_result(self, r, entry):
        shares = self.shares[: self.k]
        opened = []
        for i, (_, second) in enumerate(self.sums):
            for j, images in shares:
                coefficient = Fraction(1)
                for other, _ in shares:
                    coefficient *= Fraction(other, other - j) if other != j else 1
                weight = coefficient.numerator * pow(coefficient.denominator, -1, ORDER)
                second = second - weight * images[i]
            opened.append(second)
        ensure((r.int(1), r.int(1)) == (1, len(self.manifest["questions"])), "wrong-totals")
        self.totals, self.outcomes = [], []
        for question in self.manifest["questions"]:
            totals = [r.int(4) for _ in range(r.int(2))]
            for total in totals:
                ensure(total <= self.counted and total * BASE == opened.pop(0), "wrong-totals")
            verdict = r.int(1)
            self.totals.append(totals)
            self.outcomes.append((verdict, [r.int(2) for _ in range(r.int(2))]))
            ensure(self.outcomes[-1] == self.decide(question, totals), "wrong-outcome")
        r.end()

    def decide(self, question, totals):
        """The two ways of deciding that the vectors use."""

        def met(fraction, part, whole):
            have, need = part * fraction["den"], whole * fraction["num"]
            return have > need if fraction["strict"] else have >= need

        if question["decides"] == "ranking":
            return 5, sorted(range(len(totals)), key=lambda i: -totals[i])
        rule = self.manifest["rule"]
        if rule["quorum"] and not met(rule["quorum"], self.counted, len(self.roll)):
            return 0, []
        assert question["decides"] == "yes" and rule["pass"]["base"] == "ballots"
        passed = met(rule["pass"]["fraction"], totals[question["yes"]], self.counted)
        return (1, [question["yes"]]) if passed else (2, [])


# 12 The log


def leaf(entry):
    return sha256(b"\0" + entry).digest()


def node(left, right):
    return sha256(b"\1" + left + right).digest()


def root(leaves):
    if len(leaves) == 1:
        return leaves[0]
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    return node(root(leaves[:middle]), root(leaves[middle:]))


def path(index, leaves):
    if len(leaves) == 1:
        return []
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    if index < middle:
        return path(index, leaves[:middle]) + [root(leaves[middle:])]
    return path(index - middle, leaves[middle:]) + [root(leaves[:middle])]


def consistency(old, leaves, whole=True):
    """RFC 6962, section 2.1.2."""
    if old == len(leaves):
        return [] if whole else [root(leaves)]
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    if old <= middle:
        return consistency(old, leaves[:middle], whole) + [root(leaves[middle:])]
    return consistency(old - middle, leaves[middle:], False) + [root(leaves[:middle])]


def checkpoint(note, origin, key, witnesses=()):
    """The size and root of a signed checkpoint, and how many witnesses have signed it."""
    body, _, lines = note.rpartition("\n\n")
    body += "\n"
    name, size, root64 = body.split("\n")[:3]
    ensure(name == origin, "other-log")
    found = 0
    for line in lines.splitlines():
        signer, encoded = line.removeprefix("— ").split(" ")
        data = base64.b64decode(encoded, validate=True)
        for kind, expected, public in [(1, origin, key), *((4, *w) for w in witnesses)]:
            if signer == expected and data[:4] == sha256(signer.encode() + bytes([10, kind]) + public).digest()[:4]:
                message, signature = body.encode(), data[4:]
                if kind == 4:
                    time, signature = int.from_bytes(signature[:8], "big"), signature[8:]
                    message = f"cosignature/v1\ntime {time}\n{body}".encode()
                ensure(ed25519_verify(public, message, signature), "unsigned-checkpoint")
                found += 1
    ensure(found == 1 + len(witnesses), "unsigned-checkpoint")
    return int(size), base64.b64decode(root64)


def check_hashes(v):
    for case in v["t"]:
        assert t(case["label"], *map(bytes.fromhex, case["parts"])).hex() == case["digest"]
    assert tracker(bytes.fromhex(v["tracker"]["hash"])) == v["tracker"]["tracker"]
    secret = bytes.fromhex(v["recovery_code"]["secret"])
    assert "-".join(crockford(secret + t("recovery-code", secret)[:4])) == v["recovery_code"]["code"]
    seed, poll = (bytes.fromhex(v["voter_key"][name]) for name in ("seed", "poll"))
    assert ed25519_public(t32("voter-key", seed, poll)).hex() == v["voter_key"]["public"]
    assert ed25519_public(t32("clerk-key", bytes.fromhex(v["clerk_key"]["seed"]))).hex() == v["clerk_key"]["public"]
    slot = v["roll_slot"]
    parts = bytes.fromhex(slot["poll"]), u(4, slot["slot"]), bytes.fromhex(slot["salt"]), slot["person"].encode()
    assert t32("roll-slot", *parts).hex() == slot["commitment"]


def check_board(v):
    board = Board()
    for entry in map(bytes.fromhex, v["entries"]):
        if entry.hex() == v["ballot"]["bytes"]:
            for case in v["refused"]:
                try:
                    board.ballot(bytes.fromhex(case["bytes"]))
                    raise AssertionError(case["what"] + " was accepted")
                except Refused as refusal:
                    assert str(refusal) == case["refusal"], (case["what"], str(refusal))
        board.push(entry)
    assert tracker(t32("ballot", bytes.fromhex(v["ballot"]["bytes"]))) == v["ballot"]["tracker"]
    assert (board.m.hex(), board.context.hex()) == (v["manifest_hash"], v["context"])
    chosen = [i for i, value in enumerate(board.opened[1]) if value]
    assert (board.opened[0], [chosen]) == (v["challenge"]["tracker"], v["challenge"]["choices"])
    assert board.totals == v["totals"] and [chosen for _, chosen in board.outcomes] == v["chosen"]
    log = board.manifest["log"]
    size, head = checkpoint(v["checkpoint"], log["origin"], bytes.fromhex(log["key"]))
    assert (size, head) == (len(board.entries), root([leaf(e) for e in board.entries]))
    for index, secret in enumerate(map(bytes.fromhex, v["trustee_secrets"]), 1):
        master = t("trustee", secret, board.poll, u(1, index))
        assert ed25519_public(t32("trustee-signing", master)) == board.trustees[index]["key"]
        for j, x in enumerate(board.trustees[index]["coefficients"]):
            assert ts("trustee-coefficient", master, u(1, j)) * BASE == x
    return board


def check_log(v, origin):
    leaves = [bytes.fromhex(h) for h in v["leaves"]]
    for size, expected in enumerate(v["roots"], 1):
        assert root(leaves[:size]).hex() == expected
    for case in v["inclusion"]:
        assert [h.hex() for h in path(case["of"], leaves[: case["in"]])] == case["proof"]
    for case in v["consistency"]:
        assert [h.hex() for h in consistency(case["of"], leaves[: case["in"]])] == case["proof"]
    witness = ("witness.example/w1", bytes.fromhex(v["witness_key"]))
    size, head = checkpoint(v["checkpoint"], origin, bytes.fromhex(v["log_key"]), [witness])
    assert (size, head.hex()) == (len(leaves), v["roots"][-1])


def main():
    folder = Path(sys.argv[1])
    hashes, board, log = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("hash", "board", "log"))
    check_hashes(hashes)
    read = check_board(board)
    check_log(log, read.manifest["log"]["origin"])
    print(f"{len(read.entries)} entries, {read.counted} ballots counted: all vectors agree")


if __name__ == "__main__":
    main()
