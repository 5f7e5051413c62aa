# The man page and completions, made from the table of options; the example on the library.
. "$(dirname "$0")/lib"

for form in man bash zsh fish; do
    ok "manual $form" status 0 "$CORROB" --manual $form
    cp "$scratch/out" "$scratch/$form"
    for command in report read show verify audit diff export add db; do
        ok "$form has $command" grep -q "$command" "$scratch/$form"
    done
done
ok "another form" status 2 "$CORROB" --manual tex
ok "the man page names the exit status" grep -q "EXIT STATUS" "$scratch/man"
ok "bash can read its completion" bash -n "$scratch/bash"
if command -v groff >/dev/null; then
    ok "groff has nothing to warn of" sh -c 'test -z "$(groff -k -man -Tutf8 -wall -z "$1" 2>&1)"' sh "$scratch/man"
else
    echo "skipped: groff"
fi
example=$(dirname "$CORROB")/example
if [ -x "$example" ]; then
    ok "the example runs" status 0 "$example" examples/dam-1-agency-wire.txt
    ok "and reports" grep -q "Situation report" "$scratch/out"
    ok "is short" test "$(wc -l <docs/example.c)" -lt 60
else
    echo "skipped: the example (built with the tests)"
fi
done_testing
