/* Runs tests/cases/standing/NAME.txt: facts of several reports -> findings with standing.
 *
 * A case begins with "== what it shows".  Then reports, each with its facts, two blanks
 * in; then what is expected, all findings, in any order:
 *
 *     report NAME DATE[THH:MM] OUTLET [copies NAME]
 *       MEASURE OP CLASS [group=G] [place=P] [day=D] [as-of=D] [period=D..D] [unit=U]
 *           [subset] [background] [MODALITY] ["sentence"] [| CLAIMANT]
 *       event TYPE TRIGGER [actor=A] [recipient=R] [place=P] [day=D] [MODALITY]
 *           ["sentence"] [| CLAIMANT]
 *       says "content" | SPEAKER
 *     policy NAME                    range, when it is not given
 *     expect
 *       MEASURE LOW[..HIGH] CLASS STATUS [origins N] [claimants N] [against LOW]
 *           [by LOW] [derived] [background]
 *           [shown LOW[..HIGH]]
 *       event TYPE STATUS [origins N] [claimants N]
 *       says STATUS [origins N]
 *
 * A blank inside a value is written "_"; OP is the normal form of facts.md.  A claimant
 * in brackets, "(Asker)", is a person; others are organisations.  A figure's words may
 * be marked in its sentence: "including the <three> at the market".
 */
#include <dirent.h>
#include <inttypes.h>

#include "base/buf.h"
#include "base/io.h"
#include "check.h"
#include "story/finding.h"

#define REPORTS_MAX 12

struct made {
    struct page page;
    struct article article;
    struct text text;
    struct facts facts;
    struct buf body;
    struct str name;
    uint32_t copies; /* 1 + report that it copies, 0: none */
};

struct expected {
    struct str line;
    bool met;
};

struct bench {
    struct arena arena;
    struct vocabulary vocabulary;
    struct made *made[REPORTS_MAX];
    uint32_t reports;
    ARRAY(struct expected) expected;
    struct str title;
    uint32_t line, cases;
    bool expecting;
    enum policy policy;
    const char *file;
};

/* ---- reading ---- */

static struct str next_word(struct str *rest)
{
    struct str word = { NULL, 0 };
    char *copy;

    *rest = str_trim(*rest);
    if (rest->len > 0 && *rest->ptr == '"') {
        size_t end = str_find_char(str_after(*rest, 1), '"');

        word = str_slice(*rest, 0, end + 2);
        *rest = str_after(*rest, end + 2);
        return word;
    }
    while (word.len < rest->len && rest->ptr[word.len] != ' ')
        word.len++;
    word.ptr = rest->ptr;
    *rest = str_after(*rest, word.len);
    copy = (char *)(uintptr_t)word.ptr;
    for (size_t i = 0; i < word.len; i++)
        if (copy[i] == '_')
            copy[i] = ' ';
    return word;
}

/* The value of "key=value", or absent. */
static struct str value_of(struct str word, const char *key)
{
    struct str k = str_from(key);

    if (str_starts(word, k) && word.len > k.len && word.ptr[k.len] == '=')
        return str_after(word, k.len + 1);
    return (struct str){ NULL, 0 };
}

static int32_t day_of(struct str s)
{
    struct instant t;

    return instant_from_iso(s, &t) ? t.day : DATE_NONE;
}

static uint32_t actor(struct bench *b, struct made *m, struct str name,
                      enum entity_type type)
{
    struct actor *a;

    name = str_trim(name);
    if (name.len == 0)
        return FACT_NONE;
    if (*name.ptr == '(') {
        name = str_slice(name, 1, name.len - 1);
        type = ENTITY_PERSON;
    }
    for (uint32_t i = 0; i < m->facts.actor.count; i++)
        if (str_eq(m->facts.actor.at[i].name, name))
            return i;
    a = PUSH(&b->arena, &m->facts.actor);
    a->name = name;
    a->type = type;
    return m->facts.actor.count - 1;
}

static bool modality_from(struct str s, enum modality *out)
{
    for (int m = 0; m <= MODALITY_HYPOTHETICAL; m++)
        if (str_eq(s, str_from(modality_name((enum modality)m)))) {
            *out = (enum modality)m;
            return true;
        }
    return false;
}

/* The interval of facts.md for an op. */
static void interval(struct str op, int64_t *low, int64_t *high)
{
    static const struct {
        const char *op;
        int64_t low, high;
    } words[] = { { "dozens", 24, 99 },     { "scores", 40, 199 },
                  { "hundreds", 200, 999 }, { "thousands", 2000, 9999 },
                  { "tens", 20, 99 },       { "several", 3, 9 },
                  { "none", 0, 0 },         { "plural", 2, COUNT_OPEN } };
    size_t digits = 0;
    uint64_t n = 0;

    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(op, str_from(words[i].op))) {
            *low = words[i].low;
            *high = words[i].high;
            return;
        }
    while (digits < op.len && !ascii_is_digit(op.ptr[digits]))
        digits++;
    str_to_u64(str_after(op, digits), &n);
    *low = *high = (int64_t)n;
    if (str_starts(op, STR(">=")))
        *high = COUNT_OPEN;
    else if (str_starts(op, STR(">"))) {
        *low = (int64_t)n + 1;
        *high = COUNT_OPEN;
    } else if (str_starts(op, STR("<=")))
        *low = 1;
    else if (str_starts(op, STR("~"))) {
        *low = (int64_t)(n - n / 10);
        *high = (int64_t)(n + n / 10);
    } else if (str_starts(op, STR("^")))
        *low = (int64_t)(n - n / 10);
}

/* ---- facts ---- */

static void figure_option(struct bench *b, struct made *m, struct figure *f,
                          struct str word)
{
    struct str v;

    if ((v = value_of(word, "group")).len > 0)
        f->group = v;
    else if ((v = value_of(word, "unit")).len > 0)
        f->unit = v;
    else if ((v = value_of(word, "place")).len > 0)
        f->place = actor(b, m, v, ENTITY_PLACE);
    else if ((v = value_of(word, "day")).len > 0)
        f->day = day_of(v);
    else if ((v = value_of(word, "as-of")).len > 0)
        f->as_of = day_of(v);
    else if ((v = value_of(word, "period")).len > 0) {
        size_t dots = str_find(v, STR(".."));

        f->period_begin = day_of(str_slice(v, 0, dots));
        f->period_end = day_of(str_after(v, dots + 2));
    } else if (str_eq(word, STR("subset")))
        f->subset_of = 0;
    else if (str_eq(word, STR("background")))
        f->background = true;
    else if (!modality_from(word, &f->modality))
        CHECK(false, "%s:%u: what is \"%.*s\"?", b->file, b->line, STR_ARG(word));
}

static enum measure measure_from(struct str s)
{
    for (int m = 0; m < MEASURE_COUNT; m++)
        if (str_eq(s, str_from(measure_name((enum measure)m))))
            return (enum measure)m;
    return MEASURE_OTHER;
}

/* A sentence of the report: the one given, or the line itself. */
static void add_sentence(struct bench *b, struct made *m, struct str text,
                         uint32_t *start, uint32_t *end)
{
    struct sentence *s = PUSH(&b->arena, &m->text.sentence);

    *start = s->start = (uint32_t)m->body.len;
    buf_str(&m->body, text);
    *end = s->end = (uint32_t)m->body.len;
    buf_str(&m->body, STR(". "));
}

/* The same with the words of a fact told by "<" and ">"; without them it is the whole. */
static void add_marked(struct bench *b, struct made *m, struct str text,
                       uint32_t *start, uint32_t *end)
{
    size_t open = str_find_char(text, '<'), shut = str_find_char(text, '>');
    struct buf plain = buf_new(&b->arena, text.len + 1);
    uint32_t first;

    if (open == STR_NPOS || shut == STR_NPOS || shut < open) {
        add_sentence(b, m, text, start, end);
        return;
    }
    buf_str(&plain, str_slice(text, 0, open));
    buf_str(&plain, str_slice(text, open + 1, shut));
    buf_str(&plain, str_after(text, shut + 1));
    add_sentence(b, m, buf_view(&plain), &first, end);
    *start = first + (uint32_t)open;
    *end = first + (uint32_t)shut - 1;
}

static struct str unquoted(struct str s)
{
    return s.len > 1 && *s.ptr == '"' ? str_slice(s, 1, s.len - 1) : s;
}

static void read_figure(struct bench *b, struct made *m, struct str line,
                        struct str claimant)
{
    struct figure f = { .event = FACT_NONE,
                        .place = FACT_NONE,
                        .time = FACT_NONE,
                        .day = DATE_NONE,
                        .as_of = DATE_NONE,
                        .period_begin = DATE_NONE,
                        .period_end = DATE_NONE,
                        .subset_of = FACT_NONE };
    struct str sentence = line;

    f.claimant = actor(b, m, claimant, ENTITY_ORGANIZATION);
    f.measure = measure_from(next_word(&line));
    f.op = next_word(&line);
    f.class_name = next_word(&line);
    interval(f.op, &f.low, &f.high);
    if (str_eq(f.op, STR("plural")))
        f.op = STR("pl");
    for (line = str_trim(line); line.len > 0; line = str_trim(line)) {
        struct str word = next_word(&line);

        if (*word.ptr == '"')
            sentence = unquoted(word);
        else
            figure_option(b, m, &f, word);
    }
    add_marked(b, m, sentence, &f.start, &f.end);
    *PUSH(&b->arena, &m->facts.figure) = f;
}

static enum event_type event_from(struct str s)
{
    for (int t = 0; t < EVENT_TYPES; t++)
        if (str_eq(s, str_from(event_type_name((enum event_type)t))))
            return (enum event_type)t;
    return EVENT_INCIDENT;
}

static void event_option(struct bench *b, struct made *m, struct event *e,
                         struct str word)
{
    struct str v;

    if ((v = value_of(word, "actor")).len > 0)
        e->actor[e->actors++] = actor(b, m, v, ENTITY_ORGANIZATION);
    else if ((v = value_of(word, "recipient")).len > 0)
        e->recipient[e->recipients++] = actor(b, m, v, ENTITY_ORGANIZATION);
    else if ((v = value_of(word, "place")).len > 0)
        e->place = actor(b, m, v, ENTITY_PLACE);
    else if ((v = value_of(word, "mode")).len > 0)
        e->mode = v;
    else if ((v = value_of(word, "day")).len > 0)
        e->day = day_of(v);
    else if (!modality_from(word, &e->modality))
        CHECK(false, "%s:%u: what is \"%.*s\"?", b->file, b->line, STR_ARG(word));
}

static void read_event(struct bench *b, struct made *m, struct str line,
                       struct str claimant)
{
    struct event e = {
        .place = FACT_NONE, .time = FACT_NONE, .day = DATE_NONE, .end_day = DATE_NONE
    };
    struct str sentence = line, trigger;
    size_t at;

    e.claimant = actor(b, m, claimant, ENTITY_ORGANIZATION);
    next_word(&line);
    e.type = event_from(next_word(&line));
    trigger = next_word(&line);
    for (line = str_trim(line); line.len > 0; line = str_trim(line)) {
        struct str word = next_word(&line);

        if (*word.ptr == '"')
            sentence = unquoted(word);
        else
            event_option(b, m, &e, word);
    }
    at = str_find(sentence, trigger);
    CHECK(at != STR_NPOS, "%s:%u: trigger not in its sentence", b->file, b->line);
    add_sentence(b, m, sentence, &e.start, &e.end);
    e.trigger_start = e.start + (uint32_t)(at == STR_NPOS ? 0 : at);
    e.trigger_end = e.trigger_start + (uint32_t)trigger.len;
    *PUSH(&b->arena, &m->facts.event) = e;
}

static void read_statement(struct bench *b, struct made *m, struct str line,
                           struct str speaker)
{
    struct statement s = { .speaker = actor(b, m, speaker, ENTITY_ORGANIZATION) };

    next_word(&line);
    add_sentence(b, m, unquoted(next_word(&line)), &s.start, &s.end);
    *PUSH(&b->arena, &m->facts.statement) = s;
}

static void read_fact(struct bench *b, struct str line)
{
    struct made *m = b->made[b->reports - 1];
    size_t bar = str_find(line, STR(" | "));
    struct str claimant = { NULL, 0 };

    if (bar != STR_NPOS) {
        claimant = str_after(line, bar + 3);
        line = str_slice(line, 0, bar);
    }
    if (str_starts(line, STR("event ")))
        read_event(b, m, line, claimant);
    else if (str_starts(line, STR("says ")))
        read_statement(b, m, line, claimant);
    else
        read_figure(b, m, line, claimant);
}

static void read_report(struct bench *b, struct str line)
{
    struct made *m = NEW(&b->arena, struct made, 1);

    next_word(&line);
    m->body = buf_new(&b->arena, 1 << 16);
    m->name = m->page.id = next_word(&line);
    instant_from_iso(next_word(&line), &m->article.published);
    m->article.outlet = next_word(&line);
    if (str_eq(next_word(&line), STR("copies"))) {
        struct str name = next_word(&line);

        for (uint32_t i = 0; i < b->reports; i++)
            if (str_eq(b->made[i]->name, name))
                m->copies = i + 1;
        CHECK(m->copies, "%s:%u: no report %.*s", b->file, b->line, STR_ARG(name));
    }
    b->made[b->reports++] = m;
}

/* ---- checking ---- */

static struct story story_of(struct bench *b)
{
    struct story s = { .first_day = DATE_NONE, .last_day = DATE_NONE };
    uint32_t origin[REPORTS_MAX];

    for (uint32_t i = 0; i < b->reports; i++) {
        *PUSH(&b->arena, &s.reports) = i;
        if (b->made[i]->copies) {
            origin[i] = origin[b->made[i]->copies - 1];
        } else {
            *PUSH(&b->arena, &s.origins) = (struct origin){ .why = { NULL, 0 } };
            origin[i] = s.origins.count - 1;
        }
        *PUSH(&b->arena, &s.origins.at[origin[i]].reports) = i;
    }
    return s;
}

static void put_interval(struct buf *b, int64_t low, int64_t high)
{
    buf_printf(b, "%" PRId64, low);
    if (high == COUNT_OPEN)
        buf_str(b, STR(".."));
    else if (high != low)
        buf_printf(b, "..%" PRId64, high);
}

/* A finding as an expectation line has it, with everything that may be stated. */
static struct str told(struct bench *b, const struct story *s, const struct finding *f)
{
    struct buf out = buf_new(&b->arena, 4096);
    struct str class_name = f->figure.class_name;

    if (f->kind == FINDING_FIGURE) {
        buf_printf(&out, "%s ", measure_name(f->figure.measure));
        put_interval(&out, f->figure.low, f->figure.high);
        buf_char(&out, ' ');
        buf_str(&out, class_name.len > 0 ? class_name : STR("people"));
    } else if (f->kind == FINDING_EVENT) {
        buf_printf(&out, "event %s", event_type_name(f->event.type));
    } else {
        buf_str(&out, STR("says"));
    }
    buf_printf(&out, " %s origins %u claimants %u", status_name(f->status), f->origins,
               f->claimants);
    for (uint32_t i = 0; i < f->against.count; i++) {
        buf_str(&out, STR(" against "));
        put_interval(&out, s->findings.at[f->against.at[i]].figure.low,
                     s->findings.at[f->against.at[i]].figure.high);
    }
    if (f->superseded_by != FACT_NONE) {
        buf_str(&out, STR(" by "));
        put_interval(&out, s->findings.at[f->superseded_by].figure.low,
                     s->findings.at[f->superseded_by].figure.high);
    }
    if (f->kind == FINDING_FIGURE && f->figure.derived)
        buf_str(&out, STR(" derived"));
    if (f->kind == FINDING_FIGURE && f->figure.background)
        buf_str(&out, STR(" background"));
    if (f->kind == FINDING_FIGURE) {
        buf_str(&out, STR(" shown "));
        put_interval(&out, f->figure.shown_low, f->figure.shown_high);
    }
    return buf_view(&out);
}

/* Whether the option stands in the text with no digit joined to it: "by 3" not in
 * "by 31".  Of what is shown both ends are told: "shown 3" not in "shown 3..9". */
static bool has_option(struct str text, struct str option)
{
    size_t at;

    while ((at = str_find(text, option)) != STR_NPOS) {
        text = str_after(text, at + option.len);
        if (text.len == 0 || *text.ptr == ' ' ||
            (*text.ptr == '.' && !str_starts(option, STR("shown "))))
            return true;
    }
    return false;
}

/* Whether every word pair of the expectation is in what the finding tells: its first
 * words in order, options anywhere. */
static bool meets(struct str want, struct str got, uint32_t head)
{
    struct str w, g = got;

    for (uint32_t i = 0; i < head; i++) {
        struct str have;

        if (!str_split(&want, ' ', &w) || !str_split(&g, ' ', &have) ||
            !str_eq(w, have))
            return false;
    }
    while (want.len > 0) {
        struct str option = want;
        size_t end = 0;

        while (end < option.len && !(ascii_is_letter(option.ptr[end]) && end > 0 &&
                                     option.ptr[end - 1] == ' '))
            end++;
        option = str_trim(str_slice(option, 0, end));
        want = str_after(want, end);
        if (option.len > 0 && !has_option(got, option))
            return false;
    }
    return true;
}

static uint32_t head_words(struct str line)
{
    return str_starts(line, STR("event ")) ? 3 : str_starts(line, STR("says ")) ? 2 : 4;
}

static void check_finding(struct bench *b, const struct story *s,
                          const struct finding *f)
{
    struct str got = told(b, s, f);
    bool supports = true;

    for (uint32_t i = 0; i < b->expected.count; i++) {
        struct expected *e = &b->expected.at[i];

        if (!e->met && meets(e->line, got, head_words(e->line))) {
            e->met = true;
            checks_passed++;
            for (uint32_t k = 1; k < f->evidence.count; k++)
                supports &=
                    f->evidence.at[k].disputes >= f->evidence.at[k - 1].disputes;
            CHECK(supports && f->summary.len > 0 && f->id.len > 0,
                  "%s: evidence, summary or id of %.*s", b->file, STR_ARG(got));
            return;
        }
    }
    CHECK(false, "%s: %.*s\n    not expected: %.*s (%.*s)", b->file, STR_ARG(b->title),
          STR_ARG(got), STR_ARG(f->summary));
}

static void check_case(struct bench *b)
{
    const struct facts **facts = NEW(&b->arena, const struct facts *, REPORTS_MAX);
    struct situation situation = { .policy = b->policy,
                                   .report = facts,
                                   .reports = b->reports };
    struct story story = story_of(b);

    for (uint32_t i = 0; i < b->reports; i++) {
        struct made *m = b->made[i];

        m->article.text = buf_view(&m->body);
        m->article.page = &m->page;
        m->text.article = &m->article;
        m->facts.text = &m->text;
        facts[i] = &m->facts;
    }
    story_find_findings(&b->arena, &b->vocabulary, &situation, &story);
    for (uint32_t i = 0; i < story.findings.count; i++)
        check_finding(b, &story, &story.findings.at[i]);
    for (uint32_t i = 0; i < b->expected.count; i++)
        CHECK(b->expected.at[i].met, "%s: %.*s\n    missing: %.*s", b->file,
              STR_ARG(b->title), STR_ARG(b->expected.at[i].line));
    b->cases++;
}

static void begin_case(struct bench *b, struct str title)
{
    if (b->title.len > 0)
        check_case(b);
    b->reports = 0;
    b->expected.count = 0;
    b->expecting = false;
    b->policy = POLICY_RANGE;
    b->title = title;
}

static void read_policy(struct bench *b, struct str name)
{
    for (int p = 0; p <= POLICY_MAJORITY; p++)
        if (str_eq(name, str_from(policy_name((enum policy)p)))) {
            b->policy = (enum policy)p;
            return;
        }
    CHECK(false, "%s:%u: no policy: %.*s", b->file, b->line, STR_ARG(name));
}

static void read_line(struct bench *b, struct str line)
{
    bool fact = str_starts(line, STR("  "));

    line = str_trim(line);
    if (line.len == 0 || *line.ptr == '#')
        return;
    if (str_starts(line, STR("== ")))
        begin_case(b, str_after(line, 3));
    else if (fact && b->expecting)
        *PUSH(&b->arena, &b->expected) = (struct expected){ .line = line };
    else if (fact)
        read_fact(b, line);
    else if (str_starts(line, STR("report ")))
        read_report(b, line);
    else if (str_starts(line, STR("policy ")))
        read_policy(b, str_trim(str_after(line, 7)));
    else if (str_eq(line, STR("expect")))
        b->expecting = true;
    else
        CHECK(false, "%s:%u: not a case: %.*s", b->file, b->line, STR_ARG(line));
}

static uint32_t check_file(const char *path)
{
    struct bench b = { .file = path };
    struct str rest, line;
    struct err err;

    arena_init(&b.arena, SIZE_MAX);
    b.vocabulary = vocabulary_new(&b.arena);
    b.vocabulary.reports = 2;
    if (!io_read_file(&b.arena, path, 1 << 22, &rest, &err)) {
        CHECK(false, "%s: %s", path, err.detail);
        return 0;
    }
    while (str_split(&rest, '\n', &line)) {
        b.line++;
        read_line(&b, line);
    }
    begin_case(&b, (struct str){ NULL, 0 });
    vocabulary_release(&b.vocabulary);
    arena_release(&b.arena);
    return b.cases;
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "tests/cases/standing";
    DIR *dir = opendir(folder);
    uint32_t cases = 0;

    if (!dir) {
        perror(folder);
        return EXIT_FAILURE;
    }
    for (struct dirent *e; (e = readdir(dir));) {
        char path[512];

        if (!str_ends(str_from(e->d_name), STR(".txt")))
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        cases += check_file(path);
    }
    closedir(dir);
    printf("%u cases\n", cases);
    return check_done();
}
