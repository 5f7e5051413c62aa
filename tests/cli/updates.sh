# An article that came again: a new version, no second report; what changed is told.
. "$(dirname "$0")/lib"

now() { jq -e "$1" "$scratch/s.json" >/dev/null; }
page() { grep -qF -- "$1" "$scratch/s.md" && grep -qF -- "$1" "$scratch/s.html"; }
report() {
    status 0 "$CORROB" report --format json -o "$scratch/s.json" "$@"
    status 0 "$CORROB" report --format markdown -o "$scratch/s.md" "$@"
    status 0 "$CORROB" report --format html -o "$scratch/s.html" "$@"
}

mkdir "$scratch/in"
cat >"$scratch/in/1.jsonl" <<'JSON'
{"text":"A dam burst above Orlesk on Tuesday. The flood killed 9 people, the Interior Ministry said. \"We need boats,\" Governor Ilva Morn said.","title":"Dam bursts above Orlesk, 9 dead","published":"2029-10-09T10:00:00Z","outlet":"Courier","url":"https://courier.example/news/orlesk-dam"}
JSON
cat >"$scratch/in/2.jsonl" <<'JSON'
{"text":"A dam burst above Orlesk on Tuesday. The Interior Ministry said that 14 people had been killed. The road to Halvery was closed.","title":"Dam bursts above Orlesk, 14 dead","published":"2029-10-09T16:00:00Z","outlet":"Courier","url":"https://www.courier.example/news/orlesk-dam/?utm_source=feed#top"}
JSON
report "$scratch/in"
ok "both are listed" now '.reports | length == 2'
ok "one story, one origin" now '(.stories | length == 1) and (.stories[0].origins | length == 1)'
ok "in the order in which they came out" now '[.reports[].id] as $id | .stories[0].versions | length == 1 and .[0].reports == $id'
ok "no copy is seen" now '.stories[0].copies == []'
ok "the older figure is superseded" now '.stories[0].findings[] | select(.figure.low == 9) | .status == "superseded"'
ok "its evidence is in the older version" now '.reports[0].id as $a | .stories[0].findings[] | select(.figure.low == 9) | .evidence | all(.report == $a)'
ok "the newer stands, of one origin" now '.reports[1].id as $b | .stories[0].findings[] | select(.figure.low == 14) | .status == "single" and .origins == 1 and .evidence[0].report == $b'
ok "the figure's move is told" now '.stories[0].versions[0].changes[0].figures[] | .measure == "killed" and .from.low == 9 and .to.low == 14'
ok "two sentences are new" now '.reports[1].text as $t | .stories[0].versions[0].changes[0].added | map($t[.[0]:.[1]]) | . == ["The Interior Ministry said that 14 people had been killed.", "The road to Halvery was closed."]'
ok "two are gone" now '.reports[0].text as $t | .stories[0].versions[0].changes[0].removed | map($t[.[0]:.[1]]) | length == 2 and (.[1] | contains("boats"))'
ok "the governor's words are gone" now '.reports[0].text as $t | .stories[0].versions[0].changes[0].unsaid | map($t[.[0]:.[1]]) | any(contains("We need boats"))'
ok "the headline changed" now '.stories[0].versions[0].changes[0].retitled'
ok "readers are told" page "Killed: 9 → 14"
ok "and of sentences" page "Added: The road to Halvery was closed."
ok "one report is counted" grep -q '^1 report, 1 outlet, 1 origin, 1 story' "$scratch/s.md"

# The other way round on the command line: time decides.
report "$scratch/in/2.jsonl" "$scratch/in/1.jsonl"
ok "older first in any order of input" now '.reports[1].id as $old | .stories[0].versions[0].reports[0] == $old'

# The same time of publication, the text changed: the order of input decides.
sed 's/T16:00:00Z/T10:00:00Z/' "$scratch/in/2.jsonl" >"$scratch/same-time.jsonl"
report "$scratch/in/1.jsonl" "$scratch/same-time.jsonl"
ok "a version without a later time supersedes" now '.stories[0].findings[] | select(.figure.low == 9) | .status == "superseded"'

# The same text again is the same document.
sed 's/,"url"/,"fetched":"again","url"/' "$scratch/in/1.jsonl" >"$scratch/again.jsonl"
report "$scratch/in/1.jsonl" "$scratch/again.jsonl"
ok "identical text: nothing changed" now '.stories[0].versions[0].changes[0] | .added == [] and .removed == [] and .figures == [] and .said == [] and .unsaid == []'
ok "and readers are told so" page ": the same text"
ok "one report is counted" grep -q '^1 report, 1 outlet, 1 origin' "$scratch/s.md"

# Not versions: another address; a front page; one address over two articles.
sed 's|/news/orlesk-dam/?utm_source=feed#top|/news/orlesk-toll|' "$scratch/in/2.jsonl" >"$scratch/other.jsonl"
report "$scratch/in/1.jsonl" "$scratch/other.jsonl"
ok "another address is another report" now '[.stories[] | has("versions")] | any | not'
sed 's|/news/orlesk-dam"|/"|' "$scratch/in/1.jsonl" >"$scratch/front1.jsonl"
sed 's|/news/orlesk-dam/?utm_source=feed#top|/|' "$scratch/in/2.jsonl" >"$scratch/front2.jsonl"
report "$scratch/front1.jsonl" "$scratch/front2.jsonl"
ok "a front page names no article" now '[.stories[] | has("versions")] | any | not'
cat >"$scratch/strike.jsonl" <<'JSON'
{"text":"Dockers in Port Ligan walked out on Thursday.","title":"Dockers strike","published":"2029-10-11","outlet":"Courier","url":"https://courier.example/news/orlesk-dam"}
JSON
report "$scratch/in/1.jsonl" "$scratch/strike.jsonl"
ok "one address over two articles makes two stories" now '.stories | length == 2'
report "$scratch/in"
ok "an actor of two versions is in one report" now ".stories[0].actors | all(.reports == 1)"
ok "every span resolves" status 0 "$CORROB" verify "$scratch/s.json"
done_testing
