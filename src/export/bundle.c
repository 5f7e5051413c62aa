/* bundle.c - a zip that stands for itself: the situation, its tables, the cited texts,
 * and a hash of each, to be checked with sha256sum. */
#include <nettle/sha2.h>
#include <zip.h>

#include "export/item.h"
#include "export/member.h"

#define PART_MAX ((size_t)4 << 30)
#define ZIP_TIME \
    315532800 /* 1980-01-01, the first that a zip can say: same input, same
                            * bytes */

struct bundle {
    struct exporter *e;
    zip_t *zip;
    struct buf sums;
    bool ok;
};

/* bytes must live until the zip is closed. */
static void add(struct bundle *b, const char *name, struct str bytes)
{
    zip_source_t *source = zip_source_buffer(b->zip, bytes.ptr, bytes.len, 0);
    zip_int64_t at = source ? zip_file_add(b->zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
    struct sha256_ctx hash;
    uint8_t digest[SHA256_DIGEST_SIZE];

    if (at < 0) {
        if (source)
            zip_source_free(source);
        b->ok = false;
        return;
    }
    zip_file_set_mtime(b->zip, (zip_uint64_t)at, ZIP_TIME, 0);
    sha256_init(&hash);
    sha256_update(&hash, bytes.len, (const uint8_t *)bytes.ptr);
    sha256_digest(&hash, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        buf_printf(&b->sums, "%02x", digest[i]);
    buf_printf(&b->sums, "  %s\n", name);
}

static void add_made(struct bundle *b, const char *name,
                     void (*make)(struct exporter *e))
{
    struct exporter part = *b->e;
    struct buf out = buf_new(b->e->arena, PART_MAX);

    part.out = &out;
    make(&part);
    add(b, name, buf_view(&out));
}

static void make_findings(struct exporter *e)
{
    export_csv(e, ',');
}

/* The sentences of a report that something cites, a line each. */
static struct str cited_sentences(struct exporter *e, struct str id)
{
    struct buf out = buf_new(e->arena, PART_MAX);
    const json_t *v, *report = report_by_id(&e->reports, id);
    size_t k;

    for (uint32_t i = 0; i < e->item.count; i++)
        json_array_foreach(json_object_get(e->item.at[i].finding, "evidence"), k, v)
        {
            struct str sentence;

            if (!str_eq(member_str(v, "report"), id))
                continue;
            sentence = item_sentence(e, report, v);
            if (str_find(buf_view(&out), sentence) == STR_NPOS) {
                buf_str(&out, sentence);
                buf_char(&out, '\n');
            }
        }
    return buf_view(&out);
}

static void add_texts(struct bundle *b)
{
    const json_t *report;
    size_t i;

    json_array_foreach(json_object_get(b->e->situation, "reports"), i, report)
    {
        struct str id = member_str(report, "id"), text;
        char name[96];

        snprintf(name, sizeof name, "texts/%.*s.txt", (int)(id.len < 40 ? id.len : 40),
                 id.ptr ? id.ptr : "");
        text = b->e->text == EXPORT_TEXT_FULL ? member_str(report, "text")
                                              : cited_sentences(b->e, id);
        if (text.len > 0)
            add(b, name, text);
    }
}

static void add_all(struct bundle *b)
{
    if (b->e->text == EXPORT_TEXT_FULL) /* it holds all texts */
        add(b, "situation.json", b->e->bytes);
    add_made(b, "report.md", export_markdown);
    add_made(b, "findings.csv", make_findings);
    add_made(b, "evidence.csv", export_evidence);
    add_made(b, "reports.csv", export_reports);
    add_made(b, "datapackage.json", export_datapackage);
    add_made(b, "annotations.jsonld", export_annotations);
    if (b->e->text != EXPORT_TEXT_NONE)
        add_texts(b);
    add(b, "SHA256SUMS", buf_view(&b->sums));
}

static bool read_back(struct exporter *e, zip_source_t *source)
{
    char piece[1 << 14];
    zip_int64_t n;

    if (zip_source_open(source) != 0)
        return false;
    while ((n = zip_source_read(source, piece, sizeof piece)) > 0)
        buf_str(e->out, (struct str){ piece, (size_t)n });
    zip_source_close(source);
    return n == 0;
}

bool export_bundle(struct exporter *e, struct err *err)
{
    zip_error_t why;
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &why);
    struct bundle b = { .e = e, .ok = true, .sums = buf_new(e->arena, 1 << 24) };

    b.zip = source ? zip_open_from_source(source, ZIP_TRUNCATE, &why) : NULL;
    if (!b.zip) {
        zip_source_free(source);
        return err_set(err, ERR_WRITE, -1, "the zip can't be made");
    }
    zip_source_keep(source);
    add_all(&b);
    if (!b.ok)
        zip_discard(b.zip);
    b.ok = b.ok && zip_close(b.zip) == 0 && read_back(e, source);
    zip_source_free(source);
    return b.ok || err_set(err, ERR_WRITE, -1, "the zip can't be made");
}
