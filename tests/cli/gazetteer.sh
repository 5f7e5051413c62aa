# A gazetteer of the user's: places and names of its own, clear words for what is wrong.
. "$(dirname "$0")/lib"

holds() { grep -qF -- "$1" "$scratch/out"; }
lacks() { ! grep -qF -- "$1" "$scratch/out"; }
row() { # ID NAME CLASS CODE PEOPLE
    printf '%s\t%s\t%s\t\t51.25\t7.5\t%s\t%s\tDE\t\t07\t\t\t\t%s\t\t\tEurope/Berlin\t2026-01-01\n' "$1" "$2" "$2" "$3" "$4" "$5"
}

{
    row 9900001 'Karsk Velmar' P PPL 12000
    row 9900002 'Lake Orlan' H LK 0
    row 9900003 'Old Karsk' P PPLH 0
    row 2950159 Berlin P PPLC 3426354
} >"$scratch/places.txt"
printf '1\t9900001\ten\tAsmundhaven\t\t\t\t\t\t\n2\t9900001\tlink\thttps://karsk.example\t\t\t\t\t\t\n' >"$scratch/names.txt"
printf 'Police in Asmundhaven, Germany, closed the road to Lake Orlan on Monday.\n' >"$scratch/report.txt"
printf 'Karsk\t51.2\n' >"$scratch/short.txt"

ok "build" status 0 "$CORROB" gazetteer build "$scratch/places.txt" "$scratch/names.txt" -o "$scratch/own.gaz"
ok "what was made is told" said '2 places added, 1 known before, 1 names'
ok "read with it" status 0 "$CORROB" read --gazetteer "$scratch/own.gaz" "$scratch/report.txt"
ok "a town by its other name" holds '"geonames":9900001'
ok "a lake" holds '"geonames":9900002'
ok "a country of the built-in one" holds '"geonames":2921044'
ok "read without it" status 0 "$CORROB" read "$scratch/report.txt"
ok "no such town" lacks 990000
ok "places alone" status 0 "$CORROB" gazetteer build "$scratch/places.txt" -o "$scratch/alone.gaz"

ok "a short row" status 2 "$CORROB" gazetteer build "$scratch/short.txt"
ok "is named" said 'short.txt: line 1 has less than the 19 columns'
cat "$scratch/short.txt" "$scratch/places.txt" >"$scratch/some.txt"
ok "a short row among others" status 3 "$CORROB" gazetteer build "$scratch/some.txt" -o "$scratch/some.gaz"
ok "is told" said 'some.txt: format: line 1 has less than the 19 columns'
ok "and passed over alone" sh -c 'cmp -s "$1" "$2"' sh "$scratch/some.gaz" "$scratch/alone.gaz"
ok "no file" status 2 "$CORROB" gazetteer build "$scratch/nowhere.txt"
ok "is named, too" said nowhere.txt
ok "no gazetteer" status 2 "$CORROB" read --gazetteer "$scratch/short.txt" "$scratch/report.txt"
ok "tells how to make one" said 'is no gazetteer'
head -c 5000000 "$scratch/own.gaz" >"$scratch/cut.gaz"
ok "a gazetteer cut short" status 2 "$CORROB" read --gazetteer "$scratch/cut.gaz" "$scratch/report.txt"
ok "build is the one thing to do" status 2 "$CORROB" gazetteer make "$scratch/places.txt"
done_testing
