/* The walk over inputs, on files that it makes itself in a folder of its own. */
#include "page/source.h"

#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "check.h"
#include "walk.h"

static void put(const char *path, const char *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");

    CHECK(f && fwrite(bytes, 1, len, f) == len, "%s", path);
    if (f)
        fclose(f);
}
#define PUT(path, words) put(path, words, sizeof(words) - 1)

static void put_gzip(const char *path, const char *bytes, unsigned len)
{
    gzFile f = gzopen(path, "wb");

    CHECK(f && gzwrite(f, bytes, len) == (int)len, "%s", path);
    if (f)
        gzclose(f);
}

/* The walk as one line: "a.txt=12 x.jsonl:2=8 b!missing ...": bytes of each record. */
static void walk(struct walk *w, const char *const *inputs, size_t count,
                 const struct source_options *options)
{
    walk_open(w, inputs, count, options);
    while (walk_next(w)) {
        walk_tell(w, "%s%.*s", w->len ? " " : "", STR_ARG(w->record.input));
        if (w->record.number)
            walk_tell(w, ":%d", (int)w->record.number);
        if (w->step == SOURCE_RECORD)
            walk_tell(w, "=%zu", w->record.bytes.len);
        else
            walk_tell(w, "!%s", err_name(w->err.code));
    }
    walk_close(w);
}

static void check_walk(const char *input, const char *want,
                       struct source_options options)
{
    struct walk w;

    walk(&w, &input, 1, &options);
    CHECK(strcmp(w.told, want) == 0, "%s\n    walked: %s\n    wanted: %s", input,
          w.told, want);
}
#define NO_OPTIONS ((struct source_options){ 0 })

static void make_folder(void)
{
    mkdir("f", 0700);
    mkdir("f/b", 0700);
    mkdir("f/none", 0700);
    PUT("f/a.txt", "four");
    PUT("f/c.html", "<p>nine</p>");
    PUT("f/b/z.txt", "last in b");
    PUT("f/b/picture.png", "\x89PNG");
    PUT("f/.hidden.txt", "hidden");
    PUT("f/settings.json", "{}");
    PUT("f/empty.txt", "");
    put_gzip("f/d.txt.gz", "unpacked", 8);
    PUT("lines.jsonl", "{\"text\":\"one\"}\n\n{\"text\":\"three\"}\r\n{}");
    PUT("blank.jsonl", "\n\n");
    PUT("two.conllu", "# newdoc id = a\n1\tA\n\n# newdoc id = b\n1\tB\n");
    symlink("../f", "f/b/circle");
}

static void check_files(void)
{
    check_walk("f/a.txt", "f/a.txt=4", NO_OPTIONS);
    check_walk("f/d.txt.gz", "f/d.txt.gz=8", NO_OPTIONS);
    check_walk("f/settings.json", "f/settings.json=2", NO_OPTIONS);
    check_walk("nowhere", "nowhere!missing", NO_OPTIONS);
    check_walk("f/empty.txt", "f/empty.txt!empty", NO_OPTIONS);
    check_walk("f/none", "f/none!empty", NO_OPTIONS);
    check_walk("f", "f/a.txt=4 f/b/z.txt=9 f/c.html=11 f/d.txt.gz=8 f/empty.txt!empty",
               NO_OPTIONS);
    check_walk("f/a.txt", "f/a.txt!limit",
               (struct source_options){ .record_limit = 3 });
}

static void check_records(void)
{
    check_walk("lines.jsonl", "lines.jsonl:1=14 lines.jsonl:3=16 lines.jsonl:4=2",
               NO_OPTIONS);
    check_walk("lines.jsonl", "lines.jsonl:1=14 lines.jsonl:3!limit lines.jsonl:4=2",
               (struct source_options){ .record_limit = 15 });
    check_walk("lines.jsonl", "lines.jsonl=36",
               (struct source_options){ .format = SOURCE_TEXT });
    check_walk("blank.jsonl", "blank.jsonl!empty", NO_OPTIONS);
    check_walk("two.conllu", "two.conllu:1=20 two.conllu:2=20", NO_OPTIONS);
}

/* A record longer than the buffer, then one too long for the limit, then a good one. */
static void check_long_lines(void)
{
    static char line[1 << 20];
    FILE *f = fopen("long.jsonl", "wb");

    memset(line, 'x', sizeof line);
    fwrite(line, 1, sizeof line, f);
    fputc('\n', f);
    for (int i = 0; i < 3; i++)
        fwrite(line, 1, sizeof line, f);
    fputs("\nshort\n", f);
    fclose(f);
    check_walk("long.jsonl", "long.jsonl:1=1048576 long.jsonl:2!limit long.jsonl:3=5",
               (struct source_options){ .record_limit = 1 << 20 });
}

static void check_damage(void)
{
    static char noise[40000];
    struct stat st;

    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)('a' + (i * i + i / 7) % 23);
    put("noise.txt", noise, sizeof noise);
    put_gzip("cut.txt.gz", noise, sizeof noise);
    CHECK(stat("cut.txt.gz", &st) == 0 && truncate("cut.txt.gz", st.st_size / 2) == 0,
          "truncate");
    check_walk("cut.txt.gz", "cut.txt.gz!read", NO_OPTIONS);
}

static void check_stdin(void)
{
    CHECK(freopen("lines.jsonl", "rb", stdin) != NULL, "stdin");
    check_walk("-", "-:1=14 -:3=16 -:4=2", NO_OPTIONS);
    CHECK(freopen("f/c.html", "rb", stdin) != NULL, "stdin");
    check_walk("-", "-=11", NO_OPTIONS);
    CHECK(freopen("f/empty.txt", "rb", stdin) != NULL, "stdin");
    check_walk("-", "-!empty", NO_OPTIONS);
}

/* A record that its arena can't hold is lost alone. */
static void check_jump(void)
{
    static const char *const inputs[] = { "noise.txt", "f/a.txt" };
    struct arena own, each;
    struct source_record r;
    struct source *volatile s;
    volatile int jumps = 0;
    struct err err;

    arena_init(&own, SIZE_MAX);
    arena_init(&each, 40000);
    s = source_open(&own, inputs, COUNT(inputs),
                    &(struct source_options){ .record_limit = 1 << 20 });
    each.guarded = true;
    if (setjmp(each.out_of_budget)) {
        jumps++;
        arena_release(&each);
        arena_init(&each, SIZE_MAX);
    } else {
        source_next(s, &each, &r, &err);
    }
    CHECK(jumps == 1, "%d", jumps);
    CHECK(source_next(s, &each, &r, &err) == SOURCE_RECORD && r.bytes.len == 4,
          "after");
    source_close(s);
    arena_release(&own);
    arena_release(&each);
}

int main(void)
{
    char folder[] = "/tmp/corrob-source-XXXXXX";

    CHECK(mkdtemp(folder) && chdir(folder) == 0, "%s", folder);
    make_folder();
    check_files();
    check_records();
    check_long_lines();
    check_damage();
    check_stdin();
    check_jump();
    return check_done();
}
