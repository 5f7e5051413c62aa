#include "base/buf.h"
#include "base/utf8.h"
#include "net/address.h"
#include "net/feed_int.h"
#include "net/mail_date.h"

#define SNIFFED 4096
/* A summary of so many bytes of text is as good as the article: agencies send no more. */
#define WHOLE_LEAST 400

static struct str head_of(struct str bytes)
{
    struct str s = str_slice(bytes, 0, bytes.len < SNIFFED ? bytes.len : SNIFFED);

    return str_trim(str_starts(s, STR("\xef\xbb\xbf")) ? str_after(s, 3) : s);
}

/* Past "<?xml ...?>", comments and the document type, to the first element. */
static struct str first_element(struct str s)
{
    while (str_starts(s, STR("<?")) || str_starts(s, STR("<!")) ||
           str_starts(s, STR("]"))) { /* the end of a list of entities */
        bool comment = str_starts(s, STR("<!--"));
        size_t end = str_find(s, comment ? STR("-->") : STR(">"));

        if (end == STR_NPOS)
            return (struct str){ NULL, 0 };
        s = str_trim(str_after(s, end + (comment ? 3 : 1)));
    }
    return s;
}

static bool is_element(struct str s, struct str name)
{
    return str_starts_fold(s, name) && s.len > name.len &&
           (ascii_is_space(s.ptr[name.len]) || s.ptr[name.len] == '>');
}

/* UTF-16 with zero bytes between its letters: no feed in use has that. */
bool feed_looks_like(struct str bytes)
{
    struct str head = head_of(bytes), element;

    if (str_starts(head, STR("{")))
        return str_find(head, STR("https://jsonfeed.org/version/")) != STR_NPOS ||
               str_find(head, STR("https:\\/\\/jsonfeed.org\\/version\\/")) != STR_NPOS;
    element = first_element(head);
    return is_element(element, STR("<rss")) || is_element(element, STR("<rdf:RDF")) ||
           is_element(element, STR("<feed")) ||
           is_element(element, STR("<atom:feed")) || is_element(element, STR("<opml"));
}

struct feed_item *feed_add(struct feed_reader *r)
{
    if (r->feed->items.count < FEED_ITEMS_MAX)
        return PUSH(r->arena, &r->feed->items);
    r->feed->more = true;
    return NULL;
}

/* Bytes outside of tags. */
static size_t text_length(struct str s)
{
    size_t n = 0;
    bool in_tag = false;

    for (size_t i = 0; i < s.len; i++) {
        in_tag |= s.ptr[i] == '<';
        n += !in_tag;
        in_tag &= s.ptr[i] != '>';
    }
    return n;
}

void feed_set_text(struct feed_item *item, struct str text, bool markup, bool content)
{
    size_t length = markup ? text_length(text) : text.len;

    if (str_trim(text).len == 0 || (item->text.len > 0 && !content))
        return;
    item->text = text;
    item->markup = markup;
    item->whole = length >= (content ? 80 : WHOLE_LEAST);
}

/* ---- plain text ---- */

uint32_t feed_reference(struct str s, size_t *len)
{
    static const struct {
        struct str name;
        uint32_t code;
    } names[] = {
        { STR_INIT("&amp;"), '&' },       { STR_INIT("&lt;"), '<' },
        { STR_INIT("&gt;"), '>' },        { STR_INIT("&quot;"), '"' },
        { STR_INIT("&apos;"), '\'' },     { STR_INIT("&nbsp;"), 0xa0 },
        { STR_INIT("&rsquo;"), 0x2019 },  { STR_INIT("&lsquo;"), 0x2018 },
        { STR_INIT("&ldquo;"), 0x201c },  { STR_INIT("&rdquo;"), 0x201d },
        { STR_INIT("&ndash;"), 0x2013 },  { STR_INIT("&mdash;"), 0x2014 },
        { STR_INIT("&hellip;"), 0x2026 },
    };
    uint32_t code = 0;
    bool hex;
    size_t i;

    for (size_t n = 0; n < COUNT(names); n++)
        if (str_starts(s, names[n].name)) {
            *len = names[n].name.len;
            return names[n].code;
        }
    if (!str_starts(s, STR("&#")))
        return 0;
    hex = s.len > 2 && (s.ptr[2] == 'x' || s.ptr[2] == 'X');
    for (i = hex ? 3 : 2; i < s.len && i < 10 && s.ptr[i] != ';'; i++) {
        char c = ascii_lower(s.ptr[i]);

        if (!ascii_is_digit(c) && !(hex && c >= 'a' && c <= 'f'))
            return 0;
        code = code * (hex ? 16 : 10) +
               (uint32_t)(ascii_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    *len = i + 1;
    if (i >= s.len || s.ptr[i] != ';' || code < 0x20 || code > 0x10ffff ||
        (code >= 0xd800 && code < 0xe000))
        return 0;
    return code;
}

/* "<b>", "</b>", "<br/>"; not "a < b". */
static bool is_tag(struct str s)
{
    return s.len > 1 && (ascii_is_letter(s.ptr[1]) || s.ptr[1] == '/') &&
           str_find_char(s, '>') != STR_NPOS;
}

struct str feed_plain(struct arena *arena, struct str s)
{
    struct buf b = buf_new(arena, SIZE_MAX / 16);

    s = str_trim(s);
    while (s.len > 0) {
        size_t len = 1;
        uint32_t code = s.ptr[0] == '&' ? feed_reference(s, &len) : 0;

        if (code != 0) {
            buf_code(&b, code);
        } else if (s.ptr[0] == '<' && is_tag(s)) {
            len = str_find_char(s, '>') + 1;
        } else {
            len = 1;
            if (!ascii_is_space(s.ptr[0]))
                buf_char(&b, s.ptr[0]);
            else if (b.len > 0 && b.ptr[b.len - 1] != ' ')
                buf_char(&b, ' ');
        }
        s = str_after(s, len);
    }
    return str_trim(buf_view(&b));
}

struct str feed_date(struct arena *arena, struct str s)
{
    struct instant t;

    s = str_trim(s);
    if (s.len == 0 || (!instant_from_iso(s, &t) && !instant_from_mail(s, &t)))
        return (struct str){ NULL, 0 };
    return instant_to_iso(arena, t);
}

struct str feed_link(const struct feed_reader *r, struct str base, struct str link)
{
    link = str_trim(link);
    if (link.len == 0)
        return link;
    return address_join(r->arena, base.len > 0 ? base : r->base, link);
}

/* An id that is an address stands in for a link that isn't there. */
static void complete(struct feed_reader *r)
{
    for (uint32_t i = 0; i < r->feed->items.count; i++) {
        struct feed_item *item = &r->feed->items.at[i];

        if (item->url.len == 0 && address_is_web(item->id))
            item->url = item->id;
        if (item->id.len == 0)
            item->id = item->url;
    }
}

bool feed_read(struct arena *arena, struct str bytes, struct str base,
               struct str charset, struct feed *out, struct err *err)
{
    struct feed_reader r = { arena, base, out, err };
    struct str head = head_of(bytes);
    bool ok;

    *out = (struct feed){ 0 };
    ok = str_starts(head, STR("{")) ? feed_read_json(&r, bytes)
                                    : feed_read_xml(&r, bytes, charset);
    if (ok)
        complete(&r);
    return ok;
}
