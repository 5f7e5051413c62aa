#include <jansson.h>

#include "net/feed_int.h"

static struct str member(const struct feed_reader *r, const json_t *object,
                         const char *name)
{
    const json_t *value = json_object_get(object, name);

    if (!json_is_string(value))
        return (struct str){ NULL, 0 };
    return arena_str(
        r->arena, (struct str){ json_string_value(value), json_string_length(value) });
}

/* An id may be a number, against the rules. */
static struct str id_of(const struct feed_reader *r, const json_t *item)
{
    const json_t *id = json_object_get(item, "id");
    char digits[24];

    if (!json_is_integer(id))
        return member(r, item, "id");
    snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(id));
    return arena_str(r->arena, str_from(digits));
}

static void read_item(struct feed_reader *r, const json_t *json)
{
    struct feed_item *item;

    if (!json_is_object(json) || !(item = feed_add(r)))
        return;
    item->id = id_of(r, json);
    item->url = feed_link(r, r->base, member(r, json, "url"));
    if (item->url.len == 0)
        item->url = feed_link(r, r->base, member(r, json, "external_url"));
    item->title = feed_plain(r->arena, member(r, json, "title"));
    item->published = feed_date(r->arena, member(r, json, "date_published"));
    item->updated = feed_date(r->arena, member(r, json, "date_modified"));
    feed_set_text(item, member(r, json, "summary"), false, false);
    feed_set_text(item, member(r, json, "content_text"), false, true);
    feed_set_text(item, member(r, json, "content_html"), true, true);
}

bool feed_read_json(struct feed_reader *r, struct str bytes)
{
    json_error_t e;
    json_t *root;
    const json_t *items, *item;
    size_t i;

    if (str_starts(bytes, STR("\xef\xbb\xbf")))
        bytes = str_after(bytes, 3);
    root = json_loadb(bytes.ptr, bytes.len, 0, &e);
    if (!root)
        return err_set(r->err, ERR_FORMAT, e.line, "JSON Feed, line %d: broken JSON",
                       e.line);
    items = json_object_get(root, "items");
    if (!json_is_array(items)) {
        json_decref(root);
        return err_set(r->err, ERR_FORMAT, -1, "a JSON Feed without items");
    }
    r->feed->kind = FEED_JSON;
    r->feed->title = feed_plain(r->arena, member(r, root, "title"));
    r->feed->site = feed_link(r, r->base, member(r, root, "home_page_url"));
    r->feed->language = member(r, root, "language");
    json_array_foreach(items, i, item) read_item(r, item);
    json_decref(root);
    return true;
}
