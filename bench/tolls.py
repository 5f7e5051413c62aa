#!/usr/bin/env python3
"""How often the figure that a story's findings come to is the one that was found out later.

    corrob report --format json incidents.dev.jsonl > situation.json
    bench/tolls.py situation.json tolls/incidents.dev.jsonl [--errors N]

For each incident with two or more reports: the story that holds most of them, and of its
findings on the killed and on the injured the one that most speaks for.  Nothing said is 0.
"""
import argparse
import collections
import json

STANDING = {"corroborated": 3, "attested": 2, "disputed": 1, "single": 1}
ALONE_MAX = 12  # a greater count that one report alone has is an age or an address as often


def figures(story, measure):
    return [f for f in story["findings"]
            if f["kind"] == "figure" and f["figure"]["measure"] == measure
            and f["figure"].get("low") is not None
            and f["figure"].get("op") != "pl"  # "officers were hurt" names no number
            and f["figure"].get("modality", "asserted") in ("asserted", "alleged")]


def count(finding):
    """The number that it names: "up to seven" is seven."""
    f = finding["figure"]
    up_to = (f.get("op") or "").startswith("<=") and f.get("high")
    return f["high"] if up_to else f["low"]


def whole(finding):
    """Whether a finding counts all persons of this incident, as far as it says."""
    f = finding["figure"]
    part = f.get("subset") and not (f["measure"] == "killed" and f["low"] == 1)
    return not (part or f.get("background") or f.get("period")
                or finding["status"] == "superseded")


def credible(finding):
    return whole(finding) and (finding["figure"]["low"] <= ALONE_MAX or finding["origins"] > 1)


def partial(finding):
    return not finding["figure"].get("background")


def best(story, measure, tiers=(credible, whole, partial), fits=()):
    """The finding that most speaks for: of the first tier that has any.  Of findings that
    as many origins have, one that another count bears out (fits) comes first."""
    for tier in tiers:
        found = [f for f in figures(story, measure) if tier(f)]
        if found:
            return max(found, key=lambda f: (f["origins"], count(f) in fits,
                                             STANDING.get(f["status"], 0), count(f)))
    return None


def reconcile(story):
    """Killed and injured; "four people shot" are the killed and the injured together."""
    dead = best(story, "killed")
    killed = count(dead) if dead else 0
    shot = {count(f) for f in figures(story, "casualties")
            if partial(f) and f["status"] != "superseded"}
    hurt = best(story, "injured", fits={c - killed for c in shot if c > killed})
    both = best(story, "casualties", (credible,))
    injured = count(hurt) if hurt else 0
    if killed == injured == 1 and (not both or count(both) == 1):
        injured = 0  # who was shot and died of it
    if both and not (hurt and hurt["origins"] > both["origins"]):
        injured = max(injured, count(both) - killed)
    if injured == 0:
        any_shot = best(story, "casualties", (credible, partial))
        injured = max(0, (count(any_shot) if any_shot else 0) - killed)
    return {"killed": killed, "injured": injured}


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("situation")
    options.add_argument("gold")
    options.add_argument("--errors", type=int, default=0)
    args = options.parse_args()
    situation = json.load(open(args.situation, encoding="utf-8"))
    ref = {r["id"]: r.get("ref", r["id"]) for r in situation["reports"]}
    story_of = {ref[i]: s for s in situation["stories"] for i in s["reports"]}
    right, total, shown = collections.Counter(), 0, 0
    for line in open(args.gold, encoding="utf-8"):
        gold = json.loads(line)
        stories = [story_of[d] for d in gold["documents"] if d in story_of]
        if len(gold["documents"]) < 2 or not stories:
            continue
        total += 1
        common = collections.Counter(s["id"] for s in stories).most_common(1)[0][0]
        story = next(s for s in stories if s["id"] == common)
        for measure, figure in reconcile(story).items():
            right[measure] += figure == gold[measure]
            if figure != gold[measure] and shown < args.errors:
                shown += 1
                print(gold["story"], measure, "found", figure, "gold", gold[measure],
                      "|", story["title"])
                for f in figures(story, measure):
                    print("     ", f["status"], f["origins"], f["summary"])
    print("incidents", total, *("%s %.1f" % (m, 100 * right[m] / max(total, 1))
                                for m in ("killed", "injured")))


main()
