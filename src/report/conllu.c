#include "report/conllu.h"

#include "text/token.h"

/* "_" for nothing; blanks that would break the line are one blank. */
static void put_field(struct buf *out, struct str s)
{
    if (s.len == 0)
        buf_char(out, '_');
    for (size_t i = 0; i < s.len; i++)
        buf_char(out, (unsigned char)s.ptr[i] < ' ' ? ' ' : s.ptr[i]);
}

static void put_number(struct buf *out, uint32_t n)
{
    buf_u64(out, n);
}

/* The words from i on that are written as one: 1 where there is no contraction. */
static uint32_t joined(const struct text *text, uint32_t i, uint32_t end)
{
    uint32_t n = 1;

    while (i + n < end &&
           token_is_clitic(&text->token.at[i + n - 1], &text->token.at[i + n]))
        n++;
    return n;
}

static void put_range(struct buf *out, const struct text *text, uint32_t i, uint32_t n,
                      uint32_t first)
{
    const struct token *last = &text->token.at[i + n - 1];

    put_number(out, i - first + 1);
    buf_char(out, '-');
    put_number(out, i - first + n);
    buf_char(out, '\t');
    put_field(out, str_slice(text->article->text, text->token.at[i].start, last->end));
    buf_str(out, STR("\t_\t_\t_\t_\t_\t_\t_\t"));
    buf_str(out, last->space_after ? STR("_\n") : STR("SpaceAfter=No\n"));
}

/* The name over token i: the innermost mention that is one. */
static const struct mention *name_over(const struct text *text, uint32_t i)
{
    const struct mention *m;

    if (text->token.at[i].mention == UINT32_MAX)
        return NULL;
    m = &text->mention.at[text->token.at[i].mention];
    return m->kind == MENTION_NAME ? m : NULL;
}

static void put_misc(struct buf *out, const struct text *text, uint32_t i, bool spaced)
{
    const struct mention *m = name_over(text, i);

    if (!spaced && !m) {
        buf_char(out, '_');
        return;
    }
    if (m) {
        bool inside = i > 0 && name_over(text, i - 1) == m;

        buf_str(out, inside ? STR("NER=I-") : STR("NER=B-"));
        buf_str(out, str_from(entity_type_name(text->entity.at[m->entity].type)));
    }
    if (spaced)
        buf_str(out, m ? STR("|SpaceAfter=No") : STR("SpaceAfter=No"));
}

static void put_word(struct buf *out, const struct text *text, uint32_t i,
                     uint32_t first, bool in_range)
{
    const struct token *t = &text->token.at[i];

    put_number(out, i - first + 1);
    buf_char(out, '\t');
    put_field(out, t->form);
    buf_char(out, '\t');
    put_field(out, t->lemma.len ? t->lemma : t->form);
    buf_char(out, '\t');
    buf_str(out, str_from(upos_name(t->upos)));
    buf_char(out, '\t');
    buf_str(out, str_from(xpos_name(t->xpos)));
    buf_str(out, STR("\t_\t"));
    put_number(out, t->head == TOKEN_NONE ? 0 : t->head - first + 1);
    buf_char(out, '\t');
    buf_str(out, str_from(deprel_name(t->rel)));
    buf_str(out, STR("\t_\t"));
    put_misc(out, text, i, !t->space_after && !in_range);
    buf_char(out, '\n');
}

static void put_sentence(struct buf *out, const struct text *text,
                         const struct sentence *s)
{
    uint32_t end = s->first + s->tokens, n = 0;

    for (uint32_t i = s->first; i < end; i++) {
        if (n == 0) {
            n = joined(text, i, end);
            if (n > 1)
                put_range(out, text, i, n, s->first);
            else
                n = 0;
        }
        put_word(out, text, i, s->first, n > 0);
        n -= n > 0;
    }
    buf_char(out, '\n');
}

void conllu_write(struct buf *out, const struct text *text, struct str id)
{
    uint32_t paragraph = UINT32_MAX;

    buf_str(out, STR("# newdoc id = "));
    put_field(out, id);
    buf_char(out, '\n');
    for (uint32_t i = 0; i < text->sentence.count; i++) {
        const struct sentence *s = &text->sentence.at[i];

        if (s->paragraph != paragraph)
            buf_str(out, STR("# newpar\n"));
        paragraph = s->paragraph;
        buf_str(out, STR("# sent_id = "));
        put_field(out, id);
        buf_char(out, '-');
        put_number(out, i + 1);
        buf_str(out, STR("\n# text = "));
        put_field(out, str_slice(text->article->text, s->start, s->end));
        buf_char(out, '\n');
        put_sentence(out, text, s);
    }
    if (text->sentence.count == 0)
        buf_char(out, '\n');
}
