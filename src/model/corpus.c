#include "model/corpus.h"

#include "base/io.h"
#include "model/names.h"
#include "model/rows.h"
#include "model/tags.h"

#define TYPE_BIT(type) (1u << (type))
#define OPEN_GROUP TYPE_BIT(NAME_GROUP)
#define OPEN_MISC TYPE_BIT(NAME_MISC)

/* uner_ewt's MISC are nationalities, languages, groups; wikigold's are those and works;
 * multiner's are numbers and dates too. */
const struct names_source names_sources[] = {
    { .name = "uner_ewt", .open = OPEN_MISC, .group = "MISC" },
    { .name = "wikigold", .either = "MISC" },
    { .name = "crossner_politics", .misc = "EVENT", .either = "MISC" },
    { .name = "re3d", .group = "NORP", .unsure = "DATE MONEY QUANT WEAPON WORK" },
    { .name = "multiner", .unsure = "MISC" },
    { .name = "wnut17", .open = OPEN_GROUP, .misc = "PROD WORK" },
    { .name = "btc", .open = OPEN_GROUP | OPEN_MISC },
};
const uint32_t names_source_count = COUNT(names_sources);

void corpus_forget(struct corpus_word *w)
{
    w->head = CORPUS_NO_HEAD;
    w->upos = w->xpos = w->rel = CORPUS_NO_TAG;
    w->rule = UINT16_MAX;
    w->names = 0;
}

static struct corpus_word *new_word(struct arena *arena, struct corpus *c,
                                    struct str form)
{
    struct corpus_word *w = PUSH(arena, &c->word);

    w->form = form;
    corpus_forget(w);
    feature_keys(form, &w->keys);
    return w;
}

static void end_sentence(struct arena *arena, struct corpus *c, uint32_t *first)
{
    if (c->word.count > *first)
        *PUSH(arena, &c->sentence) =
            (struct corpus_sentence){ *first, c->word.count - *first };
    *first = c->word.count;
}

/* One line of CoNLL-U; ranges "3-4" and empty words "8.1" are passed over. */
static bool read_tree_line(struct arena *arena, struct corpus *c, struct str line)
{
    struct str field[10], rest = line;
    struct corpus_word *w;
    uint64_t n;

    for (size_t i = 0; i < COUNT(field); i++)
        if (!str_split(&rest, '\t', &field[i]))
            return false;
    if (!str_to_u64(field[0], &n))
        return true;
    w = new_word(arena, c, field[1]);
    w->lemma = field[2];
    w->misc = field[9];
    if (!upos_find(field[3], &w->upos) || !deprel_find(field[7], &w->rel) ||
        !str_to_u64(field[6], &n))
        return false;
    w->head = (uint32_t)n;
    xpos_find(field[4], &w->xpos); /* a handful of slips there: left unknown */
    return true;
}

/* Calls `read` for each line that is not a comment. */
static bool read_lines(struct arena *arena, const char *path, struct corpus *out,
                       bool (*read)(struct arena *, struct corpus *, struct str),
                       struct err *err)
{
    struct str rest, line;
    uint32_t first = 0;

    *out = (struct corpus){ 0 };
    if (!io_map_file(path, &out->mapped, err))
        return err_set(err, ERR_READ, -1, "%s: can't be read", path);
    rest = out->mapped;
    for (int64_t number = 1; str_split(&rest, '\n', &line); number++) {
        if (line.len == 0)
            end_sentence(arena, out, &first);
        else if (!str_starts(line, STR("# ")) && !read(arena, out, line))
            return err_set(err, ERR_FORMAT, number, "%s: not a line of a treebank",
                           path);
    }
    end_sentence(arena, out, &first);
    return true;
}

bool corpus_read_trees(struct arena *arena, const char *path, struct corpus *out,
                       struct err *err)
{
    return read_lines(arena, path, out, read_tree_line, err);
}

/* The coarse tag waits in the lemma until the sentence is known whole. */
static bool read_name_line(struct arena *arena, struct corpus *c, struct str line)
{
    struct str number, form, tag, rest = line;

    if (!str_split(&rest, '\t', &number) || !str_split(&rest, '\t', &form) ||
        !str_split(&rest, '\t', &tag))
        return false;
    new_word(arena, c, form)->lemma = tag;
    return true;
}

static bool listed(const char *list, struct str tag)
{
    struct str rest = str_from(list ? list : ""), part;

    while (rest.len > 0 && str_split(&rest, ' ', &part))
        if (str_eq(part, tag))
            return true;
    return false;
}

/* Bits of types that a set's type may be. */
static uint32_t types_of(const struct names_source *s, struct str type)
{
    if (str_eq(type, STR("PER")))
        return TYPE_BIT(NAME_PERSON);
    if (str_eq(type, STR("ORG")))
        return TYPE_BIT(NAME_ORGANIZATION);
    if (str_eq(type, STR("LOC")))
        return TYPE_BIT(NAME_PLACE);
    if (listed(s->group, type))
        return TYPE_BIT(NAME_GROUP);
    if (listed(s->misc, type))
        return TYPE_BIT(NAME_MISC);
    return OPEN_GROUP | OPEN_MISC;
}

static uint32_t labels_of(uint32_t types, enum name_part part)
{
    uint32_t labels = 0;

    for (uint32_t t = 0; t < NAME_TYPES; t++)
        if (types & TYPE_BIT(t))
            labels |= 1u << name_label(t, part);
    return labels;
}

static uint32_t every_label(uint32_t types)
{
    uint32_t labels = 1u << NAME_OUTSIDE;

    for (enum name_part p = 0; p < NAME_PARTS; p++)
        labels |= labels_of(types, p);
    return labels;
}

static bool goes_on(const struct corpus_word *w, uint32_t n, uint32_t i)
{
    return i < n && str_starts(w[i].lemma, STR("I-"));
}

static void label_name(const struct names_source *s, struct corpus_word *w, uint32_t n,
                       uint32_t i)
{
    struct str tag = w[i].lemma;
    bool begins = str_starts(tag, STR("B-")), more = goes_on(w, n, i + 1);
    enum name_part part = begins ? more ? NAME_BEGIN : NAME_UNIT
                          : more ? NAME_INSIDE
                                 : NAME_LAST;

    if (tag.len < 3) {
        w[i].names = every_label(s->open);
        return;
    }
    tag = str_after(tag, 2);
    w[i].names = labels_of(types_of(s, tag), part);
    if (listed(s->unsure, tag))
        w[i].names = every_label(OPEN_GROUP | OPEN_MISC);
}

bool corpus_read_names(struct arena *arena, const char *path,
                       const struct names_source *source, struct corpus *out,
                       struct err *err)
{
    if (!read_lines(arena, path, out, read_name_line, err))
        return false;
    for (uint32_t s = 0; s < out->sentence.count; s++) {
        struct corpus_word *w = out->word.at + out->sentence.at[s].first;

        for (uint32_t i = 0; i < out->sentence.at[s].words; i++)
            label_name(source, w, out->sentence.at[s].words, i);
    }
    for (uint32_t i = 0; i < out->word.count; i++)
        out->word.at[i].lemma = STR("");
    return true;
}

static bool same_words(const struct corpus *a, uint32_t i, const struct corpus *b,
                       uint32_t j)
{
    const struct corpus_sentence *s = &a->sentence.at[i], *t = &b->sentence.at[j];

    if (s->words != t->words)
        return false;
    for (uint32_t k = 0; k < s->words; k++)
        if (!str_eq(a->word.at[s->first + k].form, b->word.at[t->first + k].form))
            return false;
    return true;
}

static uint64_t hash_of(const struct corpus *c, uint32_t i)
{
    const struct corpus_sentence *s = &c->sentence.at[i];
    uint64_t h = s->words;

    for (uint32_t k = 0; k < s->words; k++)
        h = (h ^ c->word.at[s->first + k].keys.lower) * 0x9e3779b97f4a7c15u;
    return h;
}

void corpus_join_names(struct arena *arena, struct corpus *trees,
                       const struct corpus *names, struct corpus *rest)
{
    struct rows index = rows_new(arena, names->sentence.count);
    bool *used = NEW(arena, bool, names->sentence.count);

    for (uint32_t j = 0; j < names->sentence.count; j++)
        rows_put(&index, (struct rows_slot *)(uintptr_t)index.slot, hash_of(names, j),
                 j);
    for (uint32_t i = 0; i < trees->sentence.count; i++) {
        uint32_t j = rows_find(&index, hash_of(trees, i));

        if (j == ROWS_NONE || !same_words(trees, i, names, j))
            continue;
        used[j] = true;
        for (uint32_t w = 0; w < names->sentence.at[j].words; w++)
            trees->word.at[trees->sentence.at[i].first + w].names =
                names->word.at[names->sentence.at[j].first + w].names;
    }
    for (uint32_t j = 0; j < names->sentence.count; j++)
        if (!used[j])
            corpus_append(arena, rest, names, j);
}

void corpus_append(struct arena *arena, struct corpus *to, const struct corpus *from,
                   uint32_t sentence)
{
    struct corpus_sentence s = from->sentence.at[sentence];
    struct corpus_sentence added = { to->word.count, s.words };

    for (uint32_t i = 0; i < s.words; i++) {
        struct corpus_word *w =
            PUSH(arena, &to->word); /* may be what from lies in, too */

        *w = from->word.at[s.first + i];
    }
    *PUSH(arena, &to->sentence) = added;
}

/* "enter" -> "ENTER" or "Enter"; headlines leave "of" and "the" small. */
static struct str headline_form(struct arena *arena, const struct corpus_word *w,
                                bool upper)
{
    struct str form = arena_str(arena, w->form);
    char *at = (char *)(uintptr_t)form.ptr;
    size_t end = upper ? form.len : 1;

    if (!upper && (w->upos == UPOS_ADP || w->upos == UPOS_DET ||
                   w->upos == UPOS_CCONJ || w->upos == UPOS_PART))
        return form;
    for (size_t i = 0; i < end; i++)
        at[i] = ascii_upper(at[i]);
    return form;
}

void corpus_append_headline(struct arena *arena, struct corpus *c, uint32_t sentence,
                            bool upper)
{
    uint32_t first = c->word.count;

    corpus_append(arena, c, c, sentence);
    for (uint32_t i = first; i < c->word.count; i++) {
        struct corpus_word *w = &c->word.at[i];

        w->form = headline_form(arena, w, upper);
        feature_keys(w->form, &w->keys);
    }
}
