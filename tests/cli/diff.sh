# Two situations, and two days of one: what is told, exit status.
. "$(dirname "$0")/lib"

told() { grep -qF -- "$1" "$scratch/out"; }
now() { jq -e "$1" "$scratch/out" >/dev/null; }

mkdir "$scratch/one" "$scratch/two"
cat >"$scratch/one/a.jsonl" <<'JSON'
{"text":"A dam burst near Orlesk on Tuesday. At least 31 people were killed, the Interior Ministry said.","title":"Dam bursts near Orlesk","published":"2029-10-10","outlet":"Courier"}
JSON
cp "$scratch/one/a.jsonl" "$scratch/two/a.jsonl"
cat >"$scratch/two/b.jsonl" <<'JSON'
{"text":"The dam near Orlesk that burst on Tuesday killed 58 people, the Interior Ministry said on Thursday. The Halvery hospital said that 71 people had been killed.","title":"Orlesk dam: 58 dead","published":"2029-10-11","outlet":"Tribune"}
{"text":"Dockers in Port Ligan walked out on Thursday. The union said that 5,200 workers had joined the strike.","title":"Dockers strike in Port Ligan","published":"2029-10-11","outlet":"Harbour Mail"}
JSON
status 0 "$CORROB" report --json -o "$scratch/one.json" "$scratch/one"
status 0 "$CORROB" report --json -o "$scratch/two.json" "$scratch/two"
ok "two situations" status 1 "$CORROB" diff "$scratch/one.json" "$scratch/two.json"
ok "a toll that moved" told "Interior Ministry 31 or more → 58"
ok "a new claimant" told "new claimant: Halvery hospital"
ok "a conflict opened" told "conflict opened: killed"
ok "a new story" told "(new story)"
ok "the other way the conflict closes" status 1 "$CORROB" diff "$scratch/two.json" "$scratch/one.json"
ok "and the story is gone" told "(gone)"
ok "closed" told "conflict closed: killed"
ok "nothing changed" status 0 "$CORROB" diff "$scratch/one.json" "$scratch/one.json"
ok "is told" told "Nothing changed."
ok "JSON" status 1 "$CORROB" diff --json "$scratch/one.json" "$scratch/two.json"
ok "a move in JSON" now '.stories[].tolls[] | select(.from.low == 31 and .to.low == 58)'
ok "markdown" status 1 "$CORROB" diff --format markdown "$scratch/one.json" "$scratch/two.json"
ok "two days of reports" status 1 "$CORROB" diff --from 2029-10-10 --to 2029-10-11 "$scratch/two"
ok "tell the same move" told "Interior Ministry 31 or more → 58"
ok "one day twice" status 0 "$CORROB" diff --from 2029-10-11 --to 2029-10-11 "$scratch/two"
ok "one situation" status 2 "$CORROB" diff "$scratch/one.json"
ok "no situation" status 2 "$CORROB" diff README.md README.md
ok "half a period" status 2 "$CORROB" diff --from 2029-10-10 "$scratch/two"
ok "no day" status 2 "$CORROB" diff --from soon --to 2029-10-11 "$scratch/two"
done_testing
