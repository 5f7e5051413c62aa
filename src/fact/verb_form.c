#include "fact/verb_form.h"

#define FORM_MAX 40 /* bytes of the longest form that is looked up */

static const struct lex_entry *find(const struct lex_table *t, const char *stem,
                                    size_t len)
{
    return lex_find(t, (struct str){ stem, len });
}

static size_t ending_of(struct str form)
{
    if (str_ends(form, STR("ing")))
        return 3;
    if (str_ends(form, STR("ed")))
        return 2;
    return str_ends(form, STR("s")) && !str_ends(form, STR("ss")) ? 1 : 0;
}

/* "stabb" stab, "di" die or dy, "notifi" notify. */
static const struct lex_entry *mend(const struct lex_table *t, char *stem, size_t n,
                                    size_t cut)
{
    if (n > 2 && stem[n - 1] == stem[n - 2])
        return find(t, stem, n - 1);
    if (cut == 1 && n > 2 && stem[n - 1] == 'e' && stem[n - 2] == 'i') { /* "denies" */
        stem[n - 2] = 'y';
        return find(t, stem, n - 1);
    }
    if (cut == 1 && stem[n - 1] == 'e') /* "reaches" */
        return find(t, stem, n - 1);
    if (cut == 2 && stem[n - 1] == 'i') { /* "denied" */
        stem[n - 1] = 'y';
        return find(t, stem, n);
    }
    if (cut == 3 && stem[n - 1] == 'y') { /* "dying" */
        stem[n - 1] = 'i';
        stem[n] = 'e';
        return find(t, stem, n + 1);
    }
    return NULL;
}

const struct lex_entry *verb_entry_of_stem(const struct lex_table *t, struct str form)
{
    const struct lex_entry *e;
    char stem[FORM_MAX + 2];
    size_t cut = ending_of(form), n = form.len - cut;

    if (cut == 0 || form.len > FORM_MAX || n < 2)
        return NULL;
    for (size_t i = 0; i < n; i++)
        stem[i] = form.ptr[i];
    if ((e = find(t, stem, n)))
        return e;
    stem[n] = 'e';
    if (cut != 1 && (e = find(t, stem, n + 1)))
        return e;
    return mend(t, stem, n, cut);
}

const struct lex_entry *verb_entry(const struct lex_table *t, struct str form)
{
    const struct lex_entry *e = lex_find(t, form);

    return e ? e : verb_entry_of_stem(t, form);
}
