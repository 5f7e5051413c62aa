# Why facts were read as they were: entries, words, runners-up, actors, times, places.
. "$(dirname "$0")/lib"

told() { grep -qF -- "$1" "$scratch/out"; }
now() { jq -e "$1" "$scratch/why.json" >/dev/null; }
asked() { jq -es "$@" >/dev/null; }

cat >"$scratch/a.jsonl" <<'JSON'
{"text":"Police shot dead two farmers in Karsk on Friday, the Interior Ministry said. Nine people were killed and 18 wounded when rebels opened fire, according to Foreign Minister Ada Venn. On Tuesday a former Kazakh finance minister accused the navy official of theft. Ada Venn will refuse to meet the rebels in Almaty. Prices rose by 12 percent in six months.","title":"Shots in Karsk","published":"2022-01-10"}
{"text":"Nothing of the kind is told in Orlan.","title":"Quiet","published":"2022-01-10"}
JSON
ok "all facts" status 0 "$CORROB" explain "$scratch/a.jsonl"
ok "the report is named" told "Shots in Karsk"
ok "an event's entry" told "“shoot dead” codes ASSAULT, mode firearms (verbs.tsv:"
ok "the words that it matched" told "matched    “dead”, ADJ of “dead”"
ok "one that fits less" told "“shoot” (ASSAULT) fits, but asks for less than the entry taken (verbs.tsv:"
ok "one that lacks a word" told "“shoot at” (ASSAULT) lost: no “at” belongs to the verb (verbs.tsv:"
ok "the actor" told "actor      “Police”, nsubj of “shot”"
ok "the claimant" told "claimant   Interior Ministry"
ok "a figure's entry and frame" told "“killed” tells of killed; a verb counts its object, or the subject of its passive (tolls.tsv:"
ok "what the other trigger counts" told "runner-up  “wounded” counts “18” (tolls.tsv:"
ok "the noun's class" told "“farmers” are of the class civilian (people.tsv:"
ok "ellipsis" told "no noun follows: people, from what was counted before"
ok "a unit" told "“percent” makes it percent (units.tsv:"
ok "a cue" told "“said” tells of saying: its subject vouches for the content (reporting.tsv:"
ok "a time's anchor" told "anchor     published 2022-01-10"
ok "its direction and value" sh -c 'grep -q "the past, by the words around" "$1" && grep -q "value      2022-01-07, DATE" "$1"' sh "$scratch/out"
ok "a country" told "country    KAZ, from its words: “kazakh” (countries.tsv:"
ok "out of office" told "ELI, from its words: “finance minister” (agents.tsv:"
ok "a head that gives way" told "“official”, the head (GOV): another word decides over it (agents.tsv:"
ok "a place of the gazetteer" told "place      Almaty, town, KAZ, GeoNames 1526384"
ok "its namesake" told "runner-up  Almaty, region, KAZ"
ok "one fact" status 0 "$CORROB" explain --fact e0 "$scratch/a.jsonl"
ok "and no other" test "$(grep -c '^[a-z]* [efsta][0-9]' "$scratch/out")" = 1
ok "by its words" status 0 "$CORROB" explain --find NINE "$scratch/a.jsonl"
ok "found" told "killed 9  “Nine people”"
ok "JSON" status 0 "$CORROB" explain --json "$scratch/a.jsonl"
cp "$scratch/out" "$scratch/why.json"
ok "its schema" now '.schema == "corrob.explanation/1"'
status 0 "$CORROB" read "$scratch/a.jsonl"
ok "numbers, spans and rules are those of read" asked --slurpfile why "$scratch/why.json" '
    (.[0].events | map([.id, .start, .end, .rule])) ==
    ($why[0].facts | map(select(.kind == "event") |
        [.id, .start, .end, (.why[] | select(.step == "entry") | .rule)]))' "$scratch/out"
ok "each event and figure has an entry" asked 'all(.[].facts[] | select(.kind == "event" or .kind == "figure"); any(.why[]; .step == "entry"))' "$scratch/why.json"
ok "spans of words are quotes" asked --slurpfile read "$scratch/out" '[.[0].facts[] | .quote == ($read[0].text[.start:.end])] | all' "$scratch/why.json"
ok "no such fact" status 2 "$CORROB" explain --fact e99 "$scratch/a.jsonl"
ok "no list of facts" status 2 "$CORROB" explain --fact x1 "$scratch/a.jsonl"
ok "no such format" status 2 "$CORROB" explain --format html "$scratch/a.jsonl"
done_testing
