"""Memeriksa paket bukti Mitra BEJO tanpa aplikasinya.

    python3 verify_pack.py PAKET.zip [--anchor HASH]

Checks an exported pack with Python's standard library alone (3.9 or newer; no network):

1. every file is the one that manifest.json names, by SHA-256, and there is no other;
2. chain.jsonl is one chain: each hash is SHA-256 of hash before, event's digest and its id;
3. each event of events.jsonl has the digest that stands in the chain: SHA-256 of its facts as JSON
   with sorted keys, no spaces, UTF-8; its reason gives, with its salt, the hash among the facts;
4. with --anchor, a head that was kept outside (the foot of a letter, an e-mail; whole or its first
   sixteen digits) is in the chain.

Exit code 0: all is as it was written; 1: something is not, and it is said what; 2: asked wrongly.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile

FACTS = ("act", "at", "by", "detail", "from", "reason", "role", "to", "vendor")
OWN = "manifest.json"


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def lines(pack, name):
    with pack.open(name) as file:
        for line in file:
            yield json.loads(line)


def wrong_files(pack, manifest):
    """Files that are changed, missing, or in the pack without being named."""
    listed = dict(manifest["files"])
    for name in pack.namelist():
        if name.endswith("/") or name == OWN:
            continue
        wanted = listed.pop(name, None)
        if wanted is None:
            yield "berkas tidak tercantum: " + name
            continue
        found = hashlib.sha256()
        with pack.open(name) as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                found.update(block)
        if found.hexdigest() != wanted:
            yield "berkas berubah: " + name
    for name in listed:
        yield "berkas hilang: " + name


def broken_links(pack, manifest, anchor, digests):
    """Links that do not follow from the one before; fills ``digests`` by event."""
    before, last = manifest["chain"]["before"], 0
    has_met = before.startswith(anchor)
    for link in lines(pack, "chain.jsonl"):
        if link["position"] <= last:
            yield f"urutan rantai salah pada posisi {link['position']}"
        if link["hash"] != sha256(before + link["digest"] + str(link["event"])):
            yield f"rantai putus pada peristiwa {link['event']}"
        if link["event"] in digests:
            yield f"peristiwa {link['event']} ada dua kali"
        before, last = link["hash"], link["position"]
        digests[link["event"]] = link["digest"]
        has_met = has_met or before.startswith(anchor)
    if before != manifest["chain"]["head"]:
        yield "akhir rantai bukan yang tercantum di manifest"
    if not has_met:
        yield "jangkar tidak ada di rantai: akhir jejak mungkin dipotong"


def forged_events(pack, digests):
    """Events whose facts or words are not those that were chained."""
    for event in lines(pack, "events.jsonl"):
        facts = {name: event[name] for name in FACTS}
        written = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if digests.get(event["id"]) != sha256(written):
            yield f"peristiwa {event['id']} berubah atau tidak ada di rantai"
        is_erased = not event["words"] and not event["salt"]
        if not is_erased and sha256(event["salt"] + event["words"]) != event["reason"]:
            yield f"alasan peristiwa {event['id']} berubah"


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pack")
    parser.add_argument("--anchor", default="")
    asked = parser.parse_args(arguments)
    if 0 < len(asked.anchor) < 16:
        parser.error("jangkar: paling sedikit 16 angka pertama sidik")
    digests: dict[int, str] = {}
    problems: list[str] = []
    try:
        with zipfile.ZipFile(asked.pack) as pack:
            manifest = json.loads(pack.read(OWN))
            problems += wrong_files(pack, manifest)
            problems += broken_links(pack, manifest, asked.anchor, digests)
            problems += forged_events(pack, digests)
    except Exception as error:  # what a damaged archive raises is no closed list (zlib, lzma, …)
        problems.append(f"paket tidak terbaca: {type(error).__name__}")
    for problem in problems:
        print("SALAH  " + problem)
    if problems:
        print(f"Paket ini TIDAK seperti saat ditulis: {len(problems)} temuan.")
        return 1
    print(f"Benar: {len(digests)} mata rantai, akhir {manifest['chain']['head']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
