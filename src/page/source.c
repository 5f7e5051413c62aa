#include "page/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "net/address.h"
#include "page/source_int.h"

#define MAX_DEPTH 64 /* of folders in folders */

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
    { STR_INIT(".rss"), SOURCE_BYTES, true, ONE },
    { STR_INIT(".atom"), SOURCE_BYTES, true, ONE },
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
    case SOURCE_FEED:
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

enum source_step source_trouble(struct str path, int64_t number,
                                struct source_record *out)
{
    *out = (struct source_record){ .input = path, .number = number };
    return SOURCE_TROUBLE;
}

bool source_failed(struct err *err, enum err_code code)
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

struct source *source_of_record(struct arena *arena, const struct source_record *record)
{
    struct source *s = source_open(arena, NULL, 0, &(const struct source_options){ 0 });

    s->given = record;
    return s;
}

static void close_files(struct source *s)
{
    if (s->whole)
        gzclose_r(s->whole);
    if (s->stream.file)
        gzclose_r(s->stream.file);
    if (s->archive.warc)
        source_end_archive(s);
    if (s->feed.open)
        source_end_feed(s);
    if (s->web.fetch)
        source_end_web(s);
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
        return source_failed(err, ERR_READ);
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

static bool read_whole(struct source *s, struct arena *arena, size_t hint,
                       struct str *out, struct err *err)
{
    size_t limit = s->options.record_limit, len = 0;
    size_t cap = hint && hint < limit ? hint + 1 : CHUNK;
    char *bytes = NEW(arena, char, cap);

    for (;;) {
        int n = gzread(s->whole, bytes + len, (unsigned)(cap - len));

        if (n < 0 || (n == 0 && source_cut_off(s->whole)))
            return source_gz_failed(s->whole, err);
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

/* A file in hand: one record, or a feed of them. */
static enum source_step give_whole(struct source *s, struct arena *arena,
                                   struct source_record whole,
                                   struct source_record *out, struct err *err)
{
    const struct str none = { NULL, 0 };
    bool feed = s->options.format == SOURCE_FEED ||
                (s->options.format == SOURCE_GUESS && feed_looks_like(whole.bytes));

    if (feed && !source_start_feed(s, whole.input, whole.bytes, none, none, err))
        return source_trouble(whole.input, 0, out);
    if (feed)
        return source_next_of_feed(s, arena, out, err);
    whole.clean = s->options.clean;
    *out = whole;
    return SOURCE_RECORD;
}

static enum source_step next_whole(struct source *s, struct arena *arena,
                                   struct str path, size_t hint,
                                   struct source_record *out, struct err *err)
{
    enum container container;
    struct str bytes;
    bool ok;

    ok = read_whole(s, arena, hint, &bytes, err);
    gzclose_r(s->whole);
    s->whole = NULL;
    if (!ok)
        return source_trouble(path, 0, out);
    return give_whole(s, arena,
                      (struct source_record){ .input = path,
                                              .bytes = bytes,
                                              .media = media_of(s, path, &container) },
                      out, err);
}

/* ---- inputs ---- */

/* Standard input without a format: JSON Lines when an object begins at once. */
static bool looks_like_jsonl(struct source *s)
{
    struct stream *t = &s->stream;
    struct str head;

    while (!t->at_end && t->in.len < 4096)
        source_read_more(s, t);
    head = str_trim((struct str){ t->in.buf, t->in.len });
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

    while (!t->at_end && t->in.len <= s->options.record_limit)
        source_read_more(s, t);
    if (t->damaged)
        return source_gz_failed(t->file, err);
    if (t->in.len > s->options.record_limit)
        return err_set(err, ERR_LIMIT, -1, "more than %zu MB in one report",
                       s->options.record_limit >> 20);
    if (t->in.len == 0)
        return err_set(err, ERR_EMPTY, -1, "no bytes");
    *out = arena_str(arena, (struct str){ t->in.buf, t->in.len });
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
        source_start_archive(s, dup(STDIN_FILENO), path);
        return source_next_of_archive(s, arena, out, err);
    }
    if (!file) {
        source_failed(err, ERR_READ);
        return source_trouble(path, 0, out);
    }
    source_start_stream(s, file, path, media);
    if (s->options.format == SOURCE_GUESS && looks_like_jsonl(s))
        media = s->stream.media = SOURCE_IS_JSON;
    if (media == SOURCE_IS_JSON || media == SOURCE_IS_CONLLU)
        return source_next_of_stream(s, arena, out, err);
    ok = rest_of_stdin(s, arena, &bytes, err);
    gzclose_r(file);
    s->stream.file = NULL;
    if (!ok)
        return source_trouble(path, 0, out);
    return give_whole(
        s, arena,
        (struct source_record){ .input = path, .bytes = bytes, .media = media }, out,
        err);
}

static int open_path(struct str path, struct err *err)
{
    int fd = open(path.ptr, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        source_failed(err, errno == ENOENT ? ERR_MISSING : ERR_READ);
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
        source_failed(err, ERR_READ);
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
    if (address_is_web(stop.path))
        return source_visit_web(s, stop, arena, out, err);
    if (stat(stop.path.ptr, &st) == 0 && S_ISDIR(st.st_mode))
        return open_folder(s, stop, err) ? SOURCE_END : source_trouble(path, 0, out);
    fd = open_path(stop.path, err);
    if (fd < 0)
        return source_trouble(path, 0, out);
    media = media_of(s, stop.path, &container);
    if (container == ARCHIVE) {
        source_start_archive(s, fd, stop.path);
        return source_next_of_archive(s, arena, out, err);
    }
    file = open_packed(fd, &size, err);
    if (!file)
        return source_trouble(path, 0, out);
    if (container == LINES) {
        source_start_stream(s, file, stop.path, media);
        return source_next_of_stream(s, arena, out, err);
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

    if (s->given) {
        *out = *s->given;
        s->given = NULL;
        return SOURCE_RECORD;
    }
    if (s->whole) { /* the arena jumped out of the last call */
        gzclose_r(s->whole);
        s->whole = NULL;
    }
    if (s->stream.file) {
        step = source_next_of_stream(s, record_arena, out, err);
        if (step != SOURCE_END)
            return step;
    }
    if (s->archive.warc) {
        step = source_next_of_archive(s, record_arena, out, err);
        if (step != SOURCE_END)
            return step;
    }
    if (s->feed.open) {
        step = source_next_of_feed(s, record_arena, out, err);
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
