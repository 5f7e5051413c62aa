/* voice.h - who speaks, over two texts: "the mayor" and "Halvery's mayor, Ilna Dorrick".
 *
 *     voices_fit(&brief, &source)     whether the one can be the other
 *
 * The words that name a speaker must all be known of the other: "the Interior Ministry"
 * is "Sedria's Interior Ministry"; the health ministry is not, nor is the ministry of
 * another country.  A country stands for its bodies ("Orland said").
 */
#ifndef CORROB_AUDIT_VOICE_H
#define CORROB_AUDIT_VOICE_H

#include "fact/fact.h"

#define VOICE_SAID 16
#define VOICE_KNOWN 48

struct voice {
    struct str name;             /* for a reader */
    uint32_t said[VOICE_SAID];   /* keys of the words that name the speaker here */
    uint32_t known[VOICE_KNOWN]; /* those and all other names and roles */
    uint32_t saids, knowns;
    bool generic; /* one common noun: "the group", which stands for another name */
};

/* An actor; `words` is how the sentence names it, or absent. */
struct voice voice_of_actor(struct arena *arena, const struct facts *f, uint32_t actor,
                            struct str words);
/* A speaker that no entity stands for. */
struct voice voice_of_words(struct arena *arena, struct str words);
bool voices_fit(const struct voice *a, const struct voice *b);
/* Whether all words that name a are known of b. */
bool voice_names(const struct voice *a, const struct voice *b);
/* Takes over all that is known of another: "the group" is Doctors Abroad. */
void voice_join(struct voice *v, const struct voice *from);
/* What another mention in the same text tells of the same speaker: "the fire chief,
 * Bruno Tasse" of Bruno Tasse. */
void voice_learn(struct voice *v, const struct voice *from);

#endif
