#include "model/feature.h"

#include "base/utf8.h"
#include "model/hash.h"

static const uint32_t part_rows[] = {
#define X(name, rows) rows,
    FEATURE_PARTS(X)
#undef X
};

uint32_t feature_part_rows(enum feature_part part)
{
    return part_rows[part];
}

/* A form in lower case, its characters' starts beside it. */
struct folded {
    char at[2 * FEATURE_WORD_MAX + 8];
    size_t start[2 * FEATURE_WORD_MAX + 9]; /* of character i; [count] is the length */
    size_t count;
};

/* "’" is read as "'": newspapers print both. */
static uint32_t fold(uint32_t c)
{
    if (c == 0x2019)
        return '\'';
    return c < 0x80 ? (uint32_t)(unsigned char)ascii_lower((char)c) : utf8_lower(c);
}

static void fold_form(struct str form, struct folded *out)
{
    size_t used, len = 0;

    out->count = 0;
    for (size_t i = 0; i < form.len; i += used) {
        uint32_t c = fold(utf8_decode(str_after(form, i), &used));

        if (out->count == FEATURE_WORD_MAX && form.len - i > FEATURE_WORD_MAX / 2)
            continue; /* the middle of a very long word */
        if (len + 4 > sizeof out->at)
            break;
        out->start[out->count++] = len;
        len += utf8_encode(c, out->at + len);
    }
    out->start[out->count] = len;
}

static struct str characters(const struct folded *f, size_t from, size_t to)
{
    return (struct str){ f->at + f->start[from], f->start[to] - f->start[from] };
}

/* Salted with the length asked for, so that "s" as a suffix of 2 is a word "s". */
static uint32_t row_of(struct str s, enum feature_part part)
{
    uint64_t h =
        hash_word(s) * 0x9e3779b97f4a7c15u + (uint64_t)part * 0x632be59bd9b4e019u;

    h ^= h >> 29;
    return (uint32_t)((h * 0xbf58476d1ce4e5b9u) >> 40) % part_rows[part];
}

static uint32_t prefix_row(const struct folded *f, size_t n, enum feature_part part)
{
    return row_of(characters(f, 0, n < f->count ? n : f->count), part);
}

static uint32_t suffix_row(const struct folded *f, size_t n, enum feature_part part)
{
    return row_of(characters(f, n < f->count ? f->count - n : 0, f->count), part);
}

static char shape_of(uint32_t c)
{
    if (c < 0x80) {
        char a = (char)c;

        return ascii_is_upper(a)   ? 'X'
               : ascii_is_lower(a) ? 'x'
               : ascii_is_digit(a) ? 'd'
                                   : a;
    }
    if (utf8_is_upper(c))
        return 'X';
    return utf8_is_letter(c) ? 'x' : '~';
}

/* "Talks" Xx, "EU" XX, "McKay" XxXx, "19:30" dd:dd, "COVID-19" XX-dd: a run longer than
 * two counts as two, and of a long shape the first twelve signs. */
static uint32_t shape_row(struct str form)
{
    char shape[12];
    size_t len = 0, used, run = 0;

    for (size_t i = 0; i < form.len && len < sizeof shape; i += used) {
        char c = shape_of(utf8_decode(str_after(form, i), &used));

        run = len > 0 && shape[len - 1] == c ? run + 1 : 1;
        if (run <= 2)
            shape[len++] = c;
    }
    return row_of((struct str){ shape, len }, FEATURE_SHAPE);
}

/* Years, scores and sums have endless digits and one behaviour: "1990" is "0000". */
static uint64_t hash_of_digits_folded(struct folded *f)
{
    for (size_t i = 0; i < f->start[f->count]; i++)
        if (ascii_is_digit(f->at[i]))
            f->at[i] = '0';
    return hash_word(characters(f, 0, f->count));
}

void feature_keys(struct str form, struct feature_keys *out)
{
    struct folded f;

    fold_form(form, &f);
    out->lower = hash_word(characters(&f, 0, f.count));
    out->word = hash_of_digits_folded(&f);
    out->part[FEATURE_PREFIX_2] = prefix_row(&f, 2, FEATURE_PREFIX_2);
    out->part[FEATURE_PREFIX_3] = prefix_row(&f, 3, FEATURE_PREFIX_3);
    out->part[FEATURE_SUFFIX_2] = suffix_row(&f, 2, FEATURE_SUFFIX_2);
    out->part[FEATURE_SUFFIX_3] = suffix_row(&f, 3, FEATURE_SUFFIX_3);
    out->part[FEATURE_SUFFIX_4] = suffix_row(&f, 4, FEATURE_SUFFIX_4);
    out->part[FEATURE_SHAPE] = shape_row(form);
}
