/* The toll ledger: a row for each thing counted, a column for each origin. */
#include <stdlib.h>

#include "serve/review.h"

#define ORIGINS_MAX 64
#define POLICY_VALUES 8 /* of one row */

struct entry {
    const json_t *finding, *evidence;
    int64_t origin;
};

/* What a row counts: entries of one scope can be compared with each other. */
struct scope {
    struct str measure, counted, place, who;
    bool background, subset, unsure;
    ARRAY(struct entry) entry;
    bool disputed, agreed, replaced;
};

struct ledger {
    ARRAY(struct scope) scope;
    struct store_reviews decisions;
    int64_t origins;
};

static bool flag(const json_t *object, const char *name)
{
    return json_is_true(json_object_get(object, name));
}

/* Of which origin a report is: the place of its list among the story's origins. */
static int64_t origin_of(const json_t *story, struct str report)
{
    const json_t *origins = json_object_get(story, "origins");

    for (size_t o = 0; o < json_array_size(origins); o++)
        for (size_t i = 0; i < json_array_size(json_array_get(origins, o)); i++) {
            const json_t *id = json_array_get(json_array_get(origins, o), i);

            if (str_eq(report,
                       (struct str){ json_string_value(id), json_string_length(id) }))
                return (int64_t)o;
        }
    return -1;
}

static bool is_counted_alike(const json_t *f, const struct scope *s)
{
    struct str counted = member(f, "class");

    return str_eq(member(f, "measure"), s->measure) &&
           str_eq(counted.len > 0 ? counted : member(f, "unit"), s->counted);
}

/* Whether two figures of the story that count alike name two places; where they name one,
 * those of no place mean it, too. */
static bool has_places(const json_t *findings, const struct scope *s)
{
    struct str first = { NULL, 0 };

    for (size_t i = 0; i < json_array_size(findings); i++) {
        const json_t *f = json_object_get(json_array_get(findings, i), "figure");
        struct str place = member(f, "place");

        if (place.len == 0 || !is_counted_alike(f, s) ||
            flag(f, "background") != s->background)
            continue;
        if (first.len > 0 && !str_eq(first, place))
            return true;
        first = place;
    }
    return false;
}

static struct scope *scope_of(struct visit *v, struct ledger *l, const json_t *findings,
                              const json_t *f)
{
    struct scope s = {
        .measure = member(f, "measure"),
        .counted = member(f, "class"),
        .place = member(f, "place"),
        .background = flag(f, "background"),
        .subset = flag(f, "subset"),
        .unsure =
            member(f, "modality").len > 0 && !member_is(f, "modality", "asserted"),
    };

    bool apart;

    if (s.counted.len == 0)
        s.counted = member(f, "unit");
    apart = s.background || has_places(findings, &s); /* history is of many places */
    for (uint32_t i = 0; i < l->scope.count; i++) {
        struct scope *o = &l->scope.at[i];

        if (str_eq(o->measure, s.measure) && str_eq(o->counted, s.counted) &&
            (!apart || str_eq(o->place, s.place)) && o->background == s.background &&
            o->subset == s.subset && o->unsure == s.unsure) {
            o->place = o->place.len > 0 ? o->place : s.place;
            return o;
        }
    }
    *PUSH(v->arena, &l->scope) = s;
    return &l->scope.at[l->scope.count - 1];
}

static void take(struct visit *v, struct ledger *l, const json_t *story,
                 const json_t *finding)
{
    const json_t *list = json_object_get(finding, "evidence");
    struct scope *s = scope_of(v, l, json_object_get(story, "findings"),
                               json_object_get(finding, "figure"));

    s->disputed |= member_is(finding, "status", "disputed");
    s->replaced |= member_is(finding, "status", "superseded");
    s->agreed |= member_is(finding, "status", "corroborated") ||
                 member_is(finding, "status", "attested");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *e = json_array_get(list, i);

        if (member_is(e, "stance", "disputes"))
            continue;
        *PUSH(v->arena, &s->entry) =
            (struct entry){ finding, e, origin_of(story, member(e, "report")) };
    }
}

static int weight(struct str measure)
{
    static const char *const first[] = { "killed",   "casualties", "missing",
                                         "injured",  "abducted",   "displaced",
                                         "detained", "rescued",    "crowd" };

    for (size_t i = 0; i < COUNT(first); i++)
        if (str_eq(measure, str_from(first[i])))
            return (int)i;
    return (int)COUNT(first);
}

static int by_weight(const void *a, const void *b)
{
    const struct scope *x = a, *y = b;
    int order = weight(x->measure) - weight(y->measure);

    if (order == 0)
        order = str_cmp(x->measure, y->measure);
    if (order == 0)
        order = x->background - y->background;
    if (order == 0)
        order = x->subset - y->subset;
    if (order == 0)
        order = str_eq(y->counted, STR("people")) - str_eq(x->counted, STR("people"));
    return order ? order : str_cmp(x->counted, y->counted);
}

static struct ledger ledger_of(struct visit *v, const json_t *story)
{
    const json_t *findings = json_object_get(story, "findings");
    struct ledger l = { .origins = (int64_t)json_array_size(
                            json_object_get(story, "origins")) };

    for (size_t i = 0; i < json_array_size(findings); i++)
        if (member_is(json_array_get(findings, i), "kind", "figure"))
            take(v, &l, story, json_array_get(findings, i));
    if (l.scope.count > 0)
        qsort(l.scope.at, l.scope.count, sizeof *l.scope.at, by_weight);
    return l;
}

/* ---- the table ---- */

/* As it was said: what a policy makes of a dispute stands at the head of its row. */
static void value(struct markup *m, const struct entry *e)
{
    const json_t *f = json_object_get(e->finding, "figure");

    say_op(m, member(f, "op"), member_i64(f, "low", -1), member_i64(f, "high", -1));
}

static void entry(struct markup *m, const struct ledger *l, const struct entry *e)
{
    struct str report = member(e->evidence, "report");
    int64_t start = member_i64(e->evidence, "start", 0);
    int64_t end = member_i64(e->evidence, "end", 0);
    const struct store_review *decided = decision_on(&l->decisions, report, start, end);
    const json_t *f = json_object_get(e->finding, "figure");
    struct str status = member(e->finding, "status");
    struct str claimant = member(e->evidence, "claimant");

    markup_open(m, "div");
    markup_attr_format(m, "class", "entry %.*s", STR_ARG(status));
    markup_open(m, "a");
    markup_attr_format(m, "href", "/report/%.*s?start=%lld&end=%lld#claim",
                       STR_ARG(report), (long long)start, (long long)end);
    markup_attr(m, "title", member(e->evidence, "quote"));
    markup_open(m, "span");
    markup_attr(m, "class", STR("v"));
    value(m, e);
    markup_close(m);
    markup_close(m);
    SAY(m, " ");
    say_status(m, status);
    markup_open(m, "span");
    markup_attr(m, "class", STR("sc"));
    markup_text(m, claimant.len > 0 ? claimant : STR("own voice"));
    if (member(f, "as_of").len > 0) {
        SAY(m, ", as of ");
        say_day(m, member(f, "as_of"));
    }
    if (flag(f, "derived"))
        SAY(m, ", added up");
    SAY(m, " ");
    link_to_review(m, report, "figure", start, end);
    if (member(e->evidence, "by_hand").len > 0)
        markup_leaf(m, "b", "hand", member(e->evidence, "by_hand"));
    else if (decided && str_eq(decided->decision, STR("accept"))) {
        markup_open(m, "b");
        markup_attr(m, "class", STR("hand"));
        SAY(m, "accepted by ");
        markup_text(m, decided->who);
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
}

static struct str verdict(const struct scope *s)
{
    if (s->disputed)
        return STR("conflict");
    if (s->agreed)
        return s->replaced ? STR("agree, older ones superseded") : STR("agree");
    if (s->replaced)
        return STR("superseded by its own claimant");
    return s->entry.count > 1 ? STR("no conflict") : STR("one account");
}

/* "by acled: 31", once for each number that the policy gives for a dispute of the row. */
static void by_policy(const struct visit *v, struct markup *m, const struct scope *s)
{
    const json_t *told[POLICY_VALUES];
    struct str policy = request_argument(&v->request, "policy");
    size_t n = 0, k;

    for (uint32_t i = 0; i < s->entry.count && n < POLICY_VALUES; i++) {
        const json_t *finding = s->entry.at[i].finding;
        const json_t *shown =
            json_object_get(json_object_get(finding, "figure"), "shown");

        if (!shown || !member_is(finding, "status", "disputed"))
            continue;
        for (k = 0; k < n && !json_equal(told[k], shown);)
            k++;
        if (k < n)
            continue;
        told[n++] = shown;
        markup_open(m, "b");
        markup_attr(m, "class", STR("hand"));
        SAY(m, "by ");
        markup_text(m, policy);
        SAY(m, ": ");
        say_interval(m, member_i64(shown, "low", -1), member_i64(shown, "high", -1));
        markup_close(m);
    }
}

static void scope_head(const struct visit *v, struct markup *m, const struct scope *s)
{
    markup_open(m, "th");
    markup_attr(m, "scope", STR("row"));
    markup_text(m, s->measure);
    SAY(m, " ");
    markup_leaf(m, "span", "k", s->counted);
    markup_open(m, "span");
    markup_attr(m, "class", STR("sc"));
    if (s->place.len > 0) {
        SAY(m, "in ");
        markup_text(m, s->place);
        SAY(m, "; ");
    }
    if (s->background)
        SAY(m, "earlier, told as background; ");
    if (s->subset)
        SAY(m, "part of another figure; ");
    if (s->unsure)
        SAY(m, "not asserted; ");
    markup_text(m, verdict(s));
    markup_close(m);
    by_policy(v, m, s);
    markup_close(m);
}

static bool wanted(const struct visit *v, const struct scope *s)
{
    return request_number(&v->request, "conflicts", 0) == 0 || s->disputed;
}

static void row(const struct visit *v, struct markup *m, const struct ledger *l,
                const struct scope *s, int64_t origins)
{
    markup_open(m, "tr");
    markup_attr(m, "data-row", STR(""));
    markup_attr(m, "class", s->disputed ? STR("disputed") : STR("calm"));
    scope_head(v, m, s);
    for (int64_t o = 0; o < origins; o++) {
        const json_t *last = NULL;

        markup_open(m, "td");
        for (uint32_t i = 0; i < s->entry.count; i++) {
            const struct entry *e = &s->entry.at[i];

            if (e->origin == o && e->finding != last) {
                entry(m, l, e);
                last = e->finding;
            }
        }
        markup_close(m);
    }
    markup_close(m);
}

static void column(struct visit *v, struct markup *m, const json_t *story, int64_t o)
{
    const json_t *ids = json_array_get(json_object_get(story, "origins"), (size_t)o);
    struct store_report r;

    markup_open(m, "th");
    markup_attr(m, "scope", STR("col"));
    say_origin(m, o);
    for (size_t i = 0; i < json_array_size(ids); i++) {
        const json_t *id = json_array_get(ids, i);

        if (i == 3) {
            markup_format(m, " and %zu more", json_array_size(ids) - 3);
            break;
        }
        if (!store_report(v->arena, v->store,
                          (struct str){ json_string_value(id), json_string_length(id) },
                          &r))
            continue;
        markup_text(m, i ? STR(", ") : STR(" "));
        say_outlet(m, &r);
    }
    markup_close(m);
}

static void table(struct visit *v, struct markup *m, const json_t *story,
                  const struct ledger *l)
{
    int64_t origins = l->origins < ORIGINS_MAX ? l->origins : ORIGINS_MAX;

    open_scroll(m, "Toll ledger: what is counted, by origin", "list grid");
    markup_open(m, "thead");
    markup_open(m, "tr");
    markup_leaf(m, "th", NULL, STR("Counted"));
    for (int64_t o = 0; o < origins; o++)
        column(v, m, story, o);
    markup_close(m);
    markup_close(m);
    markup_open(m, "tbody");
    for (uint32_t i = 0; i < l->scope.count; i++)
        if (wanted(v, &l->scope.at[i]))
            row(v, m, l, &l->scope.at[i], origins);
    markup_close(m);
    markup_close(m);
    markup_close(m);
    if (origins < l->origins) {
        markup_open(m, "p");
        markup_attr(m, "class", STR("note"));
        markup_format(m, "The first %d of %lld origins; the JSON twin has all.",
                      ORIGINS_MAX, (long long)l->origins);
        markup_close(m);
    }
}

static void charts(struct visit *v, struct markup *m, const json_t *story,
                   const struct ledger *l)
{
    const json_t *findings = json_object_get(story, "findings");

    markup_open(m, "div");
    markup_attr(m, "class", STR("charts"));
    for (uint32_t i = 0; i < l->scope.count; i++) {
        const struct scope *s = &l->scope.at[i];

        if (!s->background && !s->subset && !s->unsure && s->place.len == 0)
            ledger_steps(v, m, findings, s->measure, s->counted, i);
    }
    markup_close(m);
}

static json_t *row_json(const struct scope *s)
{
    json_t *entries = json_array();
    struct str said = verdict(s);

    for (uint32_t i = 0; i < s->entry.count; i++) {
        const struct entry *e = &s->entry.at[i];

        json_array_append_new(
            entries,
            json_pack("{s:I s:O? s:O? s:O? s:O?}", "origin", (json_int_t)e->origin,
                      "finding", json_object_get(e->finding, "id"), "status",
                      json_object_get(e->finding, "status"), "figure",
                      json_object_get(e->finding, "figure"), "evidence", e->evidence));
    }
    return json_pack("{s:s% s:s% s:s% s:b s:b s:b s:s% s:o}", "measure", s->measure.ptr,
                     s->measure.len, "class", s->counted.ptr ? s->counted.ptr : "",
                     s->counted.len, "place", s->place.ptr ? s->place.ptr : "",
                     s->place.len, "background", s->background, "subset", s->subset,
                     "asserted", !s->unsure, "verdict", said.ptr, said.len, "entries",
                     entries);
}

void page_ledger(struct visit *v)
{
    struct store_situation made;
    struct store_story story;
    struct str number;
    struct markup m;
    struct ledger l;
    json_t *situation;

    request_under(&v->request, "/ledger/", &number);
    situation = visit_situation(v, number, &story, &made);
    if (!situation)
        return;
    l = ledger_of(v, situation);
    l.decisions = store_decisions(v->arena, v->store, story.nr);
    if (v->request.json) {
        json_t *rows = json_array();

        for (uint32_t i = 0; i < l.scope.count; i++)
            if (wanted(v, &l.scope.at[i]))
                json_array_append_new(rows, row_json(&l.scope.at[i]));
        visit_json(v,
                   json_pack("{s:I s:O s:o s:o}", "story", (json_int_t)story.nr,
                             "origins", json_object_get(situation, "origins"), "ledger",
                             rows, "decisions", decisions_json(&l.decisions)));
        json_decref(situation);
        return;
    }
    m = frame_open(v, title_of(&story, situation), AT_STORIES);
    story_head(v, &m, &story, "ledger");
    markup_open(&m, "p");
    markup_attr(&m, "class", STR("pick bare"));
    markup_open(&m, "a");
    markup_attr_format(&m, "href", "/ledger/%lld%s", (long long)story.nr,
                       request_number(&v->request, "conflicts", 0) ? ""
                                                                   : "?conflicts=1");
    markup_text(&m, request_number(&v->request, "conflicts", 0)
                        ? STR("All that is counted")
                        : STR("Conflicts only"));
    markup_close(&m);
    markup_close(&m);
    if (l.scope.count == 0)
        markup_leaf(&m, "p", "note", STR("No figure is told in this story."));
    else
        table(v, &m, situation, &l);
    say_decisions(v, &m, story.nr);
    charts(v, &m, situation, &l);
    frame_close(v, &m);
    json_decref(situation);
}
