#include "story/recall.h"

/* Words that set a count back in time, whoever counted. */
static const char *const earlier[] = {
    "first reported",
    "first put",
    "first said",
    "first spoke",
    "first spoken",
    "first announced",
    "first given",
    "first estimated",
    "at first",
    "initially",
    "initial report",
    "initial count",
    "initial toll",
    "initial death toll",
    "initial figure",
    "initial estimate",
    "originally said",
    "originally put",
    "originally report",
    "originally gave",
    "originally announc",
    "previously",
    "previous count",
    "previous toll",
    "previous death toll",
    "previous figure",
    "previous estimate",
    "previous tally",
    "previous total",
    "earlier count",
    "earlier toll",
    "earlier death toll",
    "earlier figure",
    "earlier estimate",
    "earlier tally",
    "earlier report",
    "earlier statement",
    "earlier said",
    "said earlier",
    "earlier put",
    "earlier reported",
    "reported earlier",
    "earlier announced",
    "earlier given",
    "had earlier",
    "early reports",
    "first reports",
    "first count",
    "count on the day before",
    "lower figure of the day before",
};

/* Speech in the pluperfect: "had spoken of nine dead". */
static const char *const spoken[] = {
    "had reported",  "had spoken of",   "had announced",  "had put the",
    "had put it",    "had given",       "had estimated",  "had confirmed",
    "had stated",    "had said",        "had listed",     "had told",
    "had stood at",  "had been put at", "had been given", "had mentioned",
    "had talked of", "had published",
};

/* Words that hand the speech of today on: what follows stands in a tense further back
 * all by itself ("she said her staff had confirmed 47 deaths"). */
static const char *const saying[] = { " said ",        " says ",  " told ",
                                      " added ",       " says, ", " said that ",
                                      " according to " };

static size_t find_any(struct str s, const char *const *words, size_t count)
{
    size_t best = STR_NPOS;

    for (size_t i = 0; i < count; i++) {
        size_t at = str_find_fold(s, str_from(words[i]));

        if (at != STR_NPOS && (best == STR_NPOS || at < best))
            best = at;
    }
    return best;
}

/* Where another figure's part of the sentence may begin: "…, up from 31 yesterday". */
static bool parts_at(struct str s, size_t i)
{
    static const char *const behind[] = { ", and ",     ", but ",  ", while ",
                                          ", from ",    "; ",      " but ",
                                          " from ",     ", up ",   ", down ",
                                          ", against ", ", after " };

    for (size_t k = 0; k < COUNT(behind); k++)
        if (str_starts(str_after(s, i), str_from(behind[k])))
            return true;
    return false;
}

static struct str part_around(struct str s, size_t start)
{
    size_t begin = start, end = start;

    while (begin > 0 && !parts_at(s, begin))
        begin--;
    while (end < s.len && !parts_at(s, end))
        end++;
    return str_slice(s, begin, end);
}

bool tells_earlier(struct str sentence, size_t start)
{
    struct str part = part_around(sentence, start < sentence.len ? start : 0);
    size_t at;

    if (find_any(part, earlier, COUNT(earlier)) != STR_NPOS)
        return true;
    at = find_any(part, spoken, COUNT(spoken));
    return at != STR_NPOS &&
           find_any(str_slice(part, 0, at), saying, COUNT(saying)) == STR_NPOS;
}

int32_t recalled_day(const struct facts *facts, uint32_t start, uint32_t end,
                     int32_t published)
{
    int32_t day = DATE_NONE;

    for (uint32_t i = 0; i < facts->when.count; i++) {
        const struct when *w = &facts->when.at[i];

        if (w->start < start || w->end > end || w->begin_day == DATE_NONE ||
            w->begin_day != w->end_day || w->begin_day >= published)
            continue;
        if (day == DATE_NONE || w->begin_day > day)
            day = w->begin_day;
    }
    return day;
}
