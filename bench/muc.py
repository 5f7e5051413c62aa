#!/usr/bin/env python3
"""Document tolls of MUC-3/MUC-4: bench/muc.py CORROB MUC.jsonl [--limit N] [--errors]

The texts are in capitals, as they were handed out.  A toll is right when its kind and interval are those of
one in the text's templates, or an interval that the set names as right, too; optional ones are no misses.
Figures told as background are left out.  The published measure of MUC-4 is another one: F over all slots of
all templates (P and R of filled slots), scored per incident; tolls are a slot or two of it, so the two
figures can't be compared.
--errors shows what was missed in one half (by hash of the id); the other half stays unseen.
"""
import hashlib, json, subprocess, sys


def fits(f, g):
    spans = [(g["lower"], g["upper"])] + [(a["lower"], a["upper"]) if isinstance(a, dict) else tuple(a) for a in g.get("alt", [])]
    return f["measure"] == g["kind"] and (f["low"], f["high"]) in spans


def match(found, gold):
    """Pairs of a toll read and one of the gold, each once."""
    free, right = list(gold), []
    for f in found:
        g = next((g for g in free if fits(f, g)), None)
        if g is not None:
            free.remove(g)
            right.append(g)
    return right, free


def main():
    program, path = sys.argv[1:3]
    gold = [json.loads(line) for line in open(path, encoding="utf-8")]
    if "--limit" in sys.argv:
        gold = gold[:int(sys.argv[sys.argv.index("--limit") + 1])]
    kinds = {t["kind"] for g in gold for t in g["tolls"]}
    lines = "".join(json.dumps({"id": g["id"], "text": g["text"]}) + "\n" for g in gold)
    out = subprocess.run([program, "read", "--quiet", "--input-format", "jsonl", "-"], input=lines, capture_output=True, text=True)
    tolls = wanted = right = read = 0
    for g, line in zip(gold, out.stdout.splitlines()):
        found = {(f["measure"], f["low"], f["high"]): f for f in json.loads(line)["figures"]
                 if f["measure"] in kinds and not f.get("background") and f["modality"] in ("asserted", "alleged")}
        hits, missed = match(found.values(), g["tolls"])
        missed = [t for t in missed if not t["optional"]]
        read, right, tolls = read + len(found), right + len(hits), tolls + 1
        wanted += len(hits) + len(missed)
        if missed and "--errors" in sys.argv and int(hashlib.md5(g["id"].encode()).hexdigest(), 16) % 2 == 0:
            print(g["id"], "|", ", ".join(f"{t['kind']} {t['op']} {'/'.join(t['victim'])}" for t in missed))
    p, r = 100 * right / max(read, 1), 100 * right / max(wanted, 1)
    print(f"{tolls} texts: document tolls F1 {2 * p * r / max(p + r, 1e-9):.1f}  P {p:.1f}  R {r:.1f}")


if __name__ == "__main__":
    main()
