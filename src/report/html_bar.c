#include "report/html_bar.h"

/* A bar open to the right is drawn this far, in percent: its length says nothing. */
#define OPEN_LENGTH 16.0
/* Below this width a bar reads as a point. */
#define POINT_WIDTH 4.0

static double percent(const struct scale *scale, int64_t value)
{
    return scale_at(scale, value) * 100;
}

/* "1,000", from a million on "2M". */
static void tick_label(struct buf *b, int64_t n)
{
    if (n >= 1000000 && n % 1000000 == 0) {
        phrase_count(b, n / 1000000);
        buf_char(b, 'M');
    } else {
        phrase_count(b, n);
    }
}

void html_axis(struct buf *b, const struct scale *scale)
{
    RAW(b, "<svg class=\"ax\" aria-hidden=\"true\">");
    for (uint32_t i = 0; i < scale->ticks; i++) {
        buf_printf(b, "<text x=\"%.2f%%\" y=\"11\">", percent(scale, scale->tick[i]));
        tick_label(b, scale->tick[i]);
        RAW(b, "</text>");
    }
    RAW(b, "</svg>");
}

void html_grid(struct buf *b, const struct scale *scale, const char *id)
{
    buf_printf(b, "<g id=\"%s\">", id);
    for (uint32_t i = 0; i < scale->ticks; i++) {
        double at = percent(scale, scale->tick[i]);

        buf_printf(b, "<line x1=\"%.2f%%\" x2=\"%.2f%%\" y2=\"100%%\"/>", at, at);
    }
    RAW(b, "</g>");
}

struct shape {
    double from, to;  /* percent */
    bool left, right; /* open on that side */
    bool soft;
};

static struct shape shape_of(const struct scale *scale, const struct ledger_row *row)
{
    struct shape s = {
        .left = row->low == INT64_MIN || (row->low <= 1 && row->high > row->low),
        .right = row->high == COUNT_OPEN,
        .soft = row->approximate,
    };

    s.from = s.left ? 0 : percent(scale, row->low);
    s.to = s.right ? s.from + OPEN_LENGTH : percent(scale, row->high);
    if (s.right && s.from > 100 - OPEN_LENGTH / 2)
        s.to = 100 + OPEN_LENGTH / 4;
    else if (s.right && s.to > 100)
        s.to = 100;
    return s;
}

static void rect(struct buf *b, struct shape s)
{
    const char *fade = s.right  ? " mask=\"url(#fade-r)\""
                       : s.left ? " mask=\"url(#fade-l)\""
                       : s.soft ? " mask=\"url(#fade-s)\""
                                : "";

    buf_printf(b, "<rect x=\"%.2f%%\" width=\"%.2f%%\" y=\"30%%\" height=\"40%%\"%s/>",
               s.from, s.to - s.from, fade);
    if (!s.left && !s.soft)
        buf_printf(b, "<use href=\"#g-cap\" x=\"%.2f%%\" y=\"50%%\"/>", s.from);
    if (!s.right && !s.soft)
        buf_printf(b, "<use href=\"#g-cap\" x=\"%.2f%%\" y=\"50%%\"/>", s.to);
    if (s.right)
        buf_printf(b, "<use href=\"#g-more\" x=\"%.2f%%\" y=\"50%%\"/>", s.to);
}

void html_bar(struct buf *b, const struct scale *scale, const struct ledger_row *row,
              const char *kind, const char *grid)
{
    struct shape s = shape_of(scale, row);

    buf_printf(b, "<svg class=\"bar %s\" role=\"img\"><title>", kind);
    phrase_interval(b, row->low, row->high);
    buf_printf(b, "</title><use class=\"gr\" href=\"#%s\"/>", grid);
    if (s.left || s.right || s.to - s.from >= POINT_WIDTH) {
        rect(b, s);
    } else {
        double at = (s.from + s.to) / 2;

        if (s.soft)
            buf_printf(b, "<circle class=\"halo\" cx=\"%.2f%%\" cy=\"50%%\" r=\"9\"/>",
                       at);
        buf_printf(b, "<circle cx=\"%.2f%%\" cy=\"50%%\" r=\"5\"/>", at);
    }
    RAW(b, "</svg>");
}
