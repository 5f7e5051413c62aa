#include <errno.h>
#include <unistd.h>

#include "page/source_int.h"

void source_end_archive(struct source *s)
{
    s->skipped += warc_skipped(s->archive.warc);
    warc_close(s->archive.warc);
    arena_release(&s->archive.arena);
    close(s->archive.fd);
    s->archive.warc = NULL;
}

static size_t read_archive(void *context, char *room, size_t cap)
{
    struct archive *a = context;
    ssize_t n;

    do
        n = read(a->fd, room, cap);
    while (n < 0 && errno == EINTR);
    a->failed |= n < 0;
    return n > 0 ? (size_t)n : 0;
}

void source_start_archive(struct source *s, int fd, struct str path)
{
    struct archive *a = &s->archive;

    *a = (struct archive){ .fd = fd, .path = path };
    arena_init(&a->arena, SIZE_MAX);
    a->warc = warc_open(&a->arena, read_archive, a, s->options.record_limit);
}

static enum source_step finish_archive(struct source *s, struct source_record *out,
                                       struct err *err)
{
    struct str path = s->archive.path;
    bool failed = s->archive.failed, any = s->archive.any;

    source_end_archive(s);
    if (failed)
        err_set(err, ERR_READ, -1, "reading it failed before its end");
    else if (!any)
        err_set(err, ERR_EMPTY, -1, "no page in the archive");
    return failed || !any ? source_trouble(path, 0, out) : SOURCE_END;
}

/* SOURCE_END: this archive has no more. */
enum source_step source_next_of_archive(struct source *s, struct arena *arena,
                                        struct source_record *out, struct err *err)
{
    struct archive *a = &s->archive;
    struct warc_record record;
    enum warc_step step;

    while ((step = warc_next(a->warc, &record, err)) != WARC_END) {
        enum warc_content content = WARC_BROKEN;
        struct str path = arena_str(arena, a->path);

        *out = (struct source_record){ .clean = s->options.clean };
        a->any = true;
        if (step == WARC_RECORD)
            content = warc_content(arena, &record, s->options.record_limit, out, err);
        if (content == WARC_BROKEN)
            return source_trouble(path, record.offset, out);
        out->input = path;
        out->number = record.offset;
        if (content == WARC_REPORT)
            return SOURCE_RECORD;
        s->skipped++;
    }
    return finish_archive(s, out, err);
}
