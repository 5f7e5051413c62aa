#include "model/vectors.h"

#include "base/io.h"
#include "model/hash.h"

/* "-0.038194", "1e-05"; takes it off the front of s. */
static bool take_number(struct str *s, float *out)
{
    double value = 0, scale = 1;
    bool minus = s->len > 0 && *s->ptr == '-', point = false;
    size_t i = minus, digits = 0, exponent = 0;

    for (; i < s->len && (ascii_is_digit(s->ptr[i]) || (s->ptr[i] == '.' && !point));
         i++)
        if (s->ptr[i] == '.')
            point = true;
        else {
            value = value * 10 + (s->ptr[i] - '0');
            scale = point ? scale * 10 : scale;
            digits++;
        }
    if (i + 2 < s->len && s->ptr[i] == 'e' && s->ptr[i + 1] == '-')
        for (i += 2; i < s->len && ascii_is_digit(s->ptr[i]); i++)
            exponent = exponent * 10 + (size_t)(s->ptr[i] - '0');
    for (; exponent > 0 && exponent < 40; exponent--)
        scale *= 10;
    *out = (float)((minus ? -value : value) / scale);
    *s = str_after(*s, i);
    return digits > 0;
}

/* The word after the opening quote; words with an escape are passed over (none is a word
 * of news). */
static bool take_word(struct str *s, struct str *word, bool *plain)
{
    size_t i = 0;

    *plain = true;
    for (; i < s->len && s->ptr[i] != '"'; i++)
        if (s->ptr[i] == '\\') {
            *plain = false;
            i++;
        }
    if (i >= s->len)
        return false;
    *word = str_slice(*s, 0, i);
    *s = str_after(*s, i + 1);
    return true;
}

static bool take_vector(struct str *s, float *out)
{
    size_t end;

    if (!str_starts(*s, STR(":[")))
        return false;
    *s = str_after(*s, 2);
    for (uint32_t i = 0; i < VECTOR_COLUMNS; i++) {
        if (!take_number(s, &out[i]) || s->len == 0)
            return false;
        *s = str_after(*s, 1);
    }
    end = str_find_char(*s, ']');
    *s = str_after(*s, end == STR_NPOS ? s->len : end + 1);
    return true;
}

static bool read_all(struct str s, uint32_t limit, struct vectors *out)
{
    struct rows_slot *slot = (struct rows_slot *)(uintptr_t)out->rows.slot;
    struct str word;
    bool plain;

    while (out->count < limit && s.len > 1 && (*s.ptr == '"' || *s.ptr == ',')) {
        s = str_after(s, *s.ptr == ',' ? 2 : 1);
        if (!take_word(&s, &word, &plain) ||
            !take_vector(&s, out->at + (size_t)out->count * VECTOR_COLUMNS))
            return false;
        if (plain && rows_put(&out->rows, slot, hash_word(word), out->count))
            out->hash[out->count++] = hash_word(word);
    }
    return out->count > 0;
}

bool vectors_read(struct arena *arena, const char *path, uint32_t limit,
                  struct vectors *out, struct err *err)
{
    static const char before[] = "\"vectors\":{";
    struct str file;
    size_t at;
    bool good;

    if (!io_map_file(path, &file, err))
        return err_set(err, ERR_READ, -1, "%s: can't be read", path);
    *out = (struct vectors){ .rows = rows_new(arena, limit),
                             .hash = NEW(arena, uint64_t, limit),
                             .at = NEW(arena, float, (size_t)limit *VECTOR_COLUMNS) };
    at = str_find(file, str_from(before));
    good = at != STR_NPOS && read_all(str_after(file, at + strlen(before)), limit, out);
    io_unmap(file);
    return good || err_set(err, ERR_FORMAT, -1, "%s: no word vectors in it", path);
}
