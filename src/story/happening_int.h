/* happening_int.h - what is kept of a story's reports: for happening*.c only. */
#ifndef CORROB_STORY_HAPPENING_INT_H
#define CORROB_STORY_HAPPENING_INT_H

#include "model/model.h"
#include "story/happening.h"
#include "story/words.h"

/* One report as words. */
struct wording_of_report {
    struct words words;
    uint32_t *sense;
    float *idf;
    struct scene **scene; /* by sentence; made on demand */
    struct bag told, marked;
};

struct happenings {
    struct arena *arena;
    const struct vocabulary *vocabulary;
    const struct facts *const *facts;
    struct wording_of_report *report;
    uint32_t reports;
    struct model model;
    uint32_t vector; /* numbers of a vector; 0: no model */
    struct use {
        uint32_t key, reports, last;
    } * use; /* in how many reports of the story a word stands */
    uint32_t slots;
    /* By two places of reports: cosines of told and marked words, and of profiles; NULL in
     * a story of very many. */
    float *told, *marked, *profile;
};

/* Fills told, marked and profile in. */
void happenings_compare_reports(struct happenings *h);

#endif
