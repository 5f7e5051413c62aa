/* main - the corrob program: a command line in front of libcorrob. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/apart.h"
#include "cli/cmd_alert.h"
#include "cli/cmd_store.h"
#include "cli/cmd_watch.h"
#include "cli/options.h"
#include "corrob.h"

/* What the callbacks share. */
struct console {
    FILE *out;
    bool progress; /* standard error is a terminal: a line is rewritten there */
    bool shown;    /* such a line stands there */
    bool quiet;
    uint64_t failed;
};

static void clear_progress(struct console *console)
{
    if (console->shown)
        fputs("\r\033[K", stderr);
    console->shown = false;
}

static bool on_output(void *context, const char *bytes, size_t len)
{
    struct console *console = context;

    return len == 0 || fwrite(bytes, 1, len, console->out) == len;
}

static void on_trouble(void *context, const struct corrob_trouble *t)
{
    struct console *console = context;

    clear_progress(console);
    console->failed++;
    if (t->at >= 0)
        fprintf(stderr, "corrob: %s:%lld: %s: %s\n", t->input, (long long)t->at,
                t->kind, t->detail);
    else
        fprintf(stderr, "corrob: %s: %s: %s\n", t->input, t->kind, t->detail);
}

static void on_progress(void *context, uint64_t reports)
{
    struct console *console = context;
    static const char bar[] = "################";
    int full = (int)(reports / 16 % sizeof bar);

    if (!console->progress)
        return;
    fprintf(stderr, "\r[%-16.*s] %llu reports read", full, bar,
            (unsigned long long)reports);
    if (console->failed)
        fprintf(stderr, ", %llu failed", (unsigned long long)console->failed);
    fflush(stderr);
    console->shown = true;
}

static void on_line(void *context, const char *line)
{
    const struct console *console = context;

    if (!console->quiet)
        fprintf(stderr, "%s\n", line);
}

static enum corrob_status train(struct corrob *c, const struct arguments *a)
{
    const struct corrob_training training = { .vectors = a->vectors,
                                              .weights = a->weights,
                                              .texts = a->texts,
                                              .teachers = a->teachers,
                                              .epochs = a->epochs,
                                              .on_line = on_line };

    return corrob_train(c, a->input[0], &training);
}

static enum corrob_status build_gazetteer(struct corrob *c, const struct arguments *a)
{
    struct corrob_gazetteer made;
    enum corrob_status status = corrob_gazetteer_build(
        c, a->input[1], a->inputs > 2 ? a->input[2] : NULL, &made);

    if (status != CORROB_FAILED && !a->quiet)
        fprintf(stderr, "corrob: %llu places added, %llu known before, %llu names\n",
                (unsigned long long)made.added, (unsigned long long)made.known,
                (unsigned long long)made.names);
    return status;
}

static enum corrob_status run(struct corrob *c, const struct arguments *a)
{
    const char *const *input = (const char *const *)a->input;

    switch (a->command) {
    case COMMAND_REPORT: return corrob_report(c, input, a->inputs);
    case COMMAND_READ: return corrob_read(c, input, a->inputs);
    case COMMAND_SHOW: return corrob_show(c, a->stage, input, a->inputs);
    case COMMAND_VERIFY: return corrob_verify(c, input[0]);
    case COMMAND_AUDIT: return corrob_audit(c, input[0], input + 1, a->inputs - 1);
    case COMMAND_EXPORT: return corrob_export(c, input[0], a->as, a->text);
    case COMMAND_DIFF: return corrob_diff(c, input, a->inputs, a->from, a->to);
    case COMMAND_EXPLAIN:
        return corrob_explain(c, a->facts, a->words, input, a->inputs);
    case COMMAND_GAZETTEER: return build_gazetteer(c, a);
    case COMMAND_TRAIN: return train(c, a);
    case COMMAND_ADD:
    case COMMAND_DB:
    case COMMAND_WATCH:
    case COMMAND_ALERT:
    case COMMAND_SERVE: break; /* not here: cmd_store */
    case COMMANDS: break;
    }
    return CORROB_FAILED;
}

/* What works on a store says its own troubles. */
static bool is_of_store(enum command command)
{
    return command == COMMAND_ADD || command == COMMAND_DB ||
           command == COMMAND_SERVE || command == COMMAND_WATCH ||
           command == COMMAND_ALERT;
}

static enum corrob_status run_with(const struct arguments *a, struct console *console)
{
    struct corrob_options options = {
        .format = a->format,
        .input_format = a->input_format,
        .published = a->published,
        .actors = a->actors,
        .policy = a->policy,
        .clean = a->clean,
        .fetch = a->fetch,
        .allow_private = a->allow_private,
        .gazetteer = a->gazetteer,
        .threads = a->threads,
        .on_output = on_output,
        .on_trouble = on_trouble,
        .on_progress = on_progress,
        .context = console,
    };
    struct corrob *c;
    enum corrob_status status;

    if (is_of_store(a->command)) {
        if (a->command == COMMAND_ALERT)
            status = cmd_alert(a, console->out);
        else
            status = a->command == COMMAND_WATCH ? cmd_watch(a, &options)
                                                 : cmd_store(a, &options, console->out);
        clear_progress(console);
        return status;
    }
    status = corrob_open(&c, &options);
    if (status == CORROB_OK)
        status = run(c, a);
    clear_progress(console);
    if (status == CORROB_FAILED && !ferror(console->out))
        fprintf(stderr, "corrob: %s\n", corrob_message(c));
    if (corrob_skipped(c) > 0)
        fprintf(stderr, "corrob: %llu other files and records passed over\n",
                (unsigned long long)corrob_skipped(c));
    corrob_close(c);
    return status;
}

/* A full disk shows at the end only, when the last bytes leave the buffer. */
static bool finish(FILE *out)
{
    bool ok = fflush(out) == 0 && !ferror(out);

    if (!ok)
        fprintf(stderr, "corrob: the output can't be written: %s\n", strerror(errno));
    return (out == stdout || fclose(out) == 0) && ok;
}

/* An output file is written beside its place and moved there when it is whole, so that
 * a run that fails, or reads that very file, loses nothing.  What is no regular file
 * ("/dev/null") is written to as it is. */
struct output {
    const char *path; /* NULL: standard output */
    char part[4096];  /* "" when written in place */
};

static FILE *output_open(struct output *o, const char *path)
{
    struct stat st;

    o->path = path;
    o->part[0] = '\0';
    if (!path)
        return stdout;
    if (stat(path, &st) != 0 || S_ISREG(st.st_mode)) {
        int n = snprintf(o->part, sizeof o->part, "%s.part", path);

        if (n < 0 || (size_t)n >= sizeof o->part) {
            errno = ENAMETOOLONG;
            return NULL;
        }
    }
    return fopen(o->part[0] ? o->part : path, "wb");
}

/* Moves a whole output to its place, takes a half one away. */
static bool output_close(struct output *o, FILE *file, enum corrob_status status)
{
    bool ok = finish(file);

    if (!o->path || !o->part[0])
        return ok;
    if (!ok || status == CORROB_FAILED) {
        unlink(o->part);
        return ok;
    }
    if (rename(o->part, o->path) == 0)
        return true;
    fprintf(stderr, "corrob: %s: %s\n", o->path, strerror(errno));
    return false;
}

/* ---- a process of its own for the bytes of strangers ---- */

static bool reads_strangers(enum command command)
{
    return command == COMMAND_REPORT || command == COMMAND_READ ||
           command == COMMAND_SHOW || command == COMMAND_VERIFY ||
           command == COMMAND_EXPLAIN || command == COMMAND_AUDIT ||
           command == COMMAND_DIFF || command == COMMAND_EXPORT;
}

struct work {
    const struct arguments *arguments;
    struct console *console;
};

/* In the worker; the parent keeps the right to move the output to its place. */
static int work(void *context)
{
    struct work *w = context;
    enum corrob_status status = run_with(w->arguments, w->console);

    return finish(w->console->out) ? (int)status : CORROB_FAILED;
}

int main(int argc, char **argv)
{
    struct arguments arguments;
    struct console console = { .out = stdout };
    struct output output;
    enum corrob_status status;

    switch (options_parse(argc, argv, &arguments)) {
    case PARSE_HELP: return finish(stdout) ? CORROB_OK : CORROB_FAILED;
    case PARSE_WRONG: return CORROB_FAILED;
    case PARSED: break;
    }
    console.out = output_open(&output, arguments.output);
    if (!console.out) {
        fprintf(stderr, "corrob: %s: %s\n", arguments.output, strerror(errno));
        return CORROB_FAILED;
    }
    /* A server that hangs up is an error of its page, not the end of the run. */
    if (arguments.fetch || arguments.command == COMMAND_WATCH)
        signal(SIGPIPE, SIG_IGN);
    console.quiet = arguments.quiet;
    console.progress = !arguments.quiet && isatty(STDERR_FILENO) == 1;
    status = reads_strangers(arguments.command) && !arguments.no_sandbox
                 ? (enum corrob_status)apart_run(&arguments, work,
                                                 &(struct work){ &arguments, &console })
                 : run_with(&arguments, &console);
    return output_close(&output, console.out, status) ? (int)status : CORROB_FAILED;
}
