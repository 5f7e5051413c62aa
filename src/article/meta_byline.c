#include "article/line.h"
#include "article/markup.h"
#include "article/meta.h"
#include "article/select.h"
#include "base/utf8.h"

#define NAMES_MAX 12

struct names {
    struct arena *arena;
    struct article *a;
    struct str outlet, publisher;
    bool bodies; /* take organisations, and the outlet itself */
};

/* Words that no person's name has; the second kind only for bodies. */
static bool is_no_name(struct str word)
{
    return str_in_fold(
        word, "http|www|staff|editor|reporter|correspondent|updated|published|"
              "admin|editorial|newsroom|desk|author|contributor|writer|minutes|"
              "ago|redaktion|posted|min|read|photo|photographer|comments|unknown|"
              "anonymous|follow|share|senior|chief|produced|special|webdesk|team|"
              "subscribe|undefined|null|administrator|producer");
}

static bool has_upper(struct str s)
{
    size_t len;

    for (; s.len > 0; s = str_after(s, len)) {
        uint32_t c = utf8_decode(s, &len);

        if (utf8_is_upper(c) || (utf8_is_letter(c) && !utf8_is_lower(c)))
            return true;
    }
    return false;
}

/* "Ann Lee", "Associated Press"; not "ann@post.com", "Staff Reporter", "3 hours ago". */
static bool is_name(struct str s)
{
    struct str rest = s, word;
    uint32_t words = 0;

    if (s.len < 2 || s.len > 60)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (ascii_is_digit(s.ptr[i]) || strchr("@/:<>{}[]_=?!\"|", s.ptr[i]))
            return false;
    while (str_split(&rest, ' ', &word)) {
        while (word.len > 0 && strchr(".,", word.ptr[word.len - 1]))
            word.len--;
        if (is_no_name(word))
            return false;
        words += word.len > 0;
    }
    return words >= 1 && words <= 6;
}

/* "Ann Lee, MS, RDN": capitals behind a name; agencies are authors. */
static bool is_degree(struct str s)
{
    static const struct str agencies[] = {
        STR_INIT("AP"),  STR_INIT("AFP"), STR_INIT("DPA"),  STR_INIT("PTI"),
        STR_INIT("ANI"), STR_INIT("EFE"), STR_INIT("ANSA"), STR_INIT("APA"),
        STR_INIT("SDA"), STR_INIT("UPI"), STR_INIT("TASS"), STR_INIT("PAP"),
        STR_INIT("NTB"), STR_INIT("TT"),  STR_INIT("ANP"),
    };

    if (s.len > 4)
        return false;
    for (size_t i = 0; i < COUNT(agencies); i++)
        if (str_eq(s, agencies[i]))
            return false;
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_upper(s.ptr[i]) && s.ptr[i] != '.')
            return false;
    return true;
}

/* "Elena Oberholzer (obe)": the initials that a paper signs short notes with. */
static struct str without_initials(struct str name)
{
    size_t open = str_find_char(name, '(');

    if (open == STR_NPOS || open < 4 || !str_ends(name, STR(")")) ||
        name.len - open > 8 || str_find_char(str_after(name, open), ' ') != STR_NPOS)
        return name;
    return str_trim(str_slice(name, 0, open));
}

/* "신현주 기자": "reporter" behind a Korean name. */
static struct str without_post(struct str name)
{
    static const struct str posts[] = { STR_INIT(" 기자"), STR_INIT(" 특파원"),
                                        STR_INIT(" 선임기자"), STR_INIT(" 인턴기자") };

    for (size_t i = 0; i < COUNT(posts); i++)
        if (name.len > posts[i].len && str_ends(name, posts[i]))
            return str_slice(name, 0, name.len - posts[i].len);
    return name;
}

static bool is_own_name(const struct names *n, struct str name)
{
    return !n->bodies &&
           (title_alike(name, n->outlet) || title_alike(name, n->a->domain) ||
            title_alike(name, n->publisher));
}

/* loose: from JSON-LD, where bodies are authors too ("dpa"). */
static void add_name(struct names *n, struct str name, bool loose)
{
    name = without_post(without_initials(str_trim(name)));
    while (name.len > 0 && strchr(",;.-", name.ptr[name.len - 1]) &&
           !str_ends(name, STR("Jr.")) && !str_ends(name, STR("Sr.")))
        name = str_trim(str_slice(name, 0, name.len - 1));
    if (!is_name(name) || (!loose && !has_upper(name)) ||
        n->a->byline.count >= NAMES_MAX)
        return;
    if (is_own_name(n, name) || (n->a->byline.count > 0 && is_degree(name)))
        return;
    for (uint32_t i = 0; i < n->a->byline.count; i++)
        if (str_eq_fold(n->a->byline.at[i], name))
            return;
    *PUSH(n->arena, &n->a->byline) = name;
}

/* Length of a word between two names at s: " and ", " & ", " und "; 0 for none. */
static size_t joiner(struct str s)
{
    static const struct str words[] = {
        STR_INIT(" and "), STR_INIT(" & "),    STR_INIT(" und "), STR_INIT(" et "),
        STR_INIT(" y "),   STR_INIT(" e "),    STR_INIT(" en "),  STR_INIT(" och "),
        STR_INIT(" og "),  STR_INIT(" ja "),   STR_INIT(" | "),   STR_INIT(" i "),
        STR_INIT(" AND "), STR_INIT(" with "), STR_INIT(" - "),   STR_INIT(" – "),
        STR_INIT(" • "),   STR_INIT(" · "),    STR_INIT(" for "), STR_INIT(" / "),
    };

    for (size_t i = 0; i < COUNT(words); i++)
        if (str_starts(s, words[i]))
            return words[i].len;
    return *s.ptr == ',' || *s.ptr == ';' || *s.ptr == '|' || *s.ptr == '\n' ? 1 : 0;
}

static struct str without_by(struct str s)
{
    static const struct str by[] = {
        STR_INIT("by:"),        STR_INIT("by "),          STR_INIT("von "),
        STR_INIT("par "),       STR_INIT("por "),         STR_INIT("written by "),
        STR_INIT("text: "),     STR_INIT("text:"),        STR_INIT("author: "),
        STR_INIT("posted by "), STR_INIT("story by "),    STR_INIT("door "),
        STR_INIT("af "),        STR_INIT("av "),          STR_INIT("di "),
        STR_INIT("words by "),  STR_INIT("reported by "), STR_INIT("published by "),
        STR_INIT("autor: "),    STR_INIT("autor:"),       STR_INIT("author:"),
    };

    s = str_trim(s);
    for (size_t i = 0; i < COUNT(by); i++)
        if (str_starts_fold(s, by[i]))
            return str_trim(str_after(s, by[i].len));
    return s;
}

/* "By Ann Lee, Bo Ek and Cy Day" -> its names. */
static void add_names(struct names *n, struct str s, bool loose)
{
    size_t start = 0, len;

    s = without_by(ld_plain(n->arena, s));
    if (s.len > 300)
        return;
    for (size_t i = 0; i < s.len; i++)
        if ((len = joiner(str_after(s, i))) > 0) {
            add_name(n, str_slice(s, start, i), loose);
            start = i + len;
            i = start - 1;
        }
    add_name(n, str_after(s, start), loose);
}

/* An organisation stands for the author where no person does; its name is one, whatever is
 * in it: "Lee and Ek Press". */
static void add_body(struct names *n, struct str name)
{
    name = str_trim(ld_plain(n->arena, name));
    if (n->bodies && name.len > 1 && name.len < 60)
        *PUSH(n->arena, &n->a->byline) = name;
}

/* One author of JSON-LD: an object or a plain string. */
static void add_ld_author(struct names *n, const struct ld *ld, uint32_t i)
{
    struct str name;

    if (ld->node.at[i].type == LD_STRING) {
        add_names(n, ld->node.at[i].value, true);
        return;
    }
    if (ld->node.at[i].type != LD_OBJECT)
        return;
    i = ld_resolve(ld, i);
    name = ld_string(ld, i, "name");
    if (ld_is(ld, i, "Organization") || ld_is(ld, i, "NewsMediaOrganization"))
        add_body(n, name);
    else if (name.len > 0)
        add_names(n, name, true);
}

static void from_ld(struct names *n, const struct meta *m)
{
    static const char *const keys[] = { "author", "creator" };

    for (size_t k = 0; k < COUNT(keys) && n->a->byline.count == 0; k++) {
        uint32_t i = ld_get(&m->ld, m->ld_article, keys[k]);

        if (i == LD_NONE)
            continue;
        if (m->ld.node.at[i].type != LD_ARRAY) {
            add_ld_author(n, &m->ld, i);
            continue;
        }
        for (uint32_t e = i + 1, some = 0;
             e < m->ld.node.at[i].end && some < 2 * NAMES_MAX;
             e = m->ld.node.at[e].end, some++)
            add_ld_author(n, &m->ld, e);
    }
}

/* rel=author, itemprop=author, and class names that say so, before the article's end. */
static void from_markup(struct names *n, const struct dom *d)
{
    for (uint32_t i = 1; i < d->node.count; i++) {
        struct str prop, rel;

        if (d->node.at[i].tag == DOM_TEXT || d->node.at[i].tag == DOM_META ||
            d->node.at[i].tag == DOM_LINK)
            continue;
        prop = dom_get(d, i, DOM_KEY_ITEMPROP);
        rel = dom_get(d, i, DOM_KEY_REL);
        if (str_eq_fold(prop, STR("author")) || str_eq_fold(rel, STR("author"))) {
            struct str text = dom_text(n->arena, d, i);

            if (text.len < 120)
                add_names(n, text, false);
            i = d->node.at[i].end - 1;
        }
    }
}

/* The first line that reads as a byline, near the article's start. */
static void from_lines(struct names *n, const struct blocks *blocks)
{
    uint32_t first = 0, from;

    while (first < blocks->block.count && (blocks->block.at[first].why.len > 0 ||
                                           !block_is_prose(&blocks->block.at[first])))
        first++;
    from = first > 12 ? first - 12 : 0;
    for (uint32_t i = from; i < blocks->block.count && i < first + 2; i++) {
        const struct block *b = &blocks->block.at[i];

        if (b->words <= 12 && line_is_byline(b->text)) {
            add_names(n, b->text, false);
            if (n->a->byline.count > 0)
                return;
        }
    }
}

/* "Ann Lee", "Jan van der Berg": two to four words, the first and last capital. */
static bool is_full_name(struct str s)
{
    struct str rest = s, word;
    uint32_t words = 0, capitals = 0;
    size_t len;

    while (str_split(&rest, ' ', &word)) {
        words++;
        capitals += word.len > 0 && utf8_is_upper(utf8_decode(word, &len));
    }
    return words >= 2 && words <= 4 && capitals >= 2 && is_name(s);
}

/* Names alone in elements whose class says byline or author, around the article's start. */
static void from_classes(struct names *n, const struct blocks *blocks)
{
    uint32_t first = 0, from;

    while (first < blocks->block.count && (blocks->block.at[first].why.len > 0 ||
                                           !block_is_prose(&blocks->block.at[first])))
        first++;
    from = first > 25 ? first - 25 : 0;
    for (uint32_t i = from; i < blocks->block.count && i < first + 3; i++) {
        const struct block *b = &blocks->block.at[i];

        if ((str_eq(b->why, STR("byline")) || str_eq(b->why, STR("author box"))) &&
            b->words <= 8 && is_full_name(without_by(b->text)))
            add_names(n, b->text, false);
    }
}

void meta_byline(struct arena *arena, const struct dom *d, const struct meta *m,
                 const struct blocks *blocks, struct article *a)
{
    struct names n = { arena, a, a->outlet, m->ld_publisher, false };

    from_ld(&n, m);
    for (uint32_t i = 0; i < m->meta_author.count && a->byline.count == 0; i++)
        add_names(&n, m->meta_author.at[i], false);
    if (a->byline.count == 0)
        from_markup(&n, d);
    if (a->byline.count == 0)
        from_lines(&n, blocks);
    if (a->byline.count == 0)
        from_classes(&n, blocks);
    n.bodies = true;
    if (a->byline.count == 0)
        from_ld(&n, m);
}
