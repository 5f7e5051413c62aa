#!/usr/bin/env python3
"""CoNLL F1 of coreference on OntoGUM: bench/coref.py TRAIN_COREF STORIES_SCORE.py GUM.conllu ONTOGUM.conll

The mean of MUC, B-cubed and CEAF-e with phrases matched by exact extent, chains of one phrase left out, counts summed
over the documents (CoNLL-2012).  Words are given, tags and trees are ours.
TRAIN_COREF is build/release/train-coref, whose --chains prints what we find in the same brackets.
"""
import importlib.util, re, subprocess, sys


def documents(lines):
    """{document: {phrase: chain}}; a phrase is (first word, last word)."""
    docs, open_, n = {}, {}, 0
    for line in lines:
        if line.startswith("# begin document"):
            now, open_, n = docs.setdefault(line.split("document ")[1].split(";")[0].strip(), {}), {}, 0
        elif "\t" in line:
            for opens, chain, closes in re.findall(r"(\()?(\d+)(\))?", line.rstrip("\n").split("\t")[-1]):
                if opens:
                    open_.setdefault(chain, []).append(n)
                if closes and open_.get(chain):
                    now[(open_[chain].pop(), n)] = chain
            n += 1
    return docs


def chains(doc):
    out = {}
    for phrase, chain in doc.items():
        out.setdefault(chain, set()).add(phrase)
    return [c for c in out.values() if len(c) > 1]


def main():
    spec = importlib.util.spec_from_file_location("score", sys.argv[2])
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    gold = documents(open(sys.argv[4], encoding="utf-8"))
    ours = documents(subprocess.run([sys.argv[1], "--chains", sys.argv[3]], capture_output=True, text=True, check=True).stdout.splitlines())
    sums = {k: [0.0] * 4 for k in ("muc", "b3", "ceafe", "mentions")}
    for name, doc in gold.items():
        K, R = chains(doc), chains(ours.get(name, {}))
        of = lambda C: {m: i for i, c in enumerate(C) for m in c}
        kof, rof = of(K), of(R)

        def muc(A, other):
            num = den = 0
            for c in A:
                num += len(c) - len({other[m] for m in c if m in other}) - sum(m not in other for m in c)
                den += len(c) - 1
            return num, den

        def b3(A, B, other):
            num = den = 0
            for c in A:
                for m in c:
                    num += len(c & B[other[m]]) / len(c) if m in other else 0
                den += len(c)
            return num, den
        similarity = sum(pair for pair in [best(score, K, R)])
        parts = {"muc": muc(K, rof) + muc(R, kof), "b3": b3(K, R, rof) + b3(R, K, kof), "ceafe": (similarity, len(K), similarity, len(R)),
                 "mentions": (len(kof.keys() & rof.keys()), len(kof)) + (len(kof.keys() & rof.keys()), len(rof))}
        for k, v in parts.items():
            sums[k] = [a + b for a, b in zip(sums[k], v)]
    f = {}
    for k, (rn, rd, pn, pd) in sums.items():
        r, p = rn / max(1, rd), pn / max(1, pd)
        f[k] = 200 * p * r / max(1e-9, p + r)
        print(f"{k:9} P {100 * p:.1f}  R {100 * r:.1f}  F1 {f[k]:.1f}")
    print(f"CoNLL F1 {(f['muc'] + f['b3'] + f['ceafe']) / 3:.1f} over {len(gold)} documents")


def best(score, K, R):
    """The greatest sum of phi-4 over one-to-one pairs of chains."""
    if not K or not R:
        return 0.0
    result = score.hungarian_max([[2 * len(a & b) / (len(a) + len(b)) for b in R] for a in K])
    return result if isinstance(result, (int, float)) else result[0]


main()
