/* The sections of a story in Markdown but for the ledger. */
#include "report/markdown_out.h"
#include "report/place_kind.h"
#include "report/speakers.h"
#include "report/timeline.h"

#define PASSAGE_BYTES 400
/* What a single origin reports is told in full further down. */
#define LINES_SHOWN 12

static void disputes(const struct markdown *m, uint32_t index)
{
    const struct story *story = &m->view->s->story.at[index];
    bool *seen = NEW(m->view->arena, bool, story->findings.count);

    for (uint32_t w = 0; w < VIEW_WEIGHTS; w++)
        for (uint32_t i = 0; i < story->findings.count; i++) {
            const struct finding *f = &story->findings.at[i];
            struct dispute d;

            if (f->status != STATUS_DISPUTED || seen[i] || view_weight(f) != w)
                continue;
            d = view_dispute(m->view, index, i, seen);
            for (uint32_t j = 0; j < d.side.count; j++) {
                if (j == 1)
                    RAW(m->out, "  - against:\n");
                markdown_line(m, j == 0 ? 0 : 4, &story->findings.at[d.side.at[j]]);
            }
        }
}

static void lines(const struct markdown *m, uint32_t index, enum status status)
{
    const struct story *story = &m->view->s->story.at[index];
    uint32_t shown = 0, left = 0;

    for (uint32_t w = 0; w < VIEW_WEIGHTS; w++)
        for (uint32_t i = 0; i < story->findings.count; i++) {
            const struct finding *f = &story->findings.at[i];

            if (f->status != status || view_weight(f) != w)
                continue;
            if (shown < LINES_SHOWN || status != STATUS_SINGLE) {
                markdown_line(m, 0, f);
                shown++;
            } else {
                left++;
            }
        }
    if (left > 0)
        buf_printf(m->out, "- and %u more in the sections below\n", left);
}

static void group(const struct markdown *m, uint32_t index, enum status status)
{
    const struct story *story = &m->view->s->story.at[index];
    uint32_t count = 0;

    for (uint32_t i = 0; i < story->findings.count; i++)
        count += story->findings.at[i].status == status;
    if (count == 0)
        return;
    RAW(m->out, "**");
    buf_str(m->out, phrase_status(status));
    buf_printf(m->out, "** (%u): ", count);
    buf_str(m->out, phrase_status_meaning(status));
    RAW(m->out, "\n\n");
    if (status == STATUS_DISPUTED)
        disputes(m, index);
    else
        lines(m, index, status);
    RAW(m->out, "\n");
}

void markdown_standings(const struct markdown *m, uint32_t story)
{
    RAW(m->out, "### How the accounts stand\n\n");
    group(m, story, STATUS_DISPUTED);
    group(m, story, STATUS_CORROBORATED);
    group(m, story, STATUS_ATTESTED);
    group(m, story, STATUS_SINGLE);
}

/* "Tuesday 9 October 2029", "August 2029", "Day not told". */
static void event_date(struct buf *b, const struct timeline_entry *e)
{
    if (e->day == DATE_NONE) {
        buf_str(b, STR("Day not told"));
        return;
    }
    if (e->end == e->day)
        buf_printf(b, "%.*s ", STR_ARG(phrase_weekday(e->day)));
    phrase_period(b, e->day, e->end);
}

static void event(const struct markdown *m, const struct story *story,
                  const struct timeline_entry *e)
{
    const struct finding *f = &story->findings.at[e->finding];
    struct str modality = phrase_modality(f->event.modality);

    RAW(m->out, "- ");
    buf_str(m->out, timeline_kinds(m->view->arena, story, e));
    if (modality.len > 0)
        buf_printf(m->out, ", *%.*s*", STR_ARG(modality));
    RAW(m->out, ": ");
    markdown_text(m->out, timeline_summary(m->view->arena, f));
    if (e->end == e->day && f->event.end_day != DATE_NONE &&
        f->event.end_day != f->event.day) {
        RAW(m->out, ", until ");
        phrase_day(m->out, f->event.end_day);
    }
    RAW(m->out, ". ");
    buf_str(m->out, phrase_status(f->status));
    RAW(m->out, " (");
    markdown_origins(m, f);
    RAW(m->out, ") ");
    markdown_notes(m, f);
    RAW(m->out, "\n");
}

void markdown_timeline(const struct markdown *m, uint32_t index)
{
    const struct story *story = &m->view->s->story.at[index];
    struct timeline t = timeline_of(m->view->arena, story);

    if (t.entry.count == 0)
        return;
    RAW(m->out, "### Time line\n\n");
    for (uint32_t i = 0, end; i < t.entry.count; i = end) {
        end = timeline_group_end(&t, i);
        buf_str(m->out, i > 0 ? STR("\n**") : STR("**"));
        event_date(m->out, &t.entry.at[i]);
        RAW(m->out, "**\n\n");
        for (uint32_t k = i; k < end; k++)
            event(m, story, &t.entry.at[k]);
    }
    RAW(m->out, "\n");
}

static void statement(const struct markdown *m, const struct finding *f)
{
    bool direct = f->statement.form == STATEMENT_DIRECT;

    RAW(m->out, "- ");
    if (direct)
        RAW(m->out, "“");
    markdown_text(m->out, direct ? speech_text(m->view->arena, m->view->s, f)
                                 : f->statement.text);
    if (direct)
        RAW(m->out, "”");
    else
        buf_printf(m->out, " (%s)",
                   f->statement.form == STATEMENT_MIXED ? "partly quoted"
                                                        : "in the reports’ words");
    RAW(m->out, ". ");
    buf_str(m->out, phrase_status(f->status));
    RAW(m->out, " (");
    markdown_origins(m, f);
    RAW(m->out, ") ");
    markdown_notes(m, f);
    RAW(m->out, "\n");
}

void markdown_statements(const struct markdown *m, uint32_t index)
{
    const struct story *story = &m->view->s->story.at[index];
    struct speakers s = speakers_of(m->view->arena, story);

    if (s.at.count == 0)
        return;
    RAW(m->out, "### Statements\n\n");
    for (uint32_t i = 0; i < s.at.count; i++) {
        const struct speaker *one = &s.at.at[i];

        RAW(m->out, "**");
        markdown_text(m->out, one->name.len > 0 ? one->name : STR("Speaker not named"));
        RAW(m->out, "**");
        if (one->role.len > 0) {
            RAW(m->out, ", ");
            markdown_text(m->out, one->role);
        }
        RAW(m->out, "\n\n");
        for (uint32_t j = 0; j < one->said.count; j++)
            statement(m, &story->findings.at[one->said.at[j]]);
        RAW(m->out, "\n");
    }
}

static void text_cell(const struct markdown *m, struct markdown_table *t, struct str s)
{
    struct buf cell = markdown_cell_open(m);

    markdown_text(&cell, s);
    markdown_cell(m, t, cell);
}

static void number_cell(const struct markdown *m, struct markdown_table *t, uint32_t n)
{
    struct buf cell = markdown_cell_open(m);

    buf_u64(&cell, n);
    markdown_cell(m, t, cell);
}

static void actors(const struct markdown *m, const struct story *story)
{
    static const char *const head[] = { "Name",    "Role",     "Kind",
                                        "Country", "Mentions", "Reports" };
    static const bool right[] = { false, false, false, false, true, true };
    struct markdown_table t = { .columns = COUNT(head), .head = head, .right = right };

    if (story->actors.count == 0)
        return;
    RAW(m->out, "### Actors\n\n");
    for (uint32_t i = 0; i < story->actors.count; i++) {
        const struct story_actor *a = &story->actors.at[i];

        text_cell(m, &t, a->party.name);
        text_cell(m, &t, a->party.role);
        text_cell(m, &t, phrase_entity_type(a->type));
        text_cell(m, &t, a->party.country);
        number_cell(m, &t, a->mentions);
        number_cell(m, &t, a->reports);
    }
    markdown_table(m, &t);
}

static void places(const struct markdown *m, const struct story *story)
{
    static const char *const head[] = { "Place", "Country", "Where it is", "Mentions" };
    static const bool right[] = { false, false, false, true };
    struct markdown_table t = { .columns = COUNT(head), .head = head, .right = right };

    if (story->places.count == 0)
        return;
    RAW(m->out, "### Places\n\n");
    for (uint32_t i = 0; i < story->places.count; i++) {
        const struct story_place *p = &story->places.at[i];
        struct buf cell = markdown_cell_open(m);

        text_cell(m, &t, p->name);
        text_cell(m, &t, p->country);
        place_words(&cell, p);
        markdown_cell(m, &t, cell);
        number_cell(m, &t, p->mentions);
    }
    markdown_table(m, &t);
}

void markdown_names(const struct markdown *m, uint32_t story)
{
    actors(m, &m->view->s->story.at[story]);
    places(m, &m->view->s->story.at[story]);
}

static void report_line(const struct markdown *m, uint32_t report)
{
    const struct article *a = view_article(m->view, report);

    markdown_report(m, report);
    if (a->language.len > 0 && !str_starts_fold(a->language, STR("en")))
        buf_printf(m->out, " (in %.*s: no facts are read from it)",
                   STR_ARG(phrase_language(a->language)));
}

static void copy(const struct markdown *m, const struct copy *c)
{
    struct str text = view_article(m->view, c->to)->text;
    const struct passage *longest = NULL;

    for (uint32_t i = 0; i < c->passages.count; i++)
        if (!longest || c->passages.at[i].to.end - c->passages.at[i].to.start >
                            longest->to.end - longest->to.start)
            longest = &c->passages.at[i];
    buf_printf(m->out, "- %.0f %%: ", c->share * 100);
    markdown_text(m->out, view_short_name(m->view, c->from));
    RAW(m->out, " → ");
    report_line(m, c->to);
    buf_printf(m->out, "; %u passage%s", c->passages.count,
               c->passages.count == 1 ? "" : "s");
    if (longest && longest->to.start <= longest->to.end &&
        longest->to.end <= text.len &&
        longest->to.end - longest->to.start <= PASSAGE_BYTES) {
        RAW(m->out, ", the longest: “");
        markdown_text(m->out, str_slice(text, longest->to.start, longest->to.end));
        RAW(m->out, "”");
    }
    RAW(m->out, "\n");
}

void markdown_origin_list(const struct markdown *m, uint32_t index)
{
    const struct story *story = &m->view->s->story.at[index];

    RAW(m->out, "### Origins\n\n");
    for (uint32_t i = 0; i < story->origins.count; i++) {
        const struct origin *o = &story->origins.at[i];

        buf_printf(m->out, "- **%.*s**", STR_ARG(view_letters(m->view->arena, i)));
        if (o->why.len > 0) {
            RAW(m->out, " one origin: ");
            markdown_text(m->out, o->why);
        }
        RAW(m->out, "\n");
        for (uint32_t j = 0; j < o->reports.count; j++) {
            RAW(m->out, "  - ");
            report_line(m, o->reports.at[j]);
            RAW(m->out, "\n");
        }
    }
    RAW(m->out, "\n");
    if (story->copies.count == 0)
        return;
    RAW(m->out, "Copied passages, share of the shorter text:\n\n");
    for (uint32_t i = 0; i < story->copies.count; i++)
        copy(m, &story->copies.at[i]);
    RAW(m->out, "\n");
}
