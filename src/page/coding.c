#include "page/coding.h"

#define ZLIB_CONST /* its input is const */
#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "base/utf8.h"

/* Text packs to a seventh or so; room for that is taken first. */
#define FIRST_GUESS 8
#define ROOM_LEAST ((size_t)1 << 14)
/* Larger windows are for archives, not for pages: 8 MB is what RFC 8878 asks of all. */
#define ZSTD_WINDOW 23

enum outcome {
    WHOLE,
    EARLY_END,
    FULL, /* the room is too small */
    BAD,
};

/* Decodes into room; *made is how much.  Holds no memory on return. */
typedef enum outcome decoder(struct str in, char *room, size_t cap, size_t *made);

static enum outcome inflate_into(struct str in, int window, char *room, size_t cap,
                                 size_t *made)
{
    z_stream z = { .next_in = (const Bytef *)in.ptr,
                   .avail_in = (unsigned)in.len,
                   .next_out = (Bytef *)room,
                   .avail_out = (unsigned)cap };
    int code;

    *made = 0;
    if (inflateInit2(&z, window) != Z_OK)
        return BAD;
    code = inflate(&z, Z_FINISH);
    *made = cap - z.avail_out;
    inflateEnd(&z);
    if (code == Z_STREAM_END)
        return WHOLE;
    if (code != Z_BUF_ERROR && code != Z_OK)
        return BAD;
    return z.avail_out == 0 ? FULL : EARLY_END;
}

static enum outcome gunzip(struct str in, char *room, size_t cap, size_t *made)
{
    return inflate_into(in, 15 + 32, room, cap, made);
}

/* "deflate" is zlib's format by the standard and raw deflate in the wild. */
static enum outcome undeflate(struct str in, char *room, size_t cap, size_t *made)
{
    enum outcome done = inflate_into(in, 15, room, cap, made);

    return done == BAD ? inflate_into(in, -15, room, cap, made) : done;
}

static enum outcome unbrotli(struct str in, char *room, size_t cap, size_t *made)
{
    BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    const uint8_t *next_in = (const uint8_t *)in.ptr;
    uint8_t *next_out = (uint8_t *)room;
    size_t left = in.len, space = cap;
    BrotliDecoderResult result;

    *made = 0;
    if (!state)
        return BAD;
    result =
        BrotliDecoderDecompressStream(state, &left, &next_in, &space, &next_out, NULL);
    BrotliDecoderDestroyInstance(state);
    *made = cap - space;
    switch (result) {
    case BROTLI_DECODER_RESULT_SUCCESS: return WHOLE;
    case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT: return EARLY_END;
    case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT: return FULL;
    case BROTLI_DECODER_RESULT_ERROR: break;
    }
    return BAD;
}

static enum outcome unzstd(struct str in, char *room, size_t cap, size_t *made)
{
    ZSTD_DCtx *context = ZSTD_createDCtx();
    ZSTD_inBuffer from = { in.ptr, in.len, 0 };
    ZSTD_outBuffer to = { room, cap, 0 };
    size_t more = 1;

    *made = 0;
    if (!context)
        return BAD;
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, ZSTD_WINDOW);
    while (more && !ZSTD_isError(more) && from.pos < from.size && to.pos < to.size)
        more = ZSTD_decompressStream(context, &to, &from);
    ZSTD_freeDCtx(context);
    *made = to.pos;
    if (ZSTD_isError(more))
        return BAD;
    if (more == 0)
        return WHOLE;
    return to.pos == to.size ? FULL : EARLY_END;
}

struct coding {
    struct str name;
    struct str magic; /* what it begins with; "": nothing sure */
    decoder *decode;
};
static const struct coding codings[] = {
    { STR_INIT("gzip"), STR_INIT("\x1f\x8b"), gunzip },
    { STR_INIT("x-gzip"), STR_INIT("\x1f\x8b"), gunzip },
    { STR_INIT("deflate"), STR_INIT(""), undeflate },
    { STR_INIT("br"), STR_INIT(""), unbrotli },
    { STR_INIT("zstd"), STR_INIT("\x28\xb5\x2f\xfd"), unzstd },
};

static const struct coding *find_coding(struct str name)
{
    for (size_t i = 0; i < COUNT(codings); i++)
        if (str_eq_fold(name, codings[i].name))
            return &codings[i];
    return NULL;
}

/* What no coding gives by chance: a beginning that is text.  Packed bytes soon have
 * control characters or break UTF-8. */
static bool is_plain(struct str bytes)
{
    struct str head = str_slice(bytes, 0, bytes.len < 512 ? bytes.len : 512);

    for (size_t i = 0; i < head.len; i++)
        if ((unsigned char)head.ptr[i] < 0x20 && !ascii_is_space(head.ptr[i]))
            return false;
    return utf8_valid(head) + 4 > head.len;
}

/* The whole coding again with four times the room whenever it was too small: at most a
 * third more work, and nothing is held while memory is taken. */
static enum outcome decode(struct arena *arena, const struct coding *c,
                           struct str bytes, size_t limit, struct str *out)
{
    size_t cap = bytes.len < limit / FIRST_GUESS ? bytes.len * FIRST_GUESS : limit;
    enum outcome done;

    if (cap < ROOM_LEAST)
        cap = ROOM_LEAST < limit ? ROOM_LEAST : limit;
    for (;;) {
        char *room = NEW(arena, char, cap + 1);
        size_t made;

        done = c->decode(bytes, room, cap + 1, &made);
        *out = (struct str){ room, made < cap ? made : cap };
        if (made > cap)
            done = FULL;
        if (done != FULL || cap == limit)
            return done;
        cap = cap < limit / 4 ? cap * 4 : limit;
    }
}

bool coding_undo(struct arena *arena, struct str name, struct str bytes,
                 struct coding_limits limits, struct str *out, struct err *err)
{
    const struct coding *c = find_coding(name);

    *out = bytes;
    if (name.len == 0 || str_eq_fold(name, STR("identity")))
        return true;
    if (!c)
        return is_plain(bytes) || err_set(err, ERR_UNSUPPORTED, -1,
                                          "content coding \"%.*s\"", STR_ARG(name));
    if (c->magic.len > 0 ? !str_starts(bytes, c->magic) : is_plain(bytes))
        return true;
    switch (decode(arena, c, bytes, limits.bytes, out)) {
    case WHOLE: return true;
    case FULL:
        return err_set(err, ERR_LIMIT, -1, "more than %zu MB unpacked",
                       limits.bytes >> 20);
    case EARLY_END:
        return (limits.cut_off && out->len > 0) ||
               err_set(err, ERR_FORMAT, -1, "its %.*s data end early", STR_ARG(name));
    case BAD: break;
    }
    return err_set(err, ERR_FORMAT, -1, "damaged %.*s data", STR_ARG(name));
}
