#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool failed(struct err *err, enum err_code code)
{
    char room[120];

    /* The GNU form gives a pointer, not always to the room. */
    return err_set(err, code, -1, "%s", strerror_r(errno, room, sizeof room));
}

/* Reads to the end of fd; one byte more than the limit tells that there is more. */
static bool read_all(struct arena *arena, int fd, size_t limit, struct str *out,
                     struct err *err)
{
    size_t cap = 1 << 16, len = 0;
    char *bytes = NEW(arena, char, cap);
    struct stat st;

    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
        (size_t)st.st_size < limit) {
        cap = (size_t)st.st_size + 1;
        bytes = NEW(arena, char, cap);
    }
    for (;;) {
        ssize_t n = read(fd, bytes + len, cap - len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failed(err, ERR_READ);
        if (n == 0)
            break;
        len += (size_t)n;
        if (len > limit)
            return err_set(err, ERR_LIMIT, -1, "more than %zu bytes", limit);
        if (len == cap) {
            char *grown = NEW(arena, char, cap * 2);

            memcpy(grown, bytes, len);
            bytes = grown;
            cap *= 2;
        }
    }
    *out = (struct str){ bytes, len };
    return true;
}

bool io_read_file(struct arena *arena, const char *path, size_t limit, struct str *out,
                  struct err *err)
{
    bool ok;
    int fd;

    if (strcmp(path, "-") == 0)
        return read_all(arena, STDIN_FILENO, limit, out, err);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return failed(err, errno == ENOENT ? ERR_MISSING : ERR_READ);
    ok = read_all(arena, fd, limit, out, err);
    close(fd);
    return ok;
}

bool io_map_file(const char *path, struct str *out, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    void *p;

    if (fd < 0)
        return failed(err, errno == ENOENT ? ERR_MISSING : ERR_READ);
    if (fstat(fd, &st) != 0 || st.st_size <= 0) {
        close(fd);
        return err_set(err, ERR_EMPTY, -1, "the file is empty");
    }
    p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (p == MAP_FAILED)
        return failed(err, ERR_READ);
    *out = (struct str){ p, (size_t)st.st_size };
    return true;
}

void io_unmap(struct str mapped)
{
    if (mapped.ptr)
        munmap((void *)(uintptr_t)mapped.ptr, mapped.len);
}

static bool line_room(struct lines *l, size_t need)
{
    size_t cap = l->cap ? l->cap : 4096;
    char *grown;

    while (cap < need)
        cap *= 2;
    if (cap == l->cap)
        return true;
    grown = realloc(l->line, cap);
    if (!grown)
        return false;
    l->line = grown;
    l->cap = cap;
    return true;
}

bool lines_next(struct lines *l, struct str *line)
{
    size_t len = 0;
    int c;

    l->too_long = false;
    while ((c = getc_unlocked(l->file)) != EOF && c != '\n') {
        if (l->too_long)
            continue;
        if (len >= l->limit || !line_room(l, len + 1)) {
            l->too_long = true;
            continue;
        }
        l->line[len++] = (char)c;
    }
    if (c == EOF && len == 0 && !l->too_long)
        return false;
    if (len > 0 && l->line[len - 1] == '\r')
        len--;
    l->number++;
    *line = (struct str){ l->line, len };
    return true;
}

void lines_release(struct lines *l)
{
    free(l->line);
    l->line = NULL;
    l->cap = 0;
}

bool io_write(FILE *out, struct str s, struct err *err)
{
    if (s.len > 0 && fwrite(s.ptr, 1, s.len, out) != s.len)
        return failed(err, ERR_WRITE);
    return true;
}
