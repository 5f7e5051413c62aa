#include "audit/voice.h"

#include "story/words.h"

/* Words that name nobody. */
static const char fillers[] =
    "the|a|an|of|for|in|on|at|its|their|his|her|mr|mrs|ms|dr|who|which|and|"
    "by|to|from|our|s|'s|was|is|are|that|with|he|she|it|they|own|also|"
    "later|another|some|one|i|we|this|these|those|report|reports|account|"
    "accounts|figures|estimate|estimates|count|counts|first|early|earlier|"
    "initial|latest|preliminary|news|media|sources|source|both|all|other|"
    "others|statement|you|them";

static bool has(const uint32_t *key, uint32_t count, uint32_t word)
{
    for (uint32_t i = 0; i < count; i++)
        if (key[i] == word)
            return true;
    return false;
}

static void put(uint32_t *key, uint32_t *count, uint32_t cap, uint32_t word)
{
    if (*count < cap && !has(key, *count, word))
        key[(*count)++] = word;
}

/* "Sedria’s" counts as "Sedria". */
static struct str without_genitive(struct str s)
{
    if (str_ends(s, STR("'s")))
        s.len -= 2;
    else if (str_ends(s, STR("’s")))
        s.len -= sizeof "’s" - 1;
    return s;
}

static void add_words(struct arena *arena, struct str s, uint32_t *key, uint32_t *count,
                      uint32_t cap)
{
    struct words w = words_from_text(arena, s);

    for (uint32_t i = 0; i < w.count; i++) {
        struct str form =
            without_genitive(str_slice(s, w.at[i].start, word_end(&w.at[i])));

        if (!str_in_fold(form, fillers) && form.len > 0)
            put(key, count, cap, word_key(form));
    }
}

/* "UN" for "the United Nations": initials of words with a capital. */
static void add_acronym(struct voice *v, struct str name)
{
    char letters[8];
    size_t n = 0;

    for (size_t i = 0; i < name.len && n < sizeof letters; i++)
        if (ascii_is_upper(name.ptr[i]) && (i == 0 || !ascii_is_word(name.ptr[i - 1])))
            letters[n++] = ascii_lower(name.ptr[i]);
    if (n > 1)
        put(v->known, &v->knowns, VOICE_KNOWN, word_key((struct str){ letters, n }));
}

static void add_known(struct arena *arena, struct voice *v, struct str s)
{
    add_words(arena, s, v->known, &v->knowns, VOICE_KNOWN);
    add_acronym(v, s);
}

/* The words up to what explains them: "Tomas Bryle, a bus driver". */
static struct str before_comma(struct str s)
{
    size_t comma = str_find_char(s, ',');

    return comma == STR_NPOS ? s : str_slice(s, 0, comma);
}

/* "The group": a body by what it is, which another sentence names. */
static bool is_generic(struct str s)
{
    if (str_starts_fold(s, STR("the ")))
        s = str_after(s, 4);
    return str_in(s, "group|agency|company|organisation|organization|firm|body|"
                     "institute|service|department|watchdog|office|charity|authority|"
                     "committee|association|party|airline|bank|commission|council|"
                     "operator|institution|outfit");
}

struct voice voice_of_words(struct arena *arena, struct str words)
{
    struct voice v = { .name = words };

    add_words(arena, before_comma(words), v.said, &v.saids, VOICE_SAID);
    add_known(arena, &v, words);
    v.generic = is_generic(words);
    return v;
}

struct voice voice_of_actor(struct arena *arena, const struct facts *f, uint32_t actor,
                            struct str words)
{
    const struct actor *a = &f->actor.at[actor];
    struct voice v = voice_of_words(arena, words);

    v.name = a->name;
    v.generic |= words.len == 0 && is_generic(a->name);
    if (v.saids == 0)
        add_words(arena, a->name, v.said, &v.saids, VOICE_SAID);
    add_known(arena, &v, a->name);
    add_known(arena, &v, a->role);
    for (uint32_t i = 0; i < a->aliases.count; i++)
        add_known(arena, &v, a->aliases.at[i]);
    for (uint32_t i = 0; i < a->mention.count; i++)
        if (a->mention.at[i].kind != MENTION_PRONOUN)
            add_known(arena, &v,
                      str_slice(f->text->article->text, a->mention.at[i].start,
                                a->mention.at[i].end));
    return v;
}

static bool all_known(const struct voice *a, const struct voice *b)
{
    for (uint32_t i = 0; i < a->saids; i++)
        if (!has(b->known, b->knowns, a->said[i]))
            return false;
    return a->saids > 0;
}

void voice_join(struct voice *v, const struct voice *from)
{
    for (uint32_t i = 0; i < from->knowns; i++)
        put(v->known, &v->knowns, VOICE_KNOWN, from->known[i]);
}

void voice_learn(struct voice *v, const struct voice *from)
{
    if (v->saids >= 2 && all_known(v, from))
        voice_join(v, from);
}

bool voice_names(const struct voice *a, const struct voice *b)
{
    return all_known(a, b);
}

bool voices_fit(const struct voice *a, const struct voice *b)
{
    return all_known(a, b) || all_known(b, a);
}
