/* summary.c - a finding in one line of English. */
#include <inttypes.h>

#include "base/phrase_day.h"
#include "base/utf8.h"
#include "story/desk.h"

#define QUOTE_BYTES 240 /* a longer clause or quotation is cut at a word */

/* "3,000" */
static void put_count(struct buf *b, int64_t n)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%" PRId64, n < 0 ? -n : n);

    if (n < 0)
        buf_char(b, '-');
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0 && len > 3)
            buf_char(b, ',');
        buf_char(b, digits[i]);
    }
}

/* The words for an op that has the interval as it stands, or absent: "~20" -> "about". */
static struct str hedge(const struct finding_figure *f, int64_t *n)
{
    static const struct {
        const char *op, *words;
    } hedges[] = { { ">=", "at least " },  { ">", "more than " }, { "<=", "up to " },
                   { "<", "fewer than " }, { "~", "about " },     { "^", "nearly " } };
    uint64_t value;

    for (size_t i = 0; i < COUNT(hedges); i++) {
        struct str op = str_from(hedges[i].op);

        if (!str_starts(f->op, op) || !str_to_u64(str_after(f->op, op.len), &value))
            continue;
        *n = (int64_t)value;
        if (f->low >= *n - *n / 5 && f->low <= *n + 1)
            return str_from(hedges[i].words);
        break;
    }
    return (struct str){ NULL, 0 };
}

/* "26", "at least 26", "up to 40", "17 to 19", "dozens of". */
static void put_interval(struct buf *b, const struct finding_figure *f)
{
    static const char *const vague[] = { "dozens", "scores", "hundreds", "thousands" };
    struct str words;
    int64_t n;

    for (size_t i = 0; i < COUNT(vague); i++)
        if (str_eq(f->op, str_from(vague[i])) && f->low != f->high) {
            buf_str(b, f->op);
            buf_str(b, STR(" of"));
            return;
        }
    if (f->low != f->high && !f->derived && (words = hedge(f, &n)).len > 0) {
        buf_str(b, words);
        put_count(b, n);
    } else if (f->low == 1 && f->high == 1 && f->who.len > 0 &&
               ascii_is_digit(*f->who.ptr)) {
        buf_str(b, STR("one")); /* "74-year-old man" */
    } else if (f->low == f->high) {
        put_count(b, f->low);
    } else if (f->high == COUNT_OPEN) {
        buf_str(b, STR("at least "));
        put_count(b, f->low);
    } else if (f->low == INT64_MIN || f->low <= 1) {
        buf_str(b, STR("up to "));
        put_count(b, f->high);
    } else {
        put_count(b, f->low);
        buf_str(b, STR(" to "));
        put_count(b, f->high);
    }
}

static bool has_letter(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (ascii_is_letter(s.ptr[i]))
            return true;
    return false;
}

/* "child", "children"; "soldiers" for the class of the military. */
static struct str counted_noun(struct str key, bool one)
{
    static const struct {
        struct str key, one, many;
    } nouns[] = {
        { STR_INIT("child"), STR_INIT("child"), STR_INIT("children") },
        { STR_INIT("woman"), STR_INIT("woman"), STR_INIT("women") },
        { STR_INIT("man"), STR_INIT("man"), STR_INIT("men") },
        { STR_INIT("civilian"), STR_INIT("civilian"), STR_INIT("civilians") },
        { STR_INIT("protester"), STR_INIT("protester"), STR_INIT("protesters") },
        { STR_INIT("security"), STR_INIT("member of the security forces"),
          STR_INIT("members of the security forces") },
        { STR_INIT("police"), STR_INIT("police officer"), STR_INIT("police officers") },
        { STR_INIT("military"), STR_INIT("soldier"), STR_INIT("soldiers") },
        { STR_INIT("rebel"), STR_INIT("rebel"), STR_INIT("rebels") },
        { STR_INIT("militia"), STR_INIT("militia member"),
          STR_INIT("militia members") },
        { STR_INIT("official"), STR_INIT("official"), STR_INIT("officials") },
        { STR_INIT("journalist"), STR_INIT("journalist"), STR_INIT("journalists") },
        { STR_INIT("refugee"), STR_INIT("refugee"), STR_INIT("refugees") },
        { STR_INIT("criminal"), STR_INIT("criminal"), STR_INIT("criminals") },
        { STR_INIT("prisoner"), STR_INIT("prisoner"), STR_INIT("prisoners") },
        { STR_INIT("people"), STR_INIT("person"), STR_INIT("people") },
    };

    for (size_t i = 0; i < COUNT(nouns); i++)
        if (str_eq(key, nouns[i].key))
            return one ? nouns[i].one : nouns[i].many;
    return key;
}

/* Who was counted: in the report's words where it has any, else by group and class. */
static void put_counted(struct buf *b, const struct finding_figure *f)
{
    bool one = f->low == 1 && f->high == 1;

    buf_char(b, ' ');
    if (has_letter(f->who))
        buf_str(b, f->who);
    else if (f->group.len > 0)
        buf_str(b, counted_noun(f->group, one));
    else if (f->class_name.len > 0)
        buf_str(b, counted_noun(f->class_name, one));
    else
        buf_str(b, f->unit.len > 0 ? counted_noun(f->unit, one)
                                   : counted_noun(STR("people"), one));
}

static void put_measure(struct buf *b, const struct finding_figure *f)
{
    buf_char(b, ' ');
    if (f->measure == MEASURE_CROWD)
        buf_str(b, STR("in the crowd"));
    else if (f->measure == MEASURE_CASUALTIES)
        buf_str(b, STR("killed or injured"));
    else
        buf_str(b, str_from(measure_name(f->measure)));
}

static bool ends_with_any(struct str s, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_ends(s, str_from(list[i])))
            return true;
    return false;
}

/* "Niger" is no word of "Nigerian". */
static bool has_word(struct str s, struct str word)
{
    size_t at = str_find(s, word), end = at + word.len;

    return at != STR_NPOS &&
           (end == s.len || !(ascii_is_letter(s.ptr[end]) || s.ptr[end] == '-'));
}

/* "in Karsk", "in the Ulm Valley", "at Orlan Airport" */
static void put_place(struct buf *b, struct str place)
{
    static const char *const sites[] = {
        "Airport", "Hospital", "School",  "Market", "Mall",   "Church",
        "Mosque",  "Bridge",   "Station", "Base",   "Prison", "University",
    };
    static const char *const with_article[] = {
        "Republic",  "States",      "Emirates",    "Kingdom",  "Islands",   "Strip",
        "Coast",     "Peninsula",   "Valley",      "Delta",    "Sea",       "Bank",
        "Caribbean", "Bahamas",     "Philippines", "Maldives", "Balkans",   "Caucasus",
        "Sahel",     "Netherlands", "Middle East", "Gambia",   "Mountains", "Desert",
    };

    if (place.len == 0 || has_word(buf_view(b), place))
        return;
    buf_str(b, ends_with_any(place, sites, COUNT(sites)) ? STR(" at ") : STR(" in "));
    if (ends_with_any(place, with_article, COUNT(with_article)))
        buf_str(b, STR("the "));
    buf_str(b, place);
}

static const char *modality_words(enum modality m)
{
    switch (m) {
    case MODALITY_NEGATED: return "not so: ";
    case MODALITY_DENIED: return "denied: ";
    case MODALITY_EXPECTED: return "expected: ";
    case MODALITY_ALLEGED: return "alleged: ";
    case MODALITY_HYPOTHETICAL: return "hypothetical: ";
    case MODALITY_ASSERTED: break;
    }
    return "";
}

/* At most QUOTE_BYTES of s, ended at a word. */
static void put_cut(struct buf *b, struct str s)
{
    size_t end = QUOTE_BYTES;

    while (s.len > 0 && (s.ptr[s.len - 1] == ',' || s.ptr[s.len - 1] == '.' ||
                         s.ptr[s.len - 1] == ';'))
        s.len--;
    if (s.len <= QUOTE_BYTES) {
        buf_str(b, s);
        return;
    }
    while (end > 0 && s.ptr[end] != ' ')
        end--;
    if (end == 0)
        for (end = QUOTE_BYTES; !utf8_is_start(s.ptr[end]);)
            end--;
    buf_str(b, str_slice(s, 0, end));
    buf_str(b, STR(" …"));
}

/* "No one was hurt" is "no people injured", not "not so: 0 people injured". */
static bool is_none(const struct finding_figure *f)
{
    return f->low == 0 && f->high == 0 &&
           (f->modality == MODALITY_NEGATED || f->modality == MODALITY_ASSERTED);
}

static void put_figure(struct buf *b, const struct finding_figure *f,
                       struct str sentence)
{
    if (!measure_is_toll(f->measure) && sentence.len > 0) {
        put_cut(b, sentence);
        return;
    }
    if (is_none(f)) {
        buf_str(b, STR("no"));
    } else {
        buf_str(b, str_from(modality_words(f->modality)));
        put_interval(b, f);
    }
    put_counted(b, f);
    put_measure(b, f);
    put_place(b, f->place);
    if (f->background)
        buf_str(b, STR(", told as background"));
    else if (f->derived)
        buf_str(b, STR(" in all, added up"));
}

/* The clause itself, with a capital, and the day when the clause is not dated. */
static void put_event(struct buf *b, const struct finding_event *e, struct str clause)
{
    const char *words = modality_words(e->modality);

    if (*words) {
        buf_char(b, ascii_upper(*words));
        buf_str(b, str_from(words + 1));
    } else if (clause.len > 0) {
        buf_char(b, ascii_upper(*clause.ptr));
        clause = str_after(clause, 1);
    }
    put_cut(b, clause);
    if (e->day != DATE_NONE) {
        buf_str(b, STR(" ("));
        phrase_period(b, e->day, e->end_day);
        buf_char(b, ')');
    }
}

static bool is_quote_mark(struct str s)
{
    return s.len > 0 && (*s.ptr == '"' || str_starts(s, STR("“")) ||
                         str_starts(s, STR("‘")) || str_starts(s, STR("«")));
}

static void put_statement(struct buf *b, const struct finding_statement *s)
{
    bool bare = s->form == STATEMENT_DIRECT && !is_quote_mark(s->text);

    if (s->speaker.len > 0)
        put_cut(b, s->speaker);
    else
        buf_str(b, STR("Unnamed speaker"));
    buf_str(b, STR(": "));
    if (bare)
        buf_char(b, '"');
    put_cut(b, s->text);
    if (bare)
        buf_char(b, '"');
}

struct str finding_summary(struct arena *arena, const struct finding *f,
                           struct str claimant)
{
    struct buf b = buf_new(arena, SIZE_MAX);

    if (f->kind == FINDING_FIGURE)
        put_figure(&b, &f->figure, f->summary);
    else if (f->kind == FINDING_EVENT)
        put_event(&b, &f->event, f->summary);
    else
        put_statement(&b, &f->statement);
    if (claimant.len > 0 && f->kind != FINDING_STATEMENT &&
        str_find_fold(buf_view(&b), claimant) == STR_NPOS) {
        buf_str(&b, STR(", according to "));
        put_cut(&b, claimant);
    }
    return buf_view(&b);
}
