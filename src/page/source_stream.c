#include "page/source_int.h"

/* Whether the file ended in the middle of its gzip data. */
bool source_cut_off(gzFile file)
{
    int code;

    gzerror(file, &code);
    return code == Z_BUF_ERROR;
}

bool source_gz_failed(gzFile file, struct err *err)
{
    int code;
    struct str words = str_from(gzerror(file, &code)), name;

    if (code == Z_ERRNO)
        return source_failed(err, ERR_READ);
    if (str_starts(words, STR("<fd:"))) /* zlib's name for what we opened */
        str_split(&words, ' ', &name);
    return err_set(err, ERR_READ, gzoffset(file), "damaged gzip data: %.*s",
                   STR_ARG(words));
}

/* Where the record that begins at t->in.start ends, and *next where the one after it
 * begins; false when more bytes are needed to tell. */
static bool find_end(struct stream *t, size_t *end, size_t *next)
{
    struct str mark = t->media == SOURCE_IS_JSON ? STR("\n") : STR("\n# newdoc");
    struct str rest = { t->in.buf + t->scanned, t->in.len - t->scanned };
    size_t at = str_find(rest, mark);

    if (at != STR_NPOS) {
        *end = t->scanned + at;
        *next = *end + 1;
        return true;
    }
    if (t->at_end) {
        *end = *next = t->in.len;
        return true;
    }
    t->scanned =
        t->in.len >= t->in.start + mark.len ? t->in.len - mark.len + 1 : t->in.start;
    return false;
}

void source_read_more(struct source *s, struct stream *t)
{
    int n;

    if (t->in.len - t->in.start > s->options.record_limit) { /* skip it in pieces */
        t->skipping = true;
        t->in.start = t->scanned = t->in.len;
    }
    t->scanned -= inflow_room(s->arena, &t->in, CHUNK);
    n = gzread(t->file, t->in.buf + t->in.len, CHUNK);
    if (n > 0)
        t->in.len += (size_t)n;
    else
        t->at_end = true;
    t->damaged = n < 0 || (n == 0 && source_cut_off(t->file));
}

static enum source_step end_stream(struct stream *t, struct source_record *out,
                                   struct err *err)
{
    bool damaged = t->damaged;
    struct str path = t->path;

    if (damaged)
        source_gz_failed(t->file, err);
    gzclose_r(t->file);
    t->file = NULL;
    if (damaged)
        return source_trouble(path, t->number + 1, out);
    if (!t->any) {
        err_set(err, ERR_EMPTY, -1, "no records");
        return source_trouble(path, 0, out);
    }
    return SOURCE_END;
}

/* The bytes of the next record in the buffer, skipped ones told by too_long; false at
 * the end of the file. */
static bool take_record(struct source *s, struct stream *t, struct str *record,
                        bool *too_long)
{
    size_t end, next;

    while (!find_end(t, &end, &next))
        source_read_more(s, t);
    if (t->in.start == t->in.len && t->at_end && !t->skipping)
        return false;
    *record = (struct str){ t->in.buf + t->in.start, end - t->in.start };
    *too_long = t->skipping || record->len > s->options.record_limit;
    t->skipping = false;
    t->in.start = t->scanned = next;
    t->number++;
    return true;
}

/* SOURCE_END: this file has no more. */
enum source_step source_next_of_stream(struct source *s, struct arena *arena,
                                       struct source_record *out, struct err *err)
{
    struct stream *t = &s->stream;
    struct str record;
    bool too_long;

    while (take_record(s, t, &record, &too_long)) {
        if (too_long) {
            t->any = true;
            err_set(err, ERR_LIMIT, t->number, "more than %zu MB in one record",
                    s->options.record_limit >> 20);
            return source_trouble(t->path, t->number, out);
        }
        if (t->damaged && t->in.start == t->in.len) /* cut off in its middle */
            break;
        if (str_trim(record).len == 0)
            continue;
        if (record.ptr[record.len - 1] == '\r')
            record.len--;
        t->any = true;
        *out = (struct source_record){ .input = arena_str(arena, t->path),
                                       .number = t->number,
                                       .bytes = arena_str(arena, record),
                                       .media = t->media,
                                       .clean = s->options.clean };
        return SOURCE_RECORD;
    }
    return end_stream(t, out, err);
}

/* The buffer of an earlier stream is used again. */
void source_start_stream(struct source *s, gzFile file, struct str path,
                         enum source_media media)
{
    struct stream *t = &s->stream;

    *t = (struct stream){ .file = file,
                          .path = path,
                          .media = media,
                          .in = { .buf = t->in.buf, .cap = t->in.cap } };
}
