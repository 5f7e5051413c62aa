#!/usr/bin/env python3
"""Words of English a second, alone on one thread: CoNLL-U and JSON, by length of the reports.

    bench/speed.py [--corrob ./corrob] [--words 300000] REPORTS.jsonl

Takes the texts of REPORTS.jsonl ("text" of each line), cuts and joins them to reports of 10, 100,
1,000, 10,000 and 100,000 words, and reads as many of each length as make --words.  Prints CPU
seconds of the program (without those that one report of one word costs: the load), words of its own
output a second, and the greatest memory.  A figure that falls with the length is a bug.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

LENGTHS = [10, 100, 1000, 10000, 100000]


def run(corrob, form, path):
    """CPU seconds, words told (CoNLL-U only), megabytes of one run."""
    words = 0
    command = [corrob, "read", "-q", "--threads", "1", "--input-format", "jsonl", "--format", form, path]
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(command, stdout=out)
        _, status, used = os.wait4(child.pid, 0)
        if status:
            sys.exit("%s: failed" % " ".join(command))
        if form == "conllu":
            out.seek(0)
            words = sum(line[:1].isdigit() and b"-" not in line.split(b"\t", 1)[0] for line in out)
    return used.ru_utime + used.ru_stime, words, used.ru_maxrss / 1024


def write_reports(path, words, length, total):
    """Reports of `length` words each, `total` in all, over and over the same words."""
    with open(path, "w", encoding="utf-8") as out:
        for n in range(max(1, total // length)):
            start = n * length % max(1, len(words) - length)
            some = words[start : start + length]
            while len(some) < length:
                some = some + words[: length - len(some)]
            out.write(json.dumps({"id": str(n), "text": " ".join(some)}) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports")
    parser.add_argument("--corrob", default="./corrob")
    parser.add_argument("--words", type=int, default=300000)
    options = parser.parse_args()
    with open(options.reports, encoding="utf-8") as lines:
        words = " ".join(json.loads(line).get("text", "") for line in lines).split()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "reports.jsonl")
        write_reports(path, ["Rain"], 1, 1)
        load = min(run(options.corrob, "conllu", path)[0] for _ in range(3))
        print("load %.0f ms" % (1000 * load))
        for length in LENGTHS:
            write_reports(path, words, length, options.words)
            conllu, told, memory = run(options.corrob, "conllu", path)
            everything, _, more = run(options.corrob, "jsonl", path)
            print(
                "%6d words a report: conllu %7.0f words/s %3.0f MB, jsonl %7.0f words/s %3.0f MB"
                % (length, told / (conllu - load), memory, told / (everything - load), more)
            )


if __name__ == "__main__":
    main()
