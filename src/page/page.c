#include "page/page.h"

#include <jansson.h>
#include <nettle/sha2.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "page/charset.h"
#include "page/nesting.h"

#define ID_BYTES 8
#define SNIFFED 4096
#define LINES_LIMIT 200000

static struct str id_of(struct arena *arena, struct str bytes)
{
    static const char hex[] = "0123456789abcdef";
    struct sha256_ctx ctx;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char *id = NEW(arena, char, (size_t)2 * ID_BYTES + 1);

    sha256_init(&ctx);
    sha256_update(&ctx, bytes.len, (const uint8_t *)bytes.ptr);
    sha256_digest(&ctx, sizeof digest, digest);
    for (size_t i = 0; i < ID_BYTES; i++) {
        id[2 * i] = hex[digest[i] >> 4];
        id[2 * i + 1] = hex[digest[i] & 15];
    }
    return (struct str){ id, (size_t)2 * ID_BYTES };
}

/* ---- what is no text ---- */

static const struct magic {
    struct str bytes;
    const char *what;
} magics[] = {
    { STR_INIT("%PDF-"), "a PDF file" },
    { STR_INIT("\x89PNG"), "a PNG picture" },
    { STR_INIT("\xff\xd8\xff"), "a JPEG picture" },
    { STR_INIT("GIF8"), "a GIF picture" },
    { STR_INIT("PK\x03\x04"), "a ZIP archive or office document" },
    { STR_INIT("\xd0\xcf\x11\xe0"), "an old office document" },
    { STR_INIT("\x7f"
               "ELF"),
      "a program" },
    { STR_INIT("\x1f\x8b"), "gzip in gzip" },
    { STR_INIT("BZh"), "bzip2 data" },
    { STR_INIT("\xfd"
               "7zXZ"),
      "xz data" },
    { STR_INIT("\x28\xb5\x2f\xfd"), "zstd data" },
    { STR_INIT("{\\rtf"), "rich text format" },
    { STR_INIT("SQLite format 3"), "an SQLite database" },
    { STR_INIT("OggS"), "an Ogg recording" },
    { STR_INIT("ID3"), "an MP3 recording" },
    { STR_INIT("RIFF"), "a RIFF recording or picture" },
};

/* Control characters that no text has; the escape belongs to some charsets. */
static bool is_control(char c)
{
    unsigned char b = (unsigned char)c;

    return (b < '\t') | ((b > '\r') & (b < 0x20) & (b != 0x1b));
}

/* "a PDF file"; NULL when the first bytes tell of no such thing. */
static const char *known_binary(struct str bytes)
{
    for (size_t i = 0; i < COUNT(magics); i++)
        if (str_starts(bytes, magics[i].bytes))
            return magics[i].what;
    return NULL;
}

typedef unsigned char bytes_16 __attribute__((vector_size(16)));

/* Most texts have none; that is told 16 bytes at a time. */
static bool has_control(struct str text)
{
    size_t i = 0;

    for (; i + 64 <= text.len; i += 64) {
        bytes_16 any = { 0 };
        uint64_t half[2];

        for (size_t k = i; k < i + 64; k += 16) {
            bytes_16 b;

            memcpy(&b, text.ptr + k, sizeof b);
            any |= (bytes_16)((b < '\t') | ((b > '\r') & (b < 0x20) & (b != 0x1b)));
        }
        memcpy(half, &any, sizeof half);
        if (half[0] | half[1])
            return true;
    }
    for (; i < text.len; i++)
        if (is_control(text.ptr[i]))
            return true;
    return false;
}

/* Decoded text is looked at, since UTF-16 is full of zero bytes. */
static bool is_text(struct str text, bool markup, struct err *err)
{
    size_t controls = 0, first = 0;

    if (!has_control(text))
        return true;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_control(text.ptr[i]))
            continue;
        if (controls++ == 0)
            first = i;
        if (text.ptr[i] == '\0' && !markup)
            return err_set(err, ERR_BINARY, (int64_t)i, "NUL at byte %zu", i);
    }
    if (controls > 8 && controls > text.len / 1000)
        return err_set(err, ERR_BINARY, (int64_t)first,
                       "%zu control characters, the first at byte %zu", controls,
                       first);
    return true;
}

/* As browsers do: each NUL becomes U+FFFD. */
static struct str without_nul(struct arena *arena, struct str text)
{
    struct buf b;
    struct str part;

    if (str_find_char(text, '\0') == STR_NPOS)
        return text;
    b = buf_new(arena, SIZE_MAX / 16);
    while (str_split(&text, '\0', &part)) {
        buf_str(&b, part);
        if (text.ptr)
            buf_code(&b, 0xfffd);
    }
    return buf_view(&b);
}

/* ---- markup or text ---- */

static struct str head_of(struct str bytes, size_t n)
{
    return str_slice(bytes, 0, bytes.len < n ? bytes.len : n);
}

static struct str past_bom(struct str s)
{
    return str_trim(str_starts(s, STR("\xef\xbb\xbf")) ? str_after(s, 3) : s);
}

static bool starts_as_html(struct str bytes)
{
    struct str s = past_bom(head_of(bytes, SNIFFED));

    return str_starts_fold(s, STR("<!doctype html")) ||
           str_starts_fold(s, STR("<html")) ||
           (str_starts(s, STR("<?xml")) && str_find_fold(s, STR("<html")) != STR_NPOS);
}

bool page_looks_like_html(struct str bytes)
{
    static const struct str tags[] = {
        STR_INIT("<p>"),   STR_INIT("</p>"),   STR_INIT("<br"),    STR_INIT("<div"),
        STR_INIT("<body"), STR_INIT("<head>"), STR_INIT("<span"),  STR_INIT("<meta"),
        STR_INIT("<h1"),   STR_INIT("</a>"),   STR_INIT("<table"), STR_INIT("<article"),
    };
    struct str head = head_of(bytes, 4 * SNIFFED);
    size_t found = 0;

    if (starts_as_html(bytes))
        return true;
    for (size_t i = 0; i < COUNT(tags); i++)
        found += str_find_fold(head, tags[i]) != STR_NPOS;
    return found >= 2 ||
           (found == 1 && past_bom(head).len > 0 && past_bom(head).ptr[0] == '<');
}

static bool is_feed(struct str bytes)
{
    struct str s = past_bom(head_of(bytes, SNIFFED));

    return str_starts(s, STR("<?xml")) || str_starts(s, STR("<rss"))
               ? str_find(s, STR("<rss")) != STR_NPOS ||
                     str_find(s, STR("<feed")) != STR_NPOS ||
                     str_find(s, STR("<rdf:RDF")) != STR_NPOS
               : false;
}

static enum page_media media_of(const struct source_record *record, struct str text)
{
    bool any_tag = str_find_char(text, '<') != STR_NPOS;

    switch (record->media) {
    case SOURCE_IS_HTML: return any_tag ? PAGE_HTML : PAGE_TEXT;
    case SOURCE_IS_TEXT: return starts_as_html(text) ? PAGE_HTML : PAGE_TEXT;
    case SOURCE_IS_CONLLU: return PAGE_CONLLU;
    case SOURCE_BYTES:
    case SOURCE_IS_JSON: break;
    }
    return page_looks_like_html(text) ? PAGE_HTML : PAGE_TEXT;
}

/* A text of so many lines is a table or a log, not a report. */
static bool check_lines(struct str text, struct err *err)
{
    struct str rest = text, line;
    uint32_t lines = 0;

    while (str_split(&rest, '\n', &line))
        if (++lines > LINES_LIMIT)
            return err_set(err, ERR_LIMIT, (int64_t)(line.ptr - text.ptr),
                           "more than %d lines", LINES_LIMIT);
    return true;
}

static bool check_markup(struct str html, int64_t line, struct err *err)
{
    size_t at = tags_over(html, TAGS_LIMIT);

    if (at != STR_NPOS)
        return err_set(err, ERR_LIMIT, line ? line : (int64_t)at,
                       "more than %d tags at byte %zu", TAGS_LIMIT, at);
    at = nesting_over(html, NESTING_LIMIT);
    if (at == STR_NPOS)
        return true;
    return err_set(err, ERR_LIMIT, line ? line : (int64_t)at,
                   "tags nest deeper than %d at byte %zu", NESTING_LIMIT, at);
}

/* ---- a file ---- */

static bool from_bytes(struct arena *arena, const struct source_record *record,
                       struct page *page, struct err *err)
{
    bool markup =
        record->media == SOURCE_IS_HTML || page_looks_like_html(record->bytes);
    const char *binary = known_binary(record->bytes);
    struct str text;

    if (binary)
        return err_set(err, ERR_BINARY, 0, "%s", binary);
    if (is_feed(record->bytes))
        return err_set(err, ERR_UNSUPPORTED, 0, "a feed is no report");
    charset_decode(arena, record->bytes, record->charset, markup, &text,
                   &page->charset);
    page->media = media_of(record, text);
    if (!is_text(text, page->media == PAGE_HTML, err))
        return false;
    text = without_nul(arena, text);
    if (charset_mend(arena, &text))
        page->charset = STR("utf-8, encoded twice");
    if (str_trim(text).len == 0)
        return err_set(err, ERR_EMPTY, 0, "only blanks");
    page->body = text;
    if (page->media == PAGE_TEXT)
        return check_lines(text, err);
    return page->media != PAGE_HTML || check_markup(text, 0, err);
}

/* ---- a JSON record ---- */

/* Where the members of a record go.  Room for all of them is taken beforehand, so that
 * nothing jumps while jansson holds memory. */
struct members {
    char *room;
    struct str html, text;
    bool has_text, has_html, wrong_type;
};

static struct str keep(struct members *m, struct str s)
{
    struct str kept = { m->room, s.len };

    if (s.len > 0)
        memcpy(m->room, s.ptr, s.len);
    m->room += s.len;
    return kept;
}

/* A string member, or a number as its digits; false when it isn't there. */
static bool member(struct members *m, json_t *object, const char *name, struct str *out)
{
    json_t *value = json_object_get(object, name);
    char digits[24];

    if (!value || json_is_null(value))
        return false;
    if (json_is_string(value)) {
        *out = keep(
            m, (struct str){ json_string_value(value), json_string_length(value) });
    } else if (json_is_integer(value) && strcmp(name, "id") == 0) {
        snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(value));
        *out = keep(m, str_from(digits));
    } else {
        m->wrong_type |= strcmp(name, "text") == 0 || strcmp(name, "html") == 0;
        return false;
    }
    return true;
}

static void take_members(struct members *m, json_t *object, struct page *page)
{
    member(m, object, "id", &page->ref);
    member(m, object, "title", &page->hints.title);
    member(m, object, "published", &page->hints.published);
    member(m, object, "outlet", &page->hints.outlet);
    member(m, object, "url", &page->hints.url);
    member(m, object, "language", &page->hints.language);
    m->has_text = member(m, object, "text", &m->text);
    if (!m->has_text)
        m->has_html = member(m, object, "html", &m->html);
}

/* The names of a "byline" list, a line each. */
static struct str byline_of(struct members *m, const json_t *list)
{
    struct str joined = { m->room, 0 };
    size_t i;
    json_t *name;

    json_array_foreach(list, i, name)
    {
        size_t len = json_string_length(name); /* 0: not a string */

        if (len == 0)
            continue;
        if (joined.len > 0)
            *m->room++ = '\n';
        keep(m, (struct str){ json_string_value(name), len });
        joined.len = (size_t)(m->room - joined.ptr);
    }
    return joined;
}

/* "e3f10ab27838d815", and "…-2" for the second with the same bytes. */
static bool is_id(struct str s)
{
    size_t n = 0;

    while (n < s.len &&
           (ascii_is_digit(s.ptr[n]) || (s.ptr[n] >= 'a' && s.ptr[n] <= 'f')))
        n++;
    return n == (size_t)2 * ID_BYTES && (n == s.len || s.ptr[n] == '-') && s.len < 32;
}

/* A line that was written by read: its text is kept, and it stays the report that it was,
 * by the id of the bytes that it was first read from. */
static void take_reading(struct members *m, json_t *object, struct page *page)
{
    json_t *published = json_object_get(object, "published");
    json_t *outlet = json_object_get(object, "outlet");

    if (is_id(page->ref))
        page->id = page->ref;
    page->ref = (struct str){ NULL, 0 };
    member(m, object, "ref", &page->ref);
    member(m, object, "input", &page->input);
    member(m, published, "value", &page->hints.published);
    if (!member(m, outlet, "name", &page->hints.outlet))
        member(m, outlet, "domain", &page->hints.outlet);
    page->byline = byline_of(m, json_object_get(object, "byline"));
    member(m, object, "kind", &page->kind);
    page->origin_pin = json_integer_value(json_object_get(object, "origin_pin"));
}

static bool is_reading(const json_t *object)
{
    const char *schema = json_string_value(json_object_get(object, "schema"));

    return schema && strcmp(schema, "corrob.article/1") == 0;
}

/* The reason that jansson gives, on one line, at its line and column. */
static bool broken(const json_error_t *e, int64_t line, struct err *err)
{
    char words[JSON_ERROR_TEXT_LENGTH];
    size_t n = 0;

    for (; e->text[n] && n + 1 < sizeof words; n++)
        words[n] = (unsigned char)e->text[n] < 0x20 || (unsigned char)e->text[n] >= 0x7f
                       ? '?'
                       : e->text[n];
    words[n] = '\0';
    return err_set(err, ERR_FORMAT, line ? line : e->line, "JSON, column %d: %s",
                   e->column, words);
}

static bool body_of_members(struct arena *arena, const struct source_record *record,
                            const struct members *m, struct page *page, struct err *err)
{
    int64_t line = record->number;

    if (m->wrong_type)
        return err_set(err, ERR_FORMAT, line, "text or html is not a string");
    if (m->has_text) {
        page->media = record->clean ? PAGE_TEXT : PAGE_ARTICLE;
        page->body = m->text;
    } else if (m->has_html) {
        page->body = without_nul(arena, m->html);
        page->media = str_find_char(m->html, '<') == STR_NPOS ? PAGE_TEXT : PAGE_HTML;
    } else {
        return err_set(err, ERR_FORMAT, line, "neither text nor html in the record");
    }
    if (str_trim(page->body).len == 0 && page->hints.title.len == 0)
        return err_set(err, ERR_EMPTY, line, "no text and no title");
    return page->media != PAGE_HTML || check_markup(page->body, line, err);
}

static bool from_json(struct arena *arena, const struct source_record *record,
                      struct page *page, struct err *err)
{
    struct members m = { .room = NEW(arena, char, 2 * record->bytes.len + 512) };
    struct str bytes = past_bom(record->bytes);
    json_error_t e;
    json_t *object = json_loadb(bytes.ptr, bytes.len, 0, &e);

    page->charset = STR("utf-8");
    if (!object)
        return broken(&e, record->number, err);
    if (!json_is_object(object)) {
        json_decref(object);
        return err_set(err, ERR_FORMAT, record->number, "the record is not an object");
    }
    take_members(&m, object, page);
    if (is_reading(object))
        take_reading(&m, object, page);
    json_decref(object);
    return body_of_members(arena, record, &m, page, err);
}

static void fill(struct str *hint, struct str otherwise)
{
    if (hint->len == 0)
        *hint = otherwise;
}

static void fill_hints(struct page_hints *hints, const struct page_hints *otherwise)
{
    fill(&hints->title, otherwise->title);
    fill(&hints->published, otherwise->published);
    fill(&hints->outlet, otherwise->outlet);
    fill(&hints->url, otherwise->url);
    fill(&hints->language, otherwise->language);
}

static struct str input_of(struct arena *arena, const struct source_record *record)
{
    struct buf b = buf_new(arena, SIZE_MAX / 16);

    if (record->number == 0)
        return record->input;
    buf_str(&b, record->input);
    buf_char(&b, ':');
    buf_u64(&b, (uint64_t)record->number);
    return buf_view(&b);
}

bool page_from_record(struct arena *arena, const struct source_record *record,
                      const struct page_hints *defaults, struct page *out,
                      struct err *err)
{
    bool ok;

    *out = (struct page){ .id = id_of(arena, record->bytes),
                          .input = input_of(arena, record) };
    ok = record->media == SOURCE_IS_JSON ? from_json(arena, record, out, err)
                                         : from_bytes(arena, record, out, err);
    fill_hints(&out->hints, &record->hints);
    fill(&out->hints.title, defaults->title);
    out->fallback_date = defaults->published;
    out->fetched = record->fetched;
    fill(&out->hints.outlet, defaults->outlet);
    fill(&out->hints.url, defaults->url);
    fill(&out->hints.language, defaults->language);
    return ok;
}
