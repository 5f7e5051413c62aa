#!/usr/bin/env python3
"""Chains of events over reports of ECB+: bench/ecb.py TRAIN_HAPPENINGS ecbplus.jsonl STORIES_SCORE.py [--cross]

Mentions are given, as is usual; which of them are one happening is what the scorer of src/story says, within the stories
that the reports are sorted into.  TRAIN_HAPPENINGS is build/release/train-happenings.  Split train is learnt from: split
dev is told, by the weights that are shipped; with --cross each fifth of the topics of split train, learnt on the others.
Beside it stands what one stem of the head words makes a chain, in the same stories.
"""
import importlib.util
import json
import re
import subprocess
import sys

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
    words = re.findall(r"[\w'-]+", text.lower())
    while len(words) > 1 and words[-1] in PARTICLES:
        words.pop()
    return words[-1] if words else text.lower()


def tell(name, o):
    print(f"{name}: CoNLL F1 {100 * o['conll']:.1f}", end="")
    for k in ("muc", "b3", "ceafe"):
        print(f"  {k} P {100 * o[k]['p']:.1f} R {100 * o[k]['r']:.1f} F {100 * o[k]['f']:.1f}", end="")
    print(f"  ({o['n']['items']} mentions, {o['n']['gold_clusters']} chains, found {o['n']['pred_clusters']})")


def main():
    tool, path, scorer = sys.argv[1:4]
    spec = importlib.util.spec_from_file_location("score", scorer)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    how = "--cross" if "--cross" in sys.argv else "--chains"
    lines = subprocess.run([tool, how, path], capture_output=True, text=True, check=True).stdout.splitlines()
    found = dict(line.split("\t") for line in lines)
    with open(path, encoding="utf-8") as f:
        mentions = {m["id"]: m for line in f for m in json.loads(line)["mentions"] if m["id"] in found}
    gold = {i: m["cluster"] for i, m in mentions.items()}
    stems = {i: found[i].split("-")[0] + " " + stem(head(m["text"])) for i, m in mentions.items()}
    tell("scorer", score.score(gold, found))
    tell("head stem", score.score(gold, stems))


main()
