#!/usr/bin/env python3
"""The worst pages of a set, by what was lost and what was too much of each.

    bench_pages --jsonl FOLDER/html > out.jsonl;  worst-pages.py FOLDER out.jsonl
    train-blocks --folds 6 FOLDER... > held.jsonl;  worst-pages.py FOLDER held.jsonl --set 0

FOLDER holds gold.json, {ID: {"articleBody": TEXT}}.  The second form tells each page by
trees that never saw its site; --set is the folder's place in that command.  A line: id,
F1, precision and recall of runs of four words.  No text is printed.
"""
import argparse
import collections
import json
import re

WORD = re.compile(r"\w+")
SURE_TO_CUT, SURE_TO_KEEP = -0.6, 0.8  # as score.c has them


def runs(text):
    words = WORD.findall(text or "")
    if not words:
        return collections.Counter()
    return collections.Counter(
        tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3)))


def held_text(page):
    def kept(b):
        return b["held"] >= SURE_TO_CUT if b["rules"] else b["held"] > SURE_TO_KEEP
    return "\n".join(b["text"] for b in page["blocks"] if kept(b))


def read(path, which):
    texts = {}
    for line in open(path, encoding="utf-8"):
        page = json.loads(line)
        if "blocks" in page:
            if page["folder"] == which:
                texts[page["id"]] = held_text(page)
        else:
            name = page["input"].rsplit("/", 1)[-1]
            texts[re.sub(r"\.html(\.gz)?$", "", name)] = page["articleBody"]
    return texts


def score(gold, text):
    wanted, given = runs(gold), runs(text)
    both = sum((wanted & given).values())
    precision = both / max(1, sum(given.values()))
    recall = both / max(1, sum(wanted.values()))
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("folder")
    options.add_argument("output")
    options.add_argument("--set", type=int, default=0)
    options.add_argument("--worst", type=int, default=10)
    given = options.parse_args()
    gold = json.load(open(given.folder + "/gold.json", encoding="utf-8"))
    texts = read(given.output, given.set)
    rows = [(*score(g["articleBody"], texts.get(i, "")), i)
            for i, g in gold.items() if "articleBody" in g]
    for f1, precision, recall, page in sorted(rows)[:given.worst]:
        print(f"{page}  F1 {100 * f1:.1f}  P {100 * precision:.1f}  R {100 * recall:.1f}")


if __name__ == "__main__":
    main()
