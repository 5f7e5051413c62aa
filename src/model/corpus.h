/* corpus.h - what the network learns from: treebanks and sets of names, as words with
 * their right answers.
 *
 * DIR/ud/en_ewt-train.conllu, en_gum-train-open.conllu: trees.  DIR/ner/SET-train.tsv:
 * names, coarse BIO tags.  Each set annotates some types only; what it may not know is
 * left open for the network (bits in corpus_word.names).
 */
#ifndef CORROB_MODEL_CORPUS_H
#define CORROB_MODEL_CORPUS_H

#include "base/arena.h"
#include "base/err.h"
#include "model/feature.h"
#include "model/taught.h"

#define CORPUS_NO_TAG 255
#define CORPUS_NO_HEAD UINT32_MAX

struct corpus_word {
    struct str form, lemma, misc;
    struct feature_keys keys;
    uint32_t head;           /* word of the sentence from 1, 0: root; CORPUS_NO_HEAD */
    uint32_t names;          /* labels that may be right; 0: unknown */
    uint8_t upos, xpos, rel; /* CORPUS_NO_TAG */
    /* filled by the trainer */
    uint16_t rule;
    uint32_t row;
    const float *vector;
    struct taught taught;
};

struct corpus_sentence {
    uint32_t first, words;
};

struct corpus {
    ARRAY(struct corpus_word) word;
    ARRAY(struct corpus_sentence) sentence;
    struct str mapped; /* the file, which the words point into */
};

/* Which types of names a set annotates, and what its other tags mean. */
struct names_source {
    const char *name;
    uint32_t open;            /* bits of enum name_type: types that an O may hide */
    const char *group, *misc; /* tags (blank between) that are read as these types */
    const char *either;       /* tags that are group or misc */
    const char *unsure;       /* tags that are misc, group or no name */
};
extern const struct names_source names_sources[];
extern const uint32_t names_source_count;

bool corpus_read_trees(struct arena *arena, const char *path, struct corpus *out,
                       struct err *err);
bool corpus_read_names(struct arena *arena, const char *path,
                       const struct names_source *source, struct corpus *out,
                       struct err *err);
/* Gives the names of `names` to the same sentences of `trees`; sentences without a match
 * are appended to `rest`. */
void corpus_join_names(struct arena *arena, struct corpus *trees,
                       const struct corpus *names, struct corpus *rest);
/* Takes away what a treebank says of a word. */
void corpus_forget(struct corpus_word *w);
/* Appends sentence i of one to another. */
void corpus_append(struct arena *arena, struct corpus *to, const struct corpus *from,
                   uint32_t sentence);

/* Appends sentence i once more with its words in capitals, or with a capital each. */
void corpus_append_headline(struct arena *arena, struct corpus *c, uint32_t sentence,
                            bool upper);

#endif
