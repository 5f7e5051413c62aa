# Reports of several days in the stories they tell, whatever the order of input.
. "$(dirname "$0")/lib"

# The inputs of each story, a line each: "bread-1 bread-2 …".
stories() {
    python3 -c '
import json, os, sys
s = json.load(open(sys.argv[1], encoding="utf-8"))
name = {r["id"]: "-".join(os.path.basename(r["input"]).split("-")[:2]) for r in s["reports"]}
for line in sorted(" ".join(sorted(name[i] for i in t["reports"])) for t in s["stories"]):
    print(line)
' "$1"
}
# The titles of stories of several reports.
titles() {
    python3 -c '
import json, sys
s = json.load(open(sys.argv[1], encoding="utf-8"))
print("\n".join(t.get("title", "") for t in s["stories"] if len(t["reports"]) > 1))
' "$1"
}
hasnt() { ! grep -q -e "$1" "$2"; }
# together FILE NAME...: whether one line has all the names.
together() {
    file=$1
    shift
    cp "$file" "$scratch/left"
    for name; do
        grep -w -e "$name" "$scratch/left" >"$scratch/next"
        mv "$scratch/next" "$scratch/left"
    done
    [ -s "$scratch/left" ]
}

status 0 "$CORROB" report --published 2029-10-12 --json -o "$scratch/a.json" examples
stories "$scratch/a.json" >"$scratch/a"
titles "$scratch/a.json" >"$scratch/titles"
ok "the dam, four days, is one story" together "$scratch/a" dam-1 dam-2 dam-3 dam-4 dam-5 dam-6 dam-7 dam-8 dam-10
ok "the unrest is one story" together "$scratch/a" bread-1 bread-2 bread-3 bread-4 bread-5
ok "they are two" hasnt 'bread.*dam' "$scratch/a"
ok "no story is called like an outlet" hasnt '^Velmora Today$\|^The Sorrenhal Courier$\|^BPA0' "$scratch/titles"

ls -r examples/*.txt examples/*.html >"$scratch/turned"
status 0 "$CORROB" report --published 2029-10-12 --json -o "$scratch/b.json" $(cat "$scratch/turned")
stories "$scratch/b.json" >"$scratch/b"
ok "the same stories in another order" cmp "$scratch/a" "$scratch/b"

# One sentence has the toll of a war and that of a strike: no dispute, though another report
# tells of the strike in the words of the war.
cat >"$scratch/war.txt" <<'END'
Strikes go on in Morvia

KARSK, Morvia - The Morvian death toll in the war between the army and rebels reached 548 on Monday as officials said four people were killed when a Karsk hospital was hit by army fire.
END
cat >"$scratch/strike.txt" <<'END'
Hospital in Karsk is hit

KARSK, Morvia - Four people were killed and 70 wounded on Monday when army fire hit a hospital in Karsk, Morvia, the Health Ministry said.
END
status 0 "$CORROB" report --published 2031-03-14 --json -o "$scratch/tolls.json" "$scratch/war.txt" "$scratch/strike.txt"
python3 -c '
import json, sys
for s in json.load(open(sys.argv[1], encoding="utf-8"))["stories"]:
    for f in s["findings"]:
        print(f["status"], f["summary"])
' "$scratch/tolls.json" >"$scratch/tolls"
ok "two reports tell of the four" grep -q 'corroborated 4 people killed' "$scratch/tolls"
ok "the toll of the war disputes nothing" hasnt disputed "$scratch/tolls"
done_testing
