#include "model/lemma.h"

#include "base/utf8.h"

/* The form in the case that a rule wants, with room for its ending; longer forms than
 * this are web addresses and keep their end. */
struct cased {
    char at[256 + LEMMA_ADD_MAX];
    size_t len;
};

static void change_case(struct str form, enum lemma_case letters, struct cased *out)
{
    size_t used;

    out->len = 0;
    for (size_t i = 0; i < form.len && out->len + 4 <= 256; i += used) {
        uint32_t c = utf8_decode(str_after(form, i), &used);
        bool keep = letters == LEMMA_KEEP || (letters == LEMMA_CAPITAL && i == 0);

        if (!keep)
            c = utf8_lower(c);
        else if (letters == LEMMA_CAPITAL && c < 0x80)
            c = (uint32_t)(unsigned char)ascii_upper((char)c);
        out->len += utf8_encode(c, out->at + out->len);
    }
}

/* Length of the beginning that two strings share, whole characters only. */
static size_t shared(const char *a, size_t a_len, struct str b)
{
    size_t n = 0;

    while (n < a_len && n < b.len && a[n] == b.ptr[n])
        n++;
    while (n > 0 && ((n < a_len && !utf8_is_start(a[n])) ||
                     (n < b.len && !utf8_is_start(b.ptr[n]))))
        n--;
    return n;
}

bool lemma_rule_for(struct str form, struct str lemma, struct lemma_rule *out)
{
    size_t least = SIZE_MAX;

    for (uint8_t letters = LEMMA_LOWER; letters <= LEMMA_CAPITAL; letters++) {
        struct cased c;
        size_t same, cut, add;

        change_case(form, letters, &c);
        same = shared(c.at, c.len, lemma);
        cut = c.len - same;
        add = lemma.len - same;
        if (add > LEMMA_ADD_MAX || cut > 255 || cut + add >= least)
            continue;
        least = cut + add;
        *out = (struct lemma_rule){ .letters = letters, .cut = (uint8_t)cut };
        memcpy(out->add, lemma.ptr + same, add);
    }
    return least != SIZE_MAX;
}

static bool is_lower(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (ascii_is_upper(s.ptr[i]) || (unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

struct str lemma_apply(struct arena *arena, const struct lemma_rule *rule,
                       struct str form)
{
    struct cased c;
    size_t add = 0;

    if (form.len > 250)
        return form;
    if (rule->add[0] == '\0' && rule->cut < form.len &&
        (rule->cut == 0 || utf8_is_start(form.ptr[form.len - rule->cut])) &&
        (rule->letters == LEMMA_KEEP ||
         (rule->letters == LEMMA_LOWER && is_lower(form))))
        return str_slice(form, 0, form.len - rule->cut);
    change_case(form, rule->letters, &c);
    if (rule->cut > c.len || (rule->cut > 0 && !utf8_is_start(c.at[c.len - rule->cut])))
        return arena_str(arena, (struct str){ c.at, c.len });
    c.len -= rule->cut;
    while (add < LEMMA_ADD_MAX && rule->add[add] != '\0')
        c.at[c.len++] = rule->add[add++];
    if (c.len == 0)
        return form;
    return arena_str(arena, (struct str){ c.at, c.len });
}
