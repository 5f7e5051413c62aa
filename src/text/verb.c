#include "text/verb.h"

bool verb_speaks(const struct token *t)
{
    static const char *const lemmas[] = {
        "say",         "tell",     "add",      "report",   "announce", "claim",
        "state",       "believe",  "think",    "know",     "warn",     "deny",
        "confirm",     "insist",   "hope",     "suggest",  "note",     "argue",
        "declare",     "explain",  "write",    "ask",      "reply",    "admit",
        "allege",      "estimate", "show",     "see",      "hear",     "feel",
        "find",        "mean",     "indicate", "reveal",   "stress",   "promise",
        "vow",         "pledge",   "predict",  "fear",     "expect",   "suspect",
        "accuse",      "decide",   "conclude", "learn",    "tweet",    "recall",
        "acknowledge", "assert",   "caution",  "maintain", "remark",   "testify",
        "quote",       "assume",   "agree",    "ensure",   "demand",   "propose",
        "recommend",   "request",
    };

    for (size_t i = 0; i < COUNT(lemmas); i++)
        if (str_eq(t->lemma, str_from(lemmas[i])))
            return true;
    return false;
}

bool verb_controls(const struct token *t)
{
    static const char *const lemmas[] = {
        "tell",   "ask",    "urge",   "order",     "force",     "allow",    "want",
        "expect", "help",   "invite", "require",   "enable",    "cause",    "lead",
        "permit", "press",  "prompt", "warn",      "advise",    "beg",      "convince",
        "send",   "push",   "call",   "authorize", "encourage", "persuade", "instruct",
        "forbid", "compel", "need",
    };

    for (size_t i = 0; i < COUNT(lemmas); i++)
        if (str_eq(t->lemma, str_from(lemmas[i])))
            return true;
    return false;
}

bool verb_gives(const struct token *t)
{
    static const char *const lemmas[] = { "give", "tell",  "send", "offer", "show",
                                          "hand", "grant", "pay",  "award", "teach" };

    for (size_t i = 0; i < COUNT(lemmas); i++)
        if (str_eq(t->lemma, str_from(lemmas[i])))
            return true;
    return false;
}
