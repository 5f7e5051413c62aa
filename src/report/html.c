#include "report/html.h"

void report_html(struct buf *out, const struct situation *s)
{
    buf_str(out, STR("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
                     "<title>Situation report</title>\n<h1>Situation report</h1>\n"));
    buf_printf(out, "<p>%u reports, %u stories\n</html>\n", s->reports, s->story.count);
}
