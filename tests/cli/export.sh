# Each shape as somebody else's reader sees it: csv and json of Python,
# ogrinfo, the shell of SQLite, jq, unzip.
. "$(dirname "$0")/lib"

export="$CORROB export"
s=$scratch/situation.json
reader=$scratch/read.py
cat >"$reader" <<'PY'
import csv, json, re, sys
kind, path = sys.argv[1], sys.argv[2]
if kind in ("csv", "tsv"):
    columns = int(sys.argv[3])
    with open(path, newline="", encoding="utf-8") as f:
        rows = list(csv.reader(f, delimiter="," if kind == "csv" else "\t",
                               quoting=csv.QUOTE_MINIMAL if kind == "csv" else csv.QUOTE_NONE))
    assert all(len(r) == columns for r in rows), sorted({len(r) for r in rows})
    assert len(set(rows[0])) == columns, "two columns of one name"
    assert len(rows) > int(sys.argv[4]), len(rows)
    for r in rows:
        for cell in r:
            number = cell.lstrip("+-").replace(".", "", 1).isdigit()
            assert number or cell[:1] not in tuple("=+-@\t"), cell
elif kind == "package":
    package = json.load(open(path))
    names = {r["name"] for r in package["resources"]}
    for r in package["resources"]:
        header = next(csv.reader(open(sys.argv[3] + "/" + r["path"], newline="")))
        assert header == [f["name"] for f in r["schema"]["fields"]], r["name"]
        for k in r["schema"].get("foreignKeys", []):
            assert k["reference"]["resource"] in names
    ids = {r["id"] for r in csv.DictReader(open(sys.argv[3] + "/reports.csv", newline=""))}
    for r in csv.DictReader(open(sys.argv[3] + "/evidence.csv", newline="")):
        assert r["report_id"] in ids
elif kind == "plover":
    lines = [json.loads(l) for l in open(path)]
    assert lines and all(l["id"] and l["date"] and l["event"] and l["actor"] for l in lines)
elif kind == "annotations":
    page = json.load(open(path))
    texts = {r.get("url") or r["input"]: r["text"] for r in json.load(open(sys.argv[3]))["reports"]}
    assert page["items"]
    for a in page["items"]:
        quote, place = a["target"]["selector"]
        text = texts[a["target"]["source"]]
        assert text[place["start"]:place["end"]] == quote["exact"]
        assert text[:place["start"]].endswith(quote.get("prefix", ""))
        assert text[place["end"]:].startswith(quote.get("suffix", ""))
elif kind == "geojson":
    g = json.load(open(path))
    assert g["type"] == "FeatureCollection" and g["features"]
    for f in g["features"]:
        if f["geometry"]:
            lon, lat = f["geometry"]["coordinates"]
            assert -180 <= lon <= 180 and -90 <= lat <= 90
elif kind == "ged":
    for r in csv.DictReader(open(path, newline="")):
        assert int(r["low"]) <= int(r["best"]) <= int(r["high"]), r
elif kind == "hxl":
    with open(path, newline="") as f:
        tags = list(csv.reader(f))[1]
    shape = re.compile(r"#[a-z]\w*(\s*\+[a-z]\w*)*$")  # no blank behind a plus
    assert all(shape.match(t) for t in tags), tags
elif kind == "dams":
    for r in csv.DictReader(open(path, newline="")):
        if "emergency service" in r["notes"] or "Halvery" in r["notes"]:
            assert not r["event_type"] or r["event_type"] == "Strategic developments", r
elif kind == "unreal":
    for r in csv.DictReader(open(path, newline="")):
        assert "hypothetical" not in r["notes"], r
elif kind == "acled":
    for r in csv.DictReader(open(path, newline="")):
        assert r["fatalities"].isdigit() and r["notes"].startswith("Reported"), r
PY
reads() { "$PY" "$reader" "$@"; }

status 0 "$CORROB" report --json --published 2029-10-12 -o "$s" examples tests/docs/twin/a.txt tests/docs/twin/b.txt
for shape in csv tsv evidence reports datapackage hxl ucdp acled polecat gdelt-events gdelt-mentions plover geojson annotations markdown bundle; do
    ok "export as $shape" status 0 $export --as $shape -o "$scratch/$shape" "$s"
    ok "$shape is the same again" sh -c '$1 --as $2 "$3" | cmp - "$4"' sh "$export" $shape "$s" "$scratch/$shape"
done
mkdir "$scratch/tables"
for text in none sentence full; do
    ok "bundle with text $text" status 0 $export --as bundle --text $text -o "$scratch/$text.zip" "$s"
done
if PY=$(command -v python3); then
    ok "csv is read" reads csv "$scratch/csv" 41 20
    ok "tsv is read" reads tsv "$scratch/tsv" 41 20
    ok "evidence is read" reads csv "$scratch/evidence" 10 20
    ok "reports are read" reads csv "$scratch/reports" 8 5
    ok "hxl is read" reads csv "$scratch/hxl" 22 3
    ok "hxl's tags are tags" reads hxl "$scratch/hxl"
    ok "a flood is no violence" reads dams "$scratch/acled"
    ok "what would have been counts no dead" reads unreal "$scratch/acled"
    ok "UCDP GED has 49 columns" reads csv "$scratch/ucdp" 49 1
    ok "best lies between low and high" reads ged "$scratch/ucdp"
    ok "ACLED has 31 columns" reads csv "$scratch/acled" 31 1
    ok "ACLED counts and notes" reads acled "$scratch/acled"
    ok "POLECAT has 40 columns" reads tsv "$scratch/polecat" 40 3
    ok "GDELT Events has 61 columns" reads tsv "$scratch/gdelt-events" 61 3
    ok "GDELT Mentions has 16 columns" reads tsv "$scratch/gdelt-mentions" 16 3
    ok "PLOVER is read" reads plover "$scratch/plover"
    ok "annotations select what they quote" reads annotations "$scratch/annotations" "$s"
    ok "GeoJSON is read" reads geojson "$scratch/geojson"
    for table in csv:findings evidence:evidence reports:reports; do
        cp "$scratch/${table%:*}" "$scratch/tables/${table#*:}.csv"
    done
    ok "the descriptor fits its tables" reads package "$scratch/datapackage" "$scratch/tables"
else
    echo "skipped: readers in Python (no python3)"
fi
if command -v ogrinfo >/dev/null; then
    cp "$scratch/geojson" "$scratch/map.geojson"
    ok "ogrinfo reads GeoJSON" sh -c 'ogrinfo -so -al "$1" | grep -q "Feature Count: [1-9]"' sh "$scratch/map.geojson"
else
    echo "skipped: ogrinfo (no gdal-bin)"
fi
# The tables, as SQLite's own shell imports them, and GDAL where they have coordinates.
rows() { sqlite3 -cmd ".mode $1" :memory: ".import '$2' t" "SELECT count(*) >= $3 FROM t" "SELECT count(*) = $4 FROM pragma_table_info('t')" 2>"$scratch/import" | tr -d '\n'; }
if command -v sqlite3 >/dev/null; then
    for table in csv:41:20 evidence:10:20 reports:8:5 hxl:22:2 ucdp:49:1 acled:31:1; do
        shape=${table%%:*} rest=${table#*:}
        columns=${rest%:*} least=${rest#*:}
        ok "sqlite3 imports $shape" test "$(rows csv "$scratch/$shape" "$least" "$columns")" = 11
        ok "without a complaint on $shape" test ! -s "$scratch/import"
    done
    for table in tsv:41:20 polecat:40:3 gdelt-events:61:3 gdelt-mentions:16:3; do
        shape=${table%%:*} rest=${table#*:}
        columns=${rest%:*} least=${rest#*:}
        ok "sqlite3 imports $shape" test "$(rows tabs "$scratch/$shape" "$least" "$columns")" = 11
        ok "without a complaint on $shape" test ! -s "$scratch/import"
    done
else
    echo "skipped: import by sqlite3 (no sqlite3)"
fi
if command -v ogrinfo >/dev/null; then
    for shape in ucdp acled; do
        cp "$scratch/$shape" "$scratch/$shape.csv"
        ok "ogrinfo reads $shape" sh -c 'ogrinfo -so -al "$1" -oo X_POSSIBLE_NAMES=longitude -oo Y_POSSIBLE_NAMES=latitude | grep -q "Geometry: Point"' sh "$scratch/$shape.csv"
    done
fi
# JSON, as jq reads it.
jqs() { jq "$@" >/dev/null; }
if command -v jq >/dev/null; then
    ok "jq reads the annotations" jqs -e '."@context" and (.items | length > 0) and all(.items[]; .type == "Annotation" and (.target.selector | map(.type) | sort) == ["TextPositionSelector", "TextQuoteSelector"])' "$scratch/annotations"
    ok "jq reads PLOVER" jqs -es 'length > 2 and all(.[]; .id and .event)' "$scratch/plover"
    ok "jq reads the descriptor" jqs -e '.resources | length >= 3' "$scratch/datapackage"
fi
if command -v unzip >/dev/null; then
    mkdir "$scratch/unpacked"
    ok "unzip finds the bundle whole" sh -c 'unzip -tq "$1" >/dev/null' sh "$scratch/full.zip"
    unzip -q "$scratch/full.zip" -d "$scratch/unpacked"
    ok "its hashes hold" sh -c 'cd "$1" && sha256sum --quiet -c SHA256SUMS' sh "$scratch/unpacked"
    ok "its situation verifies" status 0 "$CORROB" verify "$scratch/unpacked/situation.json"
    ok "no words go along when none are wanted" sh -c '! unzip -p "$1" | grep -q "sending a wall of water"' sh "$scratch/none.zip"
else
    echo "skipped: unzip"
fi
# dead CLAIMANT: the ministry counts 30 dead, CLAIMANT 12 civilians; the row's five figures.
dead() {
    toll='"kind":"figure","status":"single","figure":{"measure":"killed","modality":"asserted"'
    printf '{"schema":"corrob.situation/1","reports":[{"id":"r1"}],"stories":[{"findings":[
{"id":"f1","origins":2,%s,"class":"people","low":30,"high":30},"evidence":[{"report":"r1","stance":"supports","claimant":"the ministry"}]},
{"id":"f2","origins":1,%s,"class":"civilian","low":12,"high":12},"evidence":[{"report":"r1","stance":"supports","claimant":"%s"}]}]}]}' \
        "$toll" "$toll" "$1" >"$scratch/dead.json"
    $export --as ucdp "$scratch/dead.json" | tail -n 1 | grep -o '[0-9]*,[0-9]*,[0-9]*,[0-9]*,[0-9]*,,.\{0,1\}$' | tr -d '\r'
}
ok "civilians of the claimant" test "$(dead 'the ministry')" = "12,18,30,30,30,,"
ok "not those of another" test "$(dead 'the hospital')" = "0,30,30,30,30,,"
# A page's words are no formula.
sed 's/"title":"[^"]*"/"title":"=HYPERLINK(1)"/g' "$s" >"$scratch/evil.json"
ok "a formula" status 0 $export --as csv "$scratch/evil.json"
ok "is disarmed" grep -q "'=HYPERLINK" "$scratch/out"
ok "and never stands bare" sh -c '! grep -q ",\"*=HYPERLINK" "$1"' sh "$scratch/out"
ok "without text" status 0 $export --as evidence --text none "$s"
ok "no quotation" sh -c '! grep -q "wall of water" "$1"' sh "$scratch/out"
ok "unknown shape" status 2 $export --as xls "$s"
ok "unknown text" status 2 $export --as csv --text some "$s"
ok "no shape" status 2 $export "$s"
ok "a missing situation" status 2 $export --as csv nowhere.json
ok "is named" grep -q nowhere.json "$scratch/err"
ok "no situation" status 2 $export --as csv README.md
done_testing
