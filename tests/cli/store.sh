# The store on the command line: added once, whatever happens in between.
. tests/cli/lib

# printed WORDS: the last command's standard output holds them.
printed() { grep -qF -- "$1" "$scratch/out"; }

db=$scratch/a.db
ok "adds" status 0 "$CORROB" add --db "$db" --published 2029-10-12 examples
ok "tells how many" said "18 reports added, 0 known before"
ok "adds again" status 0 "$CORROB" add --db "$db" --published 2029-10-12 examples
ok "nothing twice" said "0 reports added, 18 known before"
ok "checks" status 0 "$CORROB" db check --db "$db"
ok "counts" printed "ok: 18 reports"
ok "counts into a file" status 0 "$CORROB" db check --db "$db" -o "$scratch/counts"
ok "and there alone" sh -c "grep -q '^ok: 18 reports' '$scratch/counts' && [ ! -s '$scratch/out' ]"
ok "compares" status 0 "$CORROB" db compare --db "$db"
ok "merges" status 0 "$CORROB" db merge --db "$scratch/b.db" "$db"
ok "all of it" said "18 reports added"
"$CORROB" read --published 2029-10-12 examples >"$scratch/lines.jsonl" 2>/dev/null
ok "loads lines of read" status 0 "$CORROB" db load --db "$scratch/b.db" "$scratch/lines.jsonl"
ok "which are known" said "0 reports added"
ok "no store into itself" status 2 "$CORROB" db merge --db "$db" "$db"
head -n 1 "$scratch/lines.jsonl" >"$scratch/bad.jsonl"
sed -n '2s/"measure"/"mesure"/gp' "$scratch/lines.jsonl" >>"$scratch/bad.jsonl"
ok "refuses a line whose facts lack a kind" status 2 "$CORROB" db load --db "$scratch/c.db" "$scratch/bad.jsonl"
ok "names it" said "bad.jsonl:2"
ok "and keeps the one before" said "1 report added"
ok "checks what was merged" status 0 "$CORROB" db check --db "$scratch/b.db"
ok "refuses what is no store" status 2 "$CORROB" db check --db README.md
ok "refuses a command that isn't" status 2 "$CORROB" db tidy --db "$db"
ok "splits a report off" status 0 "$CORROB" db split --db "$db" story 381d0ba5b8fd1906
ok "tells its number" said "ruling 1"
ok "takes it back" status 0 "$CORROB" db undo --db "$db" 1
ok "but once" status 2 "$CORROB" db undo --db "$db" 1
ok "checks after it" status 0 "$CORROB" db check --db "$db"
ok "needs a token for others" status 2 "$CORROB" serve --db "$db" --listen 0.0.0.0

# Kills at random moments: tools/kills does 500 by "make kills".
ok "survives kills" sh -c "tools/kills 20 '$CORROB' >'$scratch/kills' 2>&1 || { cat '$scratch/kills'; false; }"
# A feed that can't be had is a failure of a run that asks once.
ok "watch of a dead feed" status 3 "$CORROB" watch --once --quiet --allow-private --db "$scratch/watched.db" http://127.0.0.1:9/feed.xml
done_testing
