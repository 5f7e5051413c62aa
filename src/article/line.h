/* line.h - lines that are no text of the report but a convention of pages: by their words.
 *
 *     "Leave a Reply"                      comments, and what follows is theirs
 *     "Related stories"                    related links, and so are the links below
 *     "Photo: Reuters"                     caption
 *     "By Ann Lee and Bo Ek"               byline
 *     "3 min read"  "© 2020"  "[logo]"     page furniture
 *
 * The phrases stand in data/en/furniture.tsv; shapes that no list can hold (dates, names,
 * addresses) are told here.
 */
#ifndef CORROB_ARTICLE_LINE_H
#define CORROB_ARTICLE_LINE_H

#include "base/arena.h"
#include "base/str.h"

enum line_scope {
    LINE_NONE,  /* may be text */
    LINE_ALONE, /* this line */
    LINE_LINKS, /* and the links and short lines right after it */
    LINE_REST,  /* and all that follows */
};

struct line_sense {
    enum line_scope scope;
    struct str why;
    bool whole; /* the words are all of the line */
};

/* What the words of a line (a paragraph, trimmed) tell; links: most of it is a link, which
 * makes weaker signs enough. */
struct line_sense line_read(struct str line, bool links);

/* "By Ann Lee", "Von Max Mustermann, Berlin": short, a name after the word. */
bool line_is_byline(struct str line);
/* Nothing but a date, a time, "2 hours ago", with the words that go with them. */
bool line_is_date(struct str line);
/* No letter at all, or an address of the web or of mail, or a note in brackets. */
bool line_is_mark(struct str line);

#endif
