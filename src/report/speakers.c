#include "report/speakers.h"

#include "base/buf.h"
#include "base/table.h"

/* Those who say most come first, the unnamed last; otherwise as they came up. */
static bool before(const struct speaker *a, const struct speaker *b)
{
    if ((a->name.len == 0) != (b->name.len == 0))
        return b->name.len == 0;
    return a->said.count > b->said.count;
}

static void sort(struct speakers *s)
{
    for (uint32_t i = 1; i < s->at.count; i++) {
        struct speaker one = s->at.at[i];
        uint32_t at = i;

        for (; at > 0 && before(&one, &s->at.at[at - 1]); at--)
            s->at.at[at] = s->at.at[at - 1];
        s->at.at[at] = one;
    }
}

struct speakers speakers_of(struct arena *arena, const struct story *story)
{
    struct speakers s = { 0 };
    struct table index = { 0 };

    for (uint32_t i = 0; i < story->findings.count; i++) {
        const struct finding *f = &story->findings.at[i];
        uint32_t *at;

        if (f->kind != FINDING_STATEMENT)
            continue;
        at = table_put(arena, &index, f->statement.speaker);
        if (*at == 0) {
            PUSH(arena, &s.at)->name = f->statement.speaker;
            *at = s.at.count;
        }
        if (s.at.at[*at - 1].role.len == 0)
            s.at.at[*at - 1].role = f->statement.role;
        *PUSH(arena, &s.at.at[*at - 1].said) = i;
    }
    sort(&s);
    return s;
}

static const struct str quote_marks[] = {
    STR_INIT("\""), STR_INIT("“"), STR_INIT("”"), STR_INIT("‘"),
    STR_INIT("’"),  STR_INIT("«"), STR_INIT("»"), STR_INIT("„"),
};

struct str speech_unquoted(struct str s)
{
    s = str_trim(s);
    for (size_t i = 0; i < COUNT(quote_marks); i++)
        if (str_starts(s, quote_marks[i])) {
            s = str_after(s, quote_marks[i].len);
            break;
        }
    for (size_t i = 0; i < COUNT(quote_marks); i++)
        if (str_ends(s, quote_marks[i])) {
            s = str_slice(s, 0, s.len - quote_marks[i].len);
            break;
        }
    return str_ends(s, STR(",")) ? str_slice(s, 0, s.len - 1) : s;
}

/* The statement that the finding's first evidence points to, or NULL. */
static const struct statement *statement_of(const struct situation *s,
                                            const struct finding *f)
{
    const struct evidence *e = f->evidence.at;
    const struct facts *facts;

    if (f->evidence.count == 0 || e->report >= s->reports)
        return NULL;
    facts = s->report[e->report];
    return e->fact < facts->statement.count ? &facts->statement.at[e->fact] : NULL;
}

/* "that the strike is illegal" reads better without its first word. */
static struct str without_that(struct str s)
{
    s = str_trim(s);
    return str_starts_fold(s, STR("that ")) ? str_trim(str_after(s, 5)) : s;
}

struct str speech_text(struct arena *arena, const struct situation *s,
                       const struct finding *f)
{
    const struct statement *said = statement_of(s, f);
    struct buf b = buf_new(arena, SIZE_MAX);
    struct str text;

    if (f->statement.form != STATEMENT_DIRECT)
        return without_that(f->statement.text);
    if (!said || said->parts.count < 2 || said->start != f->evidence.at[0].start)
        return speech_unquoted(f->statement.text);
    text = s->report[f->evidence.at[0].report]->text->article->text;
    for (uint32_t i = 0; i < said->parts.count; i++) {
        struct span part = said->parts.at[i];

        if (part.start > part.end || part.end > text.len)
            return speech_unquoted(f->statement.text);
        if (i > 0)
            buf_str(&b, STR(" … "));
        buf_str(&b, speech_unquoted(str_slice(text, part.start, part.end)));
    }
    return buf_view(&b);
}
