/* Briefs with planted errors, tests/cases/audit: recall and precision of what the audit
 * calls unsupported.  With file names it tells the errors of those files.
 *
 *     build/dev/test_audit                               all, asserted
 *     build/dev/test_audit tests/cases/audit/open/dam.txt  its errors, nothing asserted
 */
#include <dirent.h>

#include "audit/audit.h"
#include "base/io.h"
#include "base/json.h"
#include "check.h"
#include "engine/line.h"
#include "gazetteer/gazetteer.h"
#include "model/model.h"

#define DOCS_MAX 8
#define FILES_MAX 256
#define LINE_BUDGET ((size_t)64 << 20)

/* "[-number 74 dead]" in a brief; reason absent: a right one, "[+ 31 people]". */
struct mark {
    uint32_t start, end; /* of the text without marks */
    struct str reason;
    bool planted;
};

struct document {
    struct str published, outlet;
    struct buf text;
};

struct audit_case {
    struct arena arena;
    struct document doc[DOCS_MAX]; /* the brief is the last one */
    uint32_t docs;
    ARRAY(struct mark) mark;
    struct reading reading[DOCS_MAX];
};

struct tally_of {
    uint32_t planted, right, caught, named, flagged, false_alarms, listed;
};

static struct model model;
static struct line_tools tools;
static bool verbose;

static struct str word_of(struct str *line)
{
    struct str word = { NULL, 0 };

    str_split(line, ' ', &word);
    return word;
}

static bool opens(struct audit_case *c, struct str line)
{
    struct document *d;
    bool source = str_starts(line, STR("source ")),
         brief = str_starts(line, STR("brief "));

    if (!source && !brief)
        return false;
    d = &c->doc[c->docs++];
    word_of(&line);
    if (source)
        word_of(&line);
    d->published = word_of(&line);
    d->outlet = line;
    d->text = buf_new(&c->arena, 1 << 20);
    return true;
}

/* Copies a line, taking marks out, and the markup of HTML and Markdown, which the
 * intake of a brief takes out before. */
static void add_marked(struct audit_case *c, struct buf *text, struct str line)
{
    struct mark *open = NULL;

    if (str_starts(line, STR("* ")) || str_starts(line, STR("- ")) ||
        str_starts(line, STR("# ")))
        line = str_after(line, 2);
    for (size_t i = 0; i < line.len; i++) {
        struct str rest = str_after(line, i);

        if (*rest.ptr == '<') {
            i += str_find_char(rest, '>');
        } else if (str_starts(rest, STR("[+")) || str_starts(rest, STR("[-"))) {
            size_t blank = str_find_char(rest, ' ');

            open = PUSH(&c->arena, &c->mark);
            open->planted = rest.ptr[1] == '-';
            open->reason = str_slice(rest, 2, blank);
            open->start = (uint32_t)text->len;
            i += blank;
        } else if (open && line.ptr[i] == ']') {
            open->end = (uint32_t)text->len;
            open = NULL;
        } else {
            buf_char(text, line.ptr[i]);
        }
    }
    buf_str(text, STR("\n\n"));
}

static void parse(struct audit_case *c, struct str file)
{
    struct str line;

    while (c->docs < DOCS_MAX && str_split(&file, '\n', &line)) {
        if ((c->docs == 0 && str_starts(line, STR("#"))) || opens(c, line))
            continue;
        if (c->docs > 0)
            add_marked(c, &c->doc[c->docs - 1].text, line);
    }
}

/* Runs one document through the line, its text kept byte for byte. */
static bool read_document(struct reading *r, const struct document *d)
{
    struct arena *arena = &r->arena;
    struct buf b;
    struct json j;

    reading_init(r);
    b = buf_new(arena, 1 << 21);
    j = json_to(&b);
    json_open(&j, '{');
    json_member(&j, "text", buf_view(&d->text));
    json_member(&j, "published", d->published);
    json_member(&j, "outlet", d->outlet);
    json_member(&j, "language", STR("en"));
    json_close(&j, '}');
    r->record = (struct source_record){ .input = STR("case"),
                                        .bytes = buf_view(&b),
                                        .media = SOURCE_IS_JSON };
    return reading_run(r, &tools);
}

static bool meets(const struct check *c, const struct mark *m)
{
    return c->start < m->end && m->start < c->end;
}

static void tell(const struct audit *a, const struct check *c, const char *what)
{
    struct str text = a->brief->text->article->text;

    printf("  %s %s [%s] %.*s | %.*s\n", what, check_kind_name(c->kind),
           check_reason_name(c->reason), STR_ARG(str_slice(text, c->start, c->end)),
           STR_ARG(c->claimant));
    for (uint32_t i = 0; i < c->witness.count && i < 2; i++) {
        const struct witness *w = &c->witness.at[i];
        const struct text *t = a->source[w->report]->text;
        const struct sentence *s = &t->sentence.at[w->sentence];

        printf("      %s %.*s | %.*s\n", w->stance == WITNESS_SUPPORTS ? "=" : "!",
               STR_ARG(str_slice(t->article->text, s->start, s->end)),
               STR_ARG(w->claimant));
    }
}

static void score_mark(const struct audit *a, const struct mark *m, struct tally_of *t)
{
    struct str text = a->brief->text->article->text;
    bool caught = false, named = false, listed = false;

    for (uint32_t i = 0; i < a->check.count; i++) {
        const struct check *c = &a->check.at[i];

        if (!meets(c, m))
            continue;
        listed = true;
        caught |= c->reason != REASON_NONE;
        named |= str_eq(str_from(check_reason_name(c->reason)), m->reason) ||
                 (str_eq(m->reason, STR("quote")) && c->reason == REASON_QUOTATION) ||
                 (str_eq(m->reason, STR("claim")) && c->reason == REASON_NOTHING);
        if (m->planted && c->reason == REASON_NONE && verbose && !caught)
            tell(a, c, "passed");
    }
    t->listed += listed;
    t->planted += m->planted;
    t->right += !m->planted;
    t->caught += m->planted && caught;
    t->named += m->planted && named;
    if (verbose && m->planted && !caught)
        printf("  MISSED %.*s: %.*s\n", STR_ARG(m->reason),
               STR_ARG(str_slice(text, m->start, m->end)));
    if (verbose && !listed)
        printf("  not listed: %.*s\n", STR_ARG(str_slice(text, m->start, m->end)));
}

static void score(struct audit_case *c, const struct audit *a, struct tally_of *t)
{
    for (uint32_t i = 0; i < c->mark.count; i++)
        score_mark(a, &c->mark.at[i], t);
    for (uint32_t i = 0; i < a->check.count; i++) {
        bool planted = a->check.at[i].reason == REASON_NONE;

        t->flagged += !planted;
        for (uint32_t k = 0; k < c->mark.count && !planted; k++)
            planted = c->mark.at[k].planted && meets(&a->check.at[i], &c->mark.at[k]);
        t->false_alarms += !planted;
        if (!planted && verbose)
            tell(a, &a->check.at[i], "FALSE ALARM");
    }
}

static void check_witnesses(const struct audit *a, const char *path)
{
    for (uint32_t i = 0; i < a->check.count; i++) {
        const struct check *c = &a->check.at[i];

        CHECK(c->start < c->end && c->end <= a->brief->text->article->text.len,
              "%s: check %u out of the brief", path, i);
        CHECK(c->reason != REASON_NONE || c->witness.count > 0,
              "%s: check %u is supported by nothing", path, i);
        for (uint32_t k = 0; k < c->witness.count; k++) {
            const struct witness *w = &c->witness.at[k];
            const struct text *t = a->source[w->report]->text;

            CHECK(t->sentence.at[w->sentence].start <= w->start && w->start < w->end &&
                      w->end <= t->article->text.len,
                  "%s: witness %u of check %u out of its sentence", path, k, i);
        }
    }
}

static void run_file(const char *path, struct tally_of *t)
{
    struct audit_case *c = calloc(1, sizeof *c);
    const struct facts *facts[DOCS_MAX];
    struct str file;
    struct err err = { 0 };

    arena_init(&c->arena, LINE_BUDGET);
    CHECK(io_read_file(&c->arena, path, 1 << 20, &file, &err), "%s: %s", path,
          err.detail);
    parse(c, file);
    for (uint32_t i = 0; i < c->docs; i++) {
        CHECK(read_document(&c->reading[i], &c->doc[i]), "%s: document %u: %s", path, i,
              c->reading[i].err.detail);
        facts[i] = &c->reading[i].facts;
    }
    CHECK(c->docs > 1, "%s: no sources or no brief", path);
    if (c->docs > 1) {
        struct audit a = audit_brief(&c->arena, facts[c->docs - 1], facts, c->docs - 1);

        if (verbose)
            printf("%s\n", path);
        check_witnesses(&a, path);
        score(c, &a, t);
    }
    for (uint32_t i = 0; i < c->docs; i++)
        reading_release(&c->reading[i]);
    arena_release(&c->arena);
    free(c);
}

static double share(uint32_t part, uint32_t of)
{
    return of > 0 ? 100.0 * part / of : 0;
}

static void print_scores(const char *name, const struct tally_of *t)
{
    printf("%-6s %3u checks (%u planted): recall %.1f, precision %.1f, reason named "
           "%.1f, listed %.1f %%\n",
           name, t->planted + t->right, t->planted, share(t->caught, t->planted),
           share(t->flagged - t->false_alarms, t->flagged), share(t->named, t->planted),
           share(t->listed, t->planted + t->right));
}

static void run_folder(const char *folder, struct tally_of *t)
{
    struct dirent **entry;
    char path[512];
    int n = scandir(folder, &entry, NULL, alphasort);

    CHECK(n > 0, "%s: no such folder", folder);
    for (int i = 0; i < n; i++) {
        if (str_ends(str_from(entry[i]->d_name), STR(".txt"))) {
            snprintf(path, sizeof path, "%s/%s", folder, entry[i]->d_name);
            run_file(path, t);
        }
        free(entry[i]);
    }
    free(entry);
}

int main(int argc, char **argv)
{
    struct tally_of open = { 0 }, kept = { 0 }, all;
    struct err err = { 0 };

    tools.fact.gazetteer = gazetteer_builtin();
    if (model_open_built_in(&model, &err))
        tools.text.model = &model;
    if (argc > 1) {
        verbose = true;
        for (int i = 1; i < argc; i++)
            run_file(argv[i], &open);
        print_scores("these", &open);
        return 0;
    }
    run_folder("tests/cases/audit/open", &open);
    run_folder("tests/cases/audit/kept", &kept);
    all = (struct tally_of){
        open.planted + kept.planted, open.right + kept.right,
        open.caught + kept.caught,   open.named + kept.named,
        open.flagged + kept.flagged, open.false_alarms + kept.false_alarms,
        open.listed + kept.listed
    };
    print_scores("open", &open);
    print_scores("kept", &kept);
    print_scores("all", &all);
    CHECK(all.planted + all.right >= 200, "fewer than 200 checks");
    CHECK(share(all.caught, all.planted) >= 92, "recall");
    CHECK(share(all.flagged - all.false_alarms, all.flagged) >= 92, "precision");
    return check_done();
}
