/* A story in the shapes of other tools, as files to take away. */
#include "corrob.h"
#include "serve/review.h"

static const struct shape {
    const char *name, *ending, *type, *words;
} shapes[] = {
    { "csv", "csv", "text/csv; charset=utf-8", "findings" },
    { "evidence", "csv", "text/csv; charset=utf-8", "evidence" },
    { "hxl", "csv", "text/csv; charset=utf-8", "HXL" },
    { "ucdp", "csv", "text/csv; charset=utf-8", "UCDP" },
    { "acled", "csv", "text/csv; charset=utf-8", "ACLED" },
    { "polecat", "tsv", "text/tab-separated-values; charset=utf-8", "POLECAT" },
    { "plover", "jsonl", "application/x-ndjson", "PLOVER" },
    { "geojson", "geojson", "application/geo+json", "GeoJSON" },
    { "annotations", "jsonld", "application/ld+json", "Web Annotations" },
    { "markdown", "md", "text/markdown; charset=utf-8", "Markdown" },
    { "bundle", "zip", "application/zip", "evidence bundle" },
    { "situation", "json", "application/json; charset=utf-8", "JSON" },
};

void say_exports(struct visit *v, struct markup *m, int64_t story)
{
    struct str policy = request_argument(&v->request, "policy");
    struct buf more = buf_new(v->arena, 1 << 16);

    if (policy.len > 0) {
        buf_str(&more, STR("&policy="));
        say_percent(&more, policy);
    }
    markup_open(m, "p");
    markup_attr(m, "class", STR("pick"));
    SAY(m, "Take away: ");
    for (size_t i = 0; i < COUNT(shapes); i++) {
        markup_open(m, "a");
        markup_attr_format(m, "href", "/export/%lld?as=%s%.*s", (long long)story,
                           shapes[i].name, STR_ARG(buf_view(&more)));
        markup_text(m, str_from(shapes[i].words));
        markup_close(m);
        SAY(m, " ");
    }
    markup_close(m);
}

static bool on_output(void *context, const char *bytes, size_t len)
{
    struct visit *v = context;

    buf_str(&v->answer.body, (struct str){ bytes, len });
    return true;
}

static bool write_shape(struct visit *v, const struct shape *s, struct str situation)
{
    struct corrob_options options = { .on_output = on_output, .context = v };
    struct str text = request_argument(&v->request, "text");
    struct corrob *c;
    bool ok;

    if (strcmp(s->name, "situation") == 0) {
        buf_str(&v->answer.body, situation);
        return true;
    }
    ok = corrob_open(&c, &options) == CORROB_OK &&
         corrob_export_bytes(c, situation.ptr, situation.len, s->name,
                             text.len > 0 ? arena_str(v->arena, text).ptr : NULL) ==
             CORROB_OK;
    if (!ok)
        err_set(&v->err, ERR_USAGE, -1, "%s", corrob_message(c));
    corrob_close(c);
    return ok;
}

void page_export(struct visit *v)
{
    struct str number, as = request_argument(&v->request, "as"), situation;
    const struct shape *s = NULL;
    struct buf name = buf_new(v->arena, 256);
    uint64_t nr;

    for (size_t i = 0; i < COUNT(shapes); i++)
        if (str_eq(as, str_from(shapes[i].name)))
            s = &shapes[i];
    if (!request_under(&v->request, "/export/", &number) || !str_to_u64(number, &nr) ||
        nr > INT64_MAX || !s) {
        visit_missing(v, "There is no such story or shape.");
        return;
    }
    if (!store_whole_situation(v->arena, v->store, (int64_t)nr,
                               request_argument(&v->request, "policy"), &situation,
                               &v->err)) {
        if (v->err.code == ERR_MISSING)
            visit_missing(v, "There is no such story.");
        else
            visit_failed(v);
        return;
    }
    if (!write_shape(v, s, situation)) {
        visit_failed(v);
        return;
    }
    buf_printf(&name, "attachment; filename=\"story-%lld-%s.%s\"", (long long)nr,
               s->name, s->ending);
    buf_char(&name, '\0');
    v->answer.type = s->type;
    v->answer.disposition = name.ptr;
}
