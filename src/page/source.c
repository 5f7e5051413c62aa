#include "page/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "page/warc.h"

#define MAX_DEPTH 64 /* of folders in folders */
#define CHUNK ((size_t)1 << 18)

/* A path still to be visited; the last one pushed is the next. */
struct stop {
    struct str path; /* ends in NUL */
    uint32_t depth;  /* 0: named by the user */
};

/* Where the records of a file that holds many come from. */
struct stream {
    gzFile file;
    struct str path;
    enum source_media media;
    char *buf;
    size_t start, len, cap; /* what is not given out yet: buf[start .. len) */
    size_t scanned;         /* from start on, up to here no record ends */
    int64_t number;         /* of the record last given */
    bool at_end, damaged, any;
    bool skipping; /* inside a record longer than the limit */
};

/* A web archive being read. */
struct archive {
    struct warc *warc;
    struct arena arena; /* its buffers, given back behind it */
    struct str path;
    int fd;
    bool any, failed;
};

struct source {
    struct arena *arena;
    struct source_options options;
    const char *const *inputs;
    size_t count, next;
    ARRAY(struct stop) stops;
    struct stream stream;
    struct archive archive;
    gzFile whole; /* a file being read as one record */
    uint64_t skipped, files;
};

/* How a file is read. */
enum container { ONE, LINES, ARCHIVE };

struct kind_of_name {
    struct str ending;
    enum source_media media;
    bool in_folders;
    enum container container;
};
/* JSON by itself (settings, scores) is too common in folders to be taken for a report. */
static const struct kind_of_name kinds[] = {
    { STR_INIT(".html"), SOURCE_IS_HTML, true, ONE },
    { STR_INIT(".htm"), SOURCE_IS_HTML, true, ONE },
    { STR_INIT(".xhtml"), SOURCE_IS_HTML, true, ONE },
    { STR_INIT(".shtml"), SOURCE_IS_HTML, true, ONE },
    { STR_INIT(".txt"), SOURCE_IS_TEXT, true, ONE },
    { STR_INIT(".text"), SOURCE_IS_TEXT, true, ONE },
    { STR_INIT(".jsonl"), SOURCE_IS_JSON, true, LINES },
    { STR_INIT(".ndjson"), SOURCE_IS_JSON, true, LINES },
    { STR_INIT(".json"), SOURCE_IS_JSON, false, ONE },
    { STR_INIT(".conllu"), SOURCE_IS_CONLLU, false, LINES },
    { STR_INIT(".warc"), SOURCE_BYTES, true, ARCHIVE },
};

static const struct kind_of_name *kind_of(struct str path)
{
    if (str_ends_fold(path, STR(".gz")))
        path.len -= 3;
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_ends_fold(path, kinds[i].ending))
            return &kinds[i];
    return NULL;
}

static enum source_media media_of_format(enum source_format format)
{
    switch (format) {
    case SOURCE_TEXT: return SOURCE_IS_TEXT;
    case SOURCE_HTML: return SOURCE_IS_HTML;
    case SOURCE_JSONL: return SOURCE_IS_JSON;
    case SOURCE_CONLLU: return SOURCE_IS_CONLLU;
    case SOURCE_WARC:
    case SOURCE_GUESS: break;
    }
    return SOURCE_BYTES;
}

static enum container container_of_format(enum source_format format)
{
    return format == SOURCE_WARC                               ? ARCHIVE
           : format == SOURCE_JSONL || format == SOURCE_CONLLU ? LINES
                                                               : ONE;
}

static enum source_media media_of(const struct source *s, struct str path,
                                  enum container *container)
{
    const struct kind_of_name *kind = kind_of(path);

    if (s->options.format != SOURCE_GUESS) {
        *container = container_of_format(s->options.format);
        return media_of_format(s->options.format);
    }
    *container = kind ? kind->container : ONE;
    return kind ? kind->media : SOURCE_BYTES;
}

static enum source_step trouble(struct str path, int64_t number,
                                struct source_record *out)
{
    *out = (struct source_record){ .input = path, .number = number };
    return SOURCE_TROUBLE;
}

static bool failed(struct err *err, enum err_code code)
{
    char room[120];

    return err_set(err, code, -1, "%s", strerror_r(errno, room, sizeof room));
}

struct source *source_open(struct arena *arena, const char *const *inputs, size_t count,
                           const struct source_options *options)
{
    struct source *s = NEW(arena, struct source, 1);

    s->arena = arena;
    s->options = *options;
    s->inputs = inputs;
    s->count = count;
    if (s->options.record_limit == 0)
        s->options.record_limit = SOURCE_RECORD_LIMIT;
    return s;
}

static void end_archive(struct source *s)
{
    s->skipped += warc_skipped(s->archive.warc);
    warc_close(s->archive.warc);
    arena_release(&s->archive.arena);
    close(s->archive.fd);
    s->archive.warc = NULL;
}

static void close_files(struct source *s)
{
    if (s->whole)
        gzclose_r(s->whole);
    if (s->stream.file)
        gzclose_r(s->stream.file);
    if (s->archive.warc)
        end_archive(s);
    s->whole = s->stream.file = NULL;
}

void source_close(struct source *s)
{
    close_files(s);
}

uint64_t source_skipped(const struct source *s)
{
    return s->skipped;
}

/* ---- folders ---- */

static int by_path_down(const void *a, const void *b)
{
    return str_cmp(((const struct stop *)b)->path, ((const struct stop *)a)->path);
}

static struct str join(struct arena *arena, struct str folder, const char *name)
{
    struct str leaf = str_from(name);
    bool slash = folder.len > 0 && folder.ptr[folder.len - 1] != '/';
    char *path = NEW(arena, char, folder.len + leaf.len + 2);

    memcpy(path, folder.ptr, folder.len);
    if (slash)
        path[folder.len] = '/';
    memcpy(path + folder.len + slash, leaf.ptr, leaf.len);
    return (struct str){ path, folder.len + slash + leaf.len };
}

/* Whether a name in a folder is to be visited.  Links to folders are not followed: they
 * may lead in a circle. */
static bool counts(struct source *s, int folder, const char *name, bool *is_folder)
{
    const struct kind_of_name *kind = kind_of(str_from(name));
    struct stat st;

    *is_folder = false;
    if (name[0] == '.' || fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    *is_folder = S_ISDIR(st.st_mode);
    if (*is_folder)
        return true;
    if (S_ISLNK(st.st_mode) &&
        (fstatat(folder, name, &st, 0) != 0 || S_ISDIR(st.st_mode)))
        return false;
    if (!S_ISREG(st.st_mode))
        return false;
    return s->options.format != SOURCE_GUESS || (kind && kind->in_folders);
}

/* Puts a folder's files and folders on the stack, the first by name on top. */
static bool open_folder(struct source *s, struct stop folder, struct err *err)
{
    uint32_t before = s->stops.count;
    struct dirent *entry;
    DIR *dir;

    if (folder.depth >= MAX_DEPTH)
        return err_set(err, ERR_LIMIT, -1, "more than %d folders in folders",
                       MAX_DEPTH);
    dir = opendir(folder.path.ptr);
    if (!dir)
        return failed(err, ERR_READ);
    while ((entry = readdir(dir))) {
        bool is_folder;

        if (!counts(s, dirfd(dir), entry->d_name, &is_folder)) {
            s->skipped +=
                strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
            continue;
        }
        s->files += !is_folder;
        *PUSH(s->arena, &s->stops) = (struct stop){
            .path = join(s->arena, folder.path, entry->d_name),
            .depth = folder.depth + 1,
        };
    }
    closedir(dir);
    if (s->stops.count > before)
        qsort(s->stops.at + before, s->stops.count - before, sizeof *s->stops.at,
              by_path_down);
    if (folder.depth == 0 && s->stops.count == before)
        return err_set(err, ERR_EMPTY, -1, "no reports in the folder");
    return true;
}

/* ---- files of one record ---- */

/* Whether the file ended in the middle of its gzip data. */
static bool cut_off(gzFile file)
{
    int code;

    gzerror(file, &code);
    return code == Z_BUF_ERROR;
}

static bool gz_failed(gzFile file, struct err *err)
{
    int code;
    const char *words = gzerror(file, &code);

    if (code == Z_ERRNO)
        return failed(err, ERR_READ);
    return err_set(err, ERR_READ, gzoffset(file), "damaged gzip data: %s", words);
}

static bool read_whole(struct source *s, struct arena *arena, size_t hint,
                       struct str *out, struct err *err)
{
    size_t limit = s->options.record_limit, len = 0;
    size_t cap = hint && hint < limit ? hint + 1 : CHUNK;
    char *bytes = NEW(arena, char, cap);

    for (;;) {
        int n = gzread(s->whole, bytes + len, (unsigned)(cap - len));

        if (n < 0 || (n == 0 && cut_off(s->whole)))
            return gz_failed(s->whole, err);
        len += (size_t)n;
        if (len > limit)
            return err_set(err, ERR_LIMIT, -1, "more than %zu MB in one report",
                           limit >> 20);
        if (n == 0)
            break;
        if (len == cap) {
            char *grown = NEW(arena, char, cap * 2);

            memcpy(grown, bytes, len);
            bytes = grown;
            cap *= 2;
        }
    }
    *out = (struct str){ bytes, len };
    return len > 0 || err_set(err, ERR_EMPTY, -1, "no bytes");
}

static enum source_step next_whole(struct source *s, struct arena *arena,
                                   struct str path, size_t hint,
                                   struct source_record *out, struct err *err)
{
    struct str bytes;
    enum container container;
    bool ok;

    *out = (struct source_record){ .input = path };
    ok = read_whole(s, arena, hint, &bytes, err);
    gzclose_r(s->whole);
    s->whole = NULL;
    if (!ok)
        return trouble(path, 0, out);
    *out = (struct source_record){
        .input = path,
        .bytes = bytes,
        .media = media_of(s, path, &container),
        .clean = s->options.clean,
    };
    return SOURCE_RECORD;
}

/* ---- files of many records ---- */

/* Where the record that begins at t->start ends, and *next where the one after it
 * begins; false when more bytes are needed to tell. */
static bool find_end(struct stream *t, size_t *end, size_t *next)
{
    struct str mark = t->media == SOURCE_IS_JSON ? STR("\n") : STR("\n# newdoc");
    struct str rest = { t->buf + t->scanned, t->len - t->scanned };
    size_t at = str_find(rest, mark);

    if (at != STR_NPOS) {
        *end = t->scanned + at;
        *next = *end + 1;
        return true;
    }
    if (t->at_end) {
        *end = *next = t->len;
        return true;
    }
    t->scanned = t->len >= t->start + mark.len ? t->len - mark.len + 1 : t->start;
    return false;
}

/* Room for another chunk behind what is buffered. */
static void make_room(struct source *s, struct stream *t)
{
    size_t used = t->len - t->start;

    if (t->start > 0) {
        memmove(t->buf, t->buf + t->start, used);
        t->scanned -= t->start;
        t->start = 0;
        t->len = used;
    }
    if (t->cap - t->len < CHUNK) {
        size_t cap = t->cap ? t->cap * 2 : 2 * CHUNK;
        char *grown = NEW(s->arena, char, cap);

        if (used > 0)
            memcpy(grown, t->buf, used);
        t->buf = grown;
        t->cap = cap;
    }
}

static void read_more(struct source *s, struct stream *t)
{
    int n;

    if (t->len - t->start > s->options.record_limit) { /* skip it in pieces */
        t->skipping = true;
        t->start = t->scanned = t->len;
    }
    make_room(s, t);
    n = gzread(t->file, t->buf + t->len, CHUNK);
    if (n > 0)
        t->len += (size_t)n;
    else
        t->at_end = true;
    t->damaged = n < 0 || (n == 0 && cut_off(t->file));
}

static enum source_step end_stream(struct stream *t, struct source_record *out,
                                   struct err *err)
{
    bool damaged = t->damaged;
    struct str path = t->path;

    if (damaged)
        gz_failed(t->file, err);
    gzclose_r(t->file);
    t->file = NULL;
    if (damaged)
        return trouble(path, t->number + 1, out);
    if (!t->any) {
        err_set(err, ERR_EMPTY, -1, "no records");
        return trouble(path, 0, out);
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
        read_more(s, t);
    if (t->start == t->len && t->at_end && !t->skipping)
        return false;
    *record = (struct str){ t->buf + t->start, end - t->start };
    *too_long = t->skipping || record->len > s->options.record_limit;
    t->skipping = false;
    t->start = t->scanned = next;
    t->number++;
    return true;
}

/* SOURCE_END: this file has no more. */
static enum source_step next_of_stream(struct source *s, struct arena *arena,
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
            return trouble(t->path, t->number, out);
        }
        if (t->damaged && t->start == t->len) /* cut off in its middle */
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
static void start_stream(struct source *s, gzFile file, struct str path,
                         enum source_media media)
{
    struct stream *t = &s->stream;

    *t = (struct stream){
        .file = file, .path = path, .media = media, .buf = t->buf, .cap = t->cap
    };
}

/* ---- web archives ---- */

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

static void start_archive(struct source *s, int fd, struct str path)
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

    end_archive(s);
    if (failed)
        err_set(err, ERR_READ, -1, "reading it failed before its end");
    else if (!any)
        err_set(err, ERR_EMPTY, -1, "no page in the archive");
    return failed || !any ? trouble(path, 0, out) : SOURCE_END;
}

/* SOURCE_END: this archive has no more. */
static enum source_step next_of_archive(struct source *s, struct arena *arena,
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
            return trouble(path, record.offset, out);
        out->input = path;
        out->number = record.offset;
        if (content == WARC_REPORT)
            return SOURCE_RECORD;
        s->skipped++;
    }
    return finish_archive(s, out, err);
}

/* ---- inputs ---- */

/* Standard input without a format: JSON Lines when an object begins at once. */
static bool looks_like_jsonl(struct source *s)
{
    struct stream *t = &s->stream;
    struct str head;

    while (!t->at_end && t->len < 4096)
        read_more(s, t);
    head = str_trim((struct str){ t->buf, t->len });
    if (head.len < 2 || head.ptr[0] != '{')
        return false;
    head = str_trim(str_after(head, 1));
    return head.len > 0 && head.ptr[0] == '"';
}

/* What was read to guess goes before the rest of standard input. */
static bool rest_of_stdin(struct source *s, struct arena *arena, struct str *out,
                          struct err *err)
{
    struct stream *t = &s->stream;

    while (!t->at_end && t->len <= s->options.record_limit)
        read_more(s, t);
    if (t->damaged)
        return gz_failed(t->file, err);
    if (t->len > s->options.record_limit)
        return err_set(err, ERR_LIMIT, -1, "more than %zu MB in one report",
                       s->options.record_limit >> 20);
    if (t->len == 0)
        return err_set(err, ERR_EMPTY, -1, "no bytes");
    *out = arena_str(arena, (struct str){ t->buf, t->len });
    return true;
}

static enum source_step next_of_stdin(struct source *s, struct arena *arena,
                                      struct source_record *out, struct err *err)
{
    gzFile file = gzdopen(dup(STDIN_FILENO), "rb");
    enum source_media media = media_of_format(s->options.format);
    struct str path = STR("-"), bytes;
    bool ok;

    if (file && s->options.format == SOURCE_WARC) {
        gzclose_r(file);
        start_archive(s, dup(STDIN_FILENO), path);
        return next_of_archive(s, arena, out, err);
    }
    if (!file) {
        failed(err, ERR_READ);
        return trouble(path, 0, out);
    }
    start_stream(s, file, path, media);
    if (s->options.format == SOURCE_GUESS && looks_like_jsonl(s))
        media = s->stream.media = SOURCE_IS_JSON;
    if (media == SOURCE_IS_JSON || media == SOURCE_IS_CONLLU)
        return next_of_stream(s, arena, out, err);
    ok = rest_of_stdin(s, arena, &bytes, err);
    gzclose_r(file);
    s->stream.file = NULL;
    if (!ok)
        return trouble(path, 0, out);
    *out = (struct source_record){
        .input = path, .bytes = bytes, .media = media, .clean = s->options.clean
    };
    return SOURCE_RECORD;
}

static int open_path(struct str path, struct err *err)
{
    int fd = open(path.ptr, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        failed(err, errno == ENOENT ? ERR_MISSING : ERR_READ);
    return fd;
}

/* *size is 0 when it is no plain file. */
static gzFile open_packed(int fd, size_t *size, struct err *err)
{
    struct stat st;
    gzFile file;

    *size = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? (size_t)st.st_size : 0;
    file = gzdopen(fd, "rb");
    if (!file) {
        failed(err, ERR_READ);
        close(fd);
        return NULL;
    }
    gzbuffer(file, 1 << 16);
    return file;
}

static enum source_step visit(struct source *s, struct stop stop, struct arena *arena,
                              struct source_record *out, struct err *err)
{
    struct str path = arena_str(arena, stop.path);
    struct stat st;
    enum source_media media;
    enum container container;
    size_t size;
    gzFile file;
    int fd;

    if (stop.depth == 0 && str_eq(stop.path, STR("-")))
        return next_of_stdin(s, arena, out, err);
    if (stat(stop.path.ptr, &st) == 0 && S_ISDIR(st.st_mode))
        return open_folder(s, stop, err) ? SOURCE_END : trouble(path, 0, out);
    fd = open_path(stop.path, err);
    if (fd < 0)
        return trouble(path, 0, out);
    media = media_of(s, stop.path, &container);
    if (container == ARCHIVE) {
        start_archive(s, fd, stop.path);
        return next_of_archive(s, arena, out, err);
    }
    file = open_packed(fd, &size, err);
    if (!file)
        return trouble(path, 0, out);
    if (container == LINES) {
        start_stream(s, file, stop.path, media);
        return next_of_stream(s, arena, out, err);
    }
    s->whole = file;
    return next_whole(s, arena, path, size, out, err);
}

static bool next_stop(struct source *s, struct stop *stop)
{
    if (s->stops.count > 0) {
        *stop = s->stops.at[--s->stops.count];
        return true;
    }
    if (s->next == s->count)
        return false;
    *stop = (struct stop){ .path = str_from(s->inputs[s->next++]) };
    return true;
}

enum source_step source_next(struct source *s, struct arena *record_arena,
                             struct source_record *out, struct err *err)
{
    struct stop stop;
    enum source_step step;

    if (s->whole) { /* the arena jumped out of the last call */
        gzclose_r(s->whole);
        s->whole = NULL;
    }
    if (s->stream.file) {
        step = next_of_stream(s, record_arena, out, err);
        if (step != SOURCE_END)
            return step;
    }
    if (s->archive.warc) {
        step = next_of_archive(s, record_arena, out, err);
        if (step != SOURCE_END)
            return step;
    }
    while (next_stop(s, &stop)) {
        step = visit(s, stop, record_arena, out, err);
        if (step != SOURCE_END)
            return step;
    }
    return SOURCE_END;
}
