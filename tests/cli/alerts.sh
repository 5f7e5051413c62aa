# Alerts: each event is raised once, whatever happens in between, and delivered.
. tests/cli/lib

printed() { grep -qF -- "$1" "$scratch/out"; }
lines() { [ "$(wc -l <"$scratch/$1" 2>/dev/null || echo 0)" = "$2" ]; }

db=$scratch/a.db
printf '#!/bin/sh\n[ -e "%s/open" ] || exit 1\ncat >>"%s/command"\n' "$scratch" "$scratch" >"$scratch/hook"
chmod +x "$scratch/hook"
ok "a toll" status 0 "$CORROB" alert add toll killed 50 --db "$db" --to "file:$scratch/file"
ok "a rise" status 0 "$CORROB" alert add rise killed 20 --db "$db"
ok "claimants" status 0 "$CORROB" alert add claimant --db "$db"
ok "conflicts" status 0 "$CORROB" alert add conflict --db "$db" --to "command:$scratch/hook"
ok "a place" status 0 "$CORROB" alert add story Halvery --db "$db"
ok "not what is no rule" status 2 "$CORROB" alert add weather --db "$db"
ok "not without a number" status 2 "$CORROB" alert add toll killed --db "$db"
ok "not to elsewhere" status 2 "$CORROB" alert add conflict --db "$db" --to http://192.0.2.1/hook
ok "not to a name" status 2 "$CORROB" alert add conflict --db "$db" --to http://hooks.example/

ok "the first day" status 0 "$CORROB" add --quiet --db "$db" --published 2029-10-09 examples/dam-1-agency-wire.txt examples/dam-2-today-agency.html
ok "tells" status 0 "$CORROB" alert list --db "$db"
ok "the story" printed "a story at Halvery"
ok "no toll of 50 yet" sh -c "! grep -q '50 or more killed' '$scratch/out'"
ok "nothing in the file" sh -c "[ ! -e '$scratch/file' ]"
ok "the next days" status 0 "$CORROB" add --quiet --db "$db" --published 2029-10-12 examples/dam-5-courier-hospital.html examples/dam-6-tribune-thursday.html
ok "in the file, once" lines file 1
ok "with its words" grep -q '"schema":"corrob.alert/1".*"kind":"toll".*"quote"' "$scratch/file"
ok "tells more" status 0 "$CORROB" alert list --db "$db"
ok "the rise" printed "killed from 9 to "
ok "a claimant" printed "a new claimant: Ilse Korvan"
ok "a conflict, that was not delivered" printed "(not delivered after 1 tries"
cp "$scratch/out" "$scratch/before"

ok "again" status 0 "$CORROB" add --quiet --db "$db" --published 2029-10-12 examples/dam-5-courier-hospital.html
ok "compared anew" status 0 "$CORROB" db compare --db "$db"
ok "nothing twice in the file" lines file 1
touch "$scratch/open"
ok "delivers what waits" status 0 "$CORROB" alert deliver --db "$db"
conflicts=$(grep -c "rule 4, story.*a conflict" "$scratch/before")
ok "each conflict" lines command "$conflicts"
ok "delivers nothing twice" status 0 "$CORROB" alert deliver --db "$db"
ok "each conflict once" lines command "$conflicts"
"$CORROB" alert list --db "$db" | sed 's/ (not delivered.*//' >"$scratch/after"
sed 's/ (not delivered.*//' "$scratch/before" >"$scratch/before2"
ok "raised nothing anew" cmp "$scratch/before2" "$scratch/after"
ok "as JSON" sh -c "'$CORROB' alert list --json --db '$db' | head -n 1 | grep -q corrob.alert/1"

ok "to a file" status 0 "$CORROB" alert list --db "$db" -o "$scratch/told"
ok "which has it all" sh -c "grep -q '^rule 1' '$scratch/told' && [ ! -s '$scratch/out' ]"

ok "ends a rule" status 0 "$CORROB" alert end 1 --db "$db"
ok "ends it once" status 2 "$CORROB" alert end 1 --db "$db"

# Killed at any moment, a run leaves each event raised once when it is run again.
i=0
while [ "$i" -lt 6 ]; do
    rm -f "$scratch"/k.db*
    "$CORROB" alert add conflict --db "$scratch/k.db"
    timeout -s KILL "0.$((i * 17 % 9 + 1))" "$CORROB" add --quiet --db "$scratch/k.db" --published 2029-10-12 examples/dam-[56]* 2>/dev/null
    "$CORROB" add --quiet --db "$scratch/k.db" --published 2029-10-12 examples/dam-[56]*
    "$CORROB" alert list --db "$scratch/k.db" >"$scratch/killed.$i"
    i=$((i + 1))
done
ok "killed, and the same" sh -c "for i in 1 2 3 4 5; do cmp '$scratch/killed.0' '$scratch/killed.'\$i || exit 1; done; grep -q 'a conflict' '$scratch/killed.0'"
done_testing
