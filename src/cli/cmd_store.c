#include "cli/cmd_store.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/io.h"
#include "cli/apart.h"
#include "cli/cmd_alert.h"
#include "serve/serve.h"
#include "store/ruling.h"
#include "store/store.h"

#define LINE_MAX ((size_t)1 << 30)

static enum corrob_status failed(const struct err *err)
{
    fprintf(stderr, "corrob: %s\n",
            err->detail[0] ? err->detail : err_sentence(err->code));
    return CORROB_FAILED;
}

static bool open_store(const struct arguments *a, enum store_mode mode,
                       struct store **out, struct err *err)
{
    char path[4096];

    if (a->db)
        return store_open(a->db, mode, out, err);
    return store_default_path(path, sizeof path, err) &&
           store_open(path, mode, out, err);
}

/* ---- lines into the store ---- */

struct added {
    uint64_t fresh, known;
};

/* Lines that read wrote.  *number: the line that the store refused. */
static bool add_lines(struct store *s, FILE *file, struct added *n, int64_t *number,
                      struct err *err)
{
    struct lines lines = { .file = file, .limit = LINE_MAX };
    struct str line;
    bool ok = true;

    while (ok && lines_next(&lines, &line)) {
        enum store_added did = STORE_KNOWN;

        if (str_trim(line).len == 0)
            continue;
        ok = store_add(s, line, &did, err);
        n->fresh += ok && did == STORE_NEW;
        n->known += ok && did == STORE_KNOWN;
    }
    *number = lines.number;
    lines_release(&lines);
    return ok;
}

/* Good lines in front of a bad one are kept; the first thing that went wrong is told. */
static bool keep_added(struct store *s, bool ok, struct err *err)
{
    struct err later = { 0 };

    return store_flush(s, ok ? err : &later) && ok;
}

/* ---- add ---- */

/* What the worker is given: it reads, and writes lines into the pipe. */
struct reading {
    const struct arguments *arguments;
    const struct corrob_options *console;
    int ends[2]; /* of the pipe: to read from, to write to */
    FILE *out;
};

static bool on_output(void *context, const char *bytes, size_t len)
{
    const struct reading *r = context;

    return len == 0 || fwrite(bytes, 1, len, r->out) == len;
}

static void on_trouble(void *context, const struct corrob_trouble *trouble)
{
    const struct reading *r = context;

    r->console->on_trouble(r->console->context, trouble);
}

static void on_progress(void *context, uint64_t reports)
{
    const struct reading *r = context;

    r->console->on_progress(r->console->context, reports);
}

static int read_in(void *context)
{
    struct reading *r = context;
    struct corrob_options options = *r->console;
    struct corrob *c;
    enum corrob_status status;

    close(r->ends[0]);
    r->out = fdopen(r->ends[1], "wb");
    if (!r->out)
        return CORROB_FAILED;
    options.on_output = on_output;
    options.on_trouble = on_trouble;
    options.on_progress = on_progress;
    options.context = r;
    options.format = "jsonl";
    status = corrob_open(&c, &options);
    if (status == CORROB_OK)
        status = corrob_read(c, (const char *const *)r->arguments->input,
                             r->arguments->inputs);
    if (status == CORROB_FAILED)
        fprintf(stderr, "corrob: %s\n", corrob_message(c));
    corrob_close(c);
    return fclose(r->out) == 0 ? (int)status : CORROB_FAILED;
}

static const char *reports(uint64_t n)
{
    return n == 1 ? "report" : "reports";
}

/* The worker reads what strangers wrote, this process alone writes the store. */
static enum corrob_status add(const struct arguments *arguments,
                              const struct corrob_options *options)
{
    struct reading reading = { .arguments = arguments, .console = options };
    struct added n = { 0 };
    struct err err = { 0 };
    struct store *store = NULL;
    int64_t number;
    pid_t child;
    FILE *lines;
    int status;
    bool ok, broken; /* broken: the worker, which has been told */

    if (pipe(reading.ends) != 0 || !apart_start(arguments, read_in, &reading, &child))
        return failed(&(struct err){ .detail = "no process can be started" });
    close(reading.ends[1]);
    lines = fdopen(reading.ends[0], "rb");
    ok = open_store(arguments, STORE_WRITE, &store, &err) &&
         keep_added(store, add_lines(store, lines, &n, &number, &err), &err) &&
         alert_work(store, 0, &err);
    /* Where no line is to come the worker has ended: had it crashed, its last line is cut. */
    if (!ok && !feof(lines))
        apart_stop(child);
    status = ok || feof(lines) ? apart_end(child) : CORROB_FAILED;
    broken = !ok && feof(lines) && status == CORROB_FAILED;
    fclose(lines);
    store_close(store);
    if (!arguments->quiet)
        fprintf(stderr, "corrob: %llu %s added, %llu known before\n",
                (unsigned long long)n.fresh, reports(n.fresh),
                (unsigned long long)n.known);
    return ok || broken ? (enum corrob_status)status : failed(&err);
}

/* ---- db ---- */

static void tell_added(uint64_t n)
{
    fprintf(stderr, "corrob: %llu %s added\n", (unsigned long long)n, reports(n));
}

static void tell(void *context, const char *line)
{
    (void)context;
    fprintf(stderr, "corrob: %s\n", line);
}

/* A command on the store, as it was given. */
struct task {
    struct store *s;
    const struct arguments *a;
    FILE *out;
};

static bool check(const struct task *t, struct err *err)
{
    struct store_counts n = store_counts(t->s);

    if (!store_check(t->s, tell, NULL, err))
        return false;
    fprintf(t->out,
            "ok: %lld reports in %lld stories, %lld of them compared, %lld conflicts\n",
            (long long)n.reports, (long long)n.stories, (long long)n.compared,
            (long long)n.conflicts);
    fprintf(t->out, "%lld bytes for %lld bytes of text\n", (long long)n.file_bytes,
            (long long)n.text_bytes);
    return true;
}

static bool compare(const struct task *t, struct err *err)
{
    struct arena arena;
    int64_t story;
    uint64_t n = 0;

    arena_init(&arena, SIZE_MAX);
    while (store_compare_next(&arena, t->s, &story, err)) {
        n++;
        arena_reset(&arena);
    }
    arena_release(&arena);
    fprintf(stderr, "corrob: %llu stories compared\n", (unsigned long long)n);
    return err->code == ERR_OK;
}

static bool merge(const struct task *t, struct err *err)
{
    struct store_merged n;
    bool ok = store_merge(t->s, t->a->input[1], &n, err);

    tell_added(n.added);
    if (n.alerts_left > 0)
        fprintf(stderr, "corrob: %llu %s left out: no story here is theirs\n",
                (unsigned long long)n.alerts_left,
                n.alerts_left == 1 ? "alert" : "alerts");
    return ok;
}

/* Lines that read wrote, here or on another machine. */
static bool load(const struct task *t, struct err *err)
{
    const char *path = t->a->input[1];
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    struct added n = { 0 };
    int64_t number;
    bool ok;

    if (!file)
        return err_set(err, ERR_MISSING, -1, "%s: can't be opened", path);
    ok = add_lines(t->s, file, &n, &number, err);
    if (!ok)
        fprintf(stderr, "corrob: %s:%lld:\n", path, (long long)number);
    if (file != stdin)
        fclose(file);
    ok = keep_added(t->s, ok, err);
    tell_added(n.fresh);
    return ok;
}

/* ---- what a user decides ---- */

#define RULED_MAX 256 /* reports of one ruling */

/* "split story ID...", "join origin ID ID". */
static bool rule(const struct task *t, struct err *err)
{
    const struct arguments *a = t->a;
    const char *user = getenv("USER");
    struct str id[RULED_MAX];
    struct store_choice choice = { .scope = strcmp(a->input[1], "origin") == 0
                                                ? RULED_ORIGIN
                                                : RULED_STORY,
                                   .id = id,
                                   .who = str_from(user ? user : "command line") };
    bool apart = strcmp(a->input[0], "split") == 0;
    int64_t nr = 0;

    for (size_t i = 2; i < a->inputs && choice.ids < RULED_MAX; i++)
        id[choice.ids++] = str_from(a->input[i]);
    if (!(apart ? store_rule_apart(t->s, &choice, &nr, err)
                : store_rule_together(t->s, &choice, &nr, err)))
        return false;
    fprintf(stderr, "corrob: ruling %lld (corrob db undo %lld takes it back)\n",
            (long long)nr, (long long)nr);
    return true;
}

static bool undo(const struct task *t, struct err *err)
{
    const char *user = getenv("USER");
    uint64_t nr;
    int64_t made;

    if (!str_to_u64(str_from(t->a->input[1]), &nr))
        return err_set(err, ERR_USAGE, -1, "undo takes the number of a ruling");
    return store_rule_undo(t->s, (int64_t)nr, str_from(user ? user : "command line"),
                           &made, err);
}

/* ---- db ---- */

static bool sort(const struct task *t, struct err *err)
{
    return store_sort_anew(t->s, err);
}

static bool vacuum(const struct task *t, struct err *err)
{
    return store_vacuum(t->s, err);
}

static const struct job {
    const char *name;
    size_t least, most; /* words, the name included */
    bool (*run)(const struct task *t, struct err *err);
} jobs[] = {
    { "check", 1, 1, check },
    { "compare", 1, 1, compare },
    { "join", 4, RULED_MAX + 2, rule },
    { "load", 2, 2, load },
    { "merge", 2, 2, merge },
    { "sort", 1, 1, sort },
    { "split", 3, RULED_MAX + 2, rule },
    { "undo", 2, 2, undo },
    { "vacuum", 1, 1, vacuum },
};

/* NULL: not understood. */
static const struct job *job_of(const struct arguments *a)
{
    for (size_t i = 0; i < COUNT(jobs); i++)
        if (strcmp(jobs[i].name, a->input[0]) == 0)
            return a->inputs >= jobs[i].least && a->inputs <= jobs[i].most &&
                           (jobs[i].run != rule || strcmp(a->input[1], "story") == 0 ||
                            strcmp(a->input[1], "origin") == 0)
                       ? &jobs[i]
                       : NULL;
    return NULL;
}

static enum corrob_status db(const struct arguments *a, FILE *out)
{
    const struct job *job = job_of(a);
    struct store *s;
    struct err err = { 0 };
    bool ok;

    if (!job) {
        fputs(
            "corrob: db takes check, compare, sort, vacuum; merge or load and a file; "
            "split or join, story or origin, and reports; undo and a number\n",
            stderr);
        return CORROB_FAILED;
    }
    if (!open_store(a, STORE_WRITE, &s, &err))
        return failed(&err);
    ok = job->run(&(struct task){ s, a, out }, &err);
    store_close(s);
    return ok ? CORROB_OK : failed(&err);
}

/* ---- serve ---- */

/* The first line of the file. */
static bool read_token(const char *path, char *out, size_t size, struct err *err)
{
    FILE *file = fopen(path, "r");
    bool ok = file && fgets(out, (int)size, file);

    if (file)
        fclose(file);
    if (!ok)
        return err_set(err, ERR_READ, -1, "%s: can't be read", path);
    out[strcspn(out, "\r\n")] = '\0';
    return strlen(out) >= 16 ||
           err_set(err, ERR_USAGE, -1, "%s: a token has at least 16 characters", path);
}

static enum corrob_status serve(const struct arguments *a)
{
    struct serve_options options = { .db = a->db,
                                     .listen = a->listen,
                                     .port = a->port };
    struct err err = { 0 };
    struct serve *server;
    char path[4096], token[100];
    sigset_t ends;
    int which;

    /* Blocked before the server's threads begin, so that they inherit it. */
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (!a->db && !store_default_path(path, sizeof path, &err))
        return failed(&err);
    if (!a->db)
        options.db = path;
    if (a->token_file && !read_token(a->token_file, token, sizeof token, &err))
        return failed(&err);
    options.token = a->token_file ? token : NULL;
    if (!serve_start(&options, &server, &err))
        return failed(&err);
    printf("%s\n", serve_address(server));
    fflush(stdout);
    sigwait(&ends, &which);
    serve_stop(server);
    return CORROB_OK;
}

enum corrob_status cmd_store(const struct arguments *a,
                             const struct corrob_options *options, FILE *out)
{
    if (a->command == COMMAND_SERVE)
        return serve(a);
    return a->command == COMMAND_ADD ? add(a, options) : db(a, out);
}
