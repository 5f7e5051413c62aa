/* wordc - compiles the dictionary from WordNet and two lexicons.
 *
 *     wordc WORDNET_DIR function_words.tsv irregular_verbs.tsv OUT_DIR
 *
 * Writes OUT_DIR/words.bin (struct word_table of text/word.h and what follows it) and
 * OUT_DIR/words.c, which takes it in.  From WordNet come the one-word entries, which of
 * them are written with a capital, their irregular forms, and how often each was met in
 * its tagged texts; the regular forms are made here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/io.h"
#include "base/str.h"
#include "base/table.h"
#include "text/text.h"
#include "text/word.h"

#define FILE_LIMIT ((size_t)64 << 20)
#define BIT(tag) (1ull << (tag))

enum { NOUN, VERB, ADJECTIVE, ADVERB, CLASSES };

struct entry {
    struct str form, lemma[3];
    uint64_t tags;
    uint32_t uses[CLASSES];
    uint8_t sense, proper_sense, flags, best;
    bool plain; /* a noun with a sense that needs no capital */
};

struct maker {
    struct arena arena;
    struct table index; /* form -> 1 + entry */
    ARRAY(struct entry) entry;
    struct table irregular; /* lemma of an irregular form, with its class before it */
    struct table sense;     /* offset in data.noun -> lexicographer file */
    struct table xpos;
    ARRAY(struct str) strong; /* "go went gone" as three after another */
};

static struct str read_all(struct maker *m, const char *dir, const char *name)
{
    struct buf path = buf_new(&m->arena, 4096);
    struct err err;
    struct str text;

    if (*dir)
        buf_printf(&path, "%s/", dir);
    buf_printf(&path, "%s%c", name, '\0');
    if (!io_read_file(&m->arena, path.ptr, FILE_LIMIT, &text, &err)) {
        fprintf(stderr, "wordc: %s: %s\n", path.ptr, err.detail);
        exit(1);
    }
    return text;
}

static bool one_word(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_letter(s.ptr[i]) &&
            !(i > 0 && (s.ptr[i] == '-' || s.ptr[i] == '\'')))
            return false;
    return s.len > 0 && s.len < 40;
}

static struct str lower_of(struct maker *m, struct str s)
{
    struct str copy = arena_str(&m->arena, s);
    char *p = NEW(&m->arena, char, s.len + 1);

    for (size_t i = 0; i < s.len; i++)
        p[i] = ascii_lower(copy.ptr[i]);
    return (struct str){ p, s.len };
}

static struct entry *entry_of(struct maker *m, struct str form)
{
    uint32_t *at = table_put(&m->arena, &m->index, form);

    if (!*at) {
        struct entry *e = PUSH(&m->arena, &m->entry);

        e->form = form;
        *at = m->entry.count;
    }
    return &m->entry.at[*at - 1];
}

static void add_form(struct maker *m, struct str form, unsigned lemma_class,
                     struct str lemma, uint64_t tags)
{
    struct entry *e = entry_of(m, form);

    e->tags |= tags;
    if (tags & (BIT(XPOS_JJR) | BIT(XPOS_JJS)))
        e->lemma[ADJECTIVE] = lemma; /* "larger" has an entry of its own too */
    if (lemma_class < 3 && !e->lemma[lemma_class].ptr)
        e->lemma[lemma_class] = lemma;
}

static struct str field(struct str line, unsigned n)
{
    struct str part = { 0 };

    for (unsigned i = 0; i <= n; i++)
        if (!str_split(&line, ' ', &part))
            return (struct str){ 0 };
    return part;
}

static uint8_t sense_of_file(unsigned file)
{
    switch (file) {
    case 18: return SENSE_PERSON;
    case 14: return SENSE_GROUP;
    case 15: return SENSE_PLACE;
    case 28: return SENSE_TIME;
    case 4: return SENSE_ACT;
    case 23: return SENSE_QUANTITY;
    default: return SENSE_OTHER;
    }
}

/* data.noun: "09633969 18 n 02 Person_A 0 person_b 0 …": which words have a capital. */
static void read_noun_data(struct maker *m, struct str data)
{
    struct str line;

    while (str_split(&data, '\n', &line)) {
        uint64_t file = 0, count;
        char hex[8] = { 0 };

        if (line.len < 20 || *line.ptr == ' ')
            continue;
        str_to_u64(field(line, 1), &file);
        *table_put(&m->arena, &m->sense, field(line, 0)) = (uint32_t)file + 1;
        memcpy(hex, field(line, 3).ptr, 2);
        count = strtoul(hex, NULL, 16);
        for (unsigned i = 0; i < count; i++) {
            struct str word = field(line, 4 + 2 * i);
            struct entry *e;

            if (!one_word(word))
                continue;
            e = entry_of(m, lower_of(m, word));
            if (!ascii_is_upper(*word.ptr)) {
                e->plain = true;
                continue;
            }
            e->flags |= WORD_PROPER;
            e->flags |= (uint8_t)(file == 18   ? WORD_PERSON
                                  : file == 15 ? WORD_PLACE
                                  : file == 14 ? WORD_GROUP
                                               : 0);
            if (!e->proper_sense)
                e->proper_sense = sense_of_file((unsigned)file);
        }
    }
}

/* cntlist.rev: "kill%2:35:00:: 1 64": a sense and how often it was met. */
static void read_counts(struct maker *m, struct str data)
{
    struct str line;

    while (str_split(&data, '\n', &line)) {
        static const uint8_t classes[] = { CLASSES,   NOUN,   VERB,
                                           ADJECTIVE, ADVERB, ADJECTIVE };
        struct str key = field(line, 0), word, type;
        uint64_t count;
        unsigned digit;

        if (!str_split(&key, '%', &word) || !key.ptr || !one_word(word) ||
            !str_to_u64(field(line, 2), &count))
            continue;
        str_split(&key, ':', &type);
        digit = (unsigned)(*type.ptr - '0');
        if (digit >= 1 && digit <= 5)
            entry_of(m, arena_str(&m->arena, word))->uses[classes[digit]] +=
                (uint32_t)count;
    }
}

static struct str with_end(struct maker *m, struct str stem, size_t cut,
                           const char *end)
{
    struct buf b = buf_new(&m->arena, 128);

    buf_str(&b, str_slice(stem, 0, stem.len - cut));
    buf_str(&b, str_from(end));
    return buf_view(&b);
}

static bool vowel(char c)
{
    return strchr("aeiou", c) != NULL;
}

/* "boxes", "cities", "boats" */
static struct str s_form(struct maker *m, struct str w)
{
    char last = w.ptr[w.len - 1], before = w.len > 1 ? w.ptr[w.len - 2] : 'a';

    if (last == 'y' && !vowel(before))
        return with_end(m, w, 1, "ies");
    if (strchr("sxz", last) || (last == 'h' && strchr("cs", before)))
        return with_end(m, w, 0, "es");
    return with_end(m, w, 0, last == 'o' && !vowel(before) ? "es" : "s");
}

/* Whether the last consonant doubles: "stop" of one syllable, not "visit", "fix". */
static bool doubles(struct str w)
{
    unsigned vowels = 0;

    if (w.len < 3 || vowel(w.ptr[w.len - 1]) || !vowel(w.ptr[w.len - 2]) ||
        vowel(w.ptr[w.len - 3]) || strchr("wxyh", w.ptr[w.len - 1]))
        return false;
    for (size_t i = 0; i < w.len; i++)
        vowels += vowel(w.ptr[i]) && (i == 0 || !vowel(w.ptr[i - 1]));
    return vowels == 1 ||
           (vowels > 1 && w.ptr[w.len - 1] == 'l'); /* British "travelled" */
}

/* "stopped", "cried", "voted", "killed" by ends "ed"/"ing"/"er"/"est". */
static struct str vowel_form(struct maker *m, struct str w, const char *end)
{
    char last = w.ptr[w.len - 1], before = w.len > 1 ? w.ptr[w.len - 2] : 'a';
    char doubled[8];

    if (last == 'e' && *end == 'e')
        return with_end(m, w, 1, end);
    if (last == 'e' && before == 'i' && *end == 'i')
        return with_end(m, w, 2, "ying");
    if (last == 'e' && before != 'e' && before != 'o' && before != 'y')
        return with_end(m, w, 1, end);
    if (last == 'y' && !vowel(before) && *end == 'e') {
        snprintf(doubled, sizeof doubled, "i%s", end);
        return with_end(m, w, 1, doubled);
    }
    if (last == 'c') {
        snprintf(doubled, sizeof doubled, "k%s", end);
        return with_end(m, w, 0, doubled);
    }
    if (doubles(w)) {
        snprintf(doubled, sizeof doubled, "%c%s", last, end);
        return with_end(m, w, 0, doubled);
    }
    return with_end(m, w, 0, end);
}

static bool has_irregular(struct maker *m, char cls, struct str lemma)
{
    struct buf b = buf_new(&m->arena, 128);

    buf_char(&b, cls);
    buf_str(&b, lemma);
    return table_find(&m->irregular, buf_view(&b)) != NULL;
}

static void note_irregular(struct maker *m, char cls, struct str lemma)
{
    struct buf b = buf_new(&m->arena, 128);

    buf_char(&b, cls);
    buf_str(&b, lemma);
    *table_put(&m->arena, &m->irregular, buf_view(&b)) = 1;
}

static void add_noun(struct maker *m, struct str w)
{
    if (m->entry.at[*table_find(&m->index, w) - 1].plain) {
        add_form(m, w, NOUN, w, BIT(XPOS_NN));
        if (!has_irregular(m, 'n', w) || w.len > 6)
            add_form(m, s_form(m, w), NOUN, w, BIT(XPOS_NNS));
    } else {
        add_form(m, w, NOUN, w, BIT(XPOS_NNP));
        add_form(m, s_form(m, w), NOUN, w, BIT(XPOS_NNPS));
    }
}

static void add_verb(struct maker *m, struct str w)
{
    struct str past;

    add_form(m, w, VERB, w, BIT(XPOS_VB) | BIT(XPOS_VBP));
    if (w.len < 2)
        return;
    add_form(m, s_form(m, w), VERB, w, BIT(XPOS_VBZ));
    add_form(m, vowel_form(m, w, "ing"), VERB, w, BIT(XPOS_VBG));
    if (w.len > 3 && w.ptr[w.len - 1] == 'l')
        add_form(m, with_end(m, w, 0, "ing"), VERB, w, BIT(XPOS_VBG));
    if (has_irregular(m, 'v', w))
        return;
    past = vowel_form(m, w, "ed");
    add_form(m, past, VERB, w, BIT(XPOS_VBD) | BIT(XPOS_VBN));
    if (w.len > 3 && w.ptr[w.len - 1] == 'l')
        add_form(m, with_end(m, w, 0, "ed"), VERB, w, BIT(XPOS_VBD) | BIT(XPOS_VBN));
}

static unsigned syllables(struct str w)
{
    unsigned n = 0;

    for (size_t i = 0; i < w.len; i++)
        n += (vowel(w.ptr[i]) || w.ptr[i] == 'y') &&
             (i == 0 || !(vowel(w.ptr[i - 1]) || w.ptr[i - 1] == 'y'));
    return n;
}

static void add_adjective(struct maker *m, struct str w)
{
    add_form(m, w, ADJECTIVE, w, BIT(XPOS_JJ));
    if (w.len < 3 || w.len > 8 || syllables(w) > 2)
        return;
    if (syllables(w) == 2 && !str_ends(w, STR("y")) && !str_ends(w, STR("le")) &&
        !str_ends(w, STR("ow")) && !str_ends(w, STR("et")))
        return;
    add_form(m, vowel_form(m, w, "er"), ADJECTIVE, w, BIT(XPOS_JJR));
    add_form(m, vowel_form(m, w, "est"), ADJECTIVE, w, BIT(XPOS_JJS));
}

/* index.verb and the like: the word, its class, …, the offsets of its senses. */
static void read_index(struct maker *m, struct str data, unsigned cls)
{
    struct str line;

    while (str_split(&data, '\n', &line)) {
        struct str word = field(line, 0);
        uint64_t pointers;

        if (!one_word(word) || *line.ptr == ' ')
            continue;
        word = arena_str(&m->arena, word);
        entry_of(m, word);
        if (cls == NOUN)
            add_noun(m, word);
        else if (cls == VERB)
            add_verb(m, word);
        else if (cls == ADJECTIVE)
            add_adjective(m, word);
        else
            add_form(m, word, ADJECTIVE, word, BIT(XPOS_RB));
        if (cls == NOUN && str_to_u64(field(line, 3), &pointers)) {
            struct entry *e = entry_of(m, word);
            uint32_t *file = table_find(&m->sense, field(line, (unsigned)pointers + 6));

            e->sense = file ? sense_of_file(*file - 1) : SENSE_OTHER;
        }
    }
}

static void read_exceptions(struct maker *m, struct str data, unsigned cls)
{
    struct str line;

    while (str_split(&data, '\n', &line)) {
        struct str form = field(line, 0), lemma = field(line, 1);
        uint64_t tags = BIT(XPOS_NNS);

        if (!one_word(form) || !lemma.ptr || !one_word(lemma) ||
            !table_find(&m->index, lemma))
            continue;
        if (cls == VERB)
            tags = str_ends(form, STR("ing")) ? BIT(XPOS_VBG)
                   : str_ends(form, STR("s")) ? BIT(XPOS_VBZ)
                                              : BIT(XPOS_VBD) | BIT(XPOS_VBN);
        if (cls == ADJECTIVE)
            tags = str_ends(form, STR("st")) ? BIT(XPOS_JJS) : BIT(XPOS_JJR);
        if (cls == VERB && has_irregular(m, 's', lemma) && tags & BIT(XPOS_VBD))
            continue; /* the lexicon knows better which form is which */
        if (cls == NOUN && str_eq(form, lemma))
            continue;
        form = arena_str(&m->arena, form);
        add_form(m, form, cls, arena_str(&m->arena, lemma), tags);
        entry_of(m, form)->flags |= WORD_IRREGULAR;
    }
}

static void note_exceptions(struct maker *m, struct str data, char cls)
{
    struct str line;

    while (str_split(&data, '\n', &line))
        if (field(line, 1).ptr && !str_ends(field(line, 0), STR("ing")))
            note_irregular(m, cls, arena_str(&m->arena, field(line, 1)));
}

static struct str column(struct str line, unsigned n)
{
    struct str part = { 0 };

    for (unsigned i = 0; i <= n; i++)
        str_split(&line, '\t', &part);
    return part;
}

/* irregular_verbs.tsv: base, past, participle. */
static void read_strong_verbs(struct maker *m, struct str data, bool note)
{
    struct str line;
    bool head = true;

    while (str_split(&data, '\n', &line)) {
        struct str base = column(line, 0);

        if (line.len == 0 || *line.ptr == '#')
            continue;
        if (head) {
            head = false;
        } else if (note) {
            note_irregular(m, 'v', base);
            note_irregular(m, 's', base);
        } else {
            add_form(m, column(line, 1), VERB, base, BIT(XPOS_VBD));
            add_form(m, column(line, 2), VERB, base, BIT(XPOS_VBN));
            if (str_eq(column(line, 1), vowel_form(m, base, "ed")))
                continue;
            /* "burnt" beside "burned": the regular form of the few that have both. */
            if (str_ends(column(line, 2), STR("t")) && !str_ends(base, STR("t")))
                add_form(m, vowel_form(m, base, "ed"), VERB, base,
                         BIT(XPOS_VBD) | BIT(XPOS_VBN));
        }
    }
}

static unsigned xpos_read(struct str name)
{
    uint8_t tag;

    if (xpos_find(name, &tag))
        return tag;
    fprintf(stderr, "wordc: no such tag: %.*s\n", STR_ARG(name));
    exit(1);
}

static void read_function_words(struct maker *m, struct str data)
{
    struct str line;
    bool head = true;

    while (str_split(&data, '\n', &line)) {
        struct str tags = column(line, 1), lemma = column(line, 2), tag;
        struct entry *e;

        if (line.len == 0 || *line.ptr == '#')
            continue;
        if (head) {
            head = false;
            continue;
        }
        e = entry_of(m, column(line, 0));
        e->tags = 0;
        e->flags = WORD_FUNCTION;
        if (str_eq(lemma, STR("-")))
            lemma = e->form;
        while (str_split(&tags, ',', &tag)) {
            if (!e->tags)
                e->best = (uint8_t)xpos_read(tag);
            e->tags |= BIT(xpos_read(tag));
        }
        for (unsigned c = 0; c < 3; c++)
            if (!e->lemma[c].ptr || c == 2 || !str_eq(lemma, e->form))
                e->lemma[c] = lemma;
    }
}

static uint32_t uses_of(const struct maker *m, const struct entry *e, unsigned cls)
{
    const uint32_t *at = NULL;

    if (cls < 3 && e->lemma[cls].ptr)
        at = table_find(&m->index, e->lemma[cls]);
    return at ? m->entry.at[*at - 1].uses[cls] : cls == ADVERB ? e->uses[ADVERB] : 0;
}

static uint8_t log_of(uint32_t n)
{
    uint8_t log = 0;

    for (n++; n > 1; n >>= 1)
        log++;
    return log;
}

/* The tag that most of the word's uses have, inside its commonest class. */
static uint8_t best_tag(const struct entry *e, const uint32_t uses[CLASSES])
{
    static const uint64_t class_tags[CLASSES] = {
        BIT(XPOS_NN) | BIT(XPOS_NNS) | BIT(XPOS_NNP) | BIT(XPOS_NNPS),
        BIT(XPOS_VB) | BIT(XPOS_VBD) | BIT(XPOS_VBG) | BIT(XPOS_VBN) | BIT(XPOS_VBP) |
            BIT(XPOS_VBZ),
        BIT(XPOS_JJ) | BIT(XPOS_JJR) | BIT(XPOS_JJS), BIT(XPOS_RB)
    };
    static const uint8_t order[] = { XPOS_NN,  XPOS_NNS, XPOS_NNP, XPOS_NNPS, XPOS_VBD,
                                     XPOS_VBN, XPOS_VBZ, XPOS_VBG, XPOS_VB,   XPOS_VBP,
                                     XPOS_JJ,  XPOS_JJR, XPOS_JJS, XPOS_RB };
    unsigned best = CLASSES;

    for (unsigned c = 0; c < CLASSES; c++)
        if (e->tags & class_tags[c] && (best == CLASSES || uses[c] > uses[best]))
            best = c;
    if (best < CLASSES)
        for (size_t i = 0; i < COUNT(order); i++)
            if (e->tags & class_tags[best] & BIT(order[i]))
                return order[i];
    return XPOS_NN;
}

struct pool {
    struct buf bytes;
    struct table at;
};

static uint32_t pool_put(struct maker *m, struct pool *p, struct str s)
{
    uint32_t *at;

    if (!s.ptr)
        return 0;
    at = table_put(&m->arena, &p->at, s);
    if (!*at) {
        buf_char(&p->bytes, (char)(unsigned char)s.len);
        *at = (uint32_t)p->bytes.len;
        buf_str(&p->bytes, s);
    }
    return *at;
}

static struct word word_from(struct maker *m, struct pool *pool, const struct entry *e)
{
    uint32_t uses[CLASSES];
    bool compared = e->tags & (BIT(XPOS_JJR) | BIT(XPOS_JJS));
    struct word w = { .tags = e->tags & ~(compared ? BIT(XPOS_JJ) : 0),
                      .sense = e->sense,
                      .flags = e->flags };

    w.proper_sense = e->proper_sense;
    w.form = pool_put(m, pool, e->form);
    w.noun = pool_put(m, pool, e->lemma[NOUN]);
    w.verb = pool_put(m, pool, e->lemma[VERB]);
    w.adjective = pool_put(m, pool, e->lemma[ADJECTIVE]);
    for (unsigned c = 0; c < CLASSES; c++) {
        uses[c] = uses_of(m, e, c);
        w.uses[c] = log_of(uses[c]);
    }
    if (e->lemma[NOUN].ptr && !w.sense)
        w.sense = m->entry.at[*table_find(&m->index, e->lemma[NOUN]) - 1].sense;
    if (e->plain || e->flags & WORD_FUNCTION)
        w.flags &= (uint8_t)~WORD_PROPER;
    w.best = e->flags & WORD_FUNCTION ? e->best : best_tag(e, uses);
    if (compared && w.best == XPOS_JJ)
        w.best = e->tags & BIT(XPOS_JJR) ? XPOS_JJR : XPOS_JJS;
    if (e->flags & WORD_FUNCTION)
        w.tags = e->tags;
    return w;
}

static void write_table(struct maker *m, const char *dir)
{
    struct word_table head = { .magic = WORD_TABLE_MAGIC, .slots = 1 };
    struct pool pool = { .bytes = buf_new(&m->arena, FILE_LIMIT) };
    struct word *words = NEW(&m->arena, struct word, m->entry.count);
    struct buf path = buf_new(&m->arena, 4096);
    uint32_t *slot;
    FILE *out;

    buf_char(&pool.bytes, '\0');
    for (uint32_t i = 0; i < m->entry.count; i++)
        if (m->entry.at[i].tags)
            words[head.words++] = word_from(m, &pool, &m->entry.at[i]);
    while (head.slots < head.words * 2)
        head.slots *= 2;
    slot = NEW(&m->arena, uint32_t, head.slots);
    for (uint32_t i = 0; i < head.words; i++) {
        const char *form = pool.bytes.ptr + words[i].form;
        uint64_t hash = str_hash((struct str){ form, (unsigned char)form[-1] });
        uint32_t at = (uint32_t)hash & (head.slots - 1);

        while (slot[at])
            at = (at + 1) & (head.slots - 1);
        slot[at] = ((uint32_t)(hash >> 32) & ~WORD_INDEX_MASK) | (i + 1);
    }
    head.pool = (uint32_t)pool.bytes.len;
    buf_printf(&path, "%s/words.bin%c", dir, '\0');
    out = fopen(path.ptr, "wb");
    if (!out || fwrite(&head, sizeof head, 1, out) != 1 ||
        fwrite(slot, sizeof *slot, head.slots, out) != head.slots ||
        fwrite(words, sizeof *words, head.words, out) != head.words ||
        fwrite(pool.bytes.ptr, 1, head.pool, out) != head.pool || fclose(out) != 0) {
        fprintf(stderr, "wordc: can't write %s\n", path.ptr);
        exit(1);
    }
    if (head.words >= WORD_INDEX_MASK) {
        fprintf(stderr, "wordc: too many words\n");
        exit(1);
    }
    buf_clear(&path);
    buf_printf(&path, "%s/words.c%c", dir, '\0');
    out = fopen(path.ptr, "w");
    if (!out)
        exit(1);
    fprintf(out,
            "/* Made by wordc: the dictionary. */\n"
            "__asm__(\".section .rodata\\n\"\n"
            "        \".balign 16\\n\"\n"
            "        \".globl word_data\\n\"\n"
            "        \".hidden word_data\\n\"\n"
            "        \"word_data:\\n\"\n"
            "        \".incbin \\\"%s/words.bin\\\"\\n\"\n"
            "        \".byte 0\\n\"\n"
            "        \".previous\\n\");\n"
            "extern const char word_data[];\n",
            dir);
    if (fclose(out) != 0)
        exit(1);
    printf("%u words, %u bytes of text\n", head.words, head.pool);
}

int main(int argc, char **argv)
{
    static const char *const classes[] = { "noun", "verb", "adj", "adv" };
    struct maker maker = { 0 }, *m = &maker;
    char name[32];
    struct str strong, exceptions[3];

    if (argc != 5) {
        fprintf(stderr, "usage: wordc WORDNET_DIR function_words.tsv "
                        "irregular_verbs.tsv OUT_DIR\n");
        return 2;
    }
    arena_init(&m->arena, SIZE_MAX);
    read_noun_data(m, read_all(m, argv[1], "data.noun"));
    strong = read_all(m, "", argv[3]);
    read_strong_verbs(m, strong, true);
    for (unsigned c = 0; c < 3; c++) {
        snprintf(name, sizeof name, "%s.exc", classes[c]);
        exceptions[c] = read_all(m, argv[1], name);
        note_exceptions(m, exceptions[c], "nva"[c]);
    }
    for (unsigned c = 0; c < CLASSES; c++) {
        snprintf(name, sizeof name, "index.%s", classes[c]);
        read_index(m, read_all(m, argv[1], name), c);
    }
    for (unsigned c = 0; c < 3; c++)
        read_exceptions(m, exceptions[c], c);
    read_strong_verbs(m, strong, false);
    read_counts(m, read_all(m, argv[1], "cntlist.rev"));
    read_function_words(m, read_all(m, "", argv[2]));
    write_table(m, argv[4]);
    arena_release(&m->arena);
    return 0;
}
