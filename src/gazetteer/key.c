#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "gazetteer/gazetteer.h"

struct key {
    char *ptr;
    size_t len, cap;
    bool full;
};

static void put(struct key *k, char c)
{
    if (k->len < k->cap)
        k->ptr[k->len++] = c;
    else
        k->full = true;
}

static void put_all(struct key *k, const char *s)
{
    for (; *s; s++)
        put(k, *s);
}

/* "Saint" and "St", "Mount" and "Mt", "Fort" and "Ft" are one; at the end of a word. */
static void shorten_word(struct key *k)
{
    static const struct {
        const char *word, *by;
    } words[] = {
        { "saint", "st" }, { "sainte", "ste" }, { "mount", "mt" }, { "fort", "ft" }
    };
    size_t start = k->len;

    while (start > 0 && k->ptr[start - 1] != ' ')
        start--;
    for (size_t i = 0; i < COUNT(words); i++)
        if (k->len - start == strlen(words[i].word) &&
            memcmp(k->ptr + start, words[i].word, k->len - start) == 0) {
            k->len = start;
            put_all(k, words[i].by);
            return;
        }
}

static void put_blank(struct key *k)
{
    if (k->len == 0 || k->ptr[k->len - 1] == ' ')
        return;
    shorten_word(k);
    put(k, ' ');
}

/* Letters that Unicode doesn't decompose. */
static const char *special(uint32_t code)
{
    switch (code) {
    case 0xd8:
    case 0xf8: return "o";
    case 0xc6:
    case 0xe6: return "ae";
    case 0x152:
    case 0x153: return "oe";
    case 0xd0:
    case 0xf0:
    case 0x110:
    case 0x111: return "d";
    case 0xde:
    case 0xfe: return "th";
    case 0x141:
    case 0x142: return "l";
    case 0x126:
    case 0x127: return "h";
    case 0x130:
    case 0x131: return "i";
    case 0x18f:
    case 0x259: return "a";
    case 0xdf: return "ss";
    case 0x2018:
    case 0x2019:
    case 0x2bb:
    case 0x2bc:
    case 0x2bf:
    case 0xb4: return "";
    case 0x2010:
    case 0x2011:
    case 0x2013:
    case 0xa0: return " ";
    default: return NULL;
    }
}

static void put_code(struct key *k, uint32_t code)
{
    utf8proc_int32_t parts[8];
    const char *as = special(code);
    utf8proc_ssize_t n;
    int last = 0;

    if (as) {
        if (*as == ' ')
            put_blank(k);
        else
            put_all(k, as);
        return;
    }
    n = utf8proc_decompose_char(
        (utf8proc_int32_t)code, parts, COUNT(parts),
        UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD, &last);
    for (utf8proc_ssize_t i = 0; i < n && i < (utf8proc_ssize_t)COUNT(parts); i++) {
        char bytes[4];
        size_t len = utf8_encode((uint32_t)parts[i], bytes);

        for (size_t b = 0; b < len; b++)
            put(k, bytes[b]);
    }
}

static void put_ascii(struct key *k, char c)
{
    if (ascii_is_letter(c) || ascii_is_digit(c))
        put(k, ascii_lower(c));
    else if (c == '&') {
        put_blank(k);
        put_all(k, "and");
    } else if (c != '.' && c != '\'' && c != '`')
        put_blank(k);
}

size_t gazetteer_key(struct str name, char *key, size_t cap)
{
    struct key k = { key, 0, cap, false };

    while (name.len > 0) {
        size_t len = 1;

        if ((unsigned char)*name.ptr < 0x80)
            put_ascii(&k, *name.ptr);
        else
            put_code(&k, utf8_decode(name, &len));
        name = str_after(name, len);
    }
    while (k.len > 0 && key[k.len - 1] == ' ')
        k.len--;
    if (k.len > 0)
        shorten_word(&k);
    if (k.full)
        return 0;
    if (k.len > 4 && memcmp(key, "the ", 4) == 0) {
        memmove(key, key + 4, k.len - 4);
        k.len -= 4;
    }
    return k.len;
}
