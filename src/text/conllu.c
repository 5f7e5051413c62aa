#include "text/conllu.h"

#include "base/buf.h"

#define TEXT_MAX ((size_t)1 << 30)

struct row {
    struct str form;
    bool word;  /* a word, not a range, an empty node or a comment */
    bool blank; /* white space after it */
};

struct rows {
    struct str rest;
    uint64_t range_end; /* of "3-4" */
    bool range_blank;
    bool paragraph, sentence_end;
};

/* The next line as a row; false at the end of the body. */
static bool next_row(struct rows *r, struct row *row)
{
    struct str line, field[10], rest;
    uint64_t id, end;
    size_t n = 0, dash;

    *row = (struct row){ .word = false };
    if (!str_split(&r->rest, '\n', &line))
        return false;
    rest = line = str_trim(line);
    if (line.len == 0)
        r->sentence_end = true;
    if (str_starts(line, STR("# newpar")) || str_starts(line, STR("# newdoc")))
        r->paragraph = true;
    while (n < 10 && str_split(&rest, '\t', &field[n]))
        n++;
    if (n < 2 || field[1].len == 0)
        return true;
    row->blank = n < 10 || str_find(field[9], STR("SpaceAfter=No")) == STR_NPOS;
    dash = str_find_char(field[0], '-');
    if (dash != STR_NPOS && str_to_u64(str_after(field[0], dash + 1), &end)) {
        r->range_end = end;
        r->range_blank = row->blank;
        return true;
    }
    if (!str_to_u64(field[0], &id))
        return true;
    row->word = true;
    row->form = field[1];
    if (id < r->range_end)
        row->blank = false;
    else if (id == r->range_end)
        row->blank = r->range_blank;
    if (id >= r->range_end)
        r->range_end = 0;
    return true;
}

static bool begins_sentence(struct rows *r)
{
    bool begins = r->sentence_end;

    r->sentence_end = false;
    return begins;
}

struct str conllu_text(struct arena *arena, struct str body)
{
    struct buf text = buf_new(arena, TEXT_MAX);
    struct rows rows = { .rest = body };
    struct row row;
    bool blank = false;

    while (next_row(&rows, &row)) {
        if (!row.word)
            continue;
        if (rows.paragraph && text.len > 0)
            buf_str(&text, STR("\n\n"));
        else if (blank)
            buf_char(&text, ' ');
        rows.paragraph = false;
        buf_str(&text, row.form);
        blank = row.blank;
    }
    return buf_view(&text);
}

static void add_word(struct arena *arena, struct text *text, const struct row *row,
                     uint32_t start)
{
    struct token *t = PUSH(arena, &text->token);

    t->start = start;
    t->end = start + (uint32_t)row->form.len;
    t->form = str_slice(text->article->text, t->start, t->end);
    t->head = TOKEN_NONE;
    t->mention = UINT32_MAX;
    t->space_after = row->blank;
    t->sentence = text->sentence.count - 1;
}

void conllu_tokens(struct arena *arena, struct str body, struct text *text)
{
    struct rows rows = { .rest = body, .sentence_end = true };
    struct row row;
    uint32_t at = 0, paragraph = 0;
    bool blank = false;

    while (next_row(&rows, &row)) {
        if (!row.word)
            continue;
        if (rows.paragraph && text->token.count > 0) {
            at += 2;
            paragraph++;
        } else if (blank) {
            at++;
        }
        rows.paragraph = false;
        if (begins_sentence(&rows)) {
            struct sentence *s = PUSH(arena, &text->sentence);

            s->first = text->token.count;
            s->start = at;
            s->paragraph = paragraph;
        }
        add_word(arena, text, &row, at);
        at += (uint32_t)row.form.len;
        blank = row.blank;
        text->sentence.at[text->sentence.count - 1].tokens++;
        text->sentence.at[text->sentence.count - 1].end = at;
    }
}

struct str conllu_id(struct str body)
{
    struct str line, value;

    while (str_split(&body, '\n', &line)) {
        if (!str_starts(line, STR("# newdoc id")))
            continue;
        if (str_split(&line, '=', &value) && line.ptr)
            return str_trim(line);
        break;
    }
    return (struct str){ NULL, 0 };
}
