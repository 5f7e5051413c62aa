# Each piece of an article's text and the bytes of the page that it came from.
. "$(dirname "$0")/lib"
page=tests/docs/pages/wordpress.html

ok "show --raw" status 0 "$CORROB" show --raw "$page"
cp "$scratch/out" "$scratch/raw"
ok "pieces cover the text" jq -e '[.spans[] | .end - .start] | add as $n | $n > 0' "$scratch/raw"
ok "no piece lies outside of the page" jq -e '.bytes as $n | all(.spans[]; .page_end <= $n and .page_start <= .page_end)' "$scratch/raw"
ok "pieces follow each other" jq -e '[.spans[] | .start] == ([.spans[] | .start] | sort)' "$scratch/raw"
ok "the text ends with the last piece" jq -e '.text_bytes == .spans[-1].end' "$scratch/raw"
jq -r '.spans[] | select(.same and (.text | test("^[ -~]+$"))) | "\(.page_start) \(.page_end - .page_start) \(.text)"' "$scratch/raw" >"$scratch/same"
wrong=0
while read -r from len text; do
    found=$(tail -c "+$((from + 1))" "$page" | head -c "$len")
    [ "$(echo $found)" = "$(echo $text)" ] || wrong=$((wrong + 1))
done <"$scratch/same"
ok "some pieces are the page's own bytes" test -s "$scratch/same"
ok "and these bytes are there" test "$wrong" = 0
ok "a text kept as it came is one piece" sh -c 'echo "{\"text\": \"Nine were hurt in Orlesk.\"}" | "$1" show --raw --input-format jsonl - | jq -e ".spans | length == 1 and .[0].page_end == 25"' sh "$CORROB"
done_testing
