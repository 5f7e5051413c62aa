#include "fact/trace.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/utf8.h"

#define NOTE_MAX 1024 /* bytes of a note; the rest is cut */

/* Without the half of a letter that a cut may leave. */
static struct str whole_points(struct str s)
{
    return str_slice(s, 0, utf8_valid(s));
}

static struct trace_note *last_note(const struct facts *facts)
{
    struct trace *t = facts->trace;

    return t && t->note.count > 0 ? &t->note.at[t->note.count - 1] : NULL;
}

void trace_say(const struct facts *facts, enum trace_about about, uint32_t key,
               const char *step, const char *says, ...)
{
    struct trace *t = facts->trace;
    char line[NOTE_MAX];
    va_list list;

    if (!t)
        return;
    va_start(list, says);
    vsnprintf(line, sizeof line, says, list);
    va_end(list);
    *PUSH(t->arena, &t->note) = (struct trace_note){
        .about = about,
        .key = key,
        .step = step,
        .says = arena_str(t->arena, whole_points(str_from(line))),
    };
}

void trace_rule(const struct facts *facts, const struct lex_table *table,
                const struct lex_entry *entry)
{
    struct trace_note *note = last_note(facts);
    struct buf b;

    if (!note || !entry)
        return;
    b = buf_new(facts->trace->arena, 64);
    buf_printf(&b, "%s:%u", table->name, entry->line);
    note->rule = buf_view(&b);
}

void trace_words(const struct facts *facts, uint32_t start, uint32_t end)
{
    struct trace_note *note = last_note(facts);

    if (note)
        note->words = (struct span){ start, end };
}
