# The command line: help, exit status of wrong use, options anywhere.
. "$(dirname "$0")/lib"
report=examples/dam-1-agency-wire.txt

holds() { grep -qF -- "$1" "$scratch/out"; }

ok "help" status 0 "$CORROB" --help
ok "help shows examples first" sh -c 'sed -n 3p "$1" | grep -q "^  corrob report"' sh "$scratch/out"
for command in report read show verify audit diff export gazetteer train; do
    ok "help of $command" status 0 "$CORROB" $command --help
    ok "help of $command tells exit codes" holds "Exit status"
done
ok "version" status 0 "$CORROB" --version
ok "no command" status 2 "$CORROB"
ok "unknown command" status 2 "$CORROB" rport "$report"
ok "unknown command is named" said rport
ok "unknown option" status 2 "$CORROB" read --frmat jsonl "$report"
ok "unknown option is named" said --frmat
ok "value missing" status 2 "$CORROB" read "$report" --format
ok "value too many" status 2 "$CORROB" read --clean=yes "$report"
ok "unknown format" status 2 "$CORROB" read --format xml "$report"
ok "unknown format is named" said xml
ok "bad date" status 2 "$CORROB" read --published 2029-02-30 "$report"
ok "bad threads" status 2 "$CORROB" read --threads 257 "$report"
ok "bad threads are told what is good" said "from 1 to 256"
ok "bad port" status 2 "$CORROB" serve --port 65536
ok "a bad port is told what is good" said "0 to 65535"
ok "no input" status 2 "$CORROB" report
ok "train without vectors" status 2 "$CORROB" train tests
ok "train on texts without teachers" status 2 \
    "$CORROB" train --vectors README.md --texts README.md tests
ok "train with nine teachers" status 2 "$CORROB" train --vectors README.md --teachers 9 tests
ok "train without treebanks" status 2 "$CORROB" train --vectors README.md tests
ok "unknown stage" status 2 "$CORROB" show --stage brain "$report"
ok "options may follow inputs" status 0 "$CORROB" read "$report" --json
for stage in page article raw text facts; do
    ok "show $stage" status 0 "$CORROB" show --stage $stage "$report"
    ok "show $stage is JSON" sh -c 'jq -e . "$1" >/dev/null' sh "$scratch/out"
done
ok "output file" status 0 "$CORROB" read -o "$scratch/file" "$report"
ok "output file is written" test -s "$scratch/file"
cp "$report" "$scratch/own.txt"
ok "an input may be the output" status 0 "$CORROB" read -o "$scratch/own.txt" "$scratch/own.txt"
ok "and is read before it is replaced" grep -q corrob.article "$scratch/own.txt"
echo precious >"$scratch/kept"
ok "a job that fails" status 2 "$CORROB" read --format xml -o "$scratch/kept" "$report"
ok "leaves the old output alone" grep -q precious "$scratch/kept"
mkdir "$scratch/mixed"
cp "$report" "$scratch/mixed/a.txt"
echo '# notes' >"$scratch/mixed/notes.md"
ok "a folder with other files" status 0 "$CORROB" read "$scratch/mixed"
ok "tells how many it passed over" said "1 other files"
ok "the sandbox is told of" status 0 "$CORROB" read --verbose -o "$scratch/file" "$report"
ok "with what is given up" said "sandbox: no"
ok "export gives up its rights" status 2 "$CORROB" export --verbose --as csv "$report"
ok "and tells" said "sandbox: no"
ok "add gives up those of its reader" status 0 "$CORROB" add --verbose --db "$scratch/sandboxed.db" "$report"
ok "and tells, too" said "sandbox: no"
ok "but writes the store" said "1 report added"
ok "without it the output is the same" sh -c '"$1" read --no-sandbox "$2" | cmp -s - "$3"' sh "$CORROB" "$report" "$scratch/file"
ok "help on a full disk is told" sh -c '! "$1" --help >/dev/full 2>/dev/null' sh "$CORROB"
ok "standard input" sh -c '"$1" read - <"$2" | jq -e ".input == \"-\"" >/dev/null' sh "$CORROB" "$report"
ok "a reader that has enough is no trouble" sh -c 'test -z "$( ("$1" read tests/docs/twin/a.txt tests/docs/twin/b.txt | : ) 2>&1)"' sh "$CORROB"
ok "with --fetch a closed pipe is an error that is told" sh -c '("$1" read --fetch "$2"; echo "$?" >"$3") 2>"$4" | :; grep -q 2 "$3" && grep -q "Broken pipe\|written" "$4"' sh "$CORROB" "$report" "$scratch/code" "$scratch/why"
ok "a missing file of actors" status 2 "$CORROB" read --actors nowhere.tsv "$report"
ok "is named" said nowhere.tsv
ok "a missing gazetteer" status 2 "$CORROB" read --gazetteer nowhere.gaz "$report"
ok "is named as well" said nowhere.gaz
ok "a missing situation" status 2 "$CORROB" diff nowhere.json nowhere.json
ok "is named with what is missing" said "nowhere.json: No such file"
ok "full disk is told" sh -c '! "$1" read "$2" >/dev/full 2>/dev/null' sh "$CORROB" "$report"
done_testing
