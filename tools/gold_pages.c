#include "gold_pages.h"

#include <stdlib.h>

#include "base/buf.h"

#define PAGE_BUDGET ((size_t)512 << 20)
#define RECORD_LIMIT ((size_t)256 << 20)

void gold_open(struct gold_reader *r)
{
    arena_init(&r->all, SIZE_MAX);
    arena_init(&r->page, PAGE_BUDGET);
}

void gold_close(struct gold_reader *r)
{
    arena_release(&r->page);
    arena_release(&r->all);
}

uint32_t gold_fold(const json_t *gold, uint32_t folds)
{
    struct str url = str_from(json_string_value(json_object_get(gold, "url")));
    size_t at = str_find(url, STR("://"));
    struct str host = at == STR_NPOS ? url : str_after(url, at + 3);

    at = str_find_char(host, '/');
    if (at != STR_NPOS)
        host.len = at;
    if (str_starts(host, STR("www.")))
        host = str_after(host, 4);
    return folds > 0 ? (uint32_t)(str_hash(host) / 7 % folds) : 0;
}

/* "/x/html/abc.html.gz" -> "abc" */
static struct str id_of(struct str path)
{
    for (size_t i = path.len; i > 0; i--)
        if (path.ptr[i - 1] == '/') {
            path = str_after(path, i);
            break;
        }
    if (str_ends(path, STR(".gz")))
        path.len -= 3;
    if (str_ends(path, STR(".html")))
        path.len -= 5;
    return path;
}

static void read_record(struct gold_reader *r, const struct source_record *record,
                        struct gold_page *p)
{
    static const struct page_hints none = { .title = { NULL, 0 } };
    struct err err;

    arena_reset(&r->page);
    if (page_from_record(&r->page, record, &none, &p->page, &err) &&
        p->page.media == PAGE_HTML)
        r->read(r->context, p);
}

static void read_folder(struct gold_reader *r, const char *folder)
{
    struct buf gold = buf_new(&r->all, 4096), html = buf_new(&r->all, 4096);
    struct source_options options = { .record_limit = RECORD_LIMIT };
    struct source_record record;
    const char *names[1];
    struct source *s;
    enum source_step step;
    json_t *all;
    struct err err;

    buf_printf(&gold, "%s/gold.json%c", folder, '\0');
    buf_printf(&html, "%s/html%c", folder, '\0');
    all = json_load_file(gold.ptr, 0, NULL);
    names[0] = html.ptr;
    s = source_open(&r->all, names, 1, &options);
    while ((step = source_next(s, &r->page, &record, &err)) != SOURCE_END) {
        struct gold_page p = { .folder = r->folders };

        p.id = arena_str(&r->all, id_of(record.input));
        p.gold = json_object_get(all, p.id.ptr);
        if (step == SOURCE_RECORD && p.gold) {
            record.bytes = arena_str(&r->all, record.bytes);
            read_record(r, &record, &p);
        }
        arena_reset(&r->page);
    }
    source_close(s);
    json_decref(all);
    r->folders++;
}

void gold_read(struct gold_reader *r, char *const *words, int count, uint32_t *folds)
{
    if (count > 1 && strcmp(*words, "--folds") == 0) {
        *folds = (uint32_t)strtoul(words[1], NULL, 10);
        words += 2;
        count -= 2;
    }
    for (int i = 0; i < count && r->folders < GOLD_FOLDERS; i++)
        read_folder(r, words[i]);
}
