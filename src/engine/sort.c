/* corrob_sorter_*: reports into stories as they arrive. */
#include <stdlib.h>

#include "base/utf8.h"
#include "engine/engine.h"
#include "story/cool.h"

struct corrob_sorter {
    struct sorter *sorter;
    struct err err;
};

static enum corrob_status refuse(struct corrob_sorter *s, const char *why)
{
    err_set(&s->err, ERR_USAGE, -1, "%s", why);
    return CORROB_FAILED;
}

enum corrob_status corrob_sorter_open(struct corrob_sorter **out)
{
    *out = calloc(1, sizeof **out);
    if (*out)
        (*out)->sorter = sorter_new();
    return *out ? CORROB_OK : CORROB_FAILED;
}

enum corrob_status corrob_sorter_load(struct corrob_sorter **out, const void *bytes,
                                      size_t len)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return CORROB_FAILED;
    (*out)->sorter = sorter_load((struct str){ bytes, len }, &(*out)->err);
    return (*out)->sorter ? CORROB_OK : CORROB_FAILED;
}

void corrob_sorter_close(struct corrob_sorter *s)
{
    if (s)
        sorter_free(s->sorter);
    free(s);
}

const char *corrob_sorter_message(const struct corrob_sorter *s)
{
    if (!s)
        return "out of memory";
    return s->err.code == ERR_OK ? "" : s->err.detail;
}

enum corrob_status corrob_sorter_add(struct corrob_sorter *s,
                                     const struct corrob_told *told, uint32_t *report)
{
    struct told_words words = { str_from(told->title),
                                { told->text, told->text_len },
                                { .precision = INSTANT_NONE },
                                str_eq(str_from(told->kind), STR("listing")) };
    struct str published = str_from(told->published);

    s->err = (struct err){ 0 };
    if (!s->sorter || s->sorter->reports >= CORROB_REPORTS_MAX)
        return refuse(s, "no more reports can be taken");
    if (utf8_valid(words.title) < words.title.len ||
        utf8_valid(words.text) < words.text.len)
        return refuse(s, "the text is not UTF-8");
    if (published.len > 0 && !instant_from_iso(published, &words.published))
        return refuse(s, "\"published\" is not a date in ISO 8601");
    *report = sorter_add(s->sorter, &words);
    return CORROB_OK;
}

/* The public kinds are those of the sorter. */
static const enum corrob_step_kind kinds[] = {
    [STEP_OPENED] = CORROB_OPENED,
    [STEP_JOINED] = CORROB_JOINED,
    [STEP_MERGED] = CORROB_MERGED,
    [STEP_SPLIT] = CORROB_SPLIT,
};

size_t corrob_sorter_steps(const struct corrob_sorter *s, struct corrob_step *out,
                           size_t room)
{
    size_t n = s->sorter->steps;

    for (size_t i = 0; i < n && i < room; i++) {
        const struct step *from = &s->sorter->step[i];

        out[i] = (struct corrob_step){ kinds[from->kind], from->report, from->story,
                                       from->other };
    }
    return n;
}

uint32_t corrob_sorter_reports(const struct corrob_sorter *s)
{
    return s->sorter->reports;
}

uint32_t corrob_sorter_stories(const struct corrob_sorter *s)
{
    return s->sorter->stories;
}

uint32_t corrob_sorter_story(const struct corrob_sorter *s, uint32_t report)
{
    return report < s->sorter->reports ? sorter_story(s->sorter, report) : CORROB_NONE;
}

size_t corrob_sorter_members(const struct corrob_sorter *s, uint32_t story,
                             uint32_t *out, size_t room)
{
    const struct chain *c;
    size_t n = 0;

    if (story >= s->sorter->stories || s->sorter->chain[story].count == 0)
        return 0;
    c = &s->sorter->chain[story];
    for (uint32_t r = c->first + 1; r; r = sorter_slip(s->sorter, r - 1)->next)
        if (n++ < room)
            out[n - 1] = r - 1;
    return n;
}

enum corrob_status corrob_sorter_rest(struct corrob_sorter *s, const char *before)
{
    struct instant t;

    s->err = (struct err){ 0 };
    if (!instant_from_iso(str_from(before), &t) || t.precision < INSTANT_DAY)
        return refuse(s, "not a day (write 2022-01-07)");
    sorter_rest(s->sorter, t.day);
    return CORROB_OK;
}

enum corrob_status corrob_sorter_save(struct corrob_sorter *s,
                                      bool (*put)(void *context, const void *bytes,
                                                  size_t len),
                                      void *context)
{
    s->err = (struct err){ 0 };
    return sorter_save(s->sorter, put, context) ? CORROB_OK
                                                : refuse(s, "not all could be saved");
}
