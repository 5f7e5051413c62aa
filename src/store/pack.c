/* Readings made small.  They are short and much alike, so they are packed by zstd with a
 * dictionary: the reading of an invented report, which holds the keys and the phrases
 * that all of them share.  With it a reading takes half of what it takes alone. */
#include "base/json.h"
#include "store/sql.h"

#define PACKED_V1 '\1'
#define UNPACKED_MAX ((size_t)256 << 20)
#define LEVEL 6

extern const char reading_dict[]; /* data/store/reading.dict */

static void ready(struct store *s)
{
    size_t len = strlen(reading_dict);

    if (s->packer)
        return;
    s->packer = ZSTD_createCCtx();
    s->unpacker = ZSTD_createDCtx();
    s->packing = ZSTD_createCDict(reading_dict, len, LEVEL);
    s->unpacking = ZSTD_createDDict(reading_dict, len);
    if (!s->packer || !s->unpacker || !s->packing || !s->unpacking)
        BUG("out of memory");
}

struct str store_pack(struct arena *arena, struct store *s, struct str bytes)
{
    size_t room = ZSTD_compressBound(bytes.len) + 1, n;
    char *out = NEW(arena, char, room);

    ready(s);
    out[0] = PACKED_V1;
    n = ZSTD_compress_usingCDict(s->packer, out + 1, room - 1, bytes.ptr, bytes.len,
                                 s->packing);
    if (ZSTD_isError(n))
        BUG(ZSTD_getErrorName(n));
    return (struct str){ out, n + 1 };
}

bool store_unpack(struct arena *arena, struct store *s, struct str blob,
                  struct str *out)
{
    unsigned long long len;
    char *bytes;
    size_t n;

    ready(s);
    if (blob.len < 2 || blob.ptr[0] != PACKED_V1)
        return false;
    len = ZSTD_getFrameContentSize(blob.ptr + 1, blob.len - 1);
    if (len > UNPACKED_MAX) /* unknown and broken are greater, too */
        return false;
    bytes = NEW(arena, char, (size_t)len + 1);
    n = ZSTD_decompress_usingDDict(s->unpacker, bytes, (size_t)len, blob.ptr + 1,
                                   blob.len - 1, s->unpacking);
    *out = (struct str){ bytes, n };
    return !ZSTD_isError(n);
}

/* The offset behind the string that begins at line.ptr[at], a quote. */
static size_t past_string(struct str line, size_t at)
{
    for (at++; at < line.len && line.ptr[at] != '"'; at++)
        if (line.ptr[at] == '\\')
            at++;
    return at + 1;
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
