#include "page/unpack.h"

#include <zlib.h>

#define CHUNK ((size_t)1 << 16)

enum state { UNKNOWN, PLAIN, BETWEEN, INSIDE, ENDED };

struct unpack {
    unpack_source *read;
    void *context;
    enum state state;
    bool plain;
    bool gap, open; /* open: zlib holds memory */
    char *raw;
    size_t start, len; /* raw[start .. len) is not used yet */
    int64_t before;    /* bytes of the file before raw */
    int64_t offset;
    z_stream z;
};

struct unpack *unpack_open(struct arena *arena, unpack_source *read, void *context)
{
    struct unpack *u = NEW(arena, struct unpack, 1);

    u->read = read;
    u->context = context;
    u->raw = NEW(arena, char, CHUNK);
    u->open = inflateInit2(&u->z, 15 + 16) == Z_OK;
    return u;
}

void unpack_close(struct unpack *u)
{
    if (u->open)
        inflateEnd(&u->z);
    u->open = false;
}

bool unpack_gap(struct unpack *u)
{
    bool gap = u->gap;

    u->gap = false;
    return gap;
}

bool unpack_ended(const struct unpack *u)
{
    return u->state == ENDED;
}

bool unpack_is_plain(const struct unpack *u)
{
    return u->plain;
}

int64_t unpack_offset(const struct unpack *u)
{
    return u->offset;
}

/* At least `wanted` raw bytes in hand, or all that there are. */
static size_t raw_bytes(struct unpack *u, size_t wanted)
{
    size_t n;

    if (u->len - u->start >= wanted)
        return u->len - u->start;
    memmove(u->raw, u->raw + u->start, u->len - u->start);
    u->before += (int64_t)u->start;
    u->len -= u->start;
    u->start = 0;
    while (u->len < wanted &&
           (n = u->read(u->context, u->raw + u->len, CHUNK - u->len)))
        u->len += n;
    return u->len;
}

static bool at_magic(const struct unpack *u)
{
    return u->len - u->start >= 3 && memcmp(u->raw + u->start, "\x1f\x8b\x08", 3) == 0;
}

/* Goes to the next member's first byte; zeros between members are padding, anything else
 * is damage.  False when there is none. */
static bool find_member(struct unpack *u)
{
    while (raw_bytes(u, 3) > 0) {
        if (at_magic(u)) {
            u->offset = u->before + (int64_t)u->start;
            inflateReset(&u->z);
            u->state = INSIDE;
            return true;
        }
        u->gap |= u->raw[u->start] != '\0';
        u->start++;
    }
    u->state = ENDED;
    return false;
}

static size_t read_plain(struct unpack *u, char *room, size_t cap)
{
    size_t n = raw_bytes(u, 1);

    if (n > cap)
        n = cap;
    u->offset = u->before + (int64_t)u->start;
    if (n > 0)
        memcpy(room, u->raw + u->start, n);
    else
        u->state = ENDED;
    u->start += n;
    return n;
}

/* Some bytes of the member; 0 when it ends or breaks, which u->state tells. */
static size_t read_member(struct unpack *u, char *room, size_t cap)
{
    unsigned limit = cap < 1u << 30 ? (unsigned)cap : 1u << 30;

    u->z.next_out = (Bytef *)room;
    u->z.avail_out = limit;
    while (u->z.avail_out == limit) {
        size_t n = raw_bytes(u, 1);
        int code;

        u->z.next_in = (Bytef *)u->raw + u->start;
        u->z.avail_in = (unsigned)n;
        code = inflate(&u->z, Z_NO_FLUSH);
        u->start = u->len - u->z.avail_in;
        if (code == Z_OK && n > 0)
            continue;
        u->state = BETWEEN;
        u->gap |= code != Z_STREAM_END;
        break;
    }
    return limit - u->z.avail_out;
}

size_t unpack_read(struct unpack *u, char *room, size_t cap)
{
    if (u->state == UNKNOWN) {
        raw_bytes(u, 3);
        u->plain = !at_magic(u) || !u->open;
        u->state = u->plain ? PLAIN : BETWEEN;
    }
    if (u->state == PLAIN)
        return read_plain(u, room, cap);
    while (u->state != ENDED && !u->gap) {
        size_t n;

        if (u->state == BETWEEN && !find_member(u))
            break;
        if (u->gap) /* told before the member behind it is begun */
            break;
        n = read_member(u, room, cap);
        if (n > 0)
            return n;
    }
    return 0;
}
