#!/usr/bin/env python3
"""GAP: which of two names a pronoun means: bench/gap.py CORROB GAP.tsv [--half 0|1] [--errors N] [--two]

The metric is that of the set's own scorer (Webster and others, 2018): A and B are each a yes-or-no question, F1 over
both, also for masculine and feminine pronouns alone and as their ratio (bias).  The whole passage goes through
`corrob read`; the answer for a name is yes when the entity whose mention is the pronoun has a mention over the name
that holds its last word.  Nothing of the gold is given to the program, not even where the two names are: this is the
set's harder task ("snippet context"); published figures of it are 55.0 to 64.0, and 66.9 for the rule of parallel
roles, which is told the two names.
--half takes the passages whose id has this parity of its MD5: errors are read in one half only.
"""
import argparse, csv, hashlib, json, subprocess, tempfile

MALE = {"he", "his", "him", "himself"}


def parity(name):
    return int(hashlib.md5(name.encode()).hexdigest(), 16) % 2


def read(corrob, rows):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        f.write("".join(json.dumps({"id": r["ID"], "text": r["Text"]}) + "\n" for r in rows))
        f.flush()
        out = subprocess.run([corrob, "read", "-q", "--input-format", "jsonl", f.name], capture_output=True, text=True, check=True).stdout
    return {a["ref"]: a for a in map(json.loads, out.splitlines())}


def means(article, pronoun, start, end):
    """Whether an entity has mentions over the pronoun and over the name's last word."""
    for e in article["entities"]:
        spans = [m[:2] for m in e.get("mentions", [])]
        if any(a == pronoun for a, b in spans) and any(a < end <= b for a, b in spans):
            return True
    return False


def f1(c):
    return 200 * c["tp"] / max(1, 2 * c["tp"] + c["fp"] + c["fn"])


def main():
    p = argparse.ArgumentParser()
    p.add_argument("corrob")
    p.add_argument("gap")
    p.add_argument("--half", type=int)
    p.add_argument("--errors", type=int, default=0)
    o = p.parse_args()
    with open(o.gap, encoding="utf-8", newline="") as f:
        rows = [r for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE) if o.half is None or parity(r["ID"]) == o.half]
    got = read(o.corrob, rows)
    counts = {k: {"tp": 0, "fp": 0, "fn": 0, "tn": 0} for k in ("all", "m", "f")}
    none = wrong = 0
    for r in rows:
        article, at = got.get(r["ID"]), int(r["Pronoun-offset"])
        answers = []
        for side in "AB":
            start = int(r[side + "-offset"])
            yes = bool(article) and means(article, at, start, start + len(r[side]))
            gold = r[side + "-coref"].upper() == "TRUE"
            answers.append((yes, gold))
            for k in ("all", "m" if r["Pronoun"].lower() in MALE else "f"):
                counts[k][("t" if yes == gold else "f") + ("p" if yes else "n")] += 1
        if any(y != g for y, g in answers):
            wrong += 1
            if wrong <= o.errors:
                whose = [e["name"] for e in article["entities"] if any(m[0] == at for m in e.get("mentions", []))]
                print(r["ID"], "|", r["Text"][:at] + "[[" + r["Pronoun"] + "]]" + r["Text"][at + len(r["Pronoun"]):], "| A", r["A"], r["A-coref"], "| B", r["B"], r["B-coref"], "| got", whose, "\n")
    c = counts["all"]
    print(f"GAP {len(rows)} passages: F1 {f1(c):.1f}  P {100 * c['tp'] / max(1, c['tp'] + c['fp']):.1f}  R {100 * c['tp'] / max(1, c['tp'] + c['fn']):.1f}"
          f"  masculine {f1(counts['m']):.1f}  feminine {f1(counts['f']):.1f}  bias {f1(counts['f']) / max(.1, f1(counts['m'])):.2f}  {c}")


main()
