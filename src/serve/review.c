/* The review queue: one fact at a time, decided on by one key or one button. */
#include "serve/review.h"

#include "base/date.h"
#include "base/utf8.h"

#define COUNTED 200        /* tolls that wait are counted so far */
#define MOST 1000000000000 /* people: more than there are */
#define ADDRESS_MAX 2048

struct choice {
    struct store_candidate at;
    struct str fact; /* JSON; absent: there is none */
    int64_t story;
    int64_t of;  /* facts of this kind that have its span */
    bool queued; /* it came from the queue, not from a link to it */
};

/* ---- taking a decision ---- */

/* Our own pages alone: "/ledger/7", not "//elsewhere". */
static const char *way_back(struct visit *v, const char *otherwise)
{
    struct str back = request_field(&v->request, "back");

    if (back.len < 2 || back.ptr[0] != '/' || back.ptr[1] == '/' ||
        back.ptr[1] == '\\' || back.len > ADDRESS_MAX)
        return otherwise;
    return arena_str(v->arena, back).ptr;
}

static bool number_field(struct visit *v, const char *name, json_t **out)
{
    struct str words = str_trim(request_field(&v->request, name));
    uint64_t n;

    if (words.len == 0) {
        *out = json_null();
        return true;
    }
    if (!str_to_u64(words, &n) || n > MOST)
        return false;
    *out = json_integer((json_int_t)n);
    return true;
}

/* Puts a member into the edit when the form says other than the program read. */
static void put_changed(json_t *change, const json_t *machine, const char *name,
                        json_t *value)
{
    const json_t *was = json_object_get(machine, name);
    bool both_none = !was && (json_is_null(value) || json_string_length(value) == 0);

    if (value && !both_none && !json_equal(value, was) &&
        !(json_is_null(value) && !was))
        json_object_set(change, name, value);
    json_decref(value);
}

static bool is_day(struct str words)
{
    struct instant t;

    return words.len == 0 ||
           (instant_from_iso(words, &t) && t.precision >= INSTANT_DAY);
}

static const char *const measures[] = {
    "other",    "killed",   "injured",   "casualties",  "missing",
    "detained", "abducted", "displaced", "deployed",    "crowd",
    "released", "expelled", "infected",  "surrendered", "percent",
    "money",    "ratio",    "duration",  "price"
};
static const char *const modalities[] = { "asserted", "negated", "denied",
                                          "expected", "alleged", "hypothetical" };
static const char *const types[] = { "AGREE",     "CONSULT",  "SUPPORT",  "CONCEDE",
                                     "COOPERATE", "AID",      "RETREAT",  "REQUEST",
                                     "ACCUSE",    "REJECT",   "THREATEN", "PROTEST",
                                     "SANCTION",  "MOBILIZE", "COERCE",   "ASSAULT",
                                     "INCIDENT",  "CLAIM",    "APPOINT" };

static bool is_one_of(struct str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(word, str_from(words[i])))
            return true;
    return word.ptr == NULL; /* not set */
}

/* Whether the words that an edit chooses are among those that there are. */
static bool are_known(const json_t *change)
{
    return is_one_of(member(change, "measure"), measures, COUNT(measures)) &&
           is_one_of(member(change, "modality"), modalities, COUNT(modalities)) &&
           is_one_of(member(change, "type"), types, COUNT(types));
}

/* The edit as a JSON object; absent, with *why told, when it can't be taken. */
static struct str change_of(struct visit *v, struct str machine, const char **why)
{
    static const char *const words[] = { "measure",  "class", "claimant", "as_of",
                                         "modality", "type",  "date",     "speaker" };
    json_t *was = json_loadb(machine.ptr, machine.len, 0, NULL);
    json_t *change = json_object(), *low = NULL, *high = NULL;
    struct str made = { NULL, 0 };
    char *dumped = NULL;

    *why = NULL;
    for (size_t i = 0; i < COUNT(words); i++) {
        struct str value = str_trim(request_field(&v->request, words[i]));

        if (request_has_field(&v->request, words[i]))
            put_changed(change, was, words[i],
                        json_stringn(value.ptr ? value.ptr : "", value.len));
    }
    if (!is_day(request_field(&v->request, "as_of")) ||
        !is_day(request_field(&v->request, "date")))
        *why = "A day is written 2029-10-11.";
    if (request_has_field(&v->request, "low")) {
        if (!number_field(v, "low", &low) || !number_field(v, "high", &high) ||
            (json_is_integer(low) && json_is_integer(high) &&
             json_integer_value(low) > json_integer_value(high)))
            *why = "From and to are whole numbers, from not greater than to; empty is "
                   "open.";
        put_changed(change, was, "low", low);
        put_changed(change, was, "high", high);
    }
    if (!*why && !are_known(change))
        *why = "There is no such measure, modality or type.";
    if (!*why && json_object_size(change) == 0)
        *why = "Nothing was changed.";
    if (!*why)
        dumped = json_dumps(change, JSON_COMPACT);
    if (dumped)
        made = arena_str(v->arena, str_from(dumped));
    free(dumped);
    json_decref(change);
    json_decref(was);
    return made;
}

static void remember_name(struct visit *v, struct str who)
{
    struct buf b = buf_new(v->arena, ADDRESS_MAX);

    buf_str(&b, STR("who="));
    say_percent(&b, who);
    buf_str(&b, STR("; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000"));
    buf_char(&b, '\0');
    v->answer.cookie = b.ptr;
}

static int64_t number_of(const struct request *r, const char *name)
{
    uint64_t n;

    return str_to_u64(request_field(r, name), &n) && n < INT64_MAX ? (int64_t)n : -1;
}

static void decide(struct visit *v)
{
    const struct request *r = &v->request;
    struct store_review review = { .who = str_trim(request_field(r, "who")),
                                   .report = request_field(r, "report"),
                                   .kind = request_field(r, "kind"),
                                   .start = number_of(r, "start"),
                                   .end = number_of(r, "end"),
                                   .fact = number_of(r, "fact"),
                                   .decision = request_field(r, "decision") };
    const char *why;

    if (review.who.len == 0)
        review.who = STR("desk");
    if (review.who.len > 100) {
        visit_refused(v, 400, "A name has at most 100 bytes.");
        return;
    }
    if (str_eq(review.decision, STR("undo"))) {
        int64_t nr = number_of(r, "nr");

        if (!store_review_undo(v->store, nr > 0 ? nr : 0, review.who, &v->err)) {
            visit_refused(v, 409, "There is nothing to take back.");
            return;
        }
    } else if (str_eq(review.decision, STR("accept")) ||
               str_eq(review.decision, STR("reject")) ||
               str_eq(review.decision, STR("edit"))) {
        if (str_eq(review.decision, STR("edit"))) {
            struct choice c = { .at = { .report = review.report,
                                        .kind = review.kind,
                                        .start = review.start,
                                        .end = review.end,
                                        .fact = review.fact } };

            review.change =
                change_of(v, store_fact(v->arena, v->store, &c.at, &c.of), &why);
            if (why) {
                visit_refused(v, 400, why);
                return;
            }
        }
        if (!store_review_put(v->store, &review, &v->err)) {
            visit_refused(v, v->err.code == ERR_MISSING ? 404 : 400, v->err.detail);
            return;
        }
    } else {
        visit_refused(v, 400, "A decision is accept, reject, edit or undo.");
        return;
    }
    remember_name(v, review.who);
    visit_go_to(v, way_back(v, "/review"));
}

/* ---- showing what is to be decided ---- */

/* "17.24": behind the 24th figure of report 17. */
static void cursor_of(const struct request *r, int64_t *nr, int64_t *n)
{
    struct str after = request_argument(r, "after"), part;
    uint64_t report, at;

    *nr = 0;
    *n = -1;
    if (str_split(&after, '.', &part) && str_to_u64(part, &report) &&
        str_to_u64(after, &at)) {
        *nr = (int64_t)report;
        *n = (int64_t)at;
    }
}

static bool choose(struct visit *v, struct choice *c)
{
    const struct request *r = &v->request;
    int64_t nr, n;

    *c = (struct choice){ .story = request_number(r, "story", 0) };
    if (request_argument(r, "report").len > 0) {
        c->at.report = request_argument(r, "report");
        c->at.kind = request_argument(r, "kind");
        c->at.start = request_number(r, "start", -1);
        c->at.end = request_number(r, "end", -1);
        c->at.fact = request_number(r, "fact", 0);
    } else {
        cursor_of(r, &nr, &n);
        if (!store_candidate(v->arena, v->store, c->story, nr, n, &c->at))
            return false;
        c->queued = true;
    }
    c->fact = store_fact(v->arena, v->store, &c->at, &c->of);
    return c->fact.len > 0;
}

/* The other facts of the same words: "beat and arrested" is two events. */
static void siblings(struct markup *m, const struct choice *c)
{
    if (c->of < 2)
        return;
    markup_open(m, "p");
    markup_attr(m, "class", STR("note"));
    markup_format(m, "The same words state %lld facts of this kind, this is one: ",
                  (long long)c->of);
    for (int64_t i = 0; i < c->of; i++) {
        markup_open(m, "a");
        markup_attr_format(
            m, "href", "/review?report=%.*s&kind=%.*s&start=%lld&end=%lld&fact=%lld",
            STR_ARG(c->at.report), STR_ARG(c->at.kind), (long long)c->at.start,
            (long long)c->at.end, (long long)i);
        if (i == c->at.fact)
            markup_attr(m, "aria-current", STR("true"));
        say_number(m, i + 1);
        markup_close(m);
        SAY(m, " ");
    }
    markup_close(m);
}

/* The paragraph around the words, which are marked. */
static void context(struct visit *v, struct markup *m, const struct choice *c)
{
    struct str text = store_text(v->arena, v->store, c->at.report);
    size_t from = utf8_byte_at(text, c->at.start), to = utf8_byte_at(text, c->at.end);
    size_t begin = from, end = to;

    while (begin > 1 && !(text.ptr[begin - 1] == '\n' && text.ptr[begin - 2] == '\n'))
        begin--;
    begin = begin == 1 ? 0 : begin;
    while (end < text.len && text.ptr[end] != '\n')
        end++;
    markup_open(m, "blockquote");
    markup_attr(m, "class", STR("clean"));
    markup_text(m, str_slice(text, begin, from));
    markup_leaf(m, "mark", NULL, str_slice(text, from, to));
    markup_text(m, str_slice(text, to, end));
    markup_close(m);
}

static void hidden_number(struct markup *m, const char *name, int64_t n)
{
    markup_open(m, "input");
    markup_attr(m, "type", STR("hidden"));
    markup_attr(m, "name", str_from(name));
    markup_attr_i64(m, "value", n);
    markup_close(m);
}

/* Where a decision leads: on in the queue, or back to where the fact was looked at. */
static void put_back(struct visit *v, struct markup *m, const struct choice *c)
{
    struct buf b = buf_new(v->arena, ADDRESS_MAX);

    if (!c->queued) {
        field_hidden(m, "back", v->request.uri);
        return;
    }
    buf_printf(&b, "/review?after=%lld.%lld", (long long)c->at.report_nr,
               (long long)c->at.n);
    if (c->story > 0)
        buf_printf(&b, "&story=%lld", (long long)c->story);
    field_hidden(m, "back", buf_view(&b));
}

static void form_of(struct visit *v, struct markup *m, const struct choice *c,
                    const char *class_name)
{
    form_open(v, m, "/review");
    markup_open(m, "div");
    markup_attr(m, "class", str_from(class_name));
    field_hidden(m, "report", c->at.report);
    field_hidden(m, "kind", c->at.kind);
    hidden_number(m, "start", c->at.start);
    hidden_number(m, "end", c->at.end);
    hidden_number(m, "fact", c->at.fact);
    put_back(v, m, c);
}

static void name_field(struct visit *v, struct markup *m)
{
    markup_open(m, "label");
    SAY(m, "Your name ");
    markup_open(m, "input");
    markup_attr(m, "name", STR("who"));
    markup_attr(m, "value", v->who.len > 0 ? v->who : STR("desk"));
    markup_attr(m, "size", STR("14"));
    markup_attr(m, "maxlength", STR("60"));
    markup_attr(m, "autocomplete", STR("username"));
    markup_close(m);
    markup_close(m);
}

static void button(struct markup *m, const char *decision, const char *key,
                   const char *words)
{
    markup_open(m, "button");
    markup_attr(m, "name", STR("decision"));
    markup_attr(m, "value", str_from(decision));
    markup_attr(m, "data-key", str_from(key));
    markup_text(m, str_from(words));
    SAY(m, " ");
    markup_leaf(m, "kbd", NULL, str_from(key));
    markup_close(m);
}

static void buttons(struct visit *v, struct markup *m, const struct choice *c)
{
    form_of(v, m, c, "decide");
    button(m, "accept", "a", "Accept");
    button(m, "reject", "r", "Reject");
    if (c->queued) {
        markup_open(m, "a");
        markup_attr(m, "class", STR("button"));
        markup_attr(m, "data-key", STR("s"));
        markup_attr_format(m, "href", "/review?after=%lld.%lld%s%.0lld",
                           (long long)c->at.report_nr, (long long)c->at.n,
                           c->story > 0 ? "&story=" : "", (long long)c->story);
        SAY(m, "Skip ");
        markup_leaf(m, "kbd", NULL, STR("s"));
        markup_close(m);
    }
    name_field(v, m);
    markup_close(m);
    markup_close(m);
}

static void field(struct markup *m, const char *label, const char *name,
                  struct str value)
{
    markup_open(m, "label");
    markup_text(m, str_from(label));
    markup_open(m, "input");
    markup_attr(m, "name", str_from(name));
    markup_attr(m, "value", value);
    markup_close(m);
    markup_close(m);
}

static void number_input(struct markup *m, const char *label, const char *name,
                         int64_t n)
{
    char words[24] = "";

    if (n >= 0)
        snprintf(words, sizeof words, "%lld", (long long)n);
    markup_open(m, "label");
    markup_text(m, str_from(label));
    markup_open(m, "input");
    markup_attr(m, "name", str_from(name));
    markup_attr(m, "inputmode", STR("numeric"));
    markup_attr(m, "size", STR("9"));
    markup_attr(m, "value", str_from(words));
    markup_close(m);
    markup_close(m);
}

static void options(struct markup *m, const char *label, const char *name,
                    const char *const *values, size_t count, struct str value)
{
    markup_open(m, "label");
    markup_text(m, str_from(label));
    markup_open(m, "select");
    markup_attr(m, "name", str_from(name));
    for (size_t i = 0; i < count; i++) {
        markup_open(m, "option");
        if (str_eq(value, str_from(values[i])))
            markup_attr(m, "selected", STR("selected"));
        markup_text(m, str_from(values[i]));
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
}

static void edit(struct visit *v, struct markup *m, const struct choice *c)
{
    json_t *f = json_loadb(c->fact.ptr, c->fact.len, 0, NULL);

    markup_open(m, "details");
    markup_attr(m, "id", STR("edit"));
    markup_open(m, "summary");
    markup_attr(m, "data-key", STR("e"));
    SAY(m, "Edit ");
    markup_leaf(m, "kbd", NULL, STR("e"));
    markup_close(m);
    form_of(v, m, c, "fields");
    if (str_eq(c->at.kind, STR("figure"))) {
        number_input(m, "From", "low", member_i64(f, "low", -1));
        number_input(m, "to", "high", member_i64(f, "high", -1));
        options(m, "Measure", "measure", measures, COUNT(measures),
                member(f, "measure"));
        field(m, "Who is counted", "class", member(f, "class"));
        field(m, "According to", "claimant", member(f, "claimant"));
        field(m, "As of", "as_of", member(f, "as_of"));
    } else if (str_eq(c->at.kind, STR("event"))) {
        options(m, "Type", "type", types, COUNT(types), member(f, "type"));
        field(m, "Day", "date", member(f, "date"));
    } else {
        field(m, "Speaker", "speaker", member(f, "speaker"));
    }
    if (!str_eq(c->at.kind, STR("statement")))
        options(m, "Modality", "modality", modalities, COUNT(modalities),
                member(f, "modality"));
    name_field(v, m);
    markup_open(m, "button");
    markup_attr(m, "name", STR("decision"));
    markup_attr(m, "value", STR("edit"));
    SAY(m, "Save the edit");
    markup_close(m);
    markup_close(m);
    markup_close(m);
    markup_close(m);
    json_decref(f);
}

static void undo_last(struct visit *v, struct markup *m)
{
    struct store_reviews last = store_reviews(v->arena, v->store, 0, 1);

    markup_open(m, "div");
    markup_attr(m, "class", STR("decide"));
    if (last.row.count > 0) {
        form_open(v, m, "/review");
        field_hidden(m, "who", v->who.len > 0 ? v->who : STR("desk"));
        field_hidden(m, "back", STR("/review"));
        button(m, "undo", "u", "Undo my last");
        markup_close(m);
    }
    markup_link(m, STR("/reviews"), STR("Log of all decisions"));
    markup_close(m);
}

static void about(struct visit *v, struct markup *m, const struct choice *c)
{
    struct store_report r;

    if (!store_report(v->arena, v->store, c->at.report, &r))
        return;
    markup_open(m, "p");
    markup_attr(m, "class", STR("m"));
    say_outlet(m, &r);
    SAY(m, " · ");
    say_time(m, r.published_at, true);
    SAY(m, " · ");
    link_to_span(m, c->at.report, c->at.start, c->at.end, STR("in its text"));
    if (r.story > 0) {
        SAY(m, " · ");
        markup_open(m, "a");
        markup_attr_format(m, "href", "/ledger/%lld", (long long)r.story);
        SAY(m, "ledger of its story");
        markup_close(m);
    }
    markup_close(m);
}

static void as_json(struct visit *v, const struct choice *c, bool found,
                    int64_t waiting)
{
    json_t *o = json_pack("{s:I}", "waiting", (json_int_t)waiting);
    char next[64];

    if (found) {
        snprintf(next, sizeof next, "%lld.%lld", (long long)c->at.report_nr,
                 (long long)c->at.n);
        json_object_set_new(
            o, "candidate",
            json_pack("{s:s% s:s% s:I s:I s:o}", "report", c->at.report.ptr,
                      c->at.report.len, "kind", c->at.kind.ptr, c->at.kind.len, "start",
                      (json_int_t)c->at.start, "end", (json_int_t)c->at.end, "fact",
                      json_loadb(c->fact.ptr, c->fact.len, 0, NULL)));
        if (c->queued)
            json_object_set_new(o, "next", json_string(next));
    }
    visit_json(v, o);
}

static void say_waiting(struct markup *m, int64_t waiting)
{
    markup_open(m, "p");
    markup_attr(m, "class", STR("note"));
    if (waiting >= COUNTED)
        SAY(m, "More than ");
    say_number(m, waiting);
    SAY(m, " tolls wait for someone to look at them, the newest report first.");
    markup_close(m);
}

void page_review(struct visit *v)
{
    struct choice c;
    int64_t waiting;
    struct markup m;
    bool found;

    if (v->request.post) {
        decide(v);
        return;
    }
    found = choose(v, &c);
    if (!found && request_argument(&v->request, "report").len > 0) {
        visit_missing(v, "The report has no such fact.");
        return;
    }
    waiting = store_candidates(v->store, c.story, COUNTED);
    if (v->request.json) {
        as_json(v, &c, found, waiting);
        return;
    }
    m = frame_open(v, STR("Review"), AT_REVIEW);
    say_waiting(&m, waiting);
    if (found) {
        const struct store_review *r;
        struct store_reviews one;
        struct store_report report = { 0 };

        markup_open(&m, "section");
        markup_attr(&m, "class", STR("candidate"));
        markup_leaf(&m, "h2", NULL, fact_words(v->arena, c.at.kind, c.fact));
        store_report(v->arena, v->store, c.at.report, &report);
        one = store_decisions(v->arena, v->store, report.story);
        r = decision_on(&one, c.at.report, c.at.start, c.at.end);
        if (r)
            markup_format(&m, "Decided: %.*s by %.*s.", STR_ARG(r->decision),
                          STR_ARG(r->who));
        siblings(&m, &c);
        context(v, &m, &c);
        about(v, &m, &c);
        buttons(v, &m, &c);
        edit(v, &m, &c);
        markup_close(&m);
    } else {
        markup_leaf(&m, "p", "note", STR("Nothing waits here."));
    }
    undo_last(v, &m);
    frame_close(v, &m);
}
