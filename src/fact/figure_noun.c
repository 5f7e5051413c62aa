#include "fact/figure_noun.h"

#include "lex/lex.h"
#include "text/word.h"

#define PHRASE_WORDS 14 /* tokens between an amount and the noun that is counted */
#define PEOPLE_WORDS 4  /* of the longest noun in the lexicon */
#define QUOTED_WORDS 4  /* tokens of a noun that stands in quotation marks */
#define OF_WORDS 9      /* tokens of an "of" phrase that may tell a side */

static struct str lower_at(const struct scan *s, uint32_t i)
{
    return i < s->end ? s->text->token.at[i].lower : STR("");
}

static const struct token *token_at(const struct scan *s, uint32_t i)
{
    return &s->text->token.at[i];
}

/* The words of `list` from token i on, hyphens left out: "co", "-", "pilot". */
static uint32_t words_from(const struct scan *s, uint32_t i, struct str *word,
                           uint32_t *token, uint32_t max)
{
    uint32_t n = 0;

    for (; i < s->end && n < max; i++) {
        word[n] = lower_at(s, i);
        token[n++] = i;
    }
    return n;
}

static const struct lex_entry *longest(const struct scan *s, const struct lex_table *t,
                                       uint32_t i, uint32_t *tokens)
{
    struct str word[PEOPLE_WORDS];
    uint32_t at[PEOPLE_WORDS], n;

    if (i >= s->end || !lex_may_begin(t, lower_at(s, i)))
        return NULL;
    n = words_from(s, i, word, at, PEOPLE_WORDS);
    return lex_longest(t, word, n, tokens);
}

/* Whether tokens at `at` begin a noun for people ("police officers"); its length in tokens
 * and its lexicon entry. */
static bool noun_is_people(const struct scan *s, uint32_t at, uint32_t *tokens,
                           const struct lex_entry **entry)
{
    *entry = longest(s, &lex_people, at, tokens);
    return *entry != NULL;
}

/* Verbs and other words that end a noun phrase, whatever the tagger says of them. */
static bool ends_phrase(const struct scan *s, uint32_t i)
{
    const struct token *t = token_at(s, i);

    if (scan_is_any(s, i,
                    "including|following|according|during|amid|using|regarding|"
                    "dead|missing|while|than"))
        return true;
    if (t->upos == UPOS_PART)
        return !str_eq(t->lower, STR("'s")) && !str_eq(t->lower, STR("’s"));
    if (t->upos ==
        UPOS_VERB) /* "armed men", "displaced people", "working journalists" */
        return !str_ends(t->lower, STR("ed")) && !str_ends(t->lower, STR("ing"));
    if (t->upos == UPOS_ADV) /* "the most prominent activists" */
        return !str_ends(t->lower, STR("ly")) && !scan_is_any(s, i, "most|very|less");
    return t->upos == UPOS_AUX || t->upos == UPOS_ADP || t->upos == UPOS_SCONJ ||
           t->upos == UPOS_PRON || t->upos == UPOS_CCONJ || t->upos == UPOS_DET;
}

static bool is_quote(struct str w)
{
    return str_eq(w, STR("\"")) || str_eq(w, STR("“")) || str_eq(w, STR("”")) ||
           str_eq(w, STR("‘")) || str_eq(w, STR("’")) || str_eq(w, STR("''")) ||
           str_eq(w, STR("``")) || str_eq(w, STR("'")) || str_eq(w, STR("«")) ||
           str_eq(w, STR("»"));
}

static bool is_hyphen(struct str w)
{
    return str_eq(w, STR("-")) || str_eq(w, STR("‑")) || str_eq(w, STR("‐"));
}

/* Commas part adjectives only when a noun still comes: "three young, unarmed men". */
static bool goes_through(const struct scan *s, uint32_t i)
{
    struct str w = lower_at(s, i);

    if (is_quote(w) || is_hyphen(w))
        return true;
    return token_at(s, i)->upos != UPOS_PUNCT && w.len > 0 && *w.ptr != ',' &&
           *w.ptr != '.' && *w.ptr != ';' && *w.ptr != ':' && *w.ptr != '(' &&
           *w.ptr != ')' && *w.ptr != '!' && *w.ptr != '?';
}

/* A name for people of some place: "Filipinos", "Armenians", "Sudanese", "French". */
static bool is_demonym(const struct scan *s, uint32_t i)
{
    struct str w = token_at(s, i)->form;
    static const char *const ends[] = { "ans",  "ians", "ese", "is",  "ish",
                                        "ers",  "inos", "ors", "ch",  "ots",
                                        "es",   "ks",   "bs",  "ds",  "gs",
                                        "ites", "aqis", "ian", "can", "nan" };

    if (w.len < 4 || !ascii_is_upper(*w.ptr))
        return false;
    for (size_t k = 0; k < COUNT(ends); k++)
        if (str_ends(w, str_from(ends[k])))
            return true;
    return false;
}

/* An occupation the lexicon lacks: "beauticians", "typesetters".  Only plural. */
static bool sounds_human(struct str w)
{
    static const char *const ends[] = {
        "ists", "ians",  "eers",  "smen",     "women",
        "kers", "mates", "goers", "ologists", "naires"
    };

    for (size_t k = 0; k < COUNT(ends); k++)
        if (w.len > str_from(ends[k]).len + 2 && str_ends(w, str_from(ends[k])))
            return true;
    return false;
}

/* A noun that the dictionary has for people: "trainees", "a goalkeeper". */
static bool names_person(const struct token *t)
{
    const struct word *w = t->upos == UPOS_NOUN ? word_find(t->lemma) : NULL;

    return w && w->sense == SENSE_PERSON;
}

/* The side that modifiers or an "of" phrase name: "Taliban" -> rebel. */
static const struct lex_entry *side_in(const struct scan *s, uint32_t from, uint32_t to)
{
    const struct lex_entry *e, *found = NULL;
    uint32_t used;

    for (uint32_t i = from; i < to && i < s->end; i += used) {
        used = 1;
        e = longest(s, &lex_sides, i, &used);
        if (e && i + used <= to) {
            /* "is" and other short names of groups are names in capitals only */
            if (e->key.len > 3 || ascii_is_upper(token_at(s, i)->form.ptr[0]))
                if (!found)
                    found = e;
        } else {
            used = 1;
        }
    }
    return found;
}

/* Nouns that tell no side themselves: "members", "men", "leader", "commander". */
static bool is_weak(struct str noun)
{
    return str_in(
        noun,
        "member|members|men|man|leader|leaders|commander|commanders|chief|"
        "operative|operatives|cadre|cadres|officer|officers|recruit|"
        "recruits|prisoner|prisoners|captive|captives|suspect|suspects|"
        "employee|employees|personnel|supporter|supporters|detainee|"
        "detainees|agent|agents|worker|workers|head|boss|figure|staff|"
        "trainee|trainees|cadet|cadets|guy|individual|individuals|chiefs|"
        "combatant|combatants|official|officials|people|persons|youth|"
        "youths|inmates|person|woman|women|fighters|fighter|guard|guards|staffers");
}

static bool class_is(struct str class_name, const char *name)
{
    return str_eq(class_name, str_from(name));
}

/* Which side counts for which noun: "gang members" are criminals, but "army officials"
 * stay officials, "police guards" guards, and "village people" people. */
static bool side_fits(struct str noun, struct str own, struct str side)
{
    if (class_is(own, "official") || class_is(own, "security"))
        return class_is(side, "rebel") && !str_ends(noun, STR("s"));
    if (str_eq(noun, STR("people")) || str_eq(noun, STR("persons")) ||
        str_starts(noun, STR("individual")) || str_starts(noun, STR("youth")))
        return class_is(side, "refugee");
    if (class_is(own, "prisoner"))
        return class_is(side, "rebel");
    if (class_is(own, "civilian"))
        return class_is(side, "official") || class_is(side, "journalist");
    if (class_is(own, "criminal"))
        return class_is(side, "rebel");
    if (class_is(own, "rebel"))
        return class_is(side, "criminal") || class_is(side, "militia");
    return true;
}

/* "200 men armed with machetes", "a man suspected of murder": what follows tells. */
static struct str class_behind(const struct scan *s, const struct counted *c,
                               struct str noun)
{
    bool man = str_eq(noun, STR("man")) || str_eq(noun, STR("men"));
    bool anyone = man || str_eq(noun, STR("person")) || str_eq(noun, STR("people")) ||
                  str_eq(noun, STR("persons")) || str_eq(noun, STR("woman")) ||
                  str_eq(noun, STR("women")) || str_starts(noun, STR("individual"));

    if (man && scan_is(s, c->end, "armed"))
        return STR("rebel");
    if (anyone && scan_is_any(s, c->end, "suspected|accused|wanted|charged"))
        return STR("criminal");
    return STR("");
}

/* Class of the noun at `noun` (one or more tokens to c->end) with what stands around. */
static void read_class(const struct scan *s, struct counted *c,
                       const struct lex_entry *entry, uint32_t noun)
{
    const struct lex_entry *side;
    struct str last = lower_at(s, c->end - 1), behind;

    c->class_name = entry->field[LEX_PEOPLE_CLASS];
    c->group = entry->field[LEX_PEOPLE_GROUP];
    for (uint32_t i = c->who; i < noun; i++)
        if (class_is(c->class_name, "people") &&
            scan_is_any(s, i, "innocent|unarmed|civilian"))
            c->class_name = STR("civilian");
    if (!is_weak(last))
        return;
    behind = class_behind(s, c, last);
    side = side_in(s, c->who, noun);
    if (!side && scan_is(s, c->end, "of"))
        side = side_in(s, c->end + 1, c->end + 1 + OF_WORDS);
    if (side && side_fits(last, c->class_name, side->field[LEX_SIDES_CLASS]))
        c->class_name = side->field[LEX_SIDES_CLASS];
    else if (behind.len > 0)
        c->class_name = behind;
}

/* "260 troops and national police", "men and women": a second noun under one number.
 * Soldiers and policemen together are security. */
static void read_second(const struct scan *s, struct counted *c)
{
    const struct lex_entry *e;
    uint32_t used, i = c->end;

    if (!scan_is_any(s, i, "and|or|&") || i + 1 >= s->end)
        return;
    for (i++; i < s->end && i < c->end + 4; i++) {
        if (noun_is_people(s, i, &used, &e)) {
            struct str class_name = e->field[LEX_PEOPLE_CLASS];

            if (token_at(s, i + used - 1)->xpos != XPOS_NNS &&
                !str_ends(lower_at(s, i + used - 1), STR("s")) &&
                !class_is(class_name, "police"))
                return;
            if (class_is(class_name, "police") && class_is(c->class_name, "military"))
                c->class_name = STR("security");
            if (class_is(class_name, "military") && class_is(c->class_name, "police"))
                c->class_name = STR("security");
            c->end = i + used;
            return;
        }
        if (ends_phrase(s, i) || !goes_through(s, i) ||
            amount_may_begin(lower_at(s, i)))
            return;
    }
}

/* The end of the "of" phrase and the like that hang on the noun. */
static uint32_t past_of(const struct scan *s, uint32_t i)
{
    uint32_t start = i;

    if (!scan_is(s, i, "of"))
        return i;
    for (i++; i < s->end && i < start + OF_WORDS; i++) {
        const struct token *t = token_at(s, i);

        if (t->upos == UPOS_DET || scan_is_any(s, i, "the|its|their|his|a|an"))
            continue;
        if (ends_phrase(s, i) || !goes_through(s, i) || scan_trigger_at(s, i))
            break;
    }
    if (scan_is(s, i, "(") && scan_is(s, i + 2, ")")) /* "… Party (PKK)" */
        i += 3;
    return i;
}

static void finish(struct scan *s, struct counted *c, const struct lex_entry *entry,
                   uint32_t noun)
{
    c->people = true;
    c->head = c->end - 1;
    read_class(s, c, entry, noun);
    read_second(s, c);
    if (is_quote(lower_at(s, c->end)) && c->who < c->end &&
        (is_quote(lower_at(s, c->who)) ||
         is_quote(lower_at(s, noun - (noun > c->who)))))
        c->end++;
    c->after = past_of(s, c->end);
}

/* "11 ‘rioters’ and …": the mark closes a quotation, it is no possessive. */
static bool closes_quotation(const struct scan *s, uint32_t mark)
{
    if (!scan_is_any(s, mark, "'|’"))
        return false;
    for (uint32_t i = mark, n = 0; i > s->first && n < QUOTED_WORDS; n++)
        if (scan_is_any(s, --i, "‘|'"))
            return true;
    return false;
}

/* "farmer organisations", "police station", "People's Army": the noun only describes. */
static bool describes(const struct scan *s, uint32_t last, uint32_t next)
{
    struct str w = lower_at(s, last);

    if (next >= s->end)
        return false;
    if (scan_is_any(s, next, "'s|’s|'|’") && token_at(s, next)->upos == UPOS_PART)
        return !closes_quotation(s, next);
    if (is_hyphen(lower_at(s, next)))
        return true;
    if (str_ends(w, STR("s")) || str_ends(w, STR("men")) || str_eq(w, STR("people")) ||
        str_eq(w, STR("children")))
        return false;
    return (token_at(s, next)->upos == UPOS_NOUN ||
            (token_at(s, next)->upos == UPOS_PROPN &&
             token_at(s, last)->upos == UPOS_PROPN)) &&
           !scan_trigger_at(s, next) &&
           !scan_is_any(s, next,
                        "monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
                        "today|yesterday|night|last|morning|late|early");
}

/* "anti-war and anti-racism protesters": modifiers may be joined. */
static bool joins_modifiers(const struct scan *s, uint32_t i)
{
    if (scan_is(s, i, ",") && (i == s->first || token_at(s, i - 1)->upos != UPOS_ADJ ||
                               scan_trigger_at(s, i - 1)))
        return false; /* "leaving 10 injured, officials said" */
    return scan_is_any(s, i, "and|or|,") && i + 1 < s->end &&
           !amount_may_begin(lower_at(s, i + 1)) && !ends_phrase(s, i + 1) &&
           goes_through(s, i + 1) && !scan_trigger_at(s, i + 1);
}

/* "26-year-old", as one token or several. */
static bool is_age(const struct scan *s, uint32_t i)
{
    return str_ends(lower_at(s, i), STR("old")) || str_ends(lower_at(s, i), STR("-")) ||
           is_hyphen(lower_at(s, i + 1)) || scan_is_any(s, i + 1, "year|month|week");
}

/* "219 Palestinian deaths, officials said": the noun ends what is counted. */
static bool counts_itself(const struct scan *s, uint32_t i)
{
    const struct trigger *t = scan_trigger_at(s, i);

    return t && t->frames & FRAME_NOUN && t->end == i + 1 &&
           token_at(s, i)->xpos == XPOS_NNS;
}

/* "taking three others captive": what became of them, no noun. */
static bool tells_state(const struct scan *s, uint32_t i)
{
    const struct trigger *t = scan_trigger_at(s, i);

    return t && t->frames & FRAME_STATE &&
           scan_is_any(s, i, "captive|hostage|prisoner");
}

/* The noun for people that heads the phrase from token i: the first that another noun does
 * not take over ("army soldiers", "student activists"). */
static bool people_later(const struct scan *s, uint32_t i, uint32_t limit,
                         uint32_t *noun, uint32_t *tokens,
                         const struct lex_entry **entry)
{
    const struct lex_entry *e;
    uint32_t used;
    bool joined = false;

    for (uint32_t at = i; at < s->end && at < limit; at += used) {
        used = 1;
        if ((token_at(s, at)->upos == UPOS_NUM && !is_age(s, at)) ||
            (at > i && scan_is_any(s, at, "more|other|others")))
            return false;
        if (scan_is(s, at, "(") && scan_is(s, at + 2, ")")) { /* "Corps (FC) soldier" */
            used = 3;
            continue;
        }
        if (at == i && tells_state(s, at))
            return false;
        if (noun_is_people(s, at, &used, &e)) {
            if (!describes(s, at + used - 1, at + used)) {
                *noun = at;
                *tokens = used;
                *entry = e;
                return true;
            }
            continue;
        }
        used = 1;
        if (counts_itself(s, at))
            return false;
        if (joins_modifiers(s, at) && at > i && !joined) {
            joined = true;
            continue;
        }
        if (ends_phrase(s, at) || !goes_through(s, at))
            return false;
    }
    return false;
}

/* "of them", "of the seven people", "of whom": the number is part of another. */
static uint32_t past_partitive(const struct scan *s, struct counted *c, uint32_t i)
{
    if (scan_is(s, i, "out"))
        i++;
    if (!scan_is(s, i, "of"))
        return c->end;
    i++;
    if (scan_is_any(s, i, "them|whom|those|these|us")) {
        c->partitive = true;
        return scan_is_any(s, i, "them|whom|us") ? i + 1 : i;
    }
    if (scan_is_any(s, i, "the|its|their|his|her|our")) {
        c->partitive = !c->amount.vague;
        i++;
    }
    if (i < s->end && (c->partitive || scan_is(s, c->end, "out")) &&
        amount_may_begin(lower_at(s, i))) {
        struct amount inner;
        size_t start = token_at(s, i)->start;
        uint32_t end = s->text->sentence.at[token_at(s, i)->sentence].end;
        size_t n = amount_read(s->arena, str_slice(s->text->article->text, start, end),
                               &inner);

        while (i < s->end && token_at(s, i)->end <= start + n)
            i++;
    }
    return i;
}

/* "stood at 44 Saturday", "killed 12 today" */
static bool is_day(const struct scan *s, uint32_t i)
{
    return scan_is_any(s, i,
                       "monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
                       "today|yesterday|tomorrow|tonight|overnight|last|this|early|"
                       "late");
}

/* The noun that is no known one for people: last of the run of nouns. */
static void read_thing(struct scan *s, struct counted *c, uint32_t i)
{
    uint32_t start = i, head = TOKEN_NONE;
    const struct lex_entry *side;

    for (; i < s->end && i < start + 6; i++) {
        const struct token *t = token_at(s, i);

        if (ends_phrase(s, i) || !goes_through(s, i) || scan_trigger_at(s, i) ||
            t->upos == UPOS_NUM || is_day(s, i))
            break;
        if (t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_SYM ||
            is_demonym(s, i))
            head = i;
    }
    if (head == TOKEN_NONE) {
        c->silent = true;
        c->after = c->end;
        return;
    }
    c->head = head;
    c->end = head + 1;
    c->who = start;
    if (is_quote(lower_at(s, start)) && is_quote(lower_at(s, c->end)))
        c->end++; /* "22 “wreckers”" */
    if (is_demonym(s, head) || sounds_human(lower_at(s, head)) ||
        names_person(token_at(s, head))) {
        c->people = true;
        c->class_name = is_demonym(s, head) ? STR("people") : STR("civilian");
        side = is_weak(lower_at(s, head)) ? side_in(s, start, head) : NULL;
        if (side) /* "army trainees" */
            c->class_name = side->field[LEX_SIDES_CLASS];
    }
    c->after = past_of(s, c->end);
}

void noun_read(struct scan *s, struct counted *c)
{
    uint32_t i = c->end, noun = 0, tokens = 0;
    const struct lex_entry *entry;

    c->head = TOKEN_NONE;
    c->class_name = STR("people");
    i = past_partitive(s, c, i);
    if (c->partitive && i > c->end && scan_is_any(s, i - 1, "them|whom|us")) {
        c->end = c->after = i;
        c->who = i;
        c->silent = true;
        return;
    }
    while (scan_is_any(s, i, "more|other|others|additional|new|further")) {
        c->others = c->others || !scan_is(s, i, "more");
        c->end = ++i;
    }
    c->who = i;
    if (people_later(s, i, i + PHRASE_WORDS, &noun, &tokens, &entry)) {
        c->end = noun + tokens;
        c->others = false;
        finish(s, c, entry, noun);
        return;
    }
    read_thing(s, c, i);
    if (c->head != TOKEN_NONE && !c->people)
        c->others = false;
}

/* A plural of the lexicon: "soldiers", "policemen", "people". */
static bool is_plural(const struct scan *s, uint32_t i)
{
    struct str w = lower_at(s, i);

    return token_at(s, i)->xpos == XPOS_NNS || str_ends(w, STR("men")) ||
           str_eq(w, STR("people")) || str_eq(w, STR("children")) ||
           str_eq(w, STR("police")) || str_eq(w, STR("troops")) ||
           (str_ends(w, STR("s")) && !str_ends(w, STR("ss")));
}

/* "a 17-year-old", "the 82-year-old": somebody, told by age alone. */
static bool read_aged(struct scan *s, uint32_t at, uint32_t i, struct counted *c)
{
    uint32_t old = i;

    while (old < s->end && old < i + 5 && !str_ends(lower_at(s, old), STR("old")))
        old++;
    if (i == at || old >= s->end || old >= i + 5 ||
        !ascii_is_digit(*lower_at(s, i).ptr))
        return false;
    c->end = c->after = old + 1;
    c->head = old;
    c->people = true;
    c->class_name = STR("people");
    c->num_start = token_at(s, at)->start;
    c->num_end = token_at(s, at)->end;
    c->amount = (struct amount){ .low = 1, .high = 1, .op = STR("1") };
    return true;
}

/* "a family of 10", "a crew of eight": as many as stands behind. */
static void read_size(struct scan *s, struct counted *c)
{
    uint32_t i = c->end + 1, stop;
    struct amount a;
    size_t n;

    if (!c->article || i >= s->end || !scan_is(s, c->end, "of") ||
        !scan_is_any(s, c->end - 1, "family|crew|team|party") ||
        !amount_may_begin(lower_at(s, i)))
        return;
    stop = s->text->sentence.at[token_at(s, i)->sentence].end;
    n = amount_read(s->arena,
                    str_slice(s->text->article->text, token_at(s, i)->start, stop), &a);
    if (n == 0 || token_at(s, i)->end != token_at(s, i)->start + n)
        return;
    c->amount = a;
    c->num_start = token_at(s, i)->start;
    c->num_end = token_at(s, i)->end;
    c->end = c->after = i + 1;
    c->article = false;
}

/* "an injured driver", "displaced families": what happened stands as an adjective. */
static bool describes_next(const struct scan *s, uint32_t i)
{
    const struct token *t = token_at(s, i);

    return scan_is(s, i, "displaced") ||
           (t->rel == DEPREL_AMOD && t->head == i + 1 && str_ends(t->lower, STR("ed")));
}

bool noun_read_bare(struct scan *s, uint32_t at, struct counted *c)
{
    uint32_t i = at, noun = 0, tokens = 0;
    const struct lex_entry *entry;

    *c = (struct counted){ .first = at, .end = at, .head = TOKEN_NONE };
    if (scan_is_any(s, i, "a|an|one")) {
        c->article = true;
        i++;
    } else if (scan_is_any(s, i, "the|his|her|their|its|my|our")) {
        c->definite = true;
        i++;
    }
    c->who = i;
    c->end = i;
    if (i >= s->end || scan_is_any(s, i, "mostly|mainly|largely|especially") ||
        (scan_trigger_at(s, i) && !describes_next(s, i)) ||
        !people_later(s, i, i + PHRASE_WORDS, &noun, &tokens, &entry))
        return read_aged(s, at, i, c);
    c->end = noun + tokens;
    c->plural = is_plural(s, c->end - 1);
    if (c->article && c->plural)
        return false;
    if (c->plural && token_at(s, c->end - 1)->upos == UPOS_PROPN &&
        c->end > s->first + 1 && token_at(s, c->end - 2)->upos == UPOS_PROPN)
        return false; /* "an officer with Karsk Police" */
    finish(s, c, entry, noun);
    c->plain = !c->plural && !c->article && !c->definite;
    c->num_start = token_at(s, at)->start;
    c->num_end = token_at(s, at)->end;
    c->amount.low = c->plural ? 2 : 1;
    c->amount.high = c->plural ? AMOUNT_OPEN : 1;
    c->amount.op = c->plural ? STR("pl") : STR("1");
    if (scan_is_any(s, c->end - 1, "couple|pair|duo")) {
        c->amount.low = c->amount.high = 2;
        c->amount.op = STR("2");
    }
    read_size(s, c);
    return true;
}
