# What holds for any input: the same bytes for any number of threads, every span resolves,
# each report in one story and one origin.
. "$(dirname "$0")/lib"

same() { cmp "$1" "$2"; }

for format in json markdown html; do
    ok "report as $format" status 0 "$CORROB" report --threads 1 --published 2029-10-12 --format $format -o "$scratch/one" examples
    for n in 2 5; do
        status 0 "$CORROB" report --threads $n --published 2029-10-12 --format $format -o "$scratch/many" examples
        ok "$format with $n threads" same "$scratch/one" "$scratch/many"
    done
done
ok "read" status 0 "$CORROB" read --threads 1 -o "$scratch/one" examples tests/docs/twin/a.txt tests/docs/twin/b.txt
ok "read with 4 threads" status 0 "$CORROB" read --threads 4 -o "$scratch/many" examples tests/docs/twin/a.txt tests/docs/twin/b.txt
ok "the same bytes" same "$scratch/one" "$scratch/many"
ok "read verifies" status 0 "$CORROB" verify "$scratch/one"
status 0 "$CORROB" report --published 2029-10-12 --json -o "$scratch/examples.json" examples
ok "examples verify" status 0 "$CORROB" verify "$scratch/examples.json"
status 0 "$CORROB" report --published 2031-03-14 --json -o "$scratch/twin.json" tests/docs/twin/a.txt tests/docs/twin/b.txt
ok "twin verifies" status 0 "$CORROB" verify "$scratch/twin.json"
if [ -d ../shared/seeds ]; then
    status 0 "$CORROB" report --published 2022-01-07 --json -o "$scratch/seeds.json" ../shared/seeds/*.txt
    ok "seeds verify" status 0 "$CORROB" verify "$scratch/seeds.json"
else
    echo "skipped: seeds (no ../shared)"
fi

# A span moved by one is found.
sed 's/"start":\([0-9]*\)\([0-9]\),"end"/"start":\10,"end"/g' "$scratch/examples.json" >"$scratch/moved.json"
ok "spans were moved" sh -c '! cmp -s "$1" "$2"' sh "$scratch/examples.json" "$scratch/moved.json"
ok "a moved span is found" status 1 "$CORROB" verify "$scratch/moved.json"
cat "$scratch/one" "$scratch/twin.json" >"$scratch/mixed.json"
ok "a situation stands for itself" status 0 "$CORROB" verify "$scratch/mixed.json"
ok "what is no output of ours" status 2 "$CORROB" verify README.md

# The same report twice has two ids; both stand in one origin.
ok "twice the same" status 0 "$CORROB" report --json examples/dam-1-agency-wire.txt examples/dam-1-agency-wire.txt
ok "two ids" sh -c 'jq -e ".reports[1].id == .reports[0].id + \"-2\"" "$1" >/dev/null' sh "$scratch/out"
ok "one story" sh -c 'jq -e ".stories | length == 1" "$1" >/dev/null' sh "$scratch/out"
ok "one origin" sh -c 'jq -e ".stories[0].origins | length == 1" "$1" >/dev/null' sh "$scratch/out"
done_testing
