# Kinds of input: web archives, feeds.
. "$(dirname "$0")/lib"
in=$scratch/in
mkdir "$in"

lines() { [ "$(wc -l <"$scratch/out")" = "$1" ]; }
# holds FILTER: jq's filter is true for the first line of output.
holds() { head -n 1 "$scratch/out" | jq -e "$1" >/dev/null; }

page='<!doctype html><html lang="en"><head><title>Ferry sinks off Orrin</title></head><body><article><h1>Ferry sinks off Orrin</h1><p>Seven people were killed when a ferry sank off Orrin on Monday, the coast guard said.</p><p>Forty passengers were taken ashore by fishing boats, and the search went on through the night.</p></article></body></html>'
# record TYPE MEDIA BLOCK
record() {
    printf 'WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: https://daily.example/2031/ferry\r\nWARC-Date: 2031-05-02T08:00:00Z\r\nContent-Type: %s\r\nContent-Length: %s\r\n\r\n%s\r\n\r\n' "$1" "$2" "$(printf %s "$3" | wc -c)" "$3"
}
{
    record warcinfo application/warc-fields 'software: own'
    record response 'application/http; msgtype=response' "$(printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n%s' "$page")"
    record response 'application/http; msgtype=response' "$(printf 'HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\npixels')"
    record conversion text/plain 'Two boats sank off Orrin on Monday, the harbour master said.'
} >"$in/a.warc"
ok "a web archive" status 0 "$CORROB" read "$in/a.warc"
ok "a line for each page in it" lines 2
ok "its address" holds '.url == "https://daily.example/2031/ferry"'
ok "its place in the archive" holds '.input | test("a.warc:[0-9]+$")'
ok "not the day of the crawl" holds '.published.value == null or (.published.value | startswith("2031-05-02") | not)'
ok "what else there is is counted" said "1 other files and records"
gzip -k "$in/a.warc"
ok "a folder of archives, packed or not" status 0 "$CORROB" read "$in"
ok "has the pages of all" lines 4
ok "an archive by standard input" sh -c '"$1" read --input-format warc - <"$2" 2>/dev/null | wc -l | grep -qx 2' sh "$CORROB" "$in/a.warc.gz"
ok "a report on an archive" status 0 "$CORROB" report --published 2031-05-02 --json "$in/a.warc"
head -c 700 "$in/a.warc" >"$in/cut.warc"
ok "an archive cut off" status 3 "$CORROB" read "$in/cut.warc"
ok "is told" said "cut off"

: >"$in/dates.warc"
for date in 2031-05-01 2033-01-01; do
    dated=$(printf %s "$page" | sed "s|</title>|</title><meta property=\"article:published_time\" content=\"${date}T06:00:00Z\">|")
    record response 'application/http; msgtype=response' "$(printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n%s' "$dated")" >>"$in/dates.warc"
done
ok "pages with dates" status 0 "$CORROB" read "$in/dates.warc"
ok "a date before the crawl holds" holds '.published.value == "2031-05-01T06:00:00Z"'
ok "one behind it does not" sh -c 'tail -n 1 "$1" | jq -e ".published == null or .published.value == null" >/dev/null' sh "$scratch/out"
cat >"$in/feed.xml" <<'FEED'
<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Post</title>
<item><title>Ferry sinks off Orrin</title><link>https://post.example/ferry</link><pubDate>Mon, 05 May 2031 08:00:00 +0200</pubDate>
<content:encoded><![CDATA[<p>Seven people were killed when a ferry sank off Orrin on Monday, the coast guard said.</p><p>Forty passengers were taken ashore by fishing boats, and the search went on through the night.</p>]]></content:encoded></item>
<item><title>Dam full</title><link>https://post.example/dam</link><description>Teaser.</description></item>
</channel></rss>
FEED
ok "a feed" status 3 "$CORROB" read "$in/feed.xml"
ok "a line for each item with text" lines 1
ok "its title" holds '.title == "Ferry sinks off Orrin"'
ok "its address" holds '.url == "https://post.example/ferry"'
ok "its outlet" holds '.outlet.name == "Harbour Post" or .outlet == "Harbour Post"'
ok "its time" holds '.published.value == "2031-05-05T08:00:00+02:00"'
ok "its number in the feed" holds '.input | endswith("feed.xml:1")'
ok "both paragraphs" holds '.text | (contains("Seven people") and contains("fishing boats"))'
ok "an item that is a link is told" said "feed.xml:2: link: https://post.example/dam"
ok "a feed by standard input" sh -c '"$1" read - <"$2" 2>/dev/null | wc -l | grep -qx 1' sh "$CORROB" "$in/feed.xml"

ok "an address without --fetch" status 3 "$CORROB" read http://127.0.0.1:9/
ok "names the option" said "--fetch"
ok "an address of this machine" status 3 "$CORROB" read --fetch http://127.0.0.1:9/
ok "is refused" said "refused: "
ok "by name, too" status 3 "$CORROB" read --fetch http://localhost:9/
ok "is refused" said "refused: "
echo '{"url":"http://192.0.2.7:8080/a","html":"<html lang=en><title>Ferry</title><p>Nine people were killed in Dunbrec, the coast guard said.</p>"}' >"$scratch/ip.jsonl"
ok "a host without a name" status 0 "$CORROB" read "$scratch/ip.jsonl"
ok "is its own domain" sh -c 'jq -e ".outlet.domain == \"192.0.2.7\"" "$1" >/dev/null' sh "$scratch/out"
done_testing
