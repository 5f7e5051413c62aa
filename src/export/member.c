#include "export/member.h"

#include "base/io.h"
#include "base/utf8.h"

#define SITUATION_MAX ((size_t)4 << 30)

struct str member_str(const json_t *object, const char *name)
{
    const json_t *s = json_object_get(object, name);

    return (struct str){ json_string_value(s), json_string_length(s) };
}

struct str member_str2(const json_t *object, const char *name, const char *inner)
{
    return member_str(json_object_get(object, name), inner);
}

bool member_true(const json_t *object, const char *name)
{
    return json_is_true(json_object_get(object, name));
}

bool member_count(const json_t *object, const char *name, int64_t *out)
{
    const json_t *n = json_object_get(object, name);

    if (!json_is_integer(n))
        return false;
    *out = json_integer_value(n);
    return true;
}

json_t *situation_parse(struct str bytes, struct err *err)
{
    json_error_t why;
    json_t *o = json_loadb(bytes.ptr, bytes.len, JSON_ALLOW_NUL, &why);

    if (!o) {
        err_set(err, ERR_FORMAT, why.line, "not JSON: %s", why.text);
        return NULL;
    }
    if (!str_eq(member_str(o, "schema"), STR("corrob.situation/1"))) {
        err_set(err, ERR_FORMAT, -1,
                "not a situation (corrob report --format json makes one)");
        json_decref(o);
        return NULL;
    }
    return o;
}

json_t *situation_load(const char *path, struct err *err)
{
    struct arena arena;
    struct str bytes;
    json_t *o = NULL;

    arena_init(&arena, SIZE_MAX);
    if (io_read_file(&arena, path, SITUATION_MAX, &bytes, err))
        o = situation_parse(bytes, err);
    if (!o)
        err_about(err, path);
    arena_release(&arena);
    return o;
}

const json_t *member_by_id(const json_t *array, struct str id)
{
    const json_t *member;
    size_t i;

    json_array_foreach(array, i, member)
    {
        if (str_eq(member_str(member, "id"), id))
            return member;
    }
    return NULL;
}

struct reports reports_of(struct arena *arena, const json_t *situation)
{
    struct reports r = { .list = json_object_get(situation, "reports") };
    const json_t *report;
    size_t i;

    json_array_foreach(r.list, i, report)
    {
        uint32_t *place = table_put(arena, &r.place, member_str(report, "id"));

        if (*place == 0)
            *place = (uint32_t)i + 1;
    }
    return r;
}

const json_t *report_by_id(const struct reports *reports, struct str id)
{
    const uint32_t *place = table_find(&reports->place, id);

    return place ? json_array_get(reports->list, *place - 1) : NULL;
}

struct str report_outlet(const json_t *report)
{
    struct str name = member_str2(report, "outlet", "name");

    return name.len > 0 ? name : member_str2(report, "outlet", "domain");
}

const json_t *finding_support(const json_t *finding)
{
    const json_t *e;
    size_t i;

    json_array_foreach(json_object_get(finding, "evidence"), i, e)
    {
        if (str_eq(member_str(e, "stance"), STR("supports")))
            return e;
    }
    return NULL;
}

struct str finding_voice(const struct reports *reports, const json_t *finding)
{
    const json_t *e;
    struct str voice;
    size_t i;

    json_array_foreach(json_object_get(finding, "evidence"), i, e)
    {
        voice = member_str(e, "claimant");
        if (voice.len > 0 && str_eq(member_str(e, "stance"), STR("supports")))
            return voice;
    }
    e = finding_support(finding);
    return e ? report_outlet(report_by_id(reports, member_str(e, "report")))
             : (struct str){ NULL, 0 };
}

static size_t byte_of_point(struct str text, int64_t n)
{
    size_t i = 0;

    for (; i < text.len; i++)
        if (utf8_is_start(text.ptr[i]) && n-- == 0)
            break;
    return i;
}

struct str points_slice(struct str text, int64_t from, int64_t to)
{
    size_t start = byte_of_point(text, from), end = byte_of_point(text, to);

    return str_slice(text, start, end > start ? end : start);
}
