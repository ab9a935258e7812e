"""A voter's client over HTTP, from docs/API.md, docs/openapi.json and docs/BALLOT.md: `python3 client.py OPENAPI.json < ORDER.json`.

The order: site, poll, login, password, seed (hex), choices. It is the slot's first ballot. Prints its tracker.
"""

import base64
import json
import sys
from urllib.request import Request, urlopen

from check import checkpoint, leaf, node, t32, tracker
from voter import ballot


class Site:
    """Requests that the description knows."""

    def __init__(self, address, described):
        self.address, self.paths, self.token = address, described["paths"], None

    def ask(self, method, path, body=None, kind="application/octet-stream", **ids):
        assert method.lower() in self.paths[path], f"{method} {path} is not described"
        request = Request(self.address + path.format(**ids), method=method, data=body)
        request.add_header("Content-Type", kind)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        with urlopen(request) as answer:
            return answer.read()


def included(index, size, entry, proof):
    """RFC 6962: the root that an inclusion proof leads to."""
    value, last = leaf(entry), size - 1
    for sibling in proof:
        if index % 2 or index == last:
            value = node(sibling, value)
            while index % 2 == 0 and index:
                index, last = index >> 1, last >> 1
        else:
            value = node(value, sibling)
        index, last = index >> 1, last >> 1
    assert last == 0, "the proof is too short"
    return value


def stands(proof, entry, log):
    """The entry is under a checkpoint that the log has signed."""
    path = [bytes.fromhex(h) for h in proof["inclusion"]]
    head = included(proof["leaf"], proof["size"], entry, path)
    assert checkpoint(proof["checkpoint"], log["origin"], bytes.fromhex(log["key"])) == (proof["size"], head)


def main():
    order, poll = json.load(sys.stdin), "/api/v1/polls/{poll}"
    with open(sys.argv[1], encoding="utf-8") as description:
        site = Site(order["site"], json.load(description))
    account = json.dumps({"login": order["login"], "password": order["password"]}).encode()
    site.token = json.loads(site.ask("POST", "/api/v1/sessions", account, "application/json"))["token"]

    def ask(method, path, body=None, **ids):
        return site.ask(method, poll + path, body, poll=order["poll"], **ids)

    context = json.loads(ask("GET", "/voting-context"))
    manifest = base64.b64decode(context["manifest"])
    assert ask("GET", "/manifest") == manifest
    assert t32("manifest", manifest).hex() == context["manifest_hash"]
    assert (context["next_generation"], context["next_number"]) == (1, 1)
    bound = [bytes.fromhex(context[name]) for name in ("poll", "manifest_hash", "joint_key", "roll_hash")]
    named = {name: context[name] for name in ("poll", "joint_key", "slot")}
    given = {"seed": order["seed"], "choices": order["choices"], "manifest": manifest.decode()}
    credential, entry = ballot({**named, **given, "context": t32("poll-context", *bound).hex()})

    log = json.loads(manifest)["log"]
    stands(json.loads(ask("POST", "/credentials", credential)), credential, log)
    receipt = json.loads(ask("POST", "/ballots", entry))
    digest = t32("ballot", entry)
    assert (receipt["hash"], receipt["tracker"]) == (digest.hex(), tracker(digest))
    stands(receipt["proof"], entry, log)
    size, _ = checkpoint(ask("GET", "/board/checkpoint").decode(), log["origin"], bytes.fromhex(log["key"]))
    assert size >= receipt["proof"]["size"]
    print(tracker(digest))


if __name__ == "__main__":
    main()
