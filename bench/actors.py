#!/usr/bin/env python3
"""Country and sector of actor phrases: bench/actors.py TEST_ACTOR ACTORS.jsonl EVENTS_SCORE.py [--errors]

TEST_ACTOR is build/dev/test_actor, whose --codes prints what a phrase alone tells.  Pronouns count as
UNK, as the set has it.  The scorer wants a list of events in each record; it is given an empty one.
--errors shows the phrases of one half (by hash of the id) that are wrong; the other half stays unseen.
"""
import hashlib, json, subprocess, sys, tempfile
from pathlib import Path

PRONOUNS = {"he", "she", "they", "it", "we"}


def codes(program, phrases):
    out = subprocess.run([program, "--codes"], input="\n".join(phrases) + "\n", capture_output=True, text=True, check=True).stdout
    return [line.split("\t") for line in out.splitlines()]


def main():
    program, path, scorer = sys.argv[1:4]
    gold = [json.loads(line) for line in open(path, encoding="utf-8")]
    pred = []
    for g, (country, sector) in zip(gold, codes(program, [g["text"].replace("\n", " ") for g in gold])):
        sector = "UNK" if g["text"].lower() in PRONOUNS else sector
        pred.append({"id": g["id"], "country": country, "sector": sector})
        wrong = any(g[k] is not None and g[k] != pred[-1][k] for k in ("country", "sector"))
        if wrong and "--errors" in sys.argv and int(hashlib.md5(g["id"].encode()).hexdigest(), 16) % 2 == 0:
            print(g["text"], "|", g["country"], g["sector"], "| got", country, sector)
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("gold.jsonl", "pred.jsonl")]
        for file, records in zip(files, ([dict(g, events=[]) for g in gold], pred)):
            file.write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
        result = json.loads(subprocess.run([sys.executable, scorer, *files], capture_output=True, text=True, check=True).stdout)
    for key, value in result.items():
        if key.startswith("actor "):
            print(key, value)


main()
