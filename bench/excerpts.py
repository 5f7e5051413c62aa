#!/usr/bin/env python3
"""Reports that quote one paragraph of another: merged with it, or told as an excerpt?

    corrob report --format json --input-format jsonl synthetic.jsonl > situation.json
    bench/excerpts.py situation.json synthetic.dev.jsonl

The set's `excerpt` reports are another report (`derived_from`, rightly their own origin)
with one paragraph of a third put in; this finds the third by that paragraph.
"""
import collections
import json
import sys

LONG = 12  # words of a paragraph that tells where it is from


def paragraphs(text):
    return {p for p in text.split("\n\n") if len(p.split()) > LONG}


def main():
    situation = json.load(open(sys.argv[1], encoding="utf-8"))
    records = {r["id"]: r for r in map(json.loads, open(sys.argv[2], encoding="utf-8"))}
    refs = collections.defaultdict(list)
    for r in situation["reports"]:
        refs[r["id"]].append(r["ref"])
    origin, told = {}, set()
    for s in situation["stories"]:
        for n, group in enumerate(s["origins"]):
            origin.update((ref, (s["id"], n)) for i in group for ref in refs[i])
        told.update(frozenset((a, b)) for c in s["copies"] for a in refs[c["from"]] for b in refs[c["to"]])
    holders = collections.defaultdict(set)
    for r in records.values():
        if r["op"] == "original":
            for p in paragraphs(r["text"]):
                holders[p].add(r["id"])
    pairs = merged = listed = own = excerpts = 0
    for r in records.values():
        if r["op"] != "excerpt":
            continue
        base = records[r["derived_from"]]
        excerpts += 1
        own += origin[r["id"]] == origin[base["id"]]
        put_in = paragraphs(r["text"]) - paragraphs(base["text"])
        quoted = set().union(*(holders[p] for p in put_in)) - {base["id"]} if put_in else set()
        if len(quoted) != 1:  # furniture of many reports is nobody's paragraph
            continue
        pairs += 1
        merged += origin[r["id"]] == origin[min(quoted)]
        listed += frozenset((r["id"], min(quoted))) in told
    print(f"{excerpts} excerpts, {own} with the report they are made of; {pairs} whose quoted report is known: "
          f"merged with it {merged} ({100 * merged / pairs:.1f} %), listed as sharing a passage {listed}")


main()
