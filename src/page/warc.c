#include "page/warc.h"

#include "page/http.h"
#include "page/inflow.h"
#include "page/page.h"

#define CHUNK ((size_t)1 << 16)
#define HEAD_LIMIT ((size_t)1 << 16) /* of a record: a few hundred bytes are usual */
#define LENGTH_LIMIT ((int64_t)1 << 50)

struct warc {
    struct arena *arena;
    struct unpack *unpack;
    size_t limit;
    struct inflow in;
    int64_t offset; /* of the member, or the byte, at in.start */
    size_t turn;    /* where in in.buf the next member begins; 0: not yet read */
    int64_t turn_offset;
    bool plain_offsets; /* the file isn't packed: offsets count its bytes */
    bool broken;        /* bytes were lost behind what is in hand */
    bool seeking;       /* damage was told; the next record is being looked for */
    bool any;
    uint64_t skipped;
};

struct head {
    enum warc_type type;
    int64_t length; /* -1: not told */
    struct str url, date, media;
    bool truncated;
};

struct warc *warc_open(struct arena *arena, unpack_source *read, void *context,
                       size_t limit)
{
    struct warc *w = NEW(arena, struct warc, 1);

    w->arena = arena;
    w->unpack = unpack_open(arena, read, context);
    w->limit = limit;
    return w;
}

void warc_close(struct warc *w)
{
    unpack_close(w->unpack);
}

uint64_t warc_skipped(const struct warc *w)
{
    return w->skipped;
}

/* ---- the buffer ---- */

static void make_room(struct warc *w)
{
    size_t moved = inflow_room(w->arena, &w->in, CHUNK);

    w->turn = w->turn > moved ? w->turn - moved : 0;
}

/* More bytes behind those in hand; false at the end of the file and at a gap. */
static bool fill(struct warc *w)
{
    size_t n;

    if (w->broken)
        return false;
    make_room(w);
    n = unpack_read(w->unpack, w->in.buf + w->in.len, w->in.cap - w->in.len);
    if (n == 0) {
        w->broken = unpack_gap(w->unpack);
        return false;
    }
    w->plain_offsets = unpack_is_plain(w->unpack);
    if (w->in.len == 0) {
        w->offset = unpack_offset(w->unpack);
    } else if (!w->plain_offsets && unpack_offset(w->unpack) > w->offset && !w->turn) {
        w->turn = w->in.len;
        w->turn_offset = unpack_offset(w->unpack);
    }
    w->in.len += n;
    return true;
}

static bool have(struct warc *w, size_t wanted)
{
    while (w->in.len - w->in.start < wanted)
        if (!fill(w))
            return false;
    return true;
}

/* Takes n bytes in hand off the front. */
static void use(struct warc *w, size_t n)
{
    w->in.start += n;
    if (w->plain_offsets)
        w->offset += (int64_t)n;
    if (w->turn > 0 && w->in.start >= w->turn) {
        w->offset = w->turn_offset;
        w->turn = 0;
    }
}

/* Takes n bytes, in hand or still to come, off the front; false when there are fewer. */
static bool pass_over(struct warc *w, int64_t n)
{
    for (;;) {
        size_t there = w->in.len - w->in.start;

        if ((int64_t)there >= n) {
            use(w, (size_t)n);
            return true;
        }
        use(w, there);
        n -= (int64_t)there;
        if (!fill(w))
            return false;
    }
}

/* ---- where records begin ---- */

#define VERSION_LINE 11 /* "WARC/0.18\r\n" */

/* "WARC/1.0" and nothing else in its line. */
static bool at_record(struct str s)
{
    size_t i = 5;

    if (!str_starts(s, STR("WARC/")))
        return false;
    while (i < s.len && i < VERSION_LINE &&
           (ascii_is_digit(s.ptr[i]) || s.ptr[i] == '.'))
        i++;
    return i > 7 && i < s.len && (s.ptr[i] == '\r' || s.ptr[i] == '\n');
}

/* Offset of the next record in s that begins a line, or STR_NPOS. */
static size_t find_record(struct str s)
{
    size_t at = 0;

    while (at + 8 <= s.len) {
        size_t found = str_find(str_after(s, at), STR("\nWARC/"));

        if (found == STR_NPOS)
            return STR_NPOS;
        at += found + 1;
        if (at_record(str_after(s, at)))
            return at;
    }
    return STR_NPOS;
}

/* Past the line ends between records. */
static void pass_blanks(struct warc *w)
{
    while (have(w, 1) && ascii_is_space(w->in.buf[w->in.start]))
        use(w, 1);
}

/* Goes to the next record, here or at a later line; false when there is none before the
 * end or the next gap. */
static bool seek_record(struct warc *w)
{
    have(w, VERSION_LINE);
    if (at_record(inflow_view(&w->in)))
        return true;
    for (;;) {
        struct str s = inflow_view(&w->in);
        size_t at = find_record(s);

        if (at != STR_NPOS) {
            use(w, at);
            return true;
        }
        use(w, s.len > VERSION_LINE ? s.len - VERSION_LINE : 0);
        if (!fill(w))
            return false;
    }
}

static enum warc_step damaged(struct warc *w, struct warc_record *out, struct err *err,
                              const char *what)
{
    *out = (struct warc_record){ .offset = w->offset };
    w->seeking = true;
    err_set(err, ERR_FORMAT, w->offset, "%s at byte %lld", what, (long long)w->offset);
    return WARC_TROUBLE;
}

/* ---- a record ---- */

static enum warc_type type_of(struct str name)
{
    static const struct {
        struct str name;
        enum warc_type type;
    } types[] = {
        { STR_INIT("response"), WARC_RESPONSE },
        { STR_INIT("resource"), WARC_RESOURCE },
        { STR_INIT("conversion"), WARC_CONVERSION },
        { STR_INIT("revisit"), WARC_REVISIT },
        { STR_INIT("continuation"), WARC_CONTINUATION },
        { STR_INIT("warcinfo"), WARC_ABOUT },
        { STR_INIT("request"), WARC_ABOUT },
        { STR_INIT("metadata"), WARC_ABOUT },
    };

    for (size_t i = 0; i < COUNT(types); i++)
        if (str_eq_fold(name, types[i].name))
            return types[i].type;
    return WARC_UNKNOWN;
}

/* WARC 0.18 and wget write addresses in angle brackets. */
static struct str bare_address(struct str s)
{
    if (s.len >= 2 && s.ptr[0] == '<' && s.ptr[s.len - 1] == '>')
        return str_slice(s, 1, s.len - 1);
    return s;
}

static void read_head(struct str lines, struct head *h)
{
    struct str name, value, rest = lines;
    uint64_t n;

    *h = (struct head){ .length = -1 };
    str_split(&rest, '\n', &value); /* "WARC/1.0" */
    while (rest.ptr && http_field(&rest, &name, &value)) {
        if (str_eq_fold(name, STR("WARC-Type")))
            h->type = type_of(value);
        else if (str_eq_fold(name, STR("WARC-Target-URI")))
            h->url = bare_address(value);
        else if (str_eq_fold(name, STR("WARC-Date")))
            h->date = value;
        else if (str_eq_fold(name, STR("Content-Type")))
            h->media = value;
        else if (str_eq_fold(name, STR("WARC-Truncated")))
            h->truncated = true;
        else if (str_eq_fold(name, STR("Content-Length")) && str_to_u64(value, &n) &&
                 n < (uint64_t)LENGTH_LIMIT)
            h->length = (int64_t)n;
    }
}

/* Bytes of the head with the blank line that ends it; 0 when it has no end. */
static size_t head_length(struct warc *w)
{
    size_t seen = 0;

    for (;;) {
        struct str s = inflow_view(&w->in);

        for (; seen + 1 < s.len; seen++)
            if (s.ptr[seen] == '\n' && (s.ptr[seen + 1] == '\n' ||
                                        (s.ptr[seen + 1] == '\r' && seen + 2 < s.len &&
                                         s.ptr[seen + 2] == '\n')))
                return seen + (s.ptr[seen + 1] == '\n' ? 2 : 3);
        seen = seen > 2 ? seen - 2 : 0;
        if (s.len > HEAD_LIMIT || !fill(w))
            return 0;
    }
}

static bool is_wanted(enum warc_type type)
{
    return type == WARC_RESPONSE || type == WARC_RESOURCE || type == WARC_CONVERSION;
}

/* A length that leads into the middle of nowhere is wrong: then the block ends where the
 * next record begins. */
static size_t true_length(struct warc *w, size_t head, size_t length)
{
    struct str s, behind;
    size_t at;

    have(w, head + length + 64);
    s = inflow_view(&w->in);
    behind = str_trim(str_after(s, head + length));
    if (behind.len == 0 || at_record(behind))
        return length;
    at = find_record(str_slice(s, head, head + length));
    return at == STR_NPOS ? length : at;
}

/* A record with its block in memory.  The head is read again behind it: the bytes moved
 * when there was to be more room. */
static enum warc_step take_block(struct warc *w, size_t head, size_t length,
                                 struct warc_record *out, struct err *err)
{
    struct str s;
    struct head h;

    if (!have(w, head + length)) {
        use(w, 5);
        return damaged(w, out, err, "a record is cut off");
    }
    length = true_length(w, head, length);
    s = inflow_view(&w->in);
    read_head(str_slice(s, 0, head), &h);
    *out = (struct warc_record){ .offset = w->offset,
                                 .type = h.type,
                                 .url = h.url,
                                 .date = h.date,
                                 .media = h.media,
                                 .block = str_slice(s, head, head + length),
                                 .truncated = h.truncated };
    use(w, head + length);
    w->any = true;
    return WARC_RECORD;
}

/* WARC_END: the record is of no interest. */
static enum warc_step pass_record(struct warc *w, size_t head, const struct head *h,
                                  struct warc_record *out, struct err *err)
{
    int64_t offset = w->offset;
    enum warc_type type = h->type;
    bool large = is_wanted(type);

    w->any = true;
    w->skipped += type == WARC_REVISIT || type == WARC_UNKNOWN;
    if (!pass_over(w, (int64_t)head + h->length))
        return damaged(w, out, err, "a record is cut off");
    if (!large && type != WARC_CONTINUATION)
        return WARC_END;
    *out = (struct warc_record){ .offset = offset };
    if (large)
        err_set(err, ERR_LIMIT, offset, "more than %zu MB in one record",
                w->limit >> 20);
    else
        err_set(err, ERR_UNSUPPORTED, offset, "the rest of a record in pieces");
    return WARC_TROUBLE;
}

/* WARC_END: go on with what follows. */
static enum warc_step take_record(struct warc *w, struct warc_record *out,
                                  struct err *err)
{
    size_t head = head_length(w);
    struct head h;

    if (head == 0) {
        use(w, 5);
        return damaged(w, out, err, "the head of a record has no end");
    }
    read_head(str_slice(inflow_view(&w->in), 0, head), &h);
    if (h.length < 0) {
        use(w, 5);
        return damaged(w, out, err, "a record doesn't tell its length");
    }
    if (is_wanted(h.type) && h.length <= (int64_t)w->limit)
        return take_block(w, head, (size_t)h.length, out, err);
    return pass_record(w, head, &h, out, err);
}

/* What stands before the next record: nothing, damage, or a gap in the file. */
static enum warc_step go_on(struct warc *w, struct warc_record *out, struct err *err)
{
    bool told = w->seeking;

    if (w->broken) { /* what is in hand belongs to nothing */
        w->in.start = w->in.len = 0;
        w->broken = w->seeking = false;
        return told ? WARC_END : damaged(w, out, err, "damaged gzip data");
    }
    if (!told)
        return damaged(w, out, err, "no record begins where one should");
    if (seek_record(w))
        w->seeking = false;
    return WARC_END;
}

enum warc_step warc_next(struct warc *w, struct warc_record *out, struct err *err)
{
    enum warc_step step;

    for (;;) {
        if (!w->seeking)
            pass_blanks(w);
        have(w, w->seeking ? 0 : VERSION_LINE);
        if (!w->seeking && at_record(inflow_view(&w->in)))
            step = take_record(w, out, err);
        else if (w->seeking || w->in.len > w->in.start || w->broken)
            step = go_on(w, out, err);
        else
            break;
        if (step != WARC_END)
            return step;
        if (w->seeking && !w->broken && unpack_ended(w->unpack))
            break;
    }
    *out = (struct warc_record){ 0 };
    return WARC_END;
}

/* ---- what a record holds ---- */

static bool is_one_of(struct str s, const struct str *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_fold(s, list[i]))
            return true;
    return false;
}

/* False for what is no report by its media type. */
static bool media_of(struct str type, struct str body, enum source_media *media)
{
    static const struct str html[] = { STR_INIT("text/html"),
                                       STR_INIT("application/xhtml+xml") };
    static const struct str unsure[] = { STR_INIT(""),
                                         STR_INIT("application/octet-stream"),
                                         STR_INIT("unk"), STR_INIT("application/xml"),
                                         STR_INIT("text/xml") };

    *media = SOURCE_IS_HTML;
    if (is_one_of(type, html, COUNT(html)))
        return true;
    if (is_one_of(type, unsure, COUNT(unsure)))
        return page_looks_like_html(body);
    *media = SOURCE_IS_TEXT;
    return str_eq_fold(type, STR("text/plain"));
}

/* Crawlers keep what they ask first: robots.txt, names of hosts. */
static bool is_page_address(struct str url)
{
    return !str_ends(url, STR("/robots.txt")) && !str_starts(url, STR("dns:")) &&
           !str_starts(url, STR("whois:")) && !str_starts(url, STR("metadata:"));
}

static bool is_message(const struct warc_record *r)
{
    return str_starts_fold(r->media, STR("application/http")) ||
           (r->type == WARC_RESPONSE && r->media.len == 0);
}

enum warc_content warc_content(struct arena *arena, const struct warc_record *record,
                               size_t limit, struct source_record *out, struct err *err)
{
    struct http_response r = { .status = 200, .body = record->block };
    struct str body;

    if (!is_page_address(record->url))
        return WARC_NOTHING;
    if (!is_message(record))
        http_media(record->media, &r.media, &r.charset);
    else if (!http_parse(record->block, &r)) {
        err_set(err, ERR_FORMAT, record->offset, "no HTTP response in the record");
        return WARC_BROKEN;
    }
    if (r.status != 200 && r.status != 203)
        return WARC_NOTHING;
    if (r.media.len > 0 && !media_of(r.media, STR("<html>"), &out->media))
        return WARC_NOTHING;
    if (!http_body(arena, &r, record->truncated, limit, &body, err))
        return WARC_BROKEN;
    if (body.len == 0 || !media_of(r.media, body, &out->media))
        return WARC_NOTHING;
    out->bytes = arena_str(arena, body);
    out->charset = arena_str(arena, r.charset);
    out->hints.url = arena_str(arena, record->url);
    out->fetched = arena_str(arena, record->date);
    return WARC_REPORT;
}
