#include "report/speakers.h"

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
    if (str_ends(s, STR(",")))
        s = str_slice(s, 0, s.len - 1);
    for (size_t i = 0; i < COUNT(quote_marks); i++)
        if (str_starts(s, quote_marks[i])) {
            s = str_after(s, quote_marks[i].len);
            break;
        }
    for (size_t i = 0; i < COUNT(quote_marks); i++)
        if (str_ends(s, quote_marks[i]))
            return str_slice(s, 0, s.len - quote_marks[i].len);
    return s;
}
