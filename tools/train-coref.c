/* train-coref - learns what pronouns go back to: writes src/text/coref_weights.c.
 *
 *     train-coref GAP.tsv... GUM.conllu=ONTOGUM.conll... > src/text/coref_weights.c
 *     train-coref GAP.tsv... --test GAP.tsv   the files behind are not learnt
 *     train-coref --chains GUM.conllu...     the chains we find, in OntoGUM's brackets
 *
 * GAP tells of one pronoun a passage which of two names it means, OntoGUM gives all
 * chains of a document on the words of the treebank.  Each choice of a pronoun is an
 * example: the options of the right chain against the others and nobody.  While a text
 * is read the right chain is taken where it is known, so that later choices see it.  The
 * loss is -log of the sum of the right options' shares; AdaGrad, a fixed start: same
 * files, same weights.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/io.h"
#include "model/model.h"
#include "text/conllu.h"
#include "text/coref.h"

#define FILE_LIMIT ((size_t)1 << 28)
#define H COREF_HIDDEN
#define RATE 0.05F
#define DECAY 2e-5F
#define DROP 0.5F /* share of features left out of an example while learning */

enum mark { WRONG, RIGHT, OPEN /* not known: takes no part */ };

struct example {
    struct coref_option *option;
    uint8_t *mark;
    uint32_t options;
    float weight;
};

struct weights {
    float direct[COREF_FEATURES], in[COREF_FEATURES][H], out[H];
};

/* What is known of the text that is read now. */
struct gold {
    bool gap;
    uint32_t pronoun; /* byte of GAP's pronoun */
    struct {
        uint32_t start, end;
        bool right;
    } name[2];
    const uint32_t *chain; /* by token: 1 + chain that its phrase is of, 0: none */
};

struct trainer {
    struct arena arena, doc;
    struct model model;
    struct text_tools tools;
    struct coref_watch watch;
    struct gold gold;
    ARRAY(struct example) example;
    struct weights w, square;
    uint64_t random;
    uint32_t epochs;
    uint32_t learnt; /* examples behind this one are only looked at */
};

static float uniform(struct trainer *t)
{
    t->random ^= t->random << 13;
    t->random ^= t->random >> 7;
    t->random ^= t->random << 17;
    return (float)(t->random >> 40) / (float)(1 << 24);
}

static bool covers_end(const struct text *text, const struct referent *r,
                       uint32_t start, uint32_t end)
{
    uint32_t m = text->token.at[r->head].mention;
    uint32_t a = text->token.at[r->head].start, b = text->token.at[r->head].end;

    if (m < text->mention.count) {
        a = text->mention.at[m].start;
        b = text->mention.at[m].end;
    }
    return a < end && end <= b && start < b;
}

/* Whether a chain has a phrase over this name of GAP's. */
static bool chain_is_name(const struct coref *c, uint32_t option, uint32_t which,
                          const struct gold *g)
{
    uint32_t chain = c->referent.at[option].chain;

    for (uint32_t i = 0; i < c->referent.count; i++)
        if (c->referent.at[i].chain == chain &&
            c->referent.at[i].kind != MENTION_PRONOUN &&
            covers_end(c->text, &c->referent.at[i], g->name[which].start,
                       g->name[which].end))
            return true;
    return false;
}

static enum mark mark_of_gap(const struct coref *c, const struct coref_option *o,
                             const struct gold *g)
{
    bool any = g->name[0].right || g->name[1].right;

    if (o->referent == REFERENT_NONE)
        return any ? WRONG : OPEN;
    for (uint32_t k = 0; k < 2; k++)
        if (chain_is_name(c, o->referent, k, g))
            return g->name[k].right ? RIGHT : WRONG;
    return any ? WRONG : OPEN;
}

static enum mark mark_of_gum(const struct coref *c, const struct coref_option *o,
                             const struct gold *g, uint32_t pronoun)
{
    uint32_t chain = g->chain[pronoun];

    if (o->referent == REFERENT_NONE)
        return chain == 0 ? RIGHT : WRONG;
    return chain != 0 && g->chain[c->referent.at[o->referent].head] == chain ? RIGHT
                                                                             : WRONG;
}

static void keep(struct trainer *t, const struct coref_choice *choice,
                 const uint8_t *mark, float weight)
{
    struct example *e = PUSH(&t->arena, &t->example);

    e->options = choice->options;
    e->weight = weight;
    e->option = NEW(&t->arena, struct coref_option, choice->options);
    e->mark = NEW(&t->arena, uint8_t, choice->options);
    for (uint32_t i = 0; i < choice->options; i++)
        e->option[i] = choice->option[i];
    memcpy(e->mark, mark, choice->options);
}

static uint32_t decide(void *context, const struct coref *c,
                       const struct coref_choice *choice, uint32_t best)
{
    struct trainer *t = context;
    uint8_t mark[COREF_OPTIONS_MAX];
    uint32_t right = 0, wrong = 0, taken = best;
    const struct token *p = &c->text->token.at[choice->pronoun];

    if (t->gold.gap && p->start != t->gold.pronoun)
        return best;
    for (uint32_t i = 0; i < choice->options; i++) {
        mark[i] = (uint8_t)(t->gold.gap ? mark_of_gap(c, &choice->option[i], &t->gold)
                                        : mark_of_gum(c, &choice->option[i], &t->gold,
                                                      choice->pronoun));
        right += mark[i] == RIGHT;
        wrong += mark[i] == WRONG;
        if (mark[i] == RIGHT && (taken == best || mark[taken] != RIGHT))
            taken = i;
    }
    if (right + wrong > 0 && wrong > 0 &&
        (right > 0 ||
         (t->gold.gap && !t->gold.name[0].right && !t->gold.name[1].right)))
        keep(t, choice, mark, 1);
    return taken;
}

/* "(12", "34)", "(5)" of one word, parted by "|" or nothing. */
static void read_brackets(const struct text *text, struct str s, uint32_t at,
                          uint32_t *open, uint32_t *opened, uint32_t *chain)
{
    for (size_t i = 0; i < s.len;) {
        bool opens = s.ptr[i] == '(';
        uint32_t id = 0;

        i += opens;
        while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9')
            id = id * 10 + (uint32_t)(s.ptr[i++] - '0');
        if (opens) {
            open[*opened * 2] = id;
            open[(*opened)++ * 2 + 1] = at;
        }
        if (i < s.len && s.ptr[i] == ')') {
            i++;
            for (uint32_t k = *opened; k-- > 0;)
                if (open[k * 2] == id) {
                    uint32_t first = open[k * 2 + 1];

                    for (uint32_t j = first; j <= at; j++) {
                        uint32_t head = text->token.at[j].head;

                        if ((head == TOKEN_NONE || head < first || head > at) &&
                            text->token.at[j].upos != UPOS_PUNCT &&
                            text->token.at[j].upos != UPOS_ADP) {
                            if (chain[j] == 0 || first == at)
                                chain[j] = id + 1;
                            break;
                        }
                    }
                    (*opened)--;
                    for (; k < *opened; k++) {
                        open[k * 2] = open[k * 2 + 2];
                        open[k * 2 + 1] = open[k * 2 + 3];
                    }
                    break;
                }
        }
        while (i < s.len && (s.ptr[i] == '|' || s.ptr[i] == '_'))
            i++;
    }
}

static void fail(const char *what, const char *path)
{
    fprintf(stderr, "%s: %s\n", path, what);
    exit(2);
}

static struct str load(struct trainer *t, const char *path)
{
    struct str s;
    struct err err;

    if (!io_read_file(&t->arena, path, FILE_LIMIT, &s, &err))
        fail(err.detail, path);
    return s;
}

static struct text read_article(struct trainer *t, struct article *a)
{
    return text_from_article(&t->doc, &t->tools, a);
}

/* Byte of the n-th code point. */
static uint32_t byte_at(struct str s, uint32_t n)
{
    size_t i = 0;

    while (i < s.len && n > 0) {
        i++;
        while (i < s.len && ((unsigned char)s.ptr[i] & 0xC0) == 0x80)
            i++;
        n--;
    }
    return (uint32_t)i;
}

static uint32_t number(struct str s)
{
    uint32_t n = 0;

    for (size_t i = 0; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
        n = n * 10 + (uint32_t)(s.ptr[i] - '0');
    return n;
}

static void read_gap(struct trainer *t, const char *path)
{
    struct str rest = load(t, path), line;

    str_split(&rest, '\n', &line);
    while (str_split(&rest, '\n', &line)) {
        struct str field[11], part = line;
        struct page page = { .media = PAGE_ARTICLE };
        struct article a = { .page = &page };
        uint32_t n = 0;

        while (n < 11 && str_split(&part, '\t', &field[n]))
            n++;
        if (n < 10)
            continue;
        a.text = field[1];
        t->gold =
            (struct gold){ .gap = true, .pronoun = byte_at(a.text, number(field[3])) };
        for (uint32_t k = 0; k < 2; k++) {
            t->gold.name[k].start = byte_at(a.text, number(field[5 + 3 * k]));
            t->gold.name[k].end =
                t->gold.name[k].start + (uint32_t)field[4 + 3 * k].len;
            t->gold.name[k].right = str_eq_fold(field[6 + 3 * k], STR("TRUE"));
        }
        read_article(t, &a);
        arena_reset(&t->doc);
    }
}

/* The rows of the next document of a file, which begins with a line like this. */
static bool next_document(struct str *rest, struct str begin, struct str *out)
{
    size_t at = str_find(*rest, begin), next;

    if (at == STR_NPOS)
        return false;
    *rest = str_after(*rest, at);
    next = str_find(str_after(*rest, begin.len), begin);
    *out = next == STR_NPOS ? *rest : str_slice(*rest, 0, next + begin.len);
    *rest = str_after(*rest, out->len);
    return true;
}

static struct text read_conllu(struct trainer *t, struct page *page, struct article *a,
                               struct str rows)
{
    *page = (struct page){ .media = PAGE_CONLLU, .body = rows };
    *a = (struct article){ .page = page, .text = conllu_text(&t->doc, rows) };
    return read_article(t, a);
}

/* Chains by the heads of their phrases.  Heads are those of our own trees, so the text
 * is read once before it is learnt from. */
static const uint32_t *gold_chains(struct trainer *t, const struct text *text,
                                   struct str rows)
{
    uint32_t *chain = NEW(&t->doc, uint32_t, text->token.count + 1);
    uint32_t *open = NEW(&t->doc, uint32_t, 2 * text->token.count + 2), opened = 0,
             at = 0;
    struct str line, field;

    while (str_split(&rows, '\n', &line)) {
        if (line.len == 0 || *line.ptr == '#')
            continue;
        while (str_split(&line, '\t', &field))
            continue;
        if (at < text->token.count)
            read_brackets(text, field, at, open, &opened, chain);
        at++;
    }
    if (at != text->token.count)
        fprintf(stderr, "words differ: %u and %u\n", at, text->token.count);
    return chain;
}

static void read_gum(struct trainer *t, const char *conllu, const char *conll)
{
    struct str rows = load(t, conllu), brackets = load(t, conll), one, chains;

    while (next_document(&rows, STR("# newdoc id"), &one) &&
           next_document(&brackets, STR("# begin document"), &chains)) {
        struct page page;
        struct article a;
        struct text text;

        t->tools.watch = NULL;
        text = read_conllu(t, &page, &a, one);
        t->gold = (struct gold){ .chain = gold_chains(t, &text, chains) };
        t->tools.watch = &t->watch;
        read_conllu(t, &page, &a, one);
        arena_reset(&t->doc);
    }
}

static float score(const struct weights *w, const struct coref_option *o,
                   const bool *dropped, float hidden[H])
{
    float sum = 0;

    for (int h = 0; h < H; h++)
        hidden[h] = 0;
    for (uint32_t i = 0; i < o->features; i++) {
        uint16_t f = o->feature[i];

        if (dropped && dropped[f])
            continue;
        sum += w->direct[f];
        for (int h = 0; h < H; h++)
            hidden[h] += w->in[f][h];
    }
    for (int h = 0; h < H; h++)
        if (hidden[h] > 0)
            sum += hidden[h] * w->out[h];
    return sum;
}

static void nudge(float *w, float *square, float g, float decay)
{
    g += decay * *w;
    *square += g * g;
    *w -= RATE * g / (sqrtf(*square) + 1e-6F);
}

static void learn_option(struct trainer *t, const struct coref_option *o,
                         const bool *dropped, const float hidden[H], float g)
{
    float back[H];

    for (int h = 0; h < H; h++) {
        back[h] = hidden[h] > 0 ? g * t->w.out[h] : 0;
        if (hidden[h] > 0)
            nudge(&t->w.out[h], &t->square.out[h], g * hidden[h], 0);
    }
    for (uint32_t i = 0; i < o->features; i++) {
        uint16_t f = o->feature[i];

        if (dropped[f])
            continue;
        nudge(&t->w.direct[f], &t->square.direct[f], g, DECAY);
        for (int h = 0; h < H; h++)
            if (back[h] < 0 || back[h] > 0)
                nudge(&t->w.in[f][h], &t->square.in[f][h], back[h], DECAY);
    }
}

static void shares(const float *s, uint32_t n, const uint8_t *mark, float *share,
                   float *right)
{
    float top = s[0], sum = 0, good = 0;

    for (uint32_t i = 1; i < n; i++)
        top = s[i] > top ? s[i] : top;
    for (uint32_t i = 0; i < n; i++)
        sum += share[i] = expf(s[i] - top);
    for (uint32_t i = 0; i < n; i++) {
        share[i] /= sum;
        good += mark[i] == WRONG ? 0 : share[i];
    }
    *right = good;
}

static void learn(struct trainer *t, const struct example *e)
{
    static bool dropped[COREF_FEATURES];
    float s[COREF_OPTIONS_MAX], share[COREF_OPTIONS_MAX], right;
    float hidden[COREF_OPTIONS_MAX][H];

    for (int f = 0; f < COREF_FEATURES; f++)
        dropped[f] = uniform(t) < DROP;
    for (uint32_t i = 0; i < e->options; i++)
        s[i] = score(&t->w, &e->option[i], dropped, hidden[i]);
    shares(s, e->options, e->mark, share, &right);
    for (uint32_t i = 0; i < e->options; i++) {
        float want = e->mark[i] == WRONG ? 0 : share[i] / (right + 1e-9F);

        learn_option(t, &e->option[i], dropped, hidden[i],
                     e->weight * (share[i] - want));
    }
}

static void train(struct trainer *t)
{
    uint32_t n = t->learnt;
    uint32_t *order = NEW(&t->arena, uint32_t, n + 1);

    for (int f = 0; f < COREF_FEATURES; f++)
        for (int h = 0; h < H; h++) {
            t->w.in[f][h] = (uniform(t) - 0.5F) * 0.3F;
            t->square.in[f][h] = 0.1F;
        }
    for (int f = 0; f < COREF_FEATURES; f++)
        t->square.direct[f] = 0.1F;
    for (int h = 0; h < H; h++) {
        t->w.out[h] = h % 2 ? 0.3F : -0.3F;
        t->square.out[h] = 0.1F;
    }
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    for (uint32_t epoch = 0; epoch < t->epochs; epoch++) {
        double right[2] = { 0 }, all[2] = { 0 };

        for (uint32_t i = n; i > 1; i--) {
            uint32_t j = (uint32_t)(uniform(t) * (float)i), swap = order[i - 1];

            order[i - 1] = order[j];
            order[j] = swap;
        }
        for (uint32_t i = 0; i < n; i++)
            learn(t, &t->example.at[order[i]]);
        for (uint32_t i = 0; i < t->example.count; i++) {
            const struct example *e = &t->example.at[i];
            float hidden[H], best = -1e9F;
            uint32_t found = 0;

            for (uint32_t k = 0; k < e->options; k++) {
                float s = score(&t->w, &e->option[k], NULL, hidden);

                if (s > best) {
                    best = s;
                    found = k;
                }
            }
            right[i >= n] += e->mark[found] != WRONG;
            all[i >= n]++;
        }
        fprintf(stderr,
                "epoch %u: %.2f of %.0f choices right, %.2f of %.0f not learnt\n",
                epoch + 1, 100 * right[0] / all[0], all[0], 100 * right[1] / all[1],
                all[1]);
    }
}

static int rounded(float w)
{
    float x = roundf(w * 1000);

    return x > 32767 ? 32767 : x < -32767 ? -32767 : (int)x;
}

static void print_weights(const struct trainer *t)
{
    printf("/* coref_weights.c - made by tools/train-coref; not edited by hand. */\n"
           "#include \"text/coref.h\"\n\n/* clang-format off */\n"
           "const struct coref_weights coref_weights = {\n.direct = {");
    for (int f = 0; f < COREF_FEATURES; f++)
        printf("%s%d,", f % 16 == 0 ? "\n" : " ", rounded(t->w.direct[f]));
    printf("\n},\n.in = {\n");
    for (int f = 0; f < COREF_FEATURES; f++) {
        printf("{");
        for (int h = 0; h < H; h++)
            printf("%s%d", h ? ", " : "", rounded(t->w.in[f][h]));
        printf("},\n");
    }
    printf("},\n.out = {");
    for (int h = 0; h < H; h++)
        printf("%s%d", h ? ", " : " ", rounded(t->w.out[h]));
    printf(" },\n};\n");
}

/* ---- chains as OntoGUM writes them ------------------------------------------------ */

static uint32_t root_of(uint32_t *up, uint32_t i)
{
    while (up[i] != i)
        i = up[i] = up[up[i]];
    return i;
}

static bool outside_phrase(const struct token *t)
{
    return t->rel == DEPREL_CASE || t->rel == DEPREL_PUNCT || t->rel == DEPREL_CC ||
           t->rel == DEPREL_CONJ || t->rel == DEPREL_MARK || t->rel == DEPREL_COP ||
           t->rel == DEPREL_NSUBJ || t->rel == DEPREL_NSUBJ_PASS ||
           t->rel == DEPREL_ADVCL || t->rel == DEPREL_PARATAXIS ||
           t->rel == DEPREL_AUX || t->rel == DEPREL_CCOMP || t->rel == DEPREL_OBL ||
           t->rel == DEPREL_ADVMOD || t->rel == DEPREL_APPOS ||
           t->rel == DEPREL_DISCOURSE;
}

/* First and last word of the phrase that a token heads. */
static void phrase(const struct text *text, uint32_t head, uint32_t *first,
                   uint32_t *last)
{
    const struct sentence *s = &text->sentence.at[text->token.at[head].sentence];

    *first = *last = head;
    for (uint32_t i = s->first; i < s->first + s->tokens; i++) {
        uint32_t x = i;

        for (uint32_t step = 0; step < 16 && x != head && x != TOKEN_NONE; step++) {
            const struct token *t = &text->token.at[x];

            if (t->head == head && outside_phrase(t))
                break;
            x = t->head;
        }
        if (x == head && i < *first)
            *first = i;
        if (x == head && i > *last)
            *last = i;
    }
    if (text->token.at[*last].upos == UPOS_PUNCT && *last > head)
        --*last;
}

static void append(char field[256], const char *open, uint32_t chain, const char *close)
{
    size_t len = strlen(field);

    snprintf(field + len, 256 - len, "%s%u%s", open, chain, close);
}

static void print_chains(const struct text *text, struct str id)
{
    uint32_t n = text->token.count;
    uint32_t *up = calloc(n + text->entity.count + 1, sizeof *up);
    uint32_t *count = calloc(n + text->entity.count + 1, sizeof *count);
    char(*out)[256] = calloc(n + 1, sizeof *out);

    for (uint32_t i = 0; i < n + text->entity.count; i++)
        up[i] = i;
    for (uint32_t i = 0; i < n; i++)
        if (text->token.at[i].antecedent != TOKEN_NONE)
            up[root_of(up, i)] = root_of(up, text->token.at[i].antecedent);
    for (uint32_t m = 0; m < text->mention.count; m++) {
        const struct token *t = &text->token.at[text->mention.at[m].head];

        if (t->rel != DEPREL_AMOD &&
            (t->rel != DEPREL_COMPOUND ||
             text->entity.at[text->mention.at[m].entity].type != ENTITY_MISC))
            up[root_of(up, text->mention.at[m].head)] =
                root_of(up, n + text->mention.at[m].entity);
    }
    for (uint32_t i = 0; i < n; i++)
        count[root_of(up, i)]++;
    printf("# begin document %.*s\n", STR_ARG(id));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t chain = root_of(up, i), first, last;
        const struct token *t = &text->token.at[i];

        if (count[chain] < 2)
            continue;
        phrase(text, i, &first, &last);
        for (uint32_t k = 0; t->rel == DEPREL_FLAT && t->head != TOKEN_NONE && k < 3;
             k++) {
            phrase(text, t->head, &first, &last);
            t = &text->token.at[t->head];
        }
        append(out[first], "(", chain, first == last ? ")" : "");
        if (first < last)
            append(out[last], "", chain, ")");
    }
    for (uint32_t i = 0; i < n; i++)
        printf("%u\t%.*s\t%s\n", i, STR_ARG(text->token.at[i].form),
               *out[i] ? out[i] : "_");
    free(up);
    free(count);
    free(out);
}

static void tell_chains(struct trainer *t, const char *path)
{
    struct str rows = load(t, path), one;

    while (next_document(&rows, STR("# newdoc id"), &one)) {
        struct page page;
        struct article a;
        struct text text = read_conllu(t, &page, &a, one);
        size_t at = str_find(one, STR(" = ")) + 3, end = str_find_char(one, '\n');

        print_chains(&text, str_slice(one, at, end));
        arena_reset(&t->doc);
    }
}

int main(int argc, char **argv)
{
    static struct trainer t = { .random = 88172645463325252u, .epochs = 20 };
    struct err err;
    bool chains = argc > 1 && strcmp(argv[1], "--chains") == 0;

    arena_init(&t.arena, SIZE_MAX);
    arena_init(&t.doc, SIZE_MAX);
    if (!model_open_built_in(&t.model, &err))
        fail(err.detail, "model");
    t.watch = (struct coref_watch){ &t, decide };
    t.tools.model = &t.model;
    for (int i = 1 + chains; i < argc; i++) {
        char *equals = strchr(argv[i], '=');

        t.tools.watch = &t.watch;
        if (strcmp(argv[i], "--test") == 0) {
            t.learnt = t.example.count;
            continue;
        }
        if (chains) {
            t.tools.watch = NULL;
            tell_chains(&t, argv[i]);
        } else if (equals) {
            *equals = '\0';
            read_gum(&t, argv[i], equals + 1);
        } else {
            read_gap(&t, argv[i]);
        }
        fprintf(stderr, "%s: %u choices\n", argv[i], t.example.count);
    }
    if (!chains) {
        t.learnt = t.learnt ? t.learnt : t.example.count;
        train(&t);
        print_weights(&t);
    }
    arena_release(&t.doc);
    arena_release(&t.arena);
    return 0;
}
