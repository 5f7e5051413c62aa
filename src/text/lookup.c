#include "text/lookup.h"

#include "base/utf8.h"

#define SMALL 40 /* bytes; longer forms are hardly words */

/* The form in lower case; ASCII letters and those of other scripts. */
static struct str lower_copy(struct arena *arena, struct str form)
{
    char *p = NEW(arena, char, form.len * 2 + 4);
    size_t at = 0, len, n = 0;

    while (at < form.len) {
        uint32_t code = utf8_decode(str_after(form, at), &len);

        n += utf8_encode(utf8_lower(code), p + n);
        at += len;
    }
    return (struct str){ p, n };
}

struct letters {
    bool upper, high; /* ASCII capitals; bytes of other letters */
};

static struct letters letters_of(struct str form)
{
    struct letters l = { false, false };

    for (size_t k = 0; k < form.len; k++) {
        l.upper |= ascii_is_upper(form.ptr[k]);
        l.high |= (unsigned char)form.ptr[k] >= 0x80;
    }
    return l;
}

/* The dictionary keeps forms in lower case: a known word needs no copy. */
static const struct word *look_up_capital(struct arena *arena, struct token *t)
{
    char small[SMALL];
    const struct word *w = NULL;

    for (size_t k = 0; k < t->form.len && k < SMALL; k++)
        small[k] = ascii_lower(t->form.ptr[k]);
    if (t->form.len <= SMALL)
        w = word_find((struct str){ small, t->form.len });
    t->lower = w ? word_form(w) : lower_copy(arena, t->form);
    return w;
}

static const struct word *look_up(struct arena *arena, struct token *t)
{
    struct letters l = letters_of(t->form);

    if (l.upper && !l.high)
        return look_up_capital(arena, t);
    t->lower = l.high ? lower_copy(arena, t->form) : t->form;
    return ascii_is_word(*t->form.ptr) || t->form.len > 1 ? word_find(t->lower) : NULL;
}

const struct word *const *text_look_up(struct arena *arena, struct text *text)
{
    const struct word **words = NEW(arena, const struct word *, text->token.count + 1);

    for (uint32_t i = 0; i < text->token.count; i++)
        words[i] = look_up(arena, &text->token.at[i]);
    return words;
}
