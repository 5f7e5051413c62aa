/* engine.h - the handle behind include/corrob.h: options understood, tools loaded. */
#ifndef CORROB_ENGINE_ENGINE_H
#define CORROB_ENGINE_ENGINE_H

#include "corrob.h"
#include "engine/ids.h"
#include "engine/line.h"
#include "lex/lexicon.h"
#include "model/model.h"
#include "story/story.h"

enum output_format {
    OUTPUT_DEFAULT,
    OUTPUT_JSONL,
    OUTPUT_CONLLU,
    OUTPUT_HTML,
    OUTPUT_MARKDOWN,
    OUTPUT_JSON,
    OUTPUT_TEXT,
};

struct corrob {
    struct corrob_options options;
    struct model model;
    struct line_tools tools;
    struct arena_memory memory; /* options.memory, as arenas know it */
    struct arena own;           /* holds the user's lexicon */
    struct lexicon lexicon;
    struct source_options source;
    enum output_format format;
    enum policy policy;
    struct str gazetteer; /* the file of options.gazetteer, mapped */
    unsigned threads;
    struct err err; /* why the last call failed */
    char message[ERR_DETAIL + 80];
    /* of the job that runs */
    struct ids ids;
    uint64_t reports;
    uint64_t skipped; /* files of folders that are no reports by their names */
    bool partial;
};

/* Tells the user's callback that an input failed, and remembers that one did. */
void engine_trouble(struct corrob *c, const struct source_record *record,
                    const struct err *err);
/* The format of a name that options.format may have; false with c->err set. */
bool engine_format(struct corrob *c, const char *name, enum output_format *out);
/* Sets the gazetteer that places are looked up in; false with c->err set. */
bool engine_gazetteer_open(struct corrob *c);
/* Output; false when the user's callback wants no more. */
bool engine_put(struct corrob *c, struct str bytes);
/* Counts one report for on_progress. */
void engine_progress(struct corrob *c);
/* The job's end: frees what the job held, tells the status. */
enum corrob_status engine_done(struct corrob *c, bool ok);

#endif
