/* Bytes made small.
 *
 * Readings are short and much alike, so many are packed as one, in two streams: their
 * JSON with "#" for each whole number, and the numbers, each as the difference from the
 * one before ("mentions":[[130,137],[391,398]] tells 130, 7, 254, 7).  The JSON is packed
 * by zstd with a dictionary, the reading of an invented report, which holds the keys and
 * the phrases that all of them share. */
#include "base/json.h"
#include "store/sql.h"

#define PACKED_V1 '\1' /* zstd with the dictionary */
#define PACKED_V2 '\2' /* readings: length of the first stream, and the two */
#define UNPACKED_MAX ((size_t)256 << 20)
#define LEVEL 6
#define LEVEL_OF_NUMBERS 1 /* more finds little in them */
#define DIGITS_MAX 9       /* of a number that goes to the second stream */

extern const char reading_dict[]; /* data/store/reading.dict */

/* ---- numbers apart from the rest ---- */

struct streams {
    struct buf form, numbers;
    int64_t last;
};

static void put_number(struct streams *s, int64_t n)
{
    int64_t d = n - s->last;
    uint64_t z = d < 0 ? ((uint64_t)-d << 1) - 1 : (uint64_t)d << 1;

    s->last = n;
    for (; z >= 128; z >>= 7)
        buf_char(&s->numbers, (char)(z | 128));
    buf_char(&s->numbers, (char)z);
}

static bool get_number(struct str *numbers, int64_t *last)
{
    uint64_t z = 0;
    unsigned shift = 0;
    unsigned char c;

    do {
        if (numbers->len == 0 || shift > 56)
            return false;
        c = (unsigned char)numbers->ptr[0];
        *numbers = str_after(*numbers, 1);
        z |= (uint64_t)(c & 127) << shift;
        shift += 7;
    } while (c & 128);
    *last += z & 1 ? -(int64_t)((z + 1) >> 1) : (int64_t)(z >> 1);
    return true;
}

/* The offset behind the string that begins at line.ptr[at], a quote. */
static size_t past_string(struct str line, size_t at)
{
    for (at++; at < line.len && line.ptr[at] != '"'; at++)
        if (line.ptr[at] == '\\')
            at++;
    return at + 1 < line.len ? at + 1 : line.len;
}

/* Digits of the whole number at line.ptr[at]: "137" of "[137,"; 0 of "8.5" and "-3". */
static size_t whole_number(struct str line, size_t at)
{
    size_t n = 0;
    char before = at > 0 ? line.ptr[at - 1] : ' ', behind;

    if (before != ',' && before != '[' && before != ':')
        return 0;
    while (at + n < line.len && ascii_is_digit(line.ptr[at + n]))
        n++;
    behind = at + n < line.len ? line.ptr[at + n] : '.';
    return n <= DIGITS_MAX && (behind == ',' || behind == ']' || behind == '}') ? n : 0;
}

static void split(struct streams *s, struct str line)
{
    size_t from = 0; /* what is not copied yet */

    for (size_t at = 0, n; at < line.len; at += n) {
        uint64_t number;

        n = 1;
        if (line.ptr[at] == '"') {
            n = past_string(line, at) - at;
        } else if (ascii_is_digit(line.ptr[at]) && (n = whole_number(line, at)) > 0) {
            buf_str(&s->form, str_slice(line, from, at));
            buf_char(&s->form, '#');
            str_to_u64(str_slice(line, at, at + n), &number);
            put_number(s, (int64_t)number);
            from = at + n;
        }
        n += n == 0;
    }
    buf_str(&s->form, str_after(line, from));
    buf_char(&s->form, '\0');
}

/* The lines again, a NUL behind each. */
static bool mend(struct buf *out, struct str form, struct str numbers)
{
    int64_t last = 0;
    size_t from = 0; /* what is not copied yet */

    for (size_t at = 0, n; at < form.len; at += n) {
        n = form.ptr[at] == '"' ? past_string(form, at) - at : 1;
        if (form.ptr[at] != '#')
            continue;
        if (!get_number(&numbers, &last))
            return false;
        buf_str(out, str_slice(form, from, at));
        buf_u64(out, (uint64_t)last);
        from = at + 1;
    }
    buf_str(out, str_after(form, from));
    return numbers.len == 0;
}

/* ---- zstd ---- */

static void ready(struct store *s)
{
    size_t len = strlen(reading_dict);
    struct arena arena;
    struct streams form;

    if (s->packer)
        return;
    arena_init(&arena, SIZE_MAX);
    form = (struct streams){ buf_new(&arena, 2 * len), buf_new(&arena, 2 * len), 0 };
    split(&form, (struct str){ reading_dict, len });
    s->packer = ZSTD_createCCtx();
    s->unpacker = ZSTD_createDCtx();
    s->packing = ZSTD_createCDict(reading_dict, len, LEVEL);
    s->unpacking = ZSTD_createDDict(reading_dict, len);
    s->packing_form = ZSTD_createCDict(form.form.ptr, form.form.len, LEVEL);
    s->unpacking_form = ZSTD_createDDict(form.form.ptr, form.form.len);
    arena_release(&arena);
    if (!s->packer || !s->unpacker || !s->packing || !s->unpacking ||
        !s->packing_form || !s->unpacking_form)
        BUG("out of memory");
}

/* Appends the bytes packed; dict may be NULL. */
static void put_packed(struct store *s, struct buf *out, struct str bytes,
                       const ZSTD_CDict *dict)
{
    size_t room = ZSTD_compressBound(bytes.len), n;
    char *packed = NEW(out->arena, char, room);

    n = dict ? ZSTD_compress_usingCDict(s->packer, packed, room, bytes.ptr, bytes.len,
                                        dict)
             : ZSTD_compressCCtx(s->packer, packed, room, bytes.ptr, bytes.len,
                                 LEVEL_OF_NUMBERS);
    if (ZSTD_isError(n))
        BUG(ZSTD_getErrorName(n));
    buf_str(out, (struct str){ packed, n });
}

static bool get_packed(struct store *s, struct arena *arena, struct str packed,
                       const ZSTD_DDict *dict, struct str *out)
{
    unsigned long long len = ZSTD_getFrameContentSize(packed.ptr, packed.len);
    char *bytes;
    size_t n;

    if (len > UNPACKED_MAX) /* unknown and broken are greater, too */
        return false;
    bytes = NEW(arena, char, (size_t)len + 1);
    n = dict ? ZSTD_decompress_usingDDict(s->unpacker, bytes, (size_t)len, packed.ptr,
                                          packed.len, dict)
             : ZSTD_decompressDCtx(s->unpacker, bytes, (size_t)len, packed.ptr,
                                   packed.len);
    *out = (struct str){ bytes, (size_t)len };
    return n == len;
}

struct str store_pack(struct arena *arena, struct store *s, struct str bytes)
{
    struct buf out = buf_new(arena, ZSTD_compressBound(bytes.len) + 1);

    ready(s);
    buf_char(&out, PACKED_V1);
    put_packed(s, &out, bytes, s->packing);
    return buf_view(&out);
}

bool store_unpack(struct arena *arena, struct store *s, struct str blob,
                  struct str *out)
{
    ready(s);
    return blob.len > 1 && blob.ptr[0] == PACKED_V1 &&
           get_packed(s, arena, str_after(blob, 1), s->unpacking, out);
}

struct str store_pack_lines(struct arena *arena, struct store *s,
                            const struct str *line, uint32_t lines)
{
    size_t len = 0, head;
    struct streams two;
    struct buf out;

    for (uint32_t i = 0; i < lines; i++)
        len += line[i].len + 1;
    two = (struct streams){ buf_new(arena, 2 * len), buf_new(arena, 2 * len), 0 };
    for (uint32_t i = 0; i < lines; i++)
        split(&two, line[i]);
    ready(s);
    out = buf_new(arena, 2 * ZSTD_compressBound(len) + 5);
    buf_str(&out, (struct str){ (const char[5]){ PACKED_V2 }, 5 });
    put_packed(s, &out, buf_view(&two.form), s->packing_form);
    head = out.len - 5;
    for (int i = 0; i < 4; i++)
        out.ptr[1 + i] = (char)(head >> 8 * i);
    put_packed(s, &out, buf_view(&two.numbers), NULL);
    return buf_view(&out);
}

static bool unpack_two(struct arena *arena, struct store *s, struct str blob,
                       struct str *out)
{
    struct str form, numbers;
    struct buf b;
    size_t head = 0;

    for (int i = 0; i < 4; i++)
        head |= (size_t)(unsigned char)blob.ptr[1 + i] << 8 * i;
    blob = str_after(blob, 5);
    if (head > blob.len ||
        !get_packed(s, arena, str_slice(blob, 0, head), s->unpacking_form, &form) ||
        !get_packed(s, arena, str_after(blob, head), NULL, &numbers))
        return false;
    b = buf_new(arena, UNPACKED_MAX);
    if (!mend(&b, form, numbers))
        return false;
    *out = buf_view(&b);
    return true;
}

bool store_unpack_lines(struct arena *arena, struct store *s, struct str blob,
                        struct str *lines)
{
    ready(s);
    if (blob.len > 5 && blob.ptr[0] == PACKED_V2)
        return unpack_two(arena, s, blob, lines);
    return store_unpack(arena, s, blob, lines);
}

#define TEXT_KEY "\"text\":"

/* Where the object's own "text" begins: not one of its furniture, a level deeper. */
static size_t find_text(struct str line)
{
    unsigned depth = 0;

    for (size_t at = 0; at < line.len;) {
        char c = line.ptr[at];

        if (depth == 1 && str_starts(str_after(line, at), STR(TEXT_KEY "\"")))
            return at + sizeof TEXT_KEY - 1;
        if (c == '"') {
            at = past_string(line, at);
            continue;
        }
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        at++;
    }
    return STR_NPOS;
}

bool store_cut(struct arena *arena, struct str line, struct str *rest)
{
    size_t from = find_text(line), to;
    struct buf b;

    if (from == STR_NPOS)
        return false;
    to = past_string(line, from);
    if (to > line.len)
        return false;
    b = buf_new(arena, line.len + 16);
    buf_str(&b, str_slice(line, 0, from));
    buf_str(&b, STR("\"\""));
    buf_str(&b, str_after(line, to));
    *rest = buf_view(&b);
    return true;
}

struct str store_join(struct arena *arena, struct str rest, struct str text)
{
    size_t at = find_text(rest);
    struct buf b = buf_new(arena, rest.len + 6 * text.len + 16);
    struct json j = json_to(&b);

    if (at == STR_NPOS)
        return rest;
    buf_str(&b, str_slice(rest, 0, at));
    json_str(&j, text);
    buf_str(&b, str_after(rest, at + 2));
    return buf_view(&b);
}

/* ---- packs in the store ---- */

void store_close_pack(struct store *s)
{
    s->pack = 0;
    s->pack_lines = (struct str){ NULL, 0 };
    arena_reset(&s->pack_arena);
}

static bool open_pack(struct store *s, int64_t report)
{
    sqlite3_stmt *q =
        sql(s, "SELECT nr, readings FROM pack WHERE nr <= ?1 ORDER BY nr DESC LIMIT 1");
    bool ok = false;

    store_close_pack(s);
    sql_bind(q, "i", report);
    while (sql_row(s, q)) {
        s->pack = sql_i64(q, 0, 0);
        ok = store_unpack_lines(&s->pack_arena, s, sql_str(&s->pack_arena, q, 1),
                                &s->pack_lines);
    }
    return ok;
}

/* The line that is the n-th of the open pack. */
static bool line_at(const struct store *s, int64_t n, struct str *line)
{
    struct str rest = s->pack_lines;

    while (str_split(&rest, '\0', line))
        if (n-- == 0)
            return line->len > 0;
    return false;
}

bool store_rest(struct store *s, int64_t report, struct str *rest)
{
    /* Packs are made of up to PACK_REPORTS reports in a row. */
    if (s->pack > 0 && report >= s->pack && report < s->pack + PACK_REPORTS &&
        line_at(s, report - s->pack, rest))
        return true;
    return open_pack(s, report) && line_at(s, report - s->pack, rest);
}

bool store_put_pack(struct store *s, int64_t first, const struct str *rest, uint32_t n)
{
    sqlite3_stmt *q = sql(s, "INSERT INTO pack(nr, readings) VALUES(?1, ?2)");

    sql_bind(q, "ib", first, store_pack_lines(&s->scratch, s, rest, n));
    return sql_run(s, q);
}
