#include "story/story.h"

const char *policy_name(enum policy p)
{
    static const char *const names[] = { "range", "acled", "ucdp", "majority" };

    return names[p];
}

const char *status_name(enum status s)
{
    static const char *const names[] = { "single", "attested", "corroborated",
                                         "disputed", "superseded" };

    return names[s];
}

struct situation situation_from_reports(struct arena *arena,
                                        const struct facts *const *report,
                                        uint32_t reports, enum policy policy)
{
    struct situation s = { .policy = policy, .report = report, .reports = reports };

    for (uint32_t i = 0; i < reports; i++) {
        struct story *story = PUSH(arena, &s.story);
        struct origin *origin = PUSH(arena, &story->origins);

        story->id = report[i]->text->article->page->id;
        story->title = report[i]->text->article->title;
        *PUSH(arena, &story->reports) = i;
        *PUSH(arena, &origin->reports) = i;
    }
    return s;
}
