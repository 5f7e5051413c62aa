#include "page/charset.h"

#include <errno.h>
#include <iconv.h>
#include <uchardet/uchardet.h>

#include "base/buf.h"
#include "base/utf8.h"

#define PRESCAN 1024
#define NAME_MAX_LEN 40
#define GUESS_FROM ((size_t)1 << 18) /* more bytes do not make a guess better */

/* Labels that mean another charset than their name, as the Encoding standard has it:
 * pages called latin-1 hold the quotes and dashes of windows-1252. */
static const struct label {
    struct str label, name;
} labels[] = {
    { STR_INIT("ascii"), STR_INIT("windows-1252") },
    { STR_INIT("us-ascii"), STR_INIT("windows-1252") },
    { STR_INIT("iso-8859-1"), STR_INIT("windows-1252") },
    { STR_INIT("iso8859-1"), STR_INIT("windows-1252") },
    { STR_INIT("iso_8859-1"), STR_INIT("windows-1252") },
    { STR_INIT("latin1"), STR_INIT("windows-1252") },
    { STR_INIT("latin-1"), STR_INIT("windows-1252") },
    { STR_INIT("l1"), STR_INIT("windows-1252") },
    { STR_INIT("x-cp1252"), STR_INIT("windows-1252") },
    { STR_INIT("iso-8859-9"), STR_INIT("windows-1254") },
    { STR_INIT("latin5"), STR_INIT("windows-1254") },
    { STR_INIT("iso-8859-11"), STR_INIT("cp874") },
    { STR_INIT("tis-620"), STR_INIT("cp874") },
    { STR_INIT("windows-874"), STR_INIT("cp874") },
    { STR_INIT("gb2312"), STR_INIT("gb18030") },
    { STR_INIT("gb_2312-80"), STR_INIT("gb18030") },
    { STR_INIT("gbk"), STR_INIT("gb18030") },
    { STR_INIT("x-gbk"), STR_INIT("gb18030") },
    { STR_INIT("chinese"), STR_INIT("gb18030") },
    { STR_INIT("big5"), STR_INIT("big5-hkscs") },
    { STR_INIT("x-x-big5"), STR_INIT("big5-hkscs") },
    { STR_INIT("shift_jis"), STR_INIT("cp932") },
    { STR_INIT("shift-jis"), STR_INIT("cp932") },
    { STR_INIT("sjis"), STR_INIT("cp932") },
    { STR_INIT("x-sjis"), STR_INIT("cp932") },
    { STR_INIT("windows-31j"), STR_INIT("cp932") },
    { STR_INIT("x-euc-jp"), STR_INIT("euc-jp") },
    { STR_INIT("euc-kr"), STR_INIT("cp949") },
    { STR_INIT("ks_c_5601-1987"), STR_INIT("cp949") },
    { STR_INIT("korean"), STR_INIT("cp949") },
    { STR_INIT("windows-949"), STR_INIT("cp949") },
    { STR_INIT("iso-8859-8-i"), STR_INIT("iso-8859-8") },
    { STR_INIT("logical"), STR_INIT("iso-8859-8") },
    { STR_INIT("visual"), STR_INIT("iso-8859-8") },
    { STR_INIT("koi8"), STR_INIT("koi8-r") },
    { STR_INIT("koi8_r"), STR_INIT("koi8-r") },
    { STR_INIT("x-mac-cyrillic"), STR_INIT("mac-cyrillic") },
    { STR_INIT("utf8"), STR_INIT("utf-8") },
    { STR_INIT("unicode-1-1-utf-8"), STR_INIT("utf-8") },
    { STR_INIT("x-user-defined"), STR_INIT("windows-1252") },
};

/* The name of iconv for a label, in lower case; absent when it is too long for one. */
static struct str canonical(struct arena *arena, struct str label)
{
    struct str lower;
    char *p;

    label = str_trim(label);
    if (label.len == 0 || label.len > NAME_MAX_LEN)
        return (struct str){ NULL, 0 };
    lower = arena_str(arena, label);
    p = NEW(arena, char, label.len + 1);
    for (size_t i = 0; i < label.len; i++)
        p[i] = ascii_lower(lower.ptr[i]);
    lower.ptr = p;
    for (size_t i = 0; i < COUNT(labels); i++)
        if (str_eq(labels[i].label, lower))
            return labels[i].name;
    return lower;
}

/* ---- the prescan of the HTML standard ---- */

/* Passes one attribute of a tag off *s; false at the tag's end. */
static bool take_attribute(struct str *s, struct str *name, struct str *value)
{
    size_t n = 0;
    char quote;

    while (s->len > 0 && (ascii_is_space(*s->ptr) || *s->ptr == '/'))
        *s = str_after(*s, 1);
    if (s->len == 0 || *s->ptr == '>')
        return false;
    while (n < s->len && !ascii_is_space(s->ptr[n]) && !strchr("=>/", s->ptr[n]))
        n++;
    *name = str_slice(*s, 0, n);
    *value = (struct str){ NULL, 0 };
    *s = str_after(*s, n > 0 ? n : 1);
    while (s->len > 0 && ascii_is_space(*s->ptr))
        *s = str_after(*s, 1);
    if (s->len == 0 || *s->ptr != '=')
        return true;
    *s = str_after(*s, 1);
    while (s->len > 0 && ascii_is_space(*s->ptr))
        *s = str_after(*s, 1);
    quote = s->len > 0 ? *s->ptr : ' ';
    n = quote == '"' || quote == '\'';
    for (size_t start = n;; n++)
        if (n >= s->len || (start ? s->ptr[n] == quote
                                  : ascii_is_space(s->ptr[n]) || s->ptr[n] == '>')) {
            *value = str_slice(*s, start, n);
            *s = str_after(*s, n + (start && n < s->len));
            return true;
        }
}

/* "text/html; charset=big5" -> "big5" */
static struct str charset_in_content(struct str content)
{
    size_t at = str_find_fold(content, STR("charset"));
    struct str s, none = { NULL, 0 };
    size_t n = 0;

    if (at == STR_NPOS)
        return none;
    s = str_trim(str_after(content, at + 7));
    if (s.len == 0 || *s.ptr != '=')
        return none;
    s = str_trim(str_after(s, 1));
    if (s.len > 0 && (*s.ptr == '"' || *s.ptr == '\''))
        s = str_after(s, 1);
    while (n < s.len && !ascii_is_space(s.ptr[n]) && !strchr(";\"'", s.ptr[n]))
        n++;
    return str_slice(s, 0, n);
}

static struct str charset_of_meta(struct str tag)
{
    struct str name, value, charset = { NULL, 0 }, content = { NULL, 0 };
    bool pragma = false;

    while (take_attribute(&tag, &name, &value))
        if (str_eq_fold(name, STR("charset")))
            charset = value;
        else if (str_eq_fold(name, STR("content")))
            content = charset_in_content(value);
        else if (str_eq_fold(name, STR("http-equiv")))
            pragma = str_eq_fold(value, STR("content-type"));
    return charset.len > 0 ? charset : pragma ? content : charset;
}

struct str charset_of_markup(struct str bytes)
{
    /* Real pages put long comments and scripts before it; browsers wait for 1024 bytes
     * but reparse when it comes later. */
    struct str s =
        str_slice(bytes, 0, bytes.len < 8 * PRESCAN ? bytes.len : 8 * PRESCAN);
    size_t at;

    if (str_starts(s, STR("<?xml")) && (at = str_find(s, STR("encoding="))) < 100) {
        char quote = s.ptr[at + 9 < s.len ? at + 9 : at];
        struct str rest = str_after(s, at + 10 < s.len ? at + 10 : s.len), name;

        if (str_split(&rest, quote, &name) && name.len < NAME_MAX_LEN)
            return name;
    }
    while ((at = str_find_char(s, '<')) != STR_NPOS) {
        s = str_after(s, at + 1);
        if (str_starts(s, STR("!--"))) {
            at = str_find(s, STR("-->"));
            s = str_after(s, at == STR_NPOS ? s.len : at + 3);
        } else if (str_starts_fold(s, STR("meta")) && s.len > 4 &&
                   (ascii_is_space(s.ptr[4]) || s.ptr[4] == '/')) {
            struct str name = charset_of_meta(str_after(s, 4));

            if (name.len > 0)
                return name;
        }
    }
    return (struct str){ NULL, 0 };
}

/* ---- decoding ---- */

/* Valid UTF-8 of any bytes: ill-formed ones become U+FFFD. */
static struct str scrub(struct arena *arena, struct str s)
{
    struct buf b;
    size_t n = utf8_valid(s);

    if (n == s.len)
        return s;
    b = buf_new(arena, SIZE_MAX / 16);
    while (s.len > 0) {
        n = utf8_valid(s);
        buf_str(&b, str_slice(s, 0, n));
        s = str_after(s, n);
        if (s.len > 0) {
            buf_code(&b, 0xfffd);
            s = str_after(s, 1);
        }
    }
    return buf_view(&b);
}

/* How much of s is valid UTF-8 beyond ASCII (sequences), and how many bytes are not. */
static void count_utf8(struct str s, size_t *sequences, size_t *wrong)
{
    *sequences = *wrong = 0;
    while (s.len > 0) {
        size_t n = utf8_valid(s);

        for (size_t i = 0; i < n; i++)
            *sequences += (unsigned char)s.ptr[i] >= 0xc2;
        s = str_after(s, n);
        if (s.len > 0) {
            ++*wrong;
            s = str_after(s, 1);
        }
    }
}

/* Decodes with iconv; bytes that don't fit become U+FFFD and are counted. */
static bool decode(struct arena *arena, struct str bytes, struct str name,
                   struct str *text, size_t *wrong)
{
    char label[NAME_MAX_LEN + 1], *in, *out, *start;
    size_t left = bytes.len, room = bytes.len * 3 + 16;
    iconv_t cd;

    if (name.len == 0 || name.len > NAME_MAX_LEN)
        return false;
    memcpy(label, name.ptr, name.len);
    label[name.len] = '\0';
    start = out = NEW(arena, char, room);
    cd = iconv_open("UTF-8", label); /* nothing may jump from here on */
    if (cd == (iconv_t)-1)
        return false;
    *wrong = 0;
    in = (char *)(uintptr_t)bytes.ptr;
    while (left > 0 && iconv(cd, &in, &left, &out, &room) == (size_t)-1) {
        if (errno == E2BIG || room < 4)
            break;
        memcpy(out, "\xef\xbf\xbd", 3);
        out += 3;
        room -= 3;
        in++;
        left--;
        ++*wrong;
    }
    iconv_close(cd);
    *text = (struct str){ start, (size_t)(out - start) };
    return true;
}

/* windows-1252 has five holes, which pages that say so still use; glibc refuses them. */
static bool fits(size_t wrong, struct str bytes)
{
    return wrong <= bytes.len / 500;
}

static bool try_name(struct arena *arena, struct str bytes, struct str label,
                     struct str *text, struct str *name)
{
    struct str canon = canonical(arena, label);
    struct arena_mark mark = arena_mark(arena);
    size_t sequences, wrong;

    if (canon.len == 0)
        return false;
    if (str_eq(canon, STR("utf-8")) || str_starts(canon, STR("utf-16")) ||
        str_starts(canon,
                   STR("utf-32"))) { /* without a mark a <meta> can't be UTF-16 */
        count_utf8(bytes, &sequences, &wrong);
        if (wrong > sequences / 4)
            return false;
        *name = STR("utf-8");
        *text = scrub(arena, bytes);
        return true;
    }
    if (!decode(arena, bytes, canon, text, &wrong) || !fits(wrong, bytes)) {
        arena_rewind(arena, mark);
        return false;
    }
    *name = canon;
    return true;
}

/* uchardet's name for the bytes; the guess is copied out before anything is taken. */
static struct str guess(struct str bytes, char room[static NAME_MAX_LEN])
{
    uchardet_t ud = uchardet_new();
    struct str name = { NULL, 0 };

    if (!ud)
        return name;
    if (uchardet_handle_data(ud, bytes.ptr,
                             bytes.len < GUESS_FROM ? bytes.len : GUESS_FROM) == 0) {
        uchardet_data_end(ud);
        name = str_from(uchardet_get_charset(ud));
        name.len = name.len < NAME_MAX_LEN ? name.len : 0;
        memcpy(room, name.ptr, name.len);
        name.ptr = room;
    }
    uchardet_delete(ud);
    return name;
}

/* The name that a byte order mark tells; *skip is its length. */
static struct str marked(struct str s, size_t *skip)
{
    *skip = 3;
    if (str_starts(s, STR("\xef\xbb\xbf")))
        return STR("utf-8");
    *skip = 4;
    if (s.len >= 4 && memcmp(s.ptr, "\xff\xfe\0\0", 4) == 0)
        return STR("utf-32le");
    if (s.len >= 4 && memcmp(s.ptr, "\0\0\xfe\xff", 4) == 0)
        return STR("utf-32be");
    *skip = 2;
    if (str_starts(s, STR("\xff\xfe")))
        return STR("utf-16le");
    if (str_starts(s, STR("\xfe\xff")))
        return STR("utf-16be");
    *skip = 0;
    return (struct str){ NULL, 0 };
}

/* UTF-16 without a mark: in Latin text every second byte is zero. */
static struct str unmarked_utf16(struct str s)
{
    size_t zeros[2] = { 0, 0 }, n = s.len < 2000 ? s.len & ~(size_t)1 : 2000;

    for (size_t i = 0; i < n; i++)
        zeros[i & 1] += s.ptr[i] == '\0';
    if (n >= 8 && zeros[1] > n / 3 && zeros[0] <= n / 50)
        return STR("utf-16le");
    if (n >= 8 && zeros[0] > n / 3 && zeros[1] <= n / 50)
        return STR("utf-16be");
    return (struct str){ NULL, 0 };
}

static bool decode_wide(struct arena *arena, struct str bytes, struct str *text,
                        struct str *name)
{
    size_t skip, wrong;
    struct str wide = marked(bytes, &skip);

    if (str_eq(wide, STR("utf-8"))) {
        *text = scrub(arena, str_after(bytes, skip));
        *name = wide;
        return true;
    }
    if (wide.len == 0)
        wide = unmarked_utf16(bytes);
    if (wide.len == 0 || !decode(arena, str_after(bytes, skip), wide, text, &wrong))
        return false;
    *name = wide;
    return true;
}

void charset_decode(struct arena *arena, struct str bytes, struct str said, bool markup,
                    struct str *text, struct str *name)
{
    char room[NAME_MAX_LEN];
    struct str meta = markup ? charset_of_markup(bytes) : (struct str){ NULL, 0 };
    bool escapes = str_starts_fold(said.len ? said : meta, STR("iso-2022")) &&
                   str_find_char(bytes, '\x1b') != STR_NPOS;
    size_t wrong;

    if (decode_wide(arena, bytes, text, name))
        return;
    if (!escapes && utf8_valid(bytes) == bytes.len) {
        *text = bytes;
        *name = STR("utf-8");
        return;
    }
    if (try_name(arena, bytes, said, text, name) ||
        try_name(arena, bytes, meta, text, name) ||
        try_name(arena, bytes, STR("utf-8"), text, name) ||
        try_name(arena, bytes, guess(bytes, room), text, name))
        return;
    *name = STR("windows-1252");
    if (!decode(arena, bytes, *name, text, &wrong))
        *text = scrub(arena, bytes);
}

/* ---- text that was encoded twice ---- */

/* windows-1252 0x80..0x9f; 0: a hole, which software passes through as C1. */
static const uint16_t cp1252[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
    0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

uint32_t charset_windows(uint32_t byte)
{
    return cp1252[byte - 0x80] ? cp1252[byte - 0x80] : byte;
}

/* The byte that windows-1252 has for a code point, or -1. */
static int to_byte(uint32_t code_point)
{
    if (code_point < 0x80 || (code_point >= 0xa0 && code_point <= 0xff))
        return (int)code_point;
    for (int i = 0; i < 32; i++)
        if (cp1252[i] == code_point ||
            (cp1252[i] == 0 && code_point == 0x80u + (uint32_t)i))
            return 0x80 + i;
    return -1;
}

/* Bytes that must follow a lead byte of UTF-8; -1: it can't lead. */
static int following(int byte)
{
    return byte < 0xc2 || byte > 0xf4 ? -1 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
}

/* The bytes that the text was before it was encoded once more, if they are UTF-8: most
 * texts that were not end at their first letter of two bytes.  bytes may be NULL. */
static bool undo(struct str s, char *bytes, size_t *n, size_t *marks)
{
    size_t len;
    int more = 0;

    for (; s.len > 0; s = str_after(s, len)) {
        int byte = (unsigned char)*s.ptr;

        len = 1;
        if (byte >= 0x80) {
            byte = to_byte(utf8_decode(s, &len));
            if (byte < 0 || (more > 0) != ((byte & 0xc0) == 0x80))
                return false;
            more = more > 0 ? more - 1 : following(byte);
            *marks += byte >= 0xc2;
        } else if (more > 0) {
            return false;
        }
        if (more < 0)
            return false;
        if (bytes)
            bytes[*n] = (char)byte;
        ++*n;
    }
    return more == 0 && (!bytes || utf8_valid((struct str){ bytes, *n }) == *n);
}

bool charset_mend(struct arena *arena, struct str *text)
{
    struct arena_mark mark;
    size_t n = 0, marks = 0;
    char *bytes;

    if (str_find_char(*text, '\xc3') == STR_NPOS) /* every mistake has one of Ã Â â */
        return false;
    if (!undo(*text, NULL, &n, &marks) || marks < 2)
        return false;
    mark = arena_mark(arena);
    bytes = NEW(arena, char, text->len + 1);
    n = marks = 0;
    if (!undo(*text, bytes, &n, &marks)) {
        arena_rewind(arena, mark);
        return false;
    }
    *text = (struct str){ bytes, n };
    return true;
}
