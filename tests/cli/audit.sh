# A brief against its sources: exit status, places that resolve, what is told.
. "$(dirname "$0")/lib"

told() { grep -qF -- "$1" "$scratch/out"; }
audit="$CORROB audit --published 2029-10-12"

ok "a brief with errors" status 1 $audit tests/docs/audit/brief.md examples
ok "a changed quotation is told" told "We have never kept the gates open in our lives"
ok "a wrong number is told" told "999,321"
ok "footnotes are no claims" sh -c '! grep -q "99 pages" "$1"' sh "$scratch/out"
ok "markdown" status 1 $audit --format markdown tests/docs/audit/brief.md examples
ok "markdown has its sections" told "## Unsupported"
ok "JSON" status 1 $audit --json tests/docs/audit/brief.md examples
cp "$scratch/out" "$scratch/audit.json"
ok "JSON verifies" status 0 "$CORROB" verify "$scratch/audit.json"
sed 's/"start":\([0-9]*\)\([0-9]\),"end"/"start":\10,"end"/g' "$scratch/audit.json" >"$scratch/moved.json"
ok "a moved span is found" status 1 "$CORROB" verify "$scratch/moved.json"
echo "The district hospital registered 47 bodies." >"$scratch/right.txt"
ok "a brief that is right" status 0 $audit "$scratch/right.txt" examples/dam-5-courier-hospital.html
ok "standard input" sh -c '$1 - examples <"$2" >/dev/null 2>&1; test $? -le 1' sh "$audit" "$scratch/right.txt"
ok "the same with 3 threads" sh -c '$1 --json --threads 3 tests/docs/audit/brief.md examples | cmp - "$2"' sh "$audit" "$scratch/audit.json"
ok "no sources" status 2 "$CORROB" audit tests/docs/audit/brief.md
ok "no such brief" status 2 "$CORROB" audit /nowhere.md examples
ok "no such format" status 2 "$CORROB" audit --format html tests/docs/audit/brief.md examples
done_testing
