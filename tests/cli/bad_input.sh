# What can't be used is named with reason and place, the rest is done, exit status 3.
. "$(dirname "$0")/lib"
good=examples/bread-6-tribune-dockers.txt
in=$scratch/in
mkdir "$in"

lines() { [ "$(wc -l <"$scratch/out")" = "$1" ]; }

ok "missing file" status 3 "$CORROB" read "$in/nowhere.txt" "$good"
ok "missing file is named" said "$in/nowhere.txt: missing"
ok "the rest is done" lines 1

: >"$in/empty.txt"
ok "empty file" status 3 "$CORROB" read "$in/empty.txt" "$good"
ok "empty file is named" said "$in/empty.txt: empty"
ok "the rest is done" lines 1

head -c 4096 "$CORROB" >"$in/program.txt"
ok "binary file" status 3 "$CORROB" read "$in/program.txt" "$good"
ok "binary file is named" said "$in/program.txt"
ok "the rest is done" lines 1

printf 'A line.\000Another line of the report.\n' >"$in/nul.txt"
ok "NUL in plain text" status 3 "$CORROB" read "$in/nul.txt" "$good"
ok "NUL is named" said "$in/nul.txt"

printf '{"id":"a","text":"Two people were hurt."}\n{"id":"b","text":\n{"id":"c","text":"A third."}\n' >"$in/broken.jsonl"
ok "broken record" status 3 "$CORROB" read "$in/broken.jsonl"
ok "broken record by its line" said "$in/broken.jsonl:2: format"
ok "the records around it are done" lines 2
ok "in order" sh -c 'cut -d\" -f12 "$1" | tr -d "\n" | grep -q "^ac$"' sh "$scratch/out"

# A page that lies about its charset: UTF-8 said, Windows-1252 written.
printf '<!doctype html><html><head><meta charset="utf-8"><title>Caf\351 fire</title></head><body><article><p>The caf\351 in Dorn burned down on Monday night, and nobody was hurt, the fire brigade said.</p><p>The owner said he would rebuild the caf\351 before the winter sets in.</p></article></body></html>' >"$in/lying.html"
ok "lying charset" status 0 "$CORROB" read "$in/lying.html"
ok "is decoded all the same" grep -q 'café' "$scratch/out"

head -c 104857600 /dev/zero | tr '\0' 'a' >"$in/huge.txt"
ok "100 MB" status 3 "$CORROB" read "$in/huge.txt" "$good"
ok "100 MB is named" said "$in/huge.txt: limit"
ok "the rest is done" lines 1
rm "$in/huge.txt"

# tags N: a page of N nested elements
tags() {
    printf '<html><body>'
    head -c "$1" /dev/zero | sed 's/\x00/<div>/g'
    printf 'deep'
}
tags 100000 >"$in/deep.html"
ok "100,000 nested div" status 3 timeout 20 "$CORROB" read "$in/deep.html" "$good"
ok "nesting is the reason" said "nest deeper"
ok "the rest is done" lines 1
tags 300000 >"$in/deep.html"
ok "300,000 nested div" status 3 timeout 20 "$CORROB" read "$in/deep.html" "$good"
ok "the number of tags is the reason" said "tags"
ok "the rest is done" lines 1

ok "nothing but trouble" status 3 "$CORROB" report "$in/nowhere.txt"
ok "report names what failed" said "$in/nowhere.txt"
# A gzip file that is damaged within: the input is named as the user named it.
gzip -c examples/bread-6-tribune-dockers.txt >"$in/whole.gz"
{ head -c 200 "$in/whole.gz"; head -c 300 /dev/zero; tail -c +501 "$in/whole.gz"; } >"$in/torn.txt.gz"
ok "damaged gzip" status 3 "$CORROB" read "$in/torn.txt.gz" "$good"
ok "is named" said "$in/torn.txt.gz"
ok "and not by a number of ours" sh -c '! grep -q "<fd:" "$1"' sh "$scratch/err"

# An error is told once.
ok "no output of ours" status 2 "$CORROB" verify "$in/empty.txt"
ok "is told once" test "$(grep -c . "$scratch/err")" = 1

# Words without end: a claimant's name is cut where it is shown, nothing stops.
awk 'BEGIN { for (i = 0; i < 9000; i++) w = w "a"
    print "The B" w " Ministry said 14 people were killed on Monday."
    print "\nOne B" w " Ministry said 19 people were killed on Monday." }' >"$in/long.txt"
ok "a name of 9,000 letters" status 0 "$CORROB" report --json "$in/long.txt"
ok "in the store" status 0 "$CORROB" add --db "$in/long.db" "$in/long.txt"
ok "and compared" status 0 "$CORROB" db compare --db "$in/long.db"
done_testing
