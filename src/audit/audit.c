#include "audit/audit.h"

#include "audit/checks.h"

const char *check_kind_name(enum check_kind k)
{
    static const char *const names[] = { "figure", "quotation", "claim" };

    return names[k];
}

const char *check_reason_name(enum check_reason r)
{
    static const char *const names[] = { "",         "number",    "measure",
                                         "class",    "claimant",  "day",
                                         "modality", "quotation", "nothing" };

    return names[r];
}

const char *check_reason_words(enum check_reason r)
{
    static const char *const words[] = {
        "a source says so",
        "the sources give another number",
        "the sources count something else by this number",
        "the sources tell this of other people",
        "the sources have this from somebody else",
        "the sources tell this of another day",
        "the sources deny this, or say it in another mood",
        "the words of the quotation were changed",
        "no source says so",
    };

    return words[r];
}

bool is_quoted(const struct sheet *s, uint32_t start, uint32_t end)
{
    for (uint32_t i = 0; i < s->quoted.count; i++)
        if (s->quoted.at[i].start <= start && end <= s->quoted.at[i].end)
            return true;
    return false;
}

void add_witness(struct arena *arena, struct check *c, struct witness w)
{
    *PUSH(arena, &c->witness) = w;
}

static int by_place(const void *a, const void *b)
{
    const struct check *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? 1 : -1;
    return (int)x->kind - (int)y->kind;
}

struct audit audit_brief(struct arena *arena, const struct facts *brief,
                         const struct facts *const *source, uint32_t sources)
{
    struct audit a = { .brief = brief, .source = source, .sources = sources };
    struct shelf sh = shelf_of(arena, brief, source, sources);

    audit_figures(&sh, &a);
    audit_quotations(&sh, &a);
    audit_claims(&sh, &a);
    vocabulary_release(&sh.vocabulary);
    if (a.check.count > 1)
        qsort(a.check.at, a.check.count, sizeof *a.check.at, by_place);
    for (uint32_t i = 0; i < a.check.count; i++)
        a.unsupported += a.check.at[i].reason != REASON_NONE;
    return a;
}
