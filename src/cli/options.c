#include "cli/options.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "cli/manual.h"
#include "cli/options_int.h"
#include "corrob.h"

enum option_id {
    OPTION_FORMAT,
    OPTION_JSON,
    OPTION_OUTPUT,
    OPTION_INPUT_FORMAT,
    OPTION_PUBLISHED,
    OPTION_POLICY,
    OPTION_ACTORS,
    OPTION_CLEAN,
    OPTION_STAGE,
    OPTION_RAW,
    OPTION_THREADS,
    OPTION_VECTORS,
    OPTION_WEIGHTS,
    OPTION_EPOCHS,
    OPTION_TEACHERS,
    OPTION_TEXTS,
    OPTION_AS,
    OPTION_TEXT,
    OPTION_FACT,
    OPTION_FIND,
    OPTION_FROM,
    OPTION_TO,
    OPTION_TARGET,
    OPTION_DB,
    OPTION_GAZETTEER,
    OPTION_FETCH,
    OPTION_ALLOW_PRIVATE,
    OPTION_PORT,
    OPTION_LISTEN,
    OPTION_TOKEN_FILE,
    OPTION_VERBOSE,
    OPTION_ONCE,
    OPTION_NO_SANDBOX,
    OPTION_QUIET,
    OPTION_HELP,
};

#define ON(command) (1u << COMMAND_##command)
#define READERS \
    (ON(REPORT) | ON(READ) | ON(SHOW) | ON(ADD) | ON(AUDIT) | ON(DIFF) | ON(EXPLAIN))
#define STORES (ON(ADD) | ON(DB) | ON(SERVE) | ON(WATCH) | ON(ALERT))
/* Those that read in a process of its own, see main.c. */
#define APART                                                               \
    (ON(REPORT) | ON(READ) | ON(SHOW) | ON(VERIFY) | ON(AUDIT) | ON(DIFF) | \
     ON(EXPORT) | ON(EXPLAIN) | ON(ADD))
#define ALL (ON(EXPORT) | READERS | STORES | ON(VERIFY) | ON(TRAIN) | ON(GAZETTEER))

struct option {
    enum option_id id;
    const char *name, *letter, *value, *help;
    unsigned on; /* the commands that take it */
};

static const struct option options[] = {
    { OPTION_FORMAT, "format", NULL, "NAME",
      "report: html (default), markdown, json; read: jsonl (default), conllu; "
      "audit, diff: text (default), markdown, json; explain: text (default), json",
      ON(REPORT) | ON(READ) | ON(AUDIT) | ON(DIFF) | ON(EXPLAIN) },
    { OPTION_JSON, "json", NULL, NULL, "short for --format json (read: jsonl)",
      ON(ALERT) | ON(REPORT) | ON(READ) | ON(AUDIT) | ON(DIFF) | ON(EXPLAIN) },
    { OPTION_OUTPUT, "output", "o", "FILE", "write there instead of standard output",
      ALL },
    { OPTION_STAGE, "stage", NULL, "NAME", "page, article, raw, text or facts",
      ON(SHOW) },
    { OPTION_RAW, "raw", NULL, NULL,
      "short for --stage raw: where in the page each piece of the text stands",
      ON(SHOW) },
    { OPTION_INPUT_FORMAT, "input-format", NULL, "NAME",
      "text, html, jsonl, conllu, warc or feed; by default told by name and content",
      READERS },
    { OPTION_PUBLISHED, "published", NULL, "DATE",
      "date of reports that don't tell theirs: 2022-01-07", READERS },
    { OPTION_ACTORS, "actors", NULL, "FILE",
      "your own actors: words, country, sector, type, parted by tabs", READERS },
    { OPTION_CLEAN, "clean", NULL, NULL,
      "set furniture aside in the \"text\" of JSON Lines, too", READERS },
    { OPTION_POLICY, "policy", NULL, "NAME",
      "figure shown where accounts differ: range (default), acled, ucdp, majority",
      ON(REPORT) },
    { OPTION_THREADS, "threads", NULL, "N",
      "worker threads; by default one for each core; the output is the same", READERS },
    { OPTION_VECTORS, "vectors", NULL, "FILE", "JSON file of word vectors", ON(TRAIN) },
    { OPTION_WEIGHTS, "weights", NULL, "FILE",
      "weights as floats: read instead of training if there, else written", ON(TRAIN) },
    { OPTION_EPOCHS, "epochs", NULL, "N", "times the data are read", ON(TRAIN) },
    { OPTION_TEACHERS, "teachers", NULL, "N",
      "networks trained first whose answers are learned, too; none by default, up to 8",
      ON(TRAIN) },
    { OPTION_TEXTS, "texts", NULL, "FILE",
      "CoNLL-U file of texts that only the teachers analyse", ON(TRAIN) },
    { OPTION_AS, "as", NULL, "SHAPE",
      "csv, tsv, evidence, reports, datapackage, hxl, ucdp, acled, polecat, "
      "gdelt-events, gdelt-mentions, plover, geojson, annotations, markdown, bundle",
      ON(EXPORT) },
    { OPTION_TEXT, "text", NULL, "HOW",
      "words of the reports that go along: none, sentence (default), full",
      ON(EXPORT) },
    { OPTION_FACT, "fact", NULL, "LIST",
      "only these facts: e0,f2 (e, f, s, t, a: events, figures, statements, times, "
      "entities, numbered as read numbers them)",
      ON(EXPLAIN) },
    { OPTION_FIND, "find", NULL, "WORDS", "only facts whose own words hold these",
      ON(EXPLAIN) },
    { OPTION_FROM, "from", NULL, "DATE", "compare what was out by this day …",
      ON(DIFF) },
    { OPTION_TO, "to", NULL, "DATE", "… with what was out by this one", ON(DIFF) },
    { OPTION_TARGET, "to", NULL, "TARGET",
      "where alerts go: file:/PATH, command:/PATH, http://127.0.0.1:PORT/PATH; the "
      "workbench shows them in any case",
      ON(ALERT) },
    { OPTION_DB, "db", NULL, "FILE",
      "the store; by default corrob/corrob.db in $XDG_DATA_HOME or ~/.local/share",
      STORES },
    { OPTION_GAZETTEER, "gazetteer", NULL, "FILE",
      "places from a file that corrob gazetteer build has made", READERS },
    { OPTION_FETCH, "fetch", NULL, NULL,
      "inputs, and links in feeds, may be http and https addresses", READERS },
    { OPTION_ALLOW_PRIVATE, "allow-private", NULL, NULL,
      "addresses may lead into private networks, this machine among them",
      READERS | ON(WATCH) },
    { OPTION_PORT, "port", NULL, "N", "port; by default 8017, 0: any that is free",
      ON(SERVE) },
    { OPTION_LISTEN, "listen", NULL, "ADDRESS",
      "address to listen on; by default 127.0.0.1, any other needs a token",
      ON(SERVE) },
    { OPTION_TOKEN_FILE, "token-file", NULL, "FILE",
      "file whose first line a visitor must know", ON(SERVE) },
    { OPTION_ONCE, "once", NULL, NULL,
      "ask every feed once, take what it leads to, then end", ON(WATCH) },
    { OPTION_VERBOSE, "verbose", "v", NULL,
      "tell on standard error what the program gives up before it reads", APART },
    { OPTION_NO_SANDBOX, "no-sandbox", NULL, NULL,
      "read in the same process, with all its rights (for debuggers)", APART },
    { OPTION_QUIET, "quiet", "q", NULL, "no progress bar, no log",
      READERS | ON(TRAIN) | ON(WATCH) | ON(GAZETTEER) },
    { OPTION_HELP, "help", "h", NULL, "this text", ALL },
};

static const struct command_help commands[COMMANDS] = {
    [COMMAND_REPORT] = { "report", "INPUT...",
                         "reads reports and writes a situation report on them",
                         "  corrob report reports/ > situation.html\n"
                         "  corrob report --published 2022-01-07 --format json a.txt "
                         "b.html > situation.json\n"
                         "  corrob report --format markdown reports/ | less\n" },
    [COMMAND_READ] = { "read", "INPUT...",
                       "reads each report by itself: one JSON line (or CoNLL-U) a "
                       "report",
                       "  corrob read page.html\n"
                       "  zcat news.jsonl.gz | corrob read --input-format jsonl - > "
                       "facts.jsonl\n" },
    [COMMAND_SHOW] = { "show", "--stage NAME INPUT...",
                       "prints what one stage made of each report",
                       "  corrob show --stage article page.html\n" },
    [COMMAND_VERIFY] = { "verify", "FILE.json",
                         "checks that every span of an output resolves to its text",
                         "  corrob report --json reports/ > situation.json && corrob "
                         "verify situation.json\n" },
    [COMMAND_AUDIT] = { "audit", "BRIEF SOURCE...",
                        "lists what a written brief says that no source supports, and "
                        "what they say instead",
                        "  corrob audit brief.md reports/\n"
                        "  corrob audit --json brief.html reports/ > audit.json && "
                        "corrob verify audit.json\n" },
    [COMMAND_DIFF] = { "diff", "A B",
                       "tells what changed between two situations: stories, tolls, "
                       "claimants, conflicts",
                       "  corrob diff monday.json tuesday.json\n"
                       "  corrob diff --from 2022-01-06 --to 2022-01-07 reports/\n" },
    [COMMAND_EXPLAIN] = { "explain", "INPUT...",
                          "tells why each fact was read as it was: lexicon entry, "
                          "words "
                          "matched, what lost against it",
                          "  corrob explain --find shot report.txt\n"
                          "  corrob explain --fact e0,f2 --json report.txt\n" },
    [COMMAND_EXPORT] = { "export", "--as SHAPE SITUATION.json",
                         "writes a situation in the shape that another tool reads",
                         "  corrob export --as csv situation.json > findings.csv\n"
                         "  corrob export --as ucdp situation.json > ged.csv\n"
                         "  corrob export --as bundle --text full -o evidence.zip "
                         "situation.json\n" },
    [COMMAND_ADD] = { "add", "INPUT...",
                      "reads reports into a store; those that are in it stay as they "
                      "are",
                      "  corrob add reports/\n"
                      "  zcat news.jsonl.gz | corrob add --db news.db --input-format "
                      "jsonl -\n" },
    [COMMAND_DB] = { "db",
                     "check|compare|sort|vacuum|merge FILE|load FILE|split SCOPE "
                     "ID...|join SCOPE "
                     "ID...|undo NR",
                     "looks after a store: checks it, compares what waits for it, "
                     "makes "
                     "the file small, adds another store's reports or lines that read "
                     "wrote, keeps what you decide about stories and origins",
                     "  corrob db check --db news.db\n"
                     "  corrob db merge --db news.db other.db\n" },
    [COMMAND_WATCH] = { "watch", "FEED|LIST|PAGE...",
                        "asks feeds again and again and adds what they lead to to the "
                        "store;\na LIST is an OPML file or its address, a PAGE names "
                        "its "
                        "feed; the log is JSON Lines",
                        "  corrob watch https://daily.example/feed.xml\n"
                        "  corrob watch --db news.db feeds.opml\n" },
    [COMMAND_SERVE] = { "serve", "[--db FILE]",
                        "opens the workbench: pages over a store, on this machine",
                        "  corrob serve\n"
                        "  corrob serve --db news.db --port 8017\n" },
    [COMMAND_ALERT] = { "alert", "list|add RULE|end NUMBER|deliver",
                        "keeps rules and tells what they raised; add and watch compare "
                        "what they took in, raise and deliver;\na RULE is toll "
                        "[MEASURE] "
                        "NUMBER [PLACE], rise [MEASURE] PERCENT [PLACE], claimant "
                        "[PLACE], "
                        "conflict [PLACE] or story PLACE",
                        "  corrob alert add toll killed 50 --to "
                        "file:/tmp/alerts.jsonl\n"
                        "  corrob alert add story Halvery --to "
                        "http://127.0.0.1:9000/hook\n"
                        "  corrob alert list\n" },
    [COMMAND_GAZETTEER] = { "gazetteer", "build PLACES [NAMES]",
                            "makes a gazetteer from GeoNames' dumps and the built-in "
                            "one",
                            "  corrob gazetteer build allCountries.txt "
                            "alternateNamesV2.txt -o places.gaz\n"
                            "  corrob report --gazetteer places.gaz reports/ > "
                            "situation.html\n" },
    [COMMAND_TRAIN] = { "train", "--vectors FILE DIR",
                        "makes the language model anew from treebanks",
                        "  corrob train --vectors vectors.json -o model/en.bin "
                        "treebanks/\n" },
};

const char exit_codes[] = "Exit status: 0 all done; 1 something was found that "
                          "was asked for (verify: a span\n"
                          "that does not resolve; audit: what no source "
                          "supports; diff: a change); 2 wrong use or the job could\n"
                          "not be done; 3 done, but some input failed (each is "
                          "named on standard error).\n";

bool option_at(size_t n, struct option_help *out)
{
    if (n >= COUNT(options))
        return false;
    *out = (struct option_help){ options[n].name, options[n].letter, options[n].value,
                                 options[n].help, options[n].on };
    return true;
}

const struct command_help *command_at(enum command command)
{
    return &commands[command];
}

static void help_all(void)
{
    puts("corrob " CORROB_VERSION
         " - what is reported, by whom, where accounts agree and conflict\n");
    for (size_t i = 0; i < COUNT(commands); i++)
        fputs(commands[i].examples, stdout);
    puts("\nCommands:");
    for (size_t i = 0; i < COUNT(commands); i++)
        printf("  corrob %-10s%-25s %s\n", commands[i].name, commands[i].synopsis,
               commands[i].does);
    puts("\nAn INPUT is a file, a folder or - (standard input): HTML, plain text, JSON "
         "Lines,\nweb archives (WARC), feeds (RSS, Atom, JSON Feed, OPML); with "
         "--fetch an address.\n"
         "corrob COMMAND --help tells the options of a command.\n");
    fputs(exit_codes, stdout);
}

static void help_command(enum command command)
{
    const struct command_help *c = &commands[command];

    printf("%s\ncorrob %s [OPTION...] %s\n%s.\n\n", c->examples, c->name, c->synopsis,
           c->does);
    for (size_t i = 0; i < COUNT(options); i++) {
        const struct option *o = &options[i];
        char left[40];

        if (!(o->on & 1u << command))
            continue;
        snprintf(left, sizeof left, "%s%s%s--%s %s", o->letter ? "-" : "    ",
                 o->letter ? o->letter : "", o->letter ? ", " : "", o->name,
                 o->value ? o->value : "");
        printf("  %-26s%s\n", left, o->help);
    }
    printf("\n%s", exit_codes);
}

static enum parse_result wrong(const char *what, const char *about)
{
    fprintf(stderr, "corrob: %s%s%s (corrob --help tells what there is)\n", what,
            *about ? " " : "", about);
    return PARSE_WRONG;
}

/* "--name", "--name=value", "-n"; *value is what follows "=". */
static const struct option *find_option(const char *word, enum command command,
                                        const char **value)
{
    const char *equals = strchr(word, '=');
    size_t len = equals ? (size_t)(equals - word) : strlen(word);

    *value = equals ? equals + 1 : NULL;
    for (size_t i = 0; i < COUNT(options); i++) {
        const struct option *o = &options[i];
        bool is_long = strncmp(word, "--", 2) == 0 && strlen(o->name) == len - 2 &&
                       strncmp(word + 2, o->name, len - 2) == 0;
        bool is_short = o->letter && len == 2 && word[1] == *o->letter;

        if ((o->on & 1u << command) && (is_long || is_short))
            return o;
    }
    return NULL;
}

static bool to_number(const char *value, unsigned *out)
{
    uint64_t n;

    if (!str_to_u64(str_from(value), &n) || n == 0 || n > 256)
        return false;
    *out = (unsigned)n;
    return true;
}

static bool to_port(const char *value, unsigned *out)
{
    uint64_t n;

    if (!str_to_u64(str_from(value), &n) || n > 65535)
        return false;
    *out = (unsigned)n;
    return true;
}

static bool set_option(const struct option *o, const char *value, struct arguments *out)
{
    switch (o->id) {
    case OPTION_FORMAT: out->format = value; break;
    case OPTION_JSON:
        out->format = out->command == COMMAND_READ ? "jsonl" : "json";
        break;
    case OPTION_OUTPUT: out->output = value; break;
    case OPTION_INPUT_FORMAT: out->input_format = value; break;
    case OPTION_PUBLISHED: out->published = value; break;
    case OPTION_ACTORS: out->actors = value; break;
    case OPTION_POLICY: out->policy = value; break;
    case OPTION_CLEAN: out->clean = true; break;
    case OPTION_FETCH: out->fetch = true; break;
    case OPTION_ONCE: out->once = true; break;
    case OPTION_VERBOSE: out->verbose = true; break;
    case OPTION_NO_SANDBOX: out->no_sandbox = true; break;
    case OPTION_ALLOW_PRIVATE: out->allow_private = true; break;
    case OPTION_STAGE: out->stage = value; break;
    case OPTION_RAW: out->stage = "raw"; break;
    case OPTION_THREADS: return to_number(value, &out->threads);
    case OPTION_VECTORS: out->vectors = value; break;
    case OPTION_WEIGHTS: out->weights = value; break;
    case OPTION_EPOCHS: return to_number(value, &out->epochs);
    case OPTION_TEACHERS: return to_number(value, &out->teachers);
    case OPTION_TEXTS: out->texts = value; break;
    case OPTION_DB: out->db = value; break;
    case OPTION_AS: out->as = value; break;
    case OPTION_TEXT: out->text = value; break;
    case OPTION_FACT: out->facts = value; break;
    case OPTION_FIND: out->words = value; break;
    case OPTION_FROM: out->from = value; break;
    case OPTION_TO: out->to = value; break;
    case OPTION_TARGET: out->target = value; break;
    case OPTION_PORT: return to_port(value, &out->port);
    case OPTION_LISTEN: out->listen = value; break;
    case OPTION_TOKEN_FILE: out->token_file = value; break;
    case OPTION_GAZETTEER: out->gazetteer = value; break;
    case OPTION_QUIET: out->quiet = true; break;
    case OPTION_HELP: break;
    }
    return true;
}

static bool find_command(const char *word, enum command *out)
{
    for (size_t i = 0; i < COUNT(commands); i++)
        if (strcmp(commands[i].name, word) == 0) {
            *out = (enum command)i;
            return true;
        }
    return false;
}

/* The words behind the command: options anywhere, "--" ends them, the rest are inputs. */
static enum parse_result parse_words(int argc, char **argv, struct arguments *out)
{
    bool ended = false;

    for (int i = 0; i < argc; i++) {
        const struct option *o;
        const char *value;

        if (ended || argv[i][0] != '-' || argv[i][1] == '\0') {
            out->input[out->inputs++] = argv[i];
            continue;
        }
        if (strcmp(argv[i], "--") == 0) {
            ended = true;
            continue;
        }
        o = find_option(argv[i], out->command, &value);
        if (!o)
            return wrong("no such option here:", argv[i]);
        if (o->id == OPTION_HELP) {
            help_command(out->command);
            return PARSE_HELP;
        }
        if (o->value && !value && i + 1 < argc)
            value = argv[++i];
        if ((o->value != NULL) != (value != NULL))
            return wrong(o->value ? "a value is missing after" : "no value belongs to",
                         argv[i]);
        if (!set_option(o, value, out))
            return wrong(o->id == OPTION_PORT ? "not a port from 0 to 65535:"
                                              : "not a number from 1 to 256:",
                         value);
    }
    return PARSED;
}

enum parse_result options_parse(int argc, char **argv, struct arguments *out)
{
    enum parse_result result;

    memset(out, 0, sizeof *out);
    out->port = 8017;
    out->input = argv;
    if (argc < 2)
        return wrong("no command", "");
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        help_all();
        return PARSE_HELP;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("corrob " CORROB_VERSION);
        return PARSE_HELP;
    }
    if (strcmp(argv[1], "--manual") == 0) {
        if (argc == 3 && manual_print(argv[2]))
            return PARSE_HELP;
        return wrong("--manual takes man, bash, zsh or fish", "");
    }
    if (!find_command(argv[1], &out->command))
        return wrong("no such command:", argv[1]);
    result = parse_words(argc - 2, argv + 2, out);
    if (result != PARSED)
        return result;
    if (out->command == COMMAND_SERVE && out->inputs > 0)
        return wrong("serve takes no input:", out->input[0]);
    if (out->inputs == 0 && out->command != COMMAND_SERVE &&
        out->command != COMMAND_ALERT)
        return wrong("no input given to", commands[out->command].name);
    if (out->command == COMMAND_SHOW && !out->stage)
        return wrong("--stage is missing: page, article, raw, text or facts", "");
    if (out->command == COMMAND_VERIFY && out->inputs != 1)
        return wrong("verify takes one file", "");
    if (out->command == COMMAND_EXPORT && (out->inputs != 1 || !out->as))
        return wrong("export takes one situation and --as", "");
    if (out->command == COMMAND_AUDIT && out->inputs < 2)
        return wrong("audit takes a brief and its sources", "");
    if (out->command == COMMAND_GAZETTEER &&
        (strcmp(out->input[0], "build") != 0 || out->inputs < 2 || out->inputs > 3))
        return wrong("gazetteer takes: build PLACES [NAMES]", "");
    if (out->command == COMMAND_TRAIN && (out->inputs != 1 || !out->vectors))
        return wrong("train takes one folder and --vectors", "");
    if (out->texts && out->teachers == 0)
        return wrong("--texts are learned from --teachers", "");
    if (out->teachers > CORROB_TEACHERS_MAX)
        return wrong("--teachers are 8 at most", "");
    return PARSED;
}
