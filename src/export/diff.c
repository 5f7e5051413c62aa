#include "export/diff.h"

#include "export/member.h"

/* What a story of one situation says: its tolls, and which of them are in dispute. */
struct told {
    const json_t *story;
    ARRAY(struct toll) toll;
    ARRAY(struct conflict) conflict;
    ARRAY(struct str) claimant;
};

struct differ {
    struct arena *arena;
    struct diff *diff;
    struct reports before, after;
};

static bool same_toll(const struct toll *a, const struct toll *b)
{
    return str_eq(a->measure, b->measure) && str_eq(a->class_name, b->class_name) &&
           str_eq(a->group, b->group) && str_eq_fold(a->claimant, b->claimant);
}

static bool same_value(const struct toll *a, const struct toll *b)
{
    return a->low_open == b->low_open && a->high_open == b->high_open &&
           (a->low_open || a->low == b->low) && (a->high_open || a->high == b->high);
}

/* Counts of people; a percentage or a price is no toll. */
static bool is_toll(const json_t *figure)
{
    struct str measure = member_str(figure, "measure");

    return measure.len > 0 &&
           !str_in(measure, "other|percent|money|ratio|duration|price") &&
           !member_true(figure, "background") && !member_true(figure, "subset");
}

static struct toll toll_of(const struct reports *reports, const json_t *finding)
{
    const json_t *f = json_object_get(finding, "figure");
    struct toll t = { .measure = member_str(f, "measure"),
                      .class_name = member_str(f, "class"),
                      .group = member_str(f, "group"),
                      .as_of = member_str(f, "as_of"),
                      .claimant = finding_voice(reports, finding),
                      .evidence = finding_support(finding) };

    t.low_open = !member_count(f, "low", &t.low);
    t.high_open = !member_count(f, "high", &t.high);
    return t;
}

/* A claimant's later word replaces its earlier one; the superseded never counts. */
static struct toll *add_toll(struct differ *d, struct told *told, struct toll t)
{
    for (uint32_t i = 0; i < told->toll.count; i++) {
        struct toll *old = &told->toll.at[i];

        if (!same_toll(old, &t))
            continue;
        if (str_cmp(t.as_of, old->as_of) > 0)
            *old = t;
        return old;
    }
    *PUSH(d->arena, &told->toll) = t;
    return &told->toll.at[told->toll.count - 1];
}

static void add_claimant(struct differ *d, struct told *told, struct str name)
{
    for (uint32_t i = 0; i < told->claimant.count; i++)
        if (str_eq_fold(told->claimant.at[i], name))
            return;
    if (name.len > 0 && !str_eq_fold(name, STR("he")) &&
        !str_eq_fold(name, STR("she")) && !str_eq_fold(name, STR("it")) &&
        !str_eq_fold(name, STR("they")))
        *PUSH(d->arena, &told->claimant) = name;
}

static void add_claimants(struct differ *d, struct told *told, const json_t *finding)
{
    const json_t *e;
    size_t i;

    json_array_foreach(json_object_get(finding, "evidence"), i, e)
        add_claimant(d, told, member_str(e, "claimant"));
    add_claimant(d, told, member_str2(finding, "statement", "speaker"));
}

/* Each pair once: from the finding whose id is the lesser. */
static void add_conflicts(struct differ *d, struct told *told,
                          const struct reports *reports, const json_t *finding)
{
    const json_t *id, *other;
    struct toll *side;
    size_t i;

    json_array_foreach(json_object_get(finding, "against"), i, id)
    {
        struct str other_id = { json_string_value(id), json_string_length(id) };

        other = member_by_id(json_object_get(told->story, "findings"), other_id);
        if (!other || str_cmp(member_str(finding, "id"), other_id) > 0)
            continue;
        side = NEW(d->arena, struct toll, 2);
        side[0] = toll_of(reports, finding);
        side[1] = toll_of(reports, other);
        *PUSH(d->arena, &told->conflict) = (struct conflict){ side[0].measure,
                                                              side[0].class_name,
                                                              { &side[0], &side[1] } };
    }
}

static struct told told_of(struct differ *d, const struct reports *reports,
                           const json_t *story)
{
    struct told told = { .story = story };
    const json_t *f;
    size_t i;

    json_array_foreach(json_object_get(story, "findings"), i, f)
    {
        add_claimants(d, &told, f);
        if (!is_toll(json_object_get(f, "figure")))
            continue;
        if (!str_eq(member_str(f, "status"), STR("superseded")))
            add_toll(d, &told, toll_of(reports, f));
        add_conflicts(d, &told, reports, f);
    }
    return told;
}

/* ---- which stories are one ---- */

static bool has_report(const json_t *story, struct str id)
{
    const json_t *r;
    size_t i;

    json_array_foreach(json_object_get(story, "reports"), i, r)
    {
        if (str_eq((struct str){ json_string_value(r), json_string_length(r) }, id))
            return true;
    }
    return false;
}

static bool has_url(const struct reports *reports, const json_t *story, struct str url)
{
    const json_t *r;
    size_t i;

    json_array_foreach(json_object_get(story, "reports"), i, r)
    {
        struct str id = { json_string_value(r), json_string_length(r) };

        if (str_eq(member_str(report_by_id(reports, id), "url"), url))
            return true;
    }
    return false;
}

static uint32_t kinship(const struct differ *d, const json_t *before,
                        const json_t *after)
{
    uint32_t shared = 0;
    const json_t *r;
    size_t i;

    json_array_foreach(json_object_get(after, "reports"), i, r)
    {
        struct str id = { json_string_value(r), json_string_length(r) };
        struct str url = member_str(report_by_id(&d->after, id), "url");

        shared += 2U * has_report(before, id);
        shared += url.len > 0 && has_url(&d->before, before, url);
    }
    return 2 * shared + str_eq(member_str(before, "title"), member_str(after, "title"));
}

static const json_t *kin_of(const struct differ *d, const json_t *after)
{
    const json_t *best = NULL, *story;
    uint32_t most = 0;
    size_t i;

    json_array_foreach(json_object_get(d->diff->before, "stories"), i, story)
    {
        uint32_t k = kinship(d, story, after);

        if (k > most) {
            most = k;
            best = story;
        }
    }
    return best;
}

/* ---- what changed ---- */

static const struct toll *find_toll(const struct told *told, const struct toll *t)
{
    for (uint32_t i = 0; i < told->toll.count; i++)
        if (same_toll(&told->toll.at[i], t))
            return &told->toll.at[i];
    return NULL;
}

static bool has_conflict(const struct told *told, const struct conflict *c)
{
    for (uint32_t i = 0; i < told->conflict.count; i++) {
        const struct conflict *o = &told->conflict.at[i];

        if ((same_toll(o->side[0], c->side[0]) && same_toll(o->side[1], c->side[1])) ||
            (same_toll(o->side[0], c->side[1]) && same_toll(o->side[1], c->side[0])))
            return true;
    }
    return false;
}

static bool has_name(const struct told *told, struct str name)
{
    for (uint32_t i = 0; i < told->claimant.count; i++)
        if (str_eq_fold(told->claimant.at[i], name))
            return true;
    return false;
}

static void compare(struct differ *d, struct told *a, struct told *b,
                    struct story_change *c)
{
    struct toll *kept = b->toll.at;
    const json_t *r;
    size_t i;

    for (uint32_t k = 0; k < b->toll.count; k++) {
        const struct toll *before = find_toll(a, &kept[k]);

        if (!before || !same_value(before, &kept[k]))
            *PUSH(d->arena, &c->moved) = (struct toll_move){ before, &kept[k] };
    }
    for (uint32_t k = 0; k < b->claimant.count; k++)
        if (!has_name(a, b->claimant.at[k]))
            *PUSH(d->arena, &c->claimants) = b->claimant.at[k];
    for (uint32_t k = 0; k < b->conflict.count; k++)
        if (!has_conflict(a, &b->conflict.at[k]))
            *PUSH(d->arena, &c->opened) = b->conflict.at[k];
    for (uint32_t k = 0; k < a->conflict.count; k++)
        if (!has_conflict(b, &a->conflict.at[k]))
            *PUSH(d->arena, &c->closed) = a->conflict.at[k];
    json_array_foreach(json_object_get(b->story, "reports"), i, r)
    {
        struct str id = { json_string_value(r), json_string_length(r) };

        if (!a->story || !has_report(a->story, id))
            *PUSH(d->arena, &c->reports) = id;
    }
}

static bool is_change(const struct story_change *c)
{
    return !c->before || !c->after || c->reports.count > 0 || c->moved.count > 0 ||
           c->claimants.count > 0 || c->opened.count > 0 || c->closed.count > 0;
}

static void add_gone(struct differ *d)
{
    const json_t *before, *after;
    size_t i, k;

    json_array_foreach(json_object_get(d->diff->before, "stories"), i, before)
    {
        bool gone = true;

        json_array_foreach(json_object_get(d->diff->after, "stories"), k, after)
        {
            gone &= kinship(d, before, after) == 0;
        }
        if (gone)
            *PUSH(d->arena, &d->diff->story) =
                (struct story_change){ .before = before };
    }
}

struct diff diff_situations(struct arena *arena, const json_t *before,
                            const json_t *after)
{
    struct diff diff = { .before = before, .after = after };
    struct differ d = { arena, &diff, reports_of(arena, before),
                        reports_of(arena, after) };
    const json_t *story;
    size_t i;

    json_array_foreach(json_object_get(after, "stories"), i, story)
    {
        struct story_change c = { .before = kin_of(&d, story), .after = story };
        struct told a = { .story = NULL }, b = told_of(&d, &d.after, story);

        if (c.before)
            a = told_of(&d, &d.before, c.before);
        compare(&d, &a, &b, &c);
        if (is_change(&c))
            *PUSH(arena, &diff.story) = c;
    }
    add_gone(&d);
    return diff;
}
