/* speakers.h - a story's statements, gathered by who makes them. */
#ifndef CORROB_REPORT_SPEAKERS_H
#define CORROB_REPORT_SPEAKERS_H

#include "story/story.h"

struct speaker {
    struct str name, role; /* absent: not named */
    ARRAY(uint32_t) said;  /* indices in story.finding */
};

/* Those who say most stand first, the unnamed last. */
struct speakers {
    ARRAY(struct speaker) at;
};

struct speakers speakers_of(struct arena *arena, const struct story *story);
/* What is said: indirect speech without its "that"; of direct speech the parts of an
 * interrupted quotation joined by " … ", without the words between that name the
 * speaker, and without quotation marks. */
struct str speech_text(struct arena *arena, const struct situation *s,
                       const struct finding *f);
/* The words alone, without their quotation marks and the comma of "…," he said. */
struct str speech_unquoted(struct str s);

#endif
