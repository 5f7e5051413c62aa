#!/usr/bin/env python3
"""Chains of events over reports of ECB+, with the stories and findings that corrob makes.

    corrob report --format json ecb.jsonl > situation.json     (ecbplus.dev.jsonl, split dev)
    bench/ecb.py situation.json ecbplus.dev.jsonl STORIES_SCORE.py

Mentions are given, as is usual.  Two are of one chain when they stand in one story and one
finding has both, or their head words have one stem.  Prints the scorer's lines.
"""
import collections
import json
import re
import subprocess
import sys
import tempfile

ENDINGS = ("ations", "ation", "ings", "ing", "ions", "ion", "ments", "ment", "ers", "er", "ed", "es", "s", "e", "al")
PARTICLES = {"in", "on", "up", "out", "down", "off", "of", "to", "into", "away", "over", "back", "for", "with", "from"}


def stem(word):
    for end in ENDINGS:
        if word.endswith(end) and len(word) - len(end) >= 3:
            word = word[:-len(end)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") else word


def head(text):
    words = [w for w in re.findall(r"[\w'-]+", text.lower())]
    while len(words) > 1 and words[-1] in PARTICLES:
        words.pop()
    return words[-1] if words else text.lower()


def main():
    situation = json.load(open(sys.argv[1], encoding="utf-8"))
    ref = {r["id"]: r.get("ref", r["id"]) for r in situation["reports"]}
    story_of = {ref[i]: s["id"] for s in situation["stories"] for i in s["reports"]}
    text_of = {ref[r["id"]]: r["text"] for r in situation["reports"]}
    triggers = collections.defaultdict(list)  # by report: trigger span and finding
    events = {(ref[r["id"]], e["start"], e["end"]): e["trigger"] for r in situation["reports"]
              for e in r.get("events", [])}
    for s in situation["stories"]:
        for f in s["findings"]:
            for e in f["evidence"] if f["kind"] == "event" else []:
                trigger = events.get((ref[e["report"]], e["start"], e["end"]))
                if trigger and e["stance"] == "supports":
                    triggers[ref[e["report"]]].append((*trigger, f["id"]))
    gold, parent = {}, {}

    def root(x):
        parent.setdefault(x, x)
        while parent[x] != x:
            x = parent[x]
        return x

    for line in open(sys.argv[2], encoding="utf-8"):
        d = json.loads(line)
        if d["id"] not in story_of or d["split"] != "dev":
            continue
        raw = d["text"].encode()
        for m in d["mentions"]:
            if m["kind"] != "event" or m["sentence"] not in d["validated"]:
                continue
            gold[m["id"]] = m["cluster"]
            start, end = (len(raw[:m[k]].decode(errors="ignore")) for k in ("start", "end"))
            parent[root(m["id"])] = root((story_of[d["id"]], stem(head(m["text"]))))
            for a, b, finding in triggers[d["id"]]:
                if a < end and start < b and len(sys.argv) > 4:
                    parent[root(m["id"])] = root(finding)
    names = {}
    pred = {m: names.setdefault(root(m), len(names)) for m in gold}
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, chains in (("gold.tsv", gold), ("pred.tsv", pred)):
            paths.append(f"{folder}/{name}")
            with open(paths[-1], "w", encoding="utf-8") as out:
                out.writelines(f"{m}\t{c}\n" for m, c in sorted(chains.items()))
        subprocess.run([sys.executable, sys.argv[3], *paths], check=True)


main()
