#include "fact/statement_quote.h"

#include "base/utf8.h"

/* A mark as it may be used; one sign may open and close. */
enum use { OPENS = 1, CLOSES = 2 };

struct mark {
    struct str sign;
    char kind; /* marks pair within a kind */
    int use;
};

static const struct mark marks[] = {
    { STR_INIT("“"), 'd', OPENS },          { STR_INIT("”"), 'd', CLOSES },
    { STR_INIT("„"), 'd', OPENS },          { STR_INIT("\""), 'd', OPENS | CLOSES },
    { STR_INIT("``"), 'd', OPENS },         { STR_INIT("''"), 'd', OPENS | CLOSES },
    { STR_INIT("«"), 'g', OPENS },          { STR_INIT("»"), 'g', CLOSES },
    { STR_INIT("‘"), 's', OPENS },          { STR_INIT("’"), 's', CLOSES },
    { STR_INIT("'"), 's', OPENS | CLOSES },
};

static const struct mark *mark_at(struct str s, size_t i)
{
    unsigned char c = (unsigned char)s.ptr[i];

    if (c != '"' && c != '\'' && c != '`' && c < 0x80)
        return NULL;
    for (size_t k = 0; k < COUNT(marks); k++)
        if (str_starts(str_after(s, i), marks[k].sign))
            return &marks[k];
    return NULL;
}

static bool blank_before(struct str s, size_t i, size_t from)
{
    if (i == from)
        return true;
    return ascii_is_space(s.ptr[i - 1]) || s.ptr[i - 1] == '(' || s.ptr[i - 1] == '[' ||
           s.ptr[i - 1] == '-' || str_ends(str_slice(s, from, i), STR("—")) ||
           str_ends(str_slice(s, from, i), STR("–")) ||
           str_ends(str_slice(s, from, i), STR("\xc2\xa0"));
}

static bool word_after(struct str s, size_t i, size_t to)
{
    return i < to && !ascii_is_space(s.ptr[i]) && s.ptr[i] != ',' && s.ptr[i] != ')' &&
           s.ptr[i] != ';' && s.ptr[i] != ':';
}

/* Whether the mark at i opens here: "‘" and straight marks need a blank before. */
static bool may_open(struct str s, size_t i, size_t from, size_t to,
                     const struct mark *m)
{
    if (!(m->use & OPENS) || !word_after(s, i + m->sign.len, to))
        return false;
    if (m->kind == 'd' && !(m->use & CLOSES))
        return true;
    return blank_before(s, i, from);
}

/* "’" within or behind a word may be an apostrophe: "workers’ rights". */
static bool may_close(struct str s, size_t i, size_t to, const struct mark *m)
{
    size_t behind = i + m->sign.len;

    if (!(m->use & CLOSES) || i == 0 || ascii_is_space(s.ptr[i - 1]))
        return (m->use & CLOSES) && m->kind == 'd' && !(m->use & OPENS);
    if (m->kind != 's')
        return true;
    if (behind < to && ascii_is_word(s.ptr[behind]) &&
        (unsigned char)s.ptr[behind] != 0xe2)
        return false;
    if (s.ptr[i - 1] == 's' && behind + 1 < to && s.ptr[behind] == ' ' &&
        ascii_is_lower(s.ptr[behind + 1]))
        return false;
    return true;
}

/* "Apparently not,“ he said": an opening mark set where the closing one belongs. */
static bool turned_around(struct str s, size_t i, size_t from, size_t to,
                          const struct mark *m)
{
    return m->use == OPENS && !blank_before(s, i, from) &&
           !word_after(s, i + m->sign.len, to);
}

/* The byte where the quotation opened at i closes, or `to` when it doesn't. */
static size_t close_of(struct str s, size_t i, size_t from, size_t to,
                       const struct mark *open, bool *closed)
{
    size_t depth = 0;

    *closed = false;
    for (size_t k = i + open->sign.len; k < to; k++) {
        const struct mark *m = mark_at(s, k);

        if (!m || m->kind != open->kind)
            continue;
        if (depth == 0 && turned_around(s, k, from, to, m)) {
            *closed = true;
            return k + m->sign.len;
        }
        if (may_open(s, k, from, to, m) &&
            !(m->use & CLOSES && depth == 0 && !blank_before(s, k, from))) {
            if (m->use & CLOSES)
                return k; /* a straight mark that opens anew: the closing one is lost */
            depth++;
        } else if (may_close(s, k, to, m)) {
            if (depth == 0) {
                *closed = true;
                return k + m->sign.len;
            }
            depth--;
        }
        k += m->sign.len - 1;
    }
    return to;
}

static void trim(struct str s, struct quotation *q, size_t open_len, size_t close_len)
{
    q->start = q->open + (uint32_t)open_len;
    q->end = q->close - (uint32_t)close_len;
    while (q->start < q->end && ascii_is_space(s.ptr[q->start]))
        q->start++;
    while (q->end > q->start && ascii_is_space(s.ptr[q->end - 1]))
        q->end--;
}

/* The length of the closing mark that ends at byte `end`. */
static size_t mark_before(struct str s, size_t end)
{
    for (size_t k = 0; k < COUNT(marks); k++)
        if (str_ends(str_slice(s, 0, end), marks[k].sign))
            return marks[k].sign.len;
    return 0;
}

static void read_paragraph(struct arena *arena, struct str s, size_t from, size_t to,
                           uint32_t paragraph, struct quotations *out)
{
    for (size_t i = from; i < to; i++) {
        const struct mark *m = mark_at(s, i);
        struct quotation q = { .paragraph = paragraph };
        size_t close;

        if (!m)
            continue;
        if (!may_open(s, i, from, to, m)) {
            i += m->sign.len - 1;
            continue;
        }
        close = close_of(s, i, from, to, m, &q.closed);
        if (m->kind == 's' && !q.closed)
            continue; /* "'90s": an apostrophe */
        q.open = (uint32_t)i;
        q.close = (uint32_t)close;
        trim(s, &q, m->sign.len, q.closed ? mark_before(s, close) : 0);
        if (q.end > q.start) {
            *PUSH(arena, &out->at) = q;
            i = close - 1;
        }
    }
}

static void mark_tokens(const struct text *text, struct quotations *out)
{
    uint32_t k = 0;

    for (uint32_t i = 0; i < text->token.count; i++) {
        const struct token *t = &text->token.at[i];

        out->of[i] = TOKEN_NONE;
        while (k < out->at.count && out->at.at[k].close <= t->start)
            k++;
        if (k == out->at.count || t->end > out->at.at[k].end ||
            t->start < out->at.at[k].start)
            continue;
        if (out->at.at[k].tokens++ == 0)
            out->at.at[k].first = i;
        out->of[i] = k;
    }
}

struct quotations quotations_read(struct arena *arena, const struct text *text)
{
    struct quotations out = { 0 };

    out.of = NEW(arena, uint32_t, text->token.count + 1);
    for (uint32_t i = 0; i < text->sentence.count;) {
        const struct sentence *first = &text->sentence.at[i];
        uint32_t end = first->end;

        while (i < text->sentence.count &&
               text->sentence.at[i].paragraph == first->paragraph)
            end = text->sentence.at[i++].end;
        read_paragraph(arena, text->article->text, first->start, end, first->paragraph,
                       &out);
    }
    mark_tokens(text, &out);
    return out;
}
