# The compiler of the lexicons: choices and classes in keys, and what it refuses.
. "$(dirname "$0")/lib"
lexc=
for place in "$(dirname "$CORROB")" build/release build/dev; do
    [ -n "$lexc" ] || [ ! -x "$place/lexc" ] || lexc=$place/lexc
done
if [ -z "$lexc" ]; then
    echo "skipped: lexc isn't built"
    ok "nothing to test" true
    done_testing
    exit
fi
mkdir -p "$scratch/lex"

# table: a lexicon from standard input; "-" parts its columns.
table() { tr '-' '\t' >"$scratch/words.tsv"; }

# keys: the keys of the compiled table, each with the line that it points at.
keys() {
    sed -n 's/^{ STR_INIT("\([^"]*\)"), fields_words + [0-9]*, \([0-9]*\), .*/\1:\2/p' "$scratch/tables.c"
}

# compiles WANT: the lexicon compiles to these keys.
compiles() {
    status 0 "$lexc" "$scratch" "$scratch/words.tsv" || return 1
    [ "$(keys | tr '\n' ',')" = "$1" ] || {
        echo "keys are: $(keys | tr '\n' ',')"
        return 1
    }
}

# refused WORDS: the lexicon is refused, and these words say why and where.
refused() {
    status 1 "$lexc" "$scratch" "$scratch/words.tsv" && said "$1"
}

table <<'END'
words-type-example
stage protest-PROTEST-Students stage a protest.
END
ok "a plain key" compiles "stage protest:2,"

table <<'END'
words-type-example
burst|break into hall|mill-RIOT-They break into the mill.
agree-AGREE-They agree.
END
ok "a choice stands for each of its words, by the row's line" compiles \
    "agree:3,break into hall:2,break into mill:2,burst into hall:2,burst into mill:2,"

table <<'END'
words-type-example
force_way|get into mill-RIOT-They force their way into the mill.
END
ok "a phrase in a choice" compiles "force way into mill:2,get into mill:2,"

table <<'END'
words-type-example
stage protest |against-PROTEST-Students stage a protest.
END
ok "a choice may be nothing" compiles "stage protest:2,stage protest against:2,"

table <<'END'
#= house: hall police_station
words-type-example
burst into {house}|mill-RIOT-They burst into the police station.
leave {house}-LEAVE-They leave the hall.
END
ok "a class" compiles \
    "burst into hall:3,burst into mill:3,burst into police station:3,leave hall:4,leave police station:4,"

table <<'END'
words-type-example
under_score-AGREE-They underline it.
END
ok "no blank outside a choice" compiles "under_score:2,"

table <<'END'
words-type-example
burst|break into mill-RIOT-They break into the mill.
break into hall|mill-RIOT-They break into the hall.
END
ok "an entry of two rows" refused "words.tsv:3: the entry comes twice: break into mill"

table <<'END'
words-type-example
burst|break|burst into mill-RIOT-They break into the mill.
END
ok "a word twice in a choice" refused "words.tsv:2: the entry comes twice: burst into mill"

table <<'END'
words-type-example
mill-A-The mill.
mill-B-The mill.
mill-A-The mill again.
END
ok "a twin behind another of the same key" refused "words.tsv:4: the entry comes twice: mill"

table <<'END'
words-type-example
burst|break into hall|mill-RIOT-They break into the office.
END
ok "an example without any of a choice" refused "words.tsv:2: the example does not show: hall|mill"

table <<'END'
words-type-example
force_way|get into mill-RIOT-They force the mill into it.
END
ok "an example with half a phrase" refused "words.tsv:2: the example does not show: force_way|get"

table <<'END'
words-type-example
burst into {house}-RIOT-They burst into the hall.
#= house: hall
END
ok "a class declared below" refused "words.tsv:2: no class of that name above: {house}"

table <<'END'
#= house: hall
words-type-example
burst into {house-RIOT-They burst into the hall.
END
ok "an open brace" refused "words.tsv:3: no class of that name above: {house"

table <<'END'
#= house: hall
#= house: mill
words-type-example
burst into {house}-RIOT-They burst into the hall.
END
ok "a class declared twice" refused "words.tsv:2: the class is declared twice: house"

table <<'END'
#= house:
words-type-example
burst into {house}-RIOT-They burst into the hall.
END
ok "an empty class" refused "words.tsv:1: an empty class: house"

table <<'END'
#= house hall
words-type-example
leave hall-RIOT-They leave the hall.
END
ok "a class without a colon" refused "words.tsv:1: a class without a colon"

table <<'END'
#= house: hall
words-type-example
leave hall-RIOT-They leave the hall.
END
ok "a class that nobody uses" refused "words.tsv:1: the class is never used: house"

table <<'END'
words-type-example
a|b a|b a|b a|b a|b a|b a|b a|b a|b a|b a|b a|b a|b-RIOT-A b.
END
ok "too many words" refused "words.tsv:2: a key of too many words or choices"

table <<'END'
words-type-example
a|b|c|d a|b|c|d a|b|c|d a|b|c|d a|b|c|d a|b|c|d a|b|c|d-RIOT-A b.
END
ok "too many entries of one row" refused "words.tsv:2: a key of too many words or choices"

table <<'END'
words-type-example
Burst|break into mill-RIOT-They break into the mill.
END
ok "a capital letter" refused "words.tsv:2: key not in lower case"

table <<'END'
words-type-example
|mill |hall-RIOT-The mill in the hall.
END
ok "a choice of nothing at all" refused "words.tsv:2: not a key in normal form"

done_testing
