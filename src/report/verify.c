#include "report/verify.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "base/io.h"
#include "base/table.h"
#include "base/utf8.h"

#define FILE_LIMIT ((size_t)4 << 30)

struct checked_report {
    struct utf8_index index;
    struct str text;
    uint32_t points; /* length in code points */
    json_t *entities;
};

struct checker {
    struct arena arena;
    verify_tell *tell;
    void *context;
    struct verify_counts *counts;
    struct table by_id; /* report id -> 1 + index in report */
    ARRAY(struct checked_report) report;
    const char *where;
};

static void complain(struct checker *c, const char *what)
{
    c->counts->unresolved++;
    c->tell(c->context, c->where, what);
}

static struct str text_of(const json_t *object, const char *key)
{
    const json_t *s = json_object_get(object, key);

    return (struct str){ json_string_value(s), json_string_length(s) };
}

static bool in_text(const struct checked_report *r, json_int_t start, json_int_t end)
{
    return start >= 0 && start < end && end <= (json_int_t)r->points;
}

static void check_numbers(struct checker *c, const struct checked_report *r,
                          const json_t *start, const json_t *end, const char *what)
{
    c->counts->spans++;
    if (!json_is_integer(start) || !json_is_integer(end) ||
        !in_text(r, json_integer_value(start), json_integer_value(end)))
        complain(c, what);
}

static void check_pair(struct checker *c, const struct checked_report *r,
                       const json_t *pair, const char *what)
{
    if (pair)
        check_numbers(c, r, json_array_get(pair, 0), json_array_get(pair, 1), what);
}

static bool names_entity(const struct checked_report *r, const json_t *id)
{
    return json_is_integer(id) && json_integer_value(id) >= 0 &&
           (size_t)json_integer_value(id) < json_array_size(r->entities);
}

/* An id in entities, or a list of such ids; null where nobody is named. */
static void check_entity(struct checker *c, const struct checked_report *r,
                         const json_t *id)
{
    const json_t *one;
    size_t i;

    json_array_foreach(id, i, one)
    {
        if (!names_entity(r, one))
            complain(c, "an actor that is no entity");
    }
    if (id && !json_is_array(id) && !json_is_null(id) && !names_entity(r, id))
        complain(c, "an id that is no entity");
}

static void check_facts(struct checker *c, const struct checked_report *r,
                        const json_t *list, const char *what)
{
    static const char *const ids[] = { "place", "claimant", "speaker", "actors",
                                       "recipients" };
    const json_t *fact, *part;
    size_t i, k;

    json_array_foreach(list, i, fact)
    {
        check_numbers(c, r, json_object_get(fact, "start"),
                      json_object_get(fact, "end"), what);
        check_pair(c, r, json_object_get(fact, "trigger"), "trigger");
        check_pair(c, r, json_object_get(fact, "source"), "source");
        json_array_foreach(json_object_get(fact, "parts"), k, part)
            check_pair(c, r, part, "part of a statement");
        for (k = 0; k < COUNT(ids); k++)
            check_entity(c, r, json_object_get(fact, ids[k]));
    }
}

static void check_report(struct checker *c, const json_t *o,
                         const struct checked_report *r)
{
    const json_t *entity, *pair;
    size_t i, k;

    json_array_foreach(json_object_get(o, "sentences"), i, pair)
        check_pair(c, r, pair, "sentence");
    json_array_foreach(json_object_get(o, "entities"), i, entity)
    {
        json_array_foreach(json_object_get(entity, "mentions"), k, pair)
            check_pair(c, r, pair, "mention");
    }
    check_facts(c, r, json_object_get(o, "times"), "time");
    check_facts(c, r, json_object_get(o, "figures"), "figure");
    check_facts(c, r, json_object_get(o, "events"), "event");
    check_facts(c, r, json_object_get(o, "statements"), "statement");
}

static void add_report(struct checker *c, const json_t *o)
{
    struct checked_report *r = PUSH(&c->arena, &c->report);
    struct str id = arena_str(&c->arena, text_of(o, "id"));
    uint32_t *known;

    r->text = text_of(o, "text");
    r->index = utf8_index_of(&c->arena, r->text);
    r->points = (uint32_t)utf8_count(r->text);
    r->entities = json_object_get(o, "entities");
    c->where = id.len > 0 ? id.ptr : "a report without id";
    c->counts->reports++;
    known = table_put(&c->arena, &c->by_id, id);
    if (*known || id.len == 0)
        complain(c, "no id of its own");
    *known = c->report.count;
    check_report(c, o, r);
}

/* The byte of the n-th code point. */
static size_t byte_of(struct str text, json_int_t n)
{
    size_t i = 0;

    while (i < text.len && (n > 0 || !utf8_is_start(text.ptr[i])))
        n -= utf8_is_start(text.ptr[i++]);
    while (i < text.len && !utf8_is_start(text.ptr[i]))
        i++;
    return i;
}

static const struct checked_report *report_named(struct checker *c, struct str id)
{
    const uint32_t *known = table_find(&c->by_id, id);

    return known ? &c->report.at[*known - 1] : NULL;
}

static void check_quote(struct checker *c, const json_t *e)
{
    const struct checked_report *r = report_named(c, text_of(e, "report"));
    const json_t *start = json_object_get(e, "start"), *end = json_object_get(e, "end");
    uint64_t before = c->counts->unresolved;
    size_t from;
    struct str quote = text_of(e, "quote");

    if (!r) {
        complain(c, "evidence in a report that is not there");
        return;
    }
    check_numbers(c, r, start, end, "evidence out of its text");
    if (c->counts->unresolved > before)
        return;
    from = byte_of(r->text, json_integer_value(start));
    if (!str_eq(quote,
                str_slice(r->text, from, byte_of(r->text, json_integer_value(end)))))
        complain(c, "the quote is not what stands there");
}

static void check_finding(struct checker *c, const json_t *f)
{
    const json_t *evidence = json_object_get(f, "evidence"), *e;
    size_t i;

    c->counts->findings++;
    c->where = json_string_value(json_object_get(f, "id"));
    if (!c->where)
        c->where = "a finding without id";
    if (json_array_size(evidence) == 0)
        complain(c, "a finding without evidence");
    json_array_foreach(evidence, i, e) check_quote(c, e);
}

static void check_copy(struct checker *c, const json_t *copy)
{
    const struct checked_report *from = report_named(c, text_of(copy, "from"));
    const struct checked_report *to = report_named(c, text_of(copy, "to"));
    const json_t *passage;
    size_t i;

    if (!from || !to) {
        complain(c, "a copy of a report that is not there");
        return;
    }
    json_array_foreach(json_object_get(copy, "passages"), i, passage)
    {
        check_pair(c, from, json_object_get(passage, "from"), "copied passage");
        check_pair(c, to, json_object_get(passage, "to"), "copied passage");
    }
}

/* Every report stands in exactly one story and in exactly one origin of it. */
static void check_membership(struct checker *c, const json_t *story, uint32_t *in_story,
                             uint32_t *in_origin)
{
    const json_t *id, *origin;
    const uint32_t *known;
    size_t i, k;

    json_array_foreach(json_object_get(story, "reports"), i, id)
    {
        known = table_find(&c->by_id, str_from(json_string_value(id)));
        if (known)
            in_story[*known - 1]++;
        else
            complain(c, "a story of a report that is not there");
    }
    json_array_foreach(json_object_get(story, "origins"), i, origin)
    {
        json_array_foreach(origin, k, id)
        {
            known = table_find(&c->by_id, str_from(json_string_value(id)));
            if (known)
                in_origin[*known - 1]++;
            else
                complain(c, "an origin of a report that is not there");
        }
    }
}

static void check_situation(struct checker *c, const json_t *o)
{
    uint32_t *in_story, *in_origin;
    const json_t *story, *item;
    size_t i, k;

    /* It stands for itself: what earlier lines held is gone with them. */
    c->by_id = (struct table){ 0 };
    c->report.count = 0;
    json_array_foreach(json_object_get(o, "reports"), i, item) add_report(c, item);
    in_story = NEW(&c->arena, uint32_t, c->report.count);
    in_origin = NEW(&c->arena, uint32_t, c->report.count);
    json_array_foreach(json_object_get(o, "stories"), i, story)
    {
        c->where = "stories";
        check_membership(c, story, in_story, in_origin);
        json_array_foreach(json_object_get(story, "copies"), k, item)
            check_copy(c, item);
        json_array_foreach(json_object_get(story, "findings"), k, item)
            check_finding(c, item);
    }
    c->where = "stories";
    for (uint32_t r = 0; r < c->report.count; r++)
        if (in_story[r] != 1 || in_origin[r] != 1)
            complain(c, "a report that is not in exactly one story and origin");
}

/* A place of the brief: start, end and the words that stand there. */
static void check_place(struct checker *c, const struct checked_report *r,
                        const json_t *o)
{
    uint64_t before = c->counts->unresolved;
    const json_t *start = json_object_get(o, "start"), *end = json_object_get(o, "end");
    size_t from, to;

    check_numbers(c, r, start, end, "a check out of the brief");
    check_pair(c, r, json_object_get(o, "sentence"), "sentence of a check");
    if (c->counts->unresolved > before)
        return;
    from = byte_of(r->text, json_integer_value(start));
    to = byte_of(r->text, json_integer_value(end));
    if (!str_eq(text_of(o, "quote"), str_slice(r->text, from, to)))
        complain(c, "the brief has other words there");
}

static void check_audit(struct checker *c, const json_t *o)
{
    const json_t *item, *e;
    size_t i, k;

    c->by_id = (struct table){ 0 };
    c->report.count = 0;
    add_report(c, json_object_get(o, "brief"));
    json_array_foreach(json_object_get(o, "reports"), i, item) add_report(c, item);
    c->where = "checks";
    json_array_foreach(json_object_get(o, "checks"), i, item)
    {
        c->counts->findings++;
        check_place(c, &c->report.at[0], item);
        json_array_foreach(json_object_get(item, "evidence"), k, e) check_quote(c, e);
    }
}

/* One object: a situation, or a report (of a JSON Lines file). */
static bool check_object(struct checker *c, struct str bytes, int64_t line,
                         struct err *err)
{
    json_error_t why;
    json_t *o = json_loadb(bytes.ptr, bytes.len, JSON_ALLOW_NUL, &why);
    struct str schema;

    if (!o)
        return err_set(err, ERR_FORMAT, line, "not JSON: %s", why.text);
    schema = text_of(o, "schema");
    if (str_eq(schema, STR("corrob.situation/1")))
        check_situation(c, o);
    else if (str_eq(schema, STR("corrob.audit/1")))
        check_audit(c, o);
    else if (str_eq(schema, STR("corrob.article/1")))
        add_report(c, o);
    else
        err_set(err, ERR_FORMAT, line,
                "neither corrob.situation/1, corrob.article/1 nor corrob.audit/1");
    json_decref(o);
    return err->code == ERR_OK;
}

/* A situation is one line, too. Of a JSON Lines file each line is looked at by itself
 * but for the ids, which must differ. */
static bool check_lines(struct checker *c, FILE *file, struct err *err)
{
    struct lines lines = { .file = file, .limit = FILE_LIMIT };
    struct str line;
    bool ok = true;

    while (ok && lines_next(&lines, &line))
        if (str_trim(line).len > 0)
            ok = check_object(c, line, lines.number, err);
    lines_release(&lines);
    if (ok && ferror(file))
        return err_set(err, ERR_READ, -1, "can't be read");
    if (ok && lines.number == 0)
        return err_set(err, ERR_EMPTY, -1, "nothing in it");
    return ok;
}

bool verify_file(const char *path, verify_tell *tell, void *context,
                 struct verify_counts *counts, struct err *err)
{
    struct checker c = { .tell = tell, .context = context, .counts = counts };
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    bool ok;

    err->code = ERR_OK;
    if (!file)
        return err_set(err, errno == ENOENT ? ERR_MISSING : ERR_READ, -1,
                       "%s: can't be opened", path);
    arena_init(&c.arena, SIZE_MAX);
    ok = check_lines(&c, file, err);
    arena_release(&c.arena);
    if (file != stdin)
        fclose(file);
    return ok;
}
