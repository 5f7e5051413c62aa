#include "fact/when.h"

#include <string.h>

#include "fact/trace.h"
#include "fact/when_int.h"

/* A text is history when most of the years it names lie this far back. */
#define HISTORY_YEARS 2
#define HISTORY_LEAST 6 /* years named, fewer tell nothing */
#define LEADING_ITEMS 3 /* words before a phrase that still opens its sentence */
#define WEEKDAY_WEIGHT 4
#define FIRST_YEAR 1000 /* smaller numbers of four digits are counts */
#define HISTORY_SURE 25 /* no report of the day names as many */
#define TREE_STEPS 4    /* from a date up to its verb */
#define REACHED_FAR 10  /* tokens from "By Monday" to its "had reached" */

struct reader {
    struct arena *arena;
    struct facts *facts;
    struct item_buffer buffer;
    struct resolver resolver;
    uint32_t token; /* the first one that may lie in the next phrase */
};

static struct time_point published_point(const struct article *article)
{
    struct instant t = article->published;
    struct time_point p = { .day = DATE_NONE,
                            .unit = UNIT_DAY,
                            .year = FIELD_NONE,
                            .month = FIELD_NONE,
                            .quarter = FIELD_NONE };
    struct civil c;

    if (t.precision == INSTANT_NONE)
        return p;
    c = date_to_civil(t.day);
    p.year = c.year;
    if (t.precision == INSTANT_YEAR)
        return p;
    p.month = (int32_t)c.month;
    p.quarter = (p.month + 2) / 3;
    if (t.precision != INSTANT_MONTH)
        p.day = t.day;
    return p;
}

/* "0 BC", "0 B.C." */
static bool is_era(struct str s)
{
    return s.len > 3 && ascii_is_digit(*s.ptr) && s.ptr[1] == ' ' && s.ptr[2] == 'B' &&
           (s.ptr[3] == 'C' || s.ptr[3] == '.');
}

/* Weekdays are named in reports of the day, hardly ever in histories; "today" and "last
 * week" are told from the day of writing. */
static uint32_t count_weekdays(struct str text)
{
    static const struct str told[] = { STR_INIT("today"),     STR_INIT("yesterday"),
                                       STR_INIT("tomorrow"),  STR_INIT("tonight"),
                                       STR_INIT("last week"), STR_INIT("this week"),
                                       STR_INIT("next week"), STR_INIT("next month") };
    static const struct str days[] = { STR_INIT("Monday"),    STR_INIT("Tuesday"),
                                       STR_INIT("Wednesday"), STR_INIT("Thursday"),
                                       STR_INIT("Friday"),    STR_INIT("Saturday"),
                                       STR_INIT("Sunday") };
    uint32_t n = 0;

    for (size_t i = 0; i + 6 <= text.len; i++)
        for (size_t k = 0; ascii_is_upper(text.ptr[i]) && k < COUNT(days); k++)
            n += str_starts(str_after(text, i), days[k]);
    for (size_t i = 1; i + 5 <= text.len; i++)
        for (size_t k = 0; text.ptr[i - 1] == ' ' && k < COUNT(told); k++)
            n += str_starts(str_after(text, i), told[k]);
    return n;
}

/* Whether the text tells of long ago: four digits in a row that are years, far from the
 * publication, outnumber those near it. */
static bool tells_history(struct str text, int32_t published)
{
    uint32_t far = 0, near = 0, before = 0;

    for (size_t i = 0; i + 4 <= text.len; i++) {
        uint64_t year;

        if (!ascii_is_digit(text.ptr[i]))
            continue;
        if ((i > 0 && (ascii_is_word(text.ptr[i - 1]) || text.ptr[i - 1] == ',' ||
                       text.ptr[i - 1] == '.')) ||
            !str_to_u64(str_slice(text, i, i + 4), &year) ||
            (i + 4 < text.len && ascii_is_word(text.ptr[i + 4]))) {
            while (i + 1 < text.len && ascii_is_digit(text.ptr[i + 1]))
                i++;
            far += is_era(str_after(text, i));
            continue;
        }
        if (year >= FIRST_YEAR && year <= 2100) {
            if (published == FIELD_NONE || (int32_t)year < published - HISTORY_YEARS)
                far++;
            else
                near++;
            before += (int32_t)year < published;
        }
        i += 3;
    }
    if (far < HISTORY_LEAST || far < WEEKDAY_WEIGHT * count_weekdays(text))
        return false;
    return far > 2 * near ||
           (far >= HISTORY_SURE && before > 4 * (far + near - before));
}

/* ---- which way a date without a year lies ---- */

enum cue { CUE_NONE, CUE_PAST, CUE_FUTURE, CUE_BEFORE_TO };

static enum cue cue_of(struct str word)
{
    const struct lex_entry *e = lex_find(&lex_time_cues, word);
    struct str v = e ? e->field[LEX_TIME_CUES_DIRECTION] : STR("");

    return str_eq(v, STR("past"))     ? CUE_PAST
           : str_eq(v, STR("future")) ? CUE_FUTURE
           : str_eq(v, STR("to"))     ? CUE_BEFORE_TO
                                      : CUE_NONE;
}

/* Without an analysis the ending tells: "closed"; "closed" after "be" may lie ahead. */
static bool is_past_verb(const struct text *text, uint32_t i)
{
    const struct token *t = &text->token.at[i];

    if (t->xpos == XPOS_VBD)
        return true;
    if (t->xpos == XPOS_VBN)
        return i > 0 &&
               (text->token.at[i - 1].xpos == XPOS_VBD ||
                text->token.at[i - 1].upos == UPOS_PUNCT ||
                text->token.at[i - 1].upos == UPOS_AUX) &&
               !str_eq(text->token.at[i - 1].lower, STR("be"));
    return t->xpos == XPOS_NONE && t->lower.len > 4 && str_ends(t->lower, STR("ed"));
}

/* "By Monday the marches had reached the capital": "had" behind the phrase, before any
 * word of what is to come. */
static bool is_reached(const struct text *text, uint32_t phrase)
{
    const struct sentence *s = &text->sentence.at[text->token.at[phrase].sentence];

    for (uint32_t i = phrase; i < s->first + s->tokens && i < phrase + REACHED_FAR;
         i++) {
        if (str_eq(text->token.at[i].lower, STR("had")) ||
            text->token.at[i].xpos == XPOS_VBD)
            return true;
        if (cue_of(text->token.at[i].lower) == CUE_FUTURE)
            return false;
    }
    return false;
}

/* "a summit set for Monday", "a strike for Friday", "as soon as Tuesday", "a march is
 * planned Friday", "thousands are expected to march" */
static bool is_planned(const struct text *text, uint32_t i, uint32_t next)
{
    const struct token *t = &text->token.at[i];
    bool direct = i + 1 == next;

    if (cue_of(t->lower) == CUE_BEFORE_TO && t->xpos == XPOS_VBN)
        return direct ||
               (i > 0 && i + 1 < text->token.count && str_in(t[-1].lower, "is|are") &&
                str_eq(t[1].lower, STR("to")));
    if (i == 0)
        return false;
    if (str_eq(t->lower, STR("for")))
        return str_in(t[-1].lower, "set|planned|slated|scheduled|planning|billed") ||
               (direct && t[-1].upos != UPOS_VERB && str_ends(t[1].lower, STR("day")));
    return str_in(t->lower, "soon|early") && str_eq(t[-1].lower, STR("as"));
}

/* `next` is the token after the phrase or the one it begins with. */
static enum direction direction_at(const struct text *text, uint32_t i, uint32_t next)
{
    const struct token *t = &text->token.at[i];
    enum cue cue = cue_of(t->lower);

    if (cue == CUE_FUTURE && str_eq(t->lower, STR("by")) &&
        (i + 1 != next || is_reached(text, next)))
        cue = CUE_NONE; /* "killed by gunmen on Friday", "By Monday it had reached …" */
    if (is_planned(text, i, next))
        return DIRECTION_FUTURE;
    if (t->xpos == XPOS_VBN && i + 1 == next && i > 0 && cue == CUE_NONE &&
        (t[-1].upos == UPOS_NOUN || t[-1].upos == UPOS_PROPN))
        return DIRECTION_PAST; /* "shares issued July 1, which will …" */

    if (str_eq(t->lower, STR("to")) && i > 0 &&
        cue_of(text->token.at[i - 1].lower) == CUE_BEFORE_TO)
        return DIRECTION_FUTURE; /* "is to meet", "expected to end" */
    if (cue == CUE_FUTURE)
        return DIRECTION_FUTURE;
    if (cue == CUE_PAST && t->xpos == XPOS_VBN && !is_past_verb(text, i))
        cue = CUE_NONE; /* "will be held on Friday" */
    if (cue == CUE_PAST || is_past_verb(text, i)) {
        /* "will shut" has the form of the past only */
        if (i > 0 && cue_of(text->token.at[i - 1].lower) == CUE_FUTURE)
            return DIRECTION_FUTURE;
        return t->xpos == XPOS_VB ? DIRECTION_NONE : DIRECTION_PAST;
    }
    return DIRECTION_NONE;
}

struct search {
    const struct text *text;
    uint32_t first, end;
};

static bool is_mark(const struct token *t, const char *marks)
{
    return t->form.len == 1 && strchr(marks, *t->form.ptr);
}

/* From token i backwards to one of the marks. */
static enum direction look_back(const struct search *s, uint32_t i, const char *marks)
{
    uint32_t phrase = i;

    for (; i > s->first && !is_mark(&s->text->token.at[i - 1], marks); i--) {
        enum direction d = direction_at(s->text, i - 1, phrase);

        if (d != DIRECTION_NONE)
            return d;
    }
    return DIRECTION_NONE;
}

static enum direction look_ahead(const struct search *s, uint32_t i, const char *marks)
{
    for (; i < s->end && !is_mark(&s->text->token.at[i], marks); i++) {
        enum direction d = direction_at(s->text, i, 0);

        if (d != DIRECTION_NONE)
            return d;
    }
    return DIRECTION_NONE;
}

/* "The court meets on Friday": a verb of the present over the phrase looks ahead. */
static bool hangs_on_present(const struct text *text, const struct sentence *s,
                             const struct when *w)
{
    uint32_t i = w->first;

    for (int n = 0; n < TREE_STEPS && i >= s->first && i < s->first + s->tokens; n++) {
        const struct token *t = &text->token.at[i];

        if (t->upos == UPOS_VERB)
            return t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP ||
                   (t->xpos == XPOS_VBG && i > s->first &&
                    str_in(t[-1].lower, "is|are")); /* "talks are taking place on" */
        i = t->head;
    }
    return false;
}

/* The nearest word that tells, in the phrase's own part of the sentence first: "will",
 * "until", a verb in the past. */
static enum direction direction_of(const struct text *text, const struct sentence *s,
                                   const struct when *w)
{
    const struct search search = { text, s->first, s->first + s->tokens };
    uint32_t end = w->first + w->tokens;
    enum direction d = look_back(&search, w->first, ",;:\"");

    if (d == DIRECTION_NONE)
        d = look_ahead(&search, end, ",;:\"");
    if (d == DIRECTION_NONE)
        d = look_back(&search, w->first, ";:\"");
    if (d == DIRECTION_NONE)
        d = look_ahead(&search, end, ";:\"");
    return d == DIRECTION_NONE && hangs_on_present(text, s, w) ? DIRECTION_FUTURE : d;
}

/* ---- reading a sentence ---- */

/* The tokens that the bytes start..end touch. */
static void set_tokens(struct reader *r, const struct sentence *s, struct when *w)
{
    const struct text *text = r->facts->text;
    uint32_t end = s->first + s->tokens;

    if (r->token < s->first)
        r->token = s->first;
    while (r->token < end && text->token.at[r->token].end <= w->start)
        r->token++;
    w->first = r->token;
    w->tokens = 0;
    while (w->first + w->tokens < end &&
           text->token.at[w->first + w->tokens].start < w->end)
        w->tokens++;
}

/* ---- why, for who asks ---- */

static const char *kind_phrase(enum phrase_kind kind)
{
    static const char *const names[] = {
        [PHRASE_ABSOLUTE] = "a date by its own words",
        [PHRASE_WEEKDAY] = "a weekday",
        [PHRASE_OFFSET] = "a unit counted from that of the anchor",
        [PHRASE_SHIFT] = "a stretch before or after the anchor",
        [PHRASE_DURATION] = "a duration",
        [PHRASE_SET] = "times that come again",
        [PHRASE_REF] = "a word with a fixed value",
        [PHRASE_HOLIDAY] = "a feast",
        [PHRASE_CLOCK] = "a time of the day told about",
        [PHRASE_ELLIPSIS] = "a unit taken from the phrase before",
    };

    return names[kind];
}

static void say_anchor(const struct reader *r, uint32_t key, const char *what,
                       const struct time_point *p)
{
    if (p->day != DATE_NONE)
        trace_say(r->facts, TRACE_TIME, key, "anchor", "%s %.*s", what,
                  STR_ARG(date_to_iso(r->arena, p->day)));
    else if (p->year != FIELD_NONE)
        trace_say(r->facts, TRACE_TIME, key, "anchor", "%s %d", what, p->year);
    else
        trace_say(r->facts, TRACE_TIME, key, "anchor", "%s: no date is known", what);
}

/* What the phrase is and what it is counted from, before it is resolved. */
static void trace_anchor(const struct reader *r, const struct phrase *p,
                         enum direction direction, uint32_t key)
{
    if (!r->facts->trace)
        return;
    trace_say(r->facts, TRACE_TIME, key, "phrase", "%s", kind_phrase(p->kind));
    if (p->kind == PHRASE_DURATION || p->kind == PHRASE_SET || p->kind == PHRASE_REF)
        return;
    say_anchor(r, key, "published", &r->resolver.published);
    if (p->anchor == ANCHOR_NARRATIVE || r->resolver.history)
        say_anchor(r, key, "told last", &r->resolver.narrative);
    trace_say(r->facts, TRACE_TIME, key, "direction", "%s",
              direction == DIRECTION_PAST     ? "the past, by the words around"
              : direction == DIRECTION_FUTURE ? "to come, by the words around"
                                              : "not told by the words around");
}

static void trace_value(const struct reader *r, const struct when *w)
{
    if (!r->facts->trace)
        return;
    trace_say(r->facts, TRACE_TIME, w->start, "value", "%.*s, %s",
              STR_ARG(w->value.len > 0 ? w->value : STR("none")),
              time_type_name(w->type));
    if (w->begin_day != DATE_NONE && w->end_day != DATE_NONE)
        trace_say(r->facts, TRACE_TIME, w->start, "days", "%.*s to %.*s",
                  STR_ARG(date_to_iso(r->arena, w->begin_day)),
                  STR_ARG(date_to_iso(r->arena, w->end_day)));
}

static struct when *put_when(struct reader *r, const struct sentence *s,
                             const struct items *items, const struct phrase *p)
{
    struct when *w = PUSH(r->arena, &r->facts->when);
    enum direction direction;

    w->start = items->at[p->first].start;
    w->end = items->at[p->end - 1].end;
    set_tokens(r, s, w);
    r->resolver.leads = p->first < LEADING_ITEMS;
    direction = direction_of(r->facts->text, s, w);
    trace_anchor(r, p, direction, w->start);
    phrase_resolve(&r->resolver, p, direction, w);
    trace_value(r, w);
    return w;
}

/* "the Seven Years War", "a 20th century democrat": the determiner is that of the noun
 * behind the phrase, which then begins after it. */
static void drop_determiner(const struct reader *r, const struct items *items,
                            struct phrase *p)
{
    const struct text *text = r->facts->text;
    const struct token *det;
    struct phrase rest;
    uint32_t i = r->token;

    if (!IS(&items->at[p->first], DET) || p->end - p->first < 2)
        return;
    while (i < text->token.count && text->token.at[i].end <= items->at[p->first].start)
        i++;
    if (i >= text->token.count)
        return;
    det = &text->token.at[i];
    if (det->head >= text->token.count || det->head <= i ||
        text->token.at[det->head].start < items->at[p->end - 1].end)
        return;
    if (phrase_parse(items, p->first + 1, &rest) && rest.end == p->end)
        *p = rest;
}

static bool day_item(const struct item *it)
{
    return (IS(it, NUMBER) || IS(it, ORDNUM)) && it->number >= 1 && it->number <= 31 &&
           !it->half && !it->plain_year;
}

static bool joins(const struct item *it)
{
    return IS(it, HYPHEN) || IS(it, AND) || IS(it, TO) || IS(it, OR) || IS(it, COMMA);
}

/* "499-493 BC", "from 264 to 241 BC", "496 and 495 BC": the first year is of that era. */
static bool shared_era(const struct items *items, uint32_t i, struct phrase *p)
{
    struct phrase next;

    if (!IS(&items->at[i], NUMBER) || i + 3 >= items->count ||
        !joins(&items->at[i + 1]) || IS(&items->at[i + 1], COMMA) ||
        !IS(&items->at[i + 3], ERA) || !phrase_parse(items, i + 2, &next) ||
        !next.before_christ || next.year == FIELD_NONE ||
        items->at[i].number <= next.year)
        return false;
    *p = next;
    p->year = items->at[i].number;
    p->first = i;
    p->end = i + 1;
    return true;
}

/* "8 and 9 March": the first day takes its month from the second. */
static bool shared_before(const struct items *items, uint32_t i, struct phrase *p)
{
    struct phrase next;

    if (!day_item(&items->at[i]) || i + 2 >= items->count ||
        !joins(&items->at[i + 1]) || !day_item(&items->at[i + 2]) ||
        !phrase_parse(items, i + 2, &next) || next.kind != PHRASE_ABSOLUTE ||
        next.day == FIELD_NONE || next.end < i + 4)
        return false;
    *p = next;
    p->day = items->at[i].number;
    p->first = i;
    p->end = i + 1;
    return true;
}

/* "March 8 and 9", "March 8-9, 1990": the days after the first. */
static uint32_t shared_after(struct reader *r, const struct sentence *s,
                             const struct items *items, const struct phrase *last)
{
    uint32_t i = last->end;
    struct phrase p = *last, other;

    if (last->kind != PHRASE_ABSOLUTE || last->day == FIELD_NONE ||
        !day_item(&items->at[last->end - 1]))
        return i;
    while (i + 1 < items->count && joins(&items->at[i]) &&
           day_item(&items->at[i + 1])) {
        bool counts = IS(&items->at[i], COMMA) && i + 2 < items->count &&
                      items->at[i + 2].low.len > 0 && items->at[i + 2].mask == 0;

        if (counts || (phrase_parse(items, i + 1, &other) && other.end > i + 2))
            break;
        p.day = items->at[i + 1].number;
        p.first = i + 1;
        p.end = i + 2;
        if (i + 3 < items->count && IS(&items->at[i + 2], COMMA) &&
            items->at[i + 3].plain_year)
            p.end = i + 4; /* "5-9, 1918" */
        put_when(r, s, items, &p);
        i = p.end;
    }
    return i;
}

/* The year that follows for both: "March and April 1918", "March 5-9, 1918". */
static void share_year(const struct items *items, struct phrase *p)
{
    uint32_t i = p->end;
    struct phrase next;

    if (p->kind != PHRASE_ABSOLUTE || p->year != FIELD_NONE || p->unit == UNIT_YEAR ||
        (p->month == FIELD_NONE && p->season.len == 0))
        return;
    while (i + 1 < items->count && joins(&items->at[i]) && day_item(&items->at[i + 1]))
        i += 2;
    if (i > p->end && i + 1 < items->count && IS(&items->at[i], COMMA) &&
        items->at[i + 1].plain_year) {
        p->year = items->at[i + 1].number;
        return;
    }
    i = p->end;
    if (i + 1 >= items->count || !joins(&items->at[i]) || IS(&items->at[i], COMMA) ||
        !phrase_parse(items, i + 1, &next) || next.kind != PHRASE_ABSOLUTE ||
        next.year == FIELD_NONE || (next.month == FIELD_NONE && next.season.len == 0))
        return;
    p->year = next.year;
    p->before_christ = next.before_christ;
    if (p->month != FIELD_NONE && next.month != FIELD_NONE && p->month > next.month)
        p->year += next.before_christ ? 1 : -1; /* "December to March 1918" */
}

/* "1914-18": the second year in short. */
static uint32_t short_year(struct reader *r, const struct sentence *s,
                           const struct items *items, const struct phrase *last)
{
    uint32_t i = last->end;
    struct phrase p = *last;
    const struct item *it;

    if (last->kind != PHRASE_ABSOLUTE || last->year == FIELD_NONE ||
        i + 1 >= items->count || !items->at[i - 1].plain_year ||
        !IS(&items->at[i], HYPHEN))
        return i;
    it = &items->at[i + 1];
    if (!IS(it, NUMBER) || it->end - it->start != 2 || it->start != items->at[i].end ||
        it->number <= last->year % 100)
        return i;
    p.year = last->year - last->year % 100 + it->number;
    p.month = p.day = FIELD_NONE;
    p.first = i + 1;
    p.end = i + 2;
    put_when(r, s, items, &p);
    return p.end;
}

static void read_sentence(struct reader *r, const struct sentence *s)
{
    struct items items = items_read(r->arena, &r->buffer, r->facts->text->article->text,
                                    s->start, s->end);

    if (!items.promising)
        return;
    for (uint32_t i = 0; i < items.count;) {
        struct phrase p;

        if (!phrase_parse(&items, i, &p) && !shared_before(&items, i, &p) &&
            !shared_era(&items, i, &p)) {
            i++;
            continue;
        }
        drop_determiner(r, &items, &p);
        share_year(&items, &p);
        put_when(r, s, &items, &p);
        i = shared_after(r, s, &items, &p);
        if (i == p.end)
            i = short_year(r, s, &items, &p);
    }
}

void whens_read(struct arena *arena, const struct fact_tools *tools,
                struct facts *facts)
{
    const struct text *text = facts->text;
    struct reader r = { .arena = arena, .facts = facts };

    (void)tools;
    r.resolver.arena = arena;
    r.resolver.published = published_point(text->article);
    r.resolver.narrative = r.resolver.published;
    r.resolver.history = tells_history(text->article->text, r.resolver.published.year);
    if (r.resolver.history)
        r.resolver.narrative.year = FIELD_NONE;
    r.resolver.story = (struct time_point){ .day = DATE_NONE,
                                            .year = FIELD_NONE,
                                            .month = FIELD_NONE };
    for (uint32_t i = 0; i < text->sentence.count; i++)
        read_sentence(&r, &text->sentence.at[i]);
}
