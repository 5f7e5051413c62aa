#include "report/shared_words.h"

#include "base/utf8.h"

/* Words of a passage that are compared: the table below is at most 401 * 401 * 2 bytes. */
#define LIMIT 400
/* A single word that is shared is marked from this length on. */
#define TELLING_BYTES 6

struct word {
    uint32_t start, end;
};

struct words {
    struct str text;
    ARRAY(struct word) at;
};

/* Length of the letter or digit that s begins with, 0 when it begins with neither:
 * “We and "We are the same word. */
static size_t word_bytes(struct str s)
{
    size_t n;
    uint32_t c = utf8_decode(s, &n);

    return utf8_is_letter(c) || (n == 1 && ascii_is_digit(*s.ptr)) ? n : 0;
}

static struct words words_of(struct arena *arena, struct str text)
{
    struct words w = { .text = text };

    for (size_t i = 0; i < text.len && w.at.count < LIMIT;) {
        size_t start = i, n;

        while (i < text.len && (n = word_bytes(str_after(text, i))) > 0)
            i += n;
        if (i > start) {
            *PUSH(arena, &w.at) = (struct word){ (uint32_t)start, (uint32_t)i };
            continue;
        }
        utf8_decode(str_after(text, i), &n);
        i += n;
    }
    return w;
}

static bool same(const struct words *a, uint32_t i, const struct words *b, uint32_t j)
{
    struct word x = a->at.at[i], y = b->at.at[j];

    return str_eq_fold(str_slice(a->text, x.start, x.end),
                       str_slice(b->text, y.start, y.end));
}

/* longest[i][j]: of the words from i and j on.  Row by row from the end. */
static uint16_t *table_of(struct arena *arena, const struct words *a,
                          const struct words *b)
{
    size_t width = b->at.count + 1;
    uint16_t *longest = NEW(arena, uint16_t, (a->at.count + 1) * width);

    for (uint32_t i = a->at.count; i-- > 0;)
        for (uint32_t j = b->at.count; j-- > 0;) {
            uint16_t skip_a = longest[(i + 1) * width + j];
            uint16_t skip_b = longest[i * width + j + 1];

            longest[i * width + j] =
                same(a, i, b, j)  ? (uint16_t)(longest[(i + 1) * width + j + 1] + 1)
                : skip_a > skip_b ? skip_a
                                  : skip_b;
        }
    return longest;
}

/* One run more, or the last one longer when the word follows it at once, in both. */
#define ADD(arena, runs, word, follows)                                     \
    do {                                                                    \
        if ((follows) && (runs)->count > 0)                                 \
            (runs)->at[(runs)->count - 1].end = (word).end;                 \
        else                                                                \
            *PUSH(arena, runs) = (struct span){ (word).start, (word).end }; \
    } while (0)

/* "the" or "is" alone between words that differ says nothing; "Almaty" alone does. */
static bool telling(struct str text, struct span run)
{
    return run.end - run.start >= TELLING_BYTES ||
           str_find_char(str_slice(text, run.start, run.end), ' ') != STR_NPOS;
}

/* A run is kept on both sides or on none: they are equally many. */
static void keep_telling(struct shared_words *s, struct str a, struct str b)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < s->a.count; i++)
        if (telling(a, s->a.at[i]) || telling(b, s->b.at[i])) {
            s->a.at[kept] = s->a.at[i];
            s->b.at[kept++] = s->b.at[i];
        }
    s->a.count = s->b.count = kept;
}

struct shared_words shared_words(struct arena *arena, struct str a, struct str b)
{
    struct words x = words_of(arena, a), y = words_of(arena, b);
    uint16_t *longest = table_of(arena, &x, &y);
    struct shared_words s = { 0 };
    size_t width = y.at.count + 1;
    uint32_t last_i = UINT32_MAX - 1, last_j = UINT32_MAX - 1;

    for (uint32_t i = 0, j = 0; i < x.at.count && j < y.at.count;) {
        if (same(&x, i, &y, j)) {
            bool follows = last_i + 1 == i && last_j + 1 == j;

            ADD(arena, &s.a, x.at.at[i], follows);
            ADD(arena, &s.b, y.at.at[j], follows);
            last_i = i++;
            last_j = j++;
        } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
            i++;
        } else {
            j++;
        }
    }
    keep_telling(&s, a, b);
    return s;
}
