#include "fact/figure_mood.h"

#define GROUP_FAR 6      /* tokens of a verb group before its verb */
#define CONDITION_FAR 16 /* tokens between "if" and its verb */
#define DEMAND_FAR 9     /* tokens between "demand" and what is demanded */

static bool blocks(const struct scan *s, uint32_t i)
{
    return scan_is_any(s, i, ";|:|,|who|which|that|when|after|and|but|as|while|before");
}

/* "reported to have killed", "managed to free", "continued to hold": it happened. */
static bool to_is_fact(const struct scan *s, uint32_t to)
{
    return scan_is_any(s, to + 1, "have|be") ||
           (to > s->first &&
            scan_is_any(
                s, to - 1,
                "managed|able|began|begun|started|continued|continue|continues|"
                "helped|help|helps|helping|went|used|known|reported|confirmed|"
                "believed|thought|said|forced|claimed|appeared|seemed|proceeded"));
}

static bool demands(const struct scan *s, uint32_t i)
{
    return scan_is_any(
        s, i,
        "demand|demands|demanded|demanding|urge|urged|urges|urging|call|calls|called|"
        "calling|appeal|appealed|appeals|request|requested|seek|seeks|sought|seeking|"
        "ask|asked|asking|asks|plan|plans|planned|planning|threaten|threatened|"
        "threatens|"
        "threatening|vow|vowed|promise|promised|promises|agree|agreed|refuse|refused|"
        "refuses|propose|proposed|offer|offered|consider|considering|want|wants|wanted|"
        "order|ordered|orders|insist|insisted|press|pressed|negotiate|secure|await|"
        "negotiating|hoping|hope|hopes|aim|aims|aimed|intend|intends|intended|plot|"
        "plotted|plotting|approve|approved|attempt|attempted|attempting|try|tried|"
        "trying|trying|failed|fails|fail|push|pushed|need|recommend|recommended|block|"
        "delay|delays|delayed|delaying|postpone|postponed|halt|halted|prevent|"
        "prevented");
}

/* "call to release three activists", "the plan to arrest thousands". */
static enum modality infinitive(const struct scan *s, uint32_t to)
{
    if (to_is_fact(s, to) ||
        (to > s->first && scan_is_any(s, to - 1, "had|having"))) /* "had to leave" */
        return MODALITY_ASSERTED;
    for (uint32_t i = to, n = 0; i > s->first && n < DEMAND_FAR; n++)
        if (scan_is_any(s, --i,
                        "forced|forcing|forces|causing|caused|causes|prompting|"
                        "prompted|compelling|compelled|leading|led|sent"))
            return MODALITY_ASSERTED; /* "forcing thousands to flee" */
    return scan_is_any(s, to - (to > s->first),
                       "expected|due|set|scheduled|about|going|"
                       "ready|likely|poised")
               ? MODALITY_EXPECTED
               : MODALITY_HYPOTHETICAL;
}

/* "demanded the release of", "that authorities release": asked for, not done. */
static bool is_demanded(const struct scan *s, uint32_t trigger)
{
    const struct token *t = &s->text->token.at[trigger];
    bool noun = t->upos == UPOS_NOUN || scan_is_any(s, trigger + 1, "of|for");

    if (!noun && t->xpos != XPOS_VB && t->xpos != XPOS_VBP)
        return false;
    if (!scan_is_any(s, trigger,
                     "release|free|arrest|extradition|deportation|expel|"
                     "deport|liberate|evacuate|execution|expulsion|rescue|"
                     "deploy|deployment|detain|return|hand|pardon|swap|"
                     "surrender|evacuation|capture"))
        return false;
    for (uint32_t i = trigger, n = 0; i > s->first && n < DEMAND_FAR; n++)
        if (demands(s, --i))
            return true;
    return false;
}

static enum modality of_group(const struct scan *s, uint32_t trigger)
{
    bool not = false;

    for (uint32_t i = trigger, n = 0; i > s->first && n < GROUP_FAR; n++) {
        --i;
        if (scan_is(s, i, "may") && ascii_is_upper(s->text->token.at[i].form.ptr[0]))
            continue; /* the month */
        if (scan_is_any(s, i, "would|could|might|may|should|can|cannot|if|unless"))
            return MODALITY_HYPOTHETICAL;
        if (scan_is_any(s, i, "need|ought") && scan_is_any(s, i + 1, "have|not|be|to"))
            return MODALITY_HYPOTHETICAL; /* "nobody need have died" */
        if (scan_is_any(s, i, "will|shall|'ll|wo"))
            return MODALITY_EXPECTED;
        if (scan_is(s, i, "to") && n == 0)
            return infinitive(s, i);
        if (scan_is(s, i, "to") && n == 1 && scan_is(s, i + 1, "be"))
            return infinitive(s, i);
        if (scan_is_any(s, i, "not|n't|never|without|neither"))
            not = true;
        if (scan_is_any(s, i, "of|for") && n <= 1 && i > s->first &&
            scan_is_any(s, i - 1,
                        "accused|suspected|charged|guilty|convicted|suspicion"))
            return MODALITY_ALLEGED;
        if (scan_is_any(s, i, "allegedly|alleged"))
            return MODALITY_ALLEGED;
        if (scan_is_any(s, i, "denied|denies|deny|denying"))
            return MODALITY_DENIED;
        if (blocks(s, i))
            break;
    }
    return not ? MODALITY_NEGATED : MODALITY_ASSERTED;
}

/* "unless the junta releases …": a condition opened further left. */
static bool is_conditional(const struct scan *s, uint32_t trigger)
{
    for (uint32_t i = trigger, n = 0; i > s->first && n < CONDITION_FAR; n++) {
        if (scan_is_any(s, --i, "if|unless"))
            return !(i > s->first && scan_is(s, i - 1, "as"));
        if (scan_is_any(s, i, ";|,|said|who|which"))
            return false;
    }
    return false;
}

enum modality mood_of(const struct scan *s, uint32_t trigger, const struct counted *c)
{
    enum modality m;

    if (trigger == TOKEN_NONE || trigger < s->first || trigger >= s->end)
        return MODALITY_ASSERTED;
    m = of_group(s, trigger);
    if (m == MODALITY_ASSERTED && is_demanded(s, trigger))
        return MODALITY_HYPOTHETICAL;
    if (m == MODALITY_ASSERTED &&
        (is_conditional(s, trigger) ||
         (trigger > s->first && scan_is_any(s, trigger - 1, "nearly|almost|narrowly"))))
        return MODALITY_HYPOTHETICAL;
    (void)c;
    return m;
}

static uint32_t year_of(struct str w)
{
    uint64_t n;

    return w.len == 4 && str_to_u64(w, &n) && n >= 1900 && n < 2100 ? (uint32_t)n : 0;
}

/* The last year that tokens first..end name, 0: none. */
static uint32_t last_year(const struct scan *s, uint32_t first, uint32_t end)
{
    uint32_t year = 0;

    for (uint32_t i = first; i < end; i++)
        if (year_of(s->text->token.at[i].lower) > year)
            year = year_of(s->text->token.at[i].lower);
    return year;
}

/* In January the year before is still news. */
static bool is_long_past(const struct scan *s, uint32_t year)
{
    struct instant published = s->text->article->published;
    struct civil day;

    if (year == 0 || published.precision == INSTANT_NONE)
        return false;
    day = date_to_civil(published.day);
    return (int32_t)year < day.year - (day.month <= 2);
}

/* "Twenty-two people were killed in that unrest.": what the sentence before told of. */
static bool points_back(const struct scan *s)
{
    for (uint32_t i = s->first; i + 2 < s->end; i++)
        if (scan_is_any(s, i, "in|during|of|by|after|from") &&
            scan_is_any(s, i + 1, "that|those|then") &&
            s->text->token.at[i + 2].upos == UPOS_NOUN)
            return true;
    return scan_is_any(s, s->first, "then") ||
           (scan_is_any(s, s->first, "that|those") &&
            s->text->token.at[s->first + 1].upos == UPOS_NOUN);
}

bool mood_is_background(const struct scan *s, uint32_t trigger)
{
    uint32_t n;

    if (trigger == TOKEN_NONE)
        return false;
    for (uint32_t i = s->first; i < s->end; i++) {
        if (scan_is_any(s, i, "last|previous") &&
            scan_is_any(s, i + 1, "year|month|summer|winter|autumn|spring|decade"))
            return true;
        if (scan_is(s, i, "similar") &&
            scan_is_any(s, i + 1, "attack|incident|raid|blast"))
            return true;
        if (scan_is_any(s, i, "years|months|decades") &&
            scan_is_any(s, i + 1, "ago|earlier"))
            return true;
    }
    if (is_long_past(s, last_year(s, s->first, s->end)))
        return true;
    n = s->text->token.at[s->first].sentence;
    return n > 0 && points_back(s) &&
           is_long_past(s, last_year(s, s->text->sentence.at[n - 1].first, s->first));
}
