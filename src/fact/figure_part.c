#include "fact/figure_part.h"

#include "fact/figure_clause.h"

#define CARRY_FAR 2   /* sentences back to the toll that "of them" speaks of */
#define AMONG_LIST 14 /* tokens between who is listed and "were among" */
#define AMONG_FAR 6   /* tokens between "among" and what happened to them */
#define PLACE_FAR 9   /* tokens of "in the east of the city" */
#define TAIL_FAR 6    /* tokens between a verb and ", along with six policemen" */

static const struct token *token_at(const struct scan *s, uint32_t i)
{
    return &s->text->token.at[i];
}

void part_take_complement(struct scan *s, struct counted *c)
{
    const struct counted *next;
    uint32_t i = c->end;

    while (clause_is_be(s, i) || scan_is_any(s, i, "also|all|mostly"))
        i++;
    next = scan_counted_at(s, i);
    if (!next || !next->people || (!next->plural && !next->article))
        return;
    c->class_name = next->class_name;
    c->group = next->group;
    c->end = next->end;
}

/* The toll of this sentence that ends nearest before the phrase, or FACT_NONE. */
static uint32_t toll_before(const struct toll_reader *r, const struct counted *c)
{
    const struct facts *facts = r->scan->facts;
    uint32_t best = FACT_NONE;

    for (uint32_t i = r->first; i < facts->figure.count; i++) {
        const struct figure *f = &facts->figure.at[i];

        if (f->end <= token_at(r->scan, c->first)->start && !f->part &&
            (best == FACT_NONE || f->end > facts->figure.at[best].end))
            best = i;
    }
    return best;
}

/* The last toll of the sentences before, for "Two of them were children."; or FACT_NONE. */
static uint32_t toll_carried(const struct toll_reader *r)
{
    const struct facts *facts = r->scan->facts;
    uint32_t sentence = token_at(r->scan, r->scan->first)->sentence;
    uint32_t start;

    if (sentence < CARRY_FAR)
        sentence = CARRY_FAR;
    start = r->scan->text->sentence.at[sentence - CARRY_FAR].start;
    for (uint32_t i = r->first; i-- > 0;) {
        const struct figure *f = &facts->figure.at[i];

        if (f->start < start)
            break;
        if (measure_is_toll(f->measure) && !f->part && !f->background &&
            f->modality == MODALITY_ASSERTED)
            return i;
    }
    return FACT_NONE;
}

/* "’…,’ one of the ministers said": the part does something of its own. */
static bool is_other_subject(const struct scan *s, const struct counted *c)
{
    uint32_t i = c->end;

    if (clause_starts_at(s, c) && !clause_is_be(s, c->end))
        return true;
    while (i < s->end && clause_is_be(s, i))
        i++;
    return !c->silent && !(i < s->end && token_at(s, c->end)->upos == UPOS_PUNCT) &&
           c->end < s->end;
}

static void part_read(struct toll_reader *r, struct counted *c)
{
    struct scan *s = r->scan;
    uint32_t whole = toll_before(r, c);
    const struct figure *f;

    if (whole == FACT_NONE && c->silent)
        whole = toll_carried(r);
    if (whole == FACT_NONE || is_other_subject(s, c))
        return;
    part_take_complement(s, c);
    f = &s->facts->figure.at[whole];
    toll_emit(r, c, f->measure, whole < r->first ? TOKEN_NONE : f->trigger, true);
}

/* "… and at least nine were children": a number that says of the toll before who they
 * were. */
static bool tells_class(struct scan *s, const struct counted *c)
{
    const struct counted *next =
        c->silent && !c->article && !c->others && clause_is_be(s, c->end)
            ? scan_counted_at(s, c->end + 1)
            : NULL;

    return next && next->people && next->plural && next->first == c->end + 1 &&
           !str_eq(next->class_name, STR("people"));
}

void parts_read(struct toll_reader *r)
{
    struct scan *s = r->scan;

    for (uint32_t i = 0; i < s->counted.count; i++) {
        struct counted *c = &s->counted.at[i];
        uint32_t k = c->first, at;
        struct figure whole;

        if (c->used || (c->plural && !c->article))
            continue; /* "including women": how many is not told */
        if (c->partitive) {
            part_read(r, c);
            continue;
        }
        at = toll_before(r, c);
        if (at == FACT_NONE)
            continue;
        if (tells_class(s, c)) {
            /* of twelve soldiers four are officers, and soldiers still */
            c->partitive = str_eq(s->facts->figure.at[at].class_name, STR("people"));
            part_read(r, c);
            continue;
        }
        whole = s->facts->figure.at[at];
        if (k > s->first && scan_is_any(s, k - 1, "the|its|their"))
            k--;
        if (k > s->first &&
            (scan_is_any(s, k - 1, "including|includes|included|mostly") ||
             (scan_is(s, k - 1, "them") && k - 1 > s->first &&
              scan_is(s, k - 2, "among")))) {
            toll_emit_list(r, c, whole.measure, whole.trigger, true);
        } else if (c->silent && k > s->first && scan_is(s, k - 1, ",") &&
                   scan_is_any(s, c->end,
                               "seriously|critically|fatally|severely|badly")) {
            toll_emit(r, c, whole.measure, whole.trigger, true);
            if (c->told)
                s->facts->figure.at[s->facts->figure.count - 1].class_name =
                    whole.class_name;
        }
    }
}

/* "17 children and four elders were among the 67 killed": who stands before is a part; the
 * 67 are read as ever. */
static void among_count_read(struct toll_reader *r, const struct trigger *t,
                             enum measure measure)
{
    struct scan *s = r->scan;
    uint32_t i = t->first;
    struct counted *c;

    while (i > s->first && t->first - i < AMONG_FAR && !scan_is(s, i, "among"))
        i--;
    if (!scan_is(s, i, "among") || i == s->first || !clause_is_be(s, i - 1) ||
        !scan_counted_at(s, i + 1) || scan_counted_at(s, i + 1)->definite)
        return;
    for (uint32_t k = s->counted.count; k-- > 0;) {
        c = &s->counted.at[k];
        if (c->end < i && c->people && !c->used && !c->plain && !c->definite &&
            (!c->plural || c->article) && i - c->end < AMONG_LIST &&
            !clause_after_preposition(s, c))
            toll_emit(r, c, measure, t->first, true);
    }
}

bool part_among_read(struct toll_reader *r, const struct trigger *t,
                     enum measure measure)
{
    struct scan *s = r->scan;
    uint32_t i = t->first;
    struct counted *c = NULL;

    if (!(t->frames & (FRAME_VERB | FRAME_STATE | FRAME_FALL)))
        return false;
    among_count_read(r, t, measure);
    if (i == s->first || !scan_is_any(s, i - 1, "the|those") ||
        !(t->frames & (FRAME_VERB | FRAME_STATE)))
        return false;
    if (scan_is_any(s, t->end, "included|include|includes|were|was|are"))
        c = scan_counted_at(s, t->end + 1);
    if (!c && i >= s->first + 3 && scan_is(s, i - 2, "among") && clause_is_be(s, i - 3))
        c = clause_subject_before(s, i - 3);
    if (!c || c->used || c->plain || !c->people || (c->plural && !c->article))
        return false;
    if (c->silent && scan_is(s, i - 1, "the") &&
        !scan_is(s, i - (i > s->first + 1 ? 2 : 1), "among") &&
        !scan_is_any(s, t->end, "included|include|includes"))
        return false; /* "the wounded were two" says how many, not who */
    toll_emit_list(r, c, measure, t->first, true);
    return true;
}

/* "three other militants", "another man": beside somebody told before. */
static bool is_one_more(const struct scan *s, const struct counted *c)
{
    for (uint32_t i = c->first; i < c->end; i++)
        if (scan_is_any(s, i, "other|others|another|more|fellow"))
            return true;
    return false;
}

void companions_read(struct toll_reader *r, const struct trigger *t,
                     enum measure measure, bool counted)
{
    struct scan *s = r->scan;

    for (uint32_t i = t->end; i < s->end && i < t->end + TAIL_FAR; i++) {
        bool bare_with = scan_is(s, i, "with");
        struct counted *c;

        if (scan_is_any(s, i, ";|who|which|and|but|when|after"))
            return;
        if (!scan_is_any(s, i, "along|alongside|together|besides|plus|with") &&
            !(scan_is(s, i, "as") && scan_is(s, i + 1, "well")))
            continue;
        i += scan_is_any(s, i, "along|together") ? 2 : scan_is(s, i, "as") ? 3 : 1;
        c = scan_counted_at(s, i);
        if (c && (!counted || bare_with) && !is_one_more(s, c))
            return;
        if (c && !c->used && !(c->plural && !c->article) && !c->plain)
            toll_emit_list(r, c, measure, t->first, false);
        return;
    }
}

/* "in Orlan", "at the port": behind a number it tells where. */
static bool place_follows(const struct scan *s, uint32_t i)
{
    return scan_is_any(s, i, "in|at|near|on|outside|from|aboard|around") &&
           i + 1 < s->end &&
           (token_at(s, i + 1)->upos == UPOS_PROPN ||
            scan_is_any(s, i + 1, "the|a|an|another|neighbouring|neighboring|nearby"));
}

/* Token behind the place that begins here: "the east of the city". */
static uint32_t past_where(const struct scan *s, uint32_t i)
{
    uint32_t start = i;

    while (i < s->end && i < start + PLACE_FAR &&
           (token_at(s, i)->upos == UPOS_ADP || token_at(s, i)->upos == UPOS_DET ||
            token_at(s, i)->upos == UPOS_ADJ || token_at(s, i)->upos == UPOS_NOUN ||
            token_at(s, i)->upos == UPOS_PROPN || scan_is(s, i, "-")))
        i++;
    return i;
}

void gapped_read(struct toll_reader *r, enum measure measure)
{
    struct scan *s = r->scan;
    uint32_t end = r->whole_end, trigger;

    if (r->whole == FACT_NONE)
        return;
    trigger = s->facts->figure.at[r->whole].trigger;
    while (end < s->end && (scan_trigger_at(s, end) || clause_is_be(s, end) ||
                            token_at(s, end)->upos == UPOS_VERB))
        end++;
    for (uint32_t i = 0; i < s->counted.count && place_follows(s, end); i++) {
        struct counted *c = &s->counted.at[i];
        uint32_t k = c->first;

        if (k < end)
            continue;
        end = past_where(s, end);
        end += scan_is(s, end, ",");
        end += scan_is(s, end, "and");
        end += scan_is_any(s, end, "another|a") && end + 1 == k;
        if (end != k || c->used || !(c->silent || c->people) || c->plain || c->plural ||
            c->article || c->definite || scan_trigger_at(s, c->end) ||
            !place_follows(s, c->end) || token_at(s, c->end + 1)->upos == UPOS_NUM)
            return; /* "…, the mayor said", "and one in three houses burned" */
        toll_emit(r, c, measure, trigger, false);
        end = c->end;
    }
}
