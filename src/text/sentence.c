#include "text/sentence.h"

#include <string.h>

#include "base/utf8.h"
#include "lex/lex.h"

/* "[3]" after a stop: a mark of a note, three tokens; 0 when it is none. */
static uint32_t note_len(const struct token *t, const struct token *end)
{
    return end - t >= 3 && str_eq(t[0].form, STR("[")) &&
                   ascii_is_digit(*t[1].form.ptr) && str_eq(t[2].form, STR("]"))
               ? 3
               : 0;
}

static bool is_closer(const struct token *t)
{
    char c = *t->form.ptr;

    if (t->form.len == 1)
        return c == ')' || c == ']' ||
               ((c == '"' || c == '\'') && (t->start == 0 || !t[-1].space_after));
    return str_eq(t->form, STR("\u201d")) || str_eq(t->form, STR("\u2019"));
}

/* ".", "!?", "...", U+2026: marks that end sentences. */
static bool is_terminal(const struct token *t)
{
    if (strchr(".!?", *t->form.ptr) && *t->form.ptr != '\0')
        return !ascii_is_word(t->form.ptr[t->form.len - 1]);
    return str_eq(t->form, STR("\u2026"));
}

/* `"Stop!" he said`, `"Why?" Ana Sol asked`: the sentence goes on after the quote. */
static bool speech_goes_on(const struct token *t, const struct token *end)
{
    char lower[12];

    for (uint32_t n = 0; n < 5 && t + n < end; n++) {
        struct str form = t[n].form;

        if (form.len > 10 || !ascii_is_letter(*form.ptr))
            return false;
        for (size_t i = 0; i < form.len; i++)
            lower[i] = ascii_lower(form.ptr[i]);
        if (n > 0 && lex_find(&lex_quote_verbs, (struct str){ lower, form.len }))
            return true;
    }
    return false;
}

/* Whether a sentence ends before t, which follows the terminal `mark`. */
static bool ends_before(const struct token *mark, const struct token *t,
                        const struct token *end)
{
    size_t len;
    uint32_t code = utf8_decode(t->form, &len);
    bool closed = t - mark > 1, plain = str_eq(mark->form, STR("."));

    if (strchr(",;:)]%", *t->form.ptr) && *t->form.ptr != '\0')
        return false;
    if (code == 0x2014 || code == 0x2013 || code == '-')
        return plain && !closed;
    if (utf8_is_lower(code)) /* hasty writers; "Yahoo!" and `"Why?" he asked` are not */
        return !closed && t[-1].space_after && strchr("!?", *mark->form.ptr)
                   ? mark->space_after
                   : plain && !closed && t[-1].space_after;
    if (!plain && closed && speech_goes_on(t, end))
        return false;
    return true;
}

static uint32_t past_closers(const struct token *token, uint32_t i, uint32_t count)
{
    uint32_t n = 1;

    for (; i < count && n > 0; i += n) {
        n = is_closer(&token[i]) || is_terminal(&token[i]);
        if (n == 0)
            n = note_len(&token[i], token + count);
    }
    return i;
}

/* The stop at `i` of "2." when nothing else stands in the sentence that began at first,
 * or when a colon stands before the number: the item of a list follows. */
static bool is_enumerator(const struct token *token, uint32_t first, uint32_t i)
{
    if (i == first || token[i - 1].form.len > 2 || token[i - 1].space_after ||
        !ascii_is_digit(*token[i - 1].form.ptr))
        return false;
    return i - first == 1 || str_eq(token[i - 2].form, STR(":"));
}

static void add_sentence(struct arena *arena, struct text *text, uint32_t first,
                         uint32_t end, uint32_t paragraph)
{
    struct sentence *s = PUSH(arena, &text->sentence);
    const struct token *token = text->token.at;

    *s = (struct sentence){ .start = token[first].start,
                            .end = token[end - 1].end,
                            .first = first,
                            .tokens = end - first,
                            .paragraph = paragraph };
}

/* What the rules say while they go through a paragraph. */
struct rules {
    const struct token *token;
    uint32_t begin, end; /* of the sentence in hand; of the paragraph */
    uint32_t closed;     /* no gap before this token: closers of a stop */
    uint32_t proposed;   /* the gap where a sentence ends, if it is not passed */
};

static void read_stop(struct rules *r, uint32_t i)
{
    uint32_t next;

    if (!is_terminal(&r->token[i]))
        return;
    next = past_closers(r->token, i + 1, r->end);
    r->closed = next;
    if (next < r->end && !is_enumerator(r->token, r->begin, i) &&
        ends_before(&r->token[i], &r->token[next], r->token + r->end))
        r->proposed = next;
}

static bool ends_at(const struct rules *r, uint32_t first, uint32_t at,
                    const struct boundary_watch *watch)
{
    struct boundary_gap gap = { .token = r->token,
                                .first = first,
                                .begin = r->begin,
                                .at = at,
                                .end = r->end,
                                .proposed = r->proposed == at };

    if (at < r->closed)
        return false;
    if (at - r->begin >= SENTENCE_TOKENS_MAX)
        return true;
    if (!boundary_is_doubtful(&gap))
        return gap.proposed;
    return watch ? watch->ends(watch->context, &gap) : boundary_ends(&gap);
}

void sentences_cut(struct arena *arena, struct text *text, uint32_t first,
                   uint32_t paragraph, const struct boundary_watch *watch)
{
    struct rules rules = { .token = text->token.at,
                           .begin = first,
                           .end = text->token.count };

    for (uint32_t i = first; i + 1 < rules.end; i++) {
        read_stop(&rules, i);
        if (!ends_at(&rules, first, i + 1, watch))
            continue;
        add_sentence(arena, text, rules.begin, i + 1, paragraph);
        rules.begin = i + 1;
    }
    if (rules.begin < rules.end)
        add_sentence(arena, text, rules.begin, rules.end, paragraph);
}
