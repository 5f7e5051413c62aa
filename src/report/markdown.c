#include "report/markdown.h"

void report_markdown(struct buf *out, const struct situation *s)
{
    buf_printf(out, "# Situation report\n\n%u reports, %u stories\n", s->reports,
               s->story.count);
}
