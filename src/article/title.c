#include "article/title.h"

#include "base/utf8.h"

size_t title_bare(struct str s, char *out, size_t n)
{
    size_t len, used = 0;

    for (; s.len > 0 && used + 4 <= n; s = str_after(s, len)) {
        uint32_t c;

        len = 1;
        if ((unsigned char)*s.ptr < 0x80) {
            if (ascii_is_letter(*s.ptr) || ascii_is_digit(*s.ptr))
                out[used++] = ascii_lower(*s.ptr);
            continue;
        }
        c = utf8_decode(s, &len);
        if (utf8_is_letter(c))
            used += utf8_encode(utf8_lower(c), out + used);
    }
    return used;
}

#define NAME_BYTES 200 /* of a name that is compared */

/* Of bare names. */
static bool alike(struct str s, struct str t)
{
    if (s.len < 2 || t.len < 2)
        return false;
    return s.len <= t.len ? s.len * 3 >= t.len && str_find(t, s) != STR_NPOS
                          : t.len * 3 >= s.len && str_find(s, t) != STR_NPOS;
}

bool title_alike(struct str a, struct str b)
{
    char x[NAME_BYTES], y[NAME_BYTES];

    return alike((struct str){ x, title_bare(a, x, sizeof x) },
                 (struct str){ y, title_bare(b, y, sizeof y) });
}

/* ---- separators ---- */

static const struct str separators[] = {
    STR_INIT(" | "),  STR_INIT(" - "), STR_INIT(" – "), STR_INIT(" — "),
    STR_INIT(" :: "), STR_INIT(" » "), STR_INIT(" · "), STR_INIT(" • "),
    STR_INIT(" « "),  STR_INIT(" / "), STR_INIT(" ‹ "), STR_INIT(" |"),
    STR_INIT("| "),   STR_INIT(" > "), STR_INIT("｜"),  STR_INIT("│"),
    STR_INIT("ㅣ"), /* a Hangul letter that stands in for the bar */
    STR_INIT(": "), /* last: it also stands inside headlines */
};

#define BARS (COUNT(separators) - 1)

/* Length of the first of n separators that s begins with; 0. */
static size_t separator_at(struct str s, size_t n)
{
    if ((unsigned char)*s.ptr < 0x80 && !strchr(" |:", *s.ptr)) /* as none begins */
        return 0;
    for (size_t k = 0; k < n; k++)
        if (str_starts(s, separators[k]))
            return separators[k].len;
    return 0;
}

/* The last place where one of n separators stands, and its length. */
static size_t last_separator(struct str s, size_t n, size_t *len)
{
    for (size_t i = s.len; i > 0; i--)
        if ((*len = separator_at(str_after(s, i - 1), n)) > 0)
            return i - 1;
    return STR_NPOS;
}

static size_t first_separator(struct str s, size_t n, size_t *len)
{
    for (size_t i = 0; i < s.len; i++)
        if ((*len = separator_at(str_after(s, i), n)) > 0)
            return i;
    return STR_NPOS;
}

/* What titles are compared with, made bare once. */
struct names {
    const struct titles *t;
    char outlet_bytes[NAME_BYTES], domain_bytes[NAME_BYTES];
    struct str outlet, domain, slug;
};

static void make_names(struct names *n, const struct titles *t)
{
    n->t = t;
    n->outlet.ptr = n->outlet_bytes;
    n->outlet.len = title_bare(t->outlet, n->outlet_bytes, NAME_BYTES);
    n->domain.ptr = n->domain_bytes;
    n->domain.len = title_bare(t->domain, n->domain_bytes, NAME_BYTES);
}

static bool is_label(const struct names *n, struct str s)
{
    char bytes[NAME_BYTES];
    struct str bare = { bytes, title_bare(s, bytes, sizeof bytes) };

    return alike(bare, n->outlet) || alike(bare, n->domain);
}

/* "Dam breaks-Politics" -> "Dam breaks" */
static struct str without_section(struct str title, struct str section)
{
    size_t before = title.len - section.len;

    if (section.len == 0 || title.len < section.len + 12 || !str_ends(title, section) ||
        title.ptr[before - 1] != '-')
        return title;
    return str_trim(str_slice(title, 0, before - 1));
}

/* A headline without the site's name behind or before it: "Dam breaks | The Post" with
 * "The Post" -> "Dam breaks"; nor the section's, "Dam breaks-Politics" with "Politics". */
static struct str headline(const struct names *n, struct str title)
{
    struct str section = n->t->section;
    size_t at, len;

    for (int rounds = 0; rounds < 3; rounds++) {
        struct str rest;

        title = without_section(title, section);
        at = last_separator(title, COUNT(separators), &len);
        if (at == STR_NPOS || at < 3)
            break;
        rest = str_after(title, at + len);
        if (!is_label(n, rest) && !(section.len > 0 && str_eq_fold(rest, section)))
            break;
        title = str_trim(str_slice(title, 0, at));
    }
    at = first_separator(title, COUNT(separators), &len);
    if (at != STR_NPOS && title.len - at > len + 3 &&
        is_label(n, str_slice(title, 0, at)))
        title = str_trim(str_after(title, at + len));
    return title;
}

/* ---- candidates ---- */

struct nominees {
    struct title_candidate *at;
    uint32_t count;
};

/* Those that say the same but for case, blanks and marks are one. */
static void nominate(struct nominees *n, struct str title, enum title_sign sign)
{
    struct title_candidate *c = &n->at[n->count];

    title = str_trim(title);
    if (n->count == TITLE_CANDIDATES)
        return;
    c->len = title_bare(title, c->bare, sizeof c->bare);
    if (c->len == 0)
        return;
    for (uint32_t i = 0; i < n->count; i++)
        if (n->at[i].len == c->len && memcmp(n->at[i].bare, c->bare, c->len) == 0) {
            n->at[i].signs |= 1u << sign;
            return;
        }
    c->text = title;
    c->signs = 1u << sign;
    n->count++;
}

/* "Kicker | Dam breaks | Late news" -> "Kicker | Dam breaks", "Dam breaks | Late news",
 * "Kicker", each with its sign: those of og:title, or the next ones. */
static void nominate_parts(struct nominees *n, struct str title, bool doc)
{
    size_t len, at = last_separator(title, BARS, &len);

    if (at == STR_NPOS)
        return;
    if (at >= 8)
        nominate(n, str_slice(title, 0, at), TITLE_OG_NO_END + doc);
    at = first_separator(title, BARS, &len);
    if (title.len - at > 8)
        nominate(n, str_after(title, at + len), TITLE_OG_NO_START + doc);
    if (at >= 8)
        nominate(n, str_slice(title, 0, at), TITLE_OG_START + doc);
}

static void nominate_said(struct nominees *n, const struct names *names,
                          struct title_said said)
{
    struct str bare;

    if (said.by == TITLE_H2)
        return;
    bare = headline(names, said.text);
    switch ((int)said.by) {
    case TITLE_H1:
    case TITLE_H1_LATER:
        nominate(n, said.text, said.by);
        nominate(n, bare, TITLE_H1_BARE);
        break;
    case TITLE_OG:
    case TITLE_DOC:
        nominate(n, bare, said.by);
        if (!str_eq(bare, said.text))
            nominate(n, said.text, TITLE_OG_RAW + (said.by == TITLE_DOC));
        nominate_parts(n, bare, said.by == TITLE_DOC);
        break;
    default: nominate(n, bare, said.by); break;
    }
}

static void mark_headings(struct nominees *n, const struct titles *t)
{
    char bare[sizeof n->at->bare];

    for (uint32_t k = 0; k < t->said.count; k++) {
        size_t len;

        if (t->said.at[k].by != TITLE_H2)
            continue;
        len = title_bare(t->said.at[k].text, bare, sizeof bare);
        for (uint32_t i = 0; i < n->count; i++)
            if (n->at[i].len == len && memcmp(n->at[i].bare, bare, len) == 0)
                n->at[i].signs |= 1u << TITLE_H2;
    }
}

/* ---- features ---- */

static bool has(const struct title_candidate *c, enum title_sign sign)
{
    return (c->signs >> sign & 1) != 0;
}

static void flag(struct title_candidate *c, uint32_t feature, bool is)
{
    c->feature[feature] = is ? 100 : 0;
}

static void describe_signs(struct title_candidate *c)
{
    uint32_t together = 0, main = has(c, TITLE_TWITTER);

    for (uint32_t s = 0; s < TITLE_SIGNS; s++)
        flag(c, s, has(c, s));
    for (uint32_t s = 0; s < TITLE_MAIN; s++) {
        together |= (uint32_t)has(c, s) << s;
        main += has(c, s);
    }
    flag(c, TITLE_TOGETHER + together, true);
    flag(c, TITLE_COUNT + main, true);
    flag(c, TITLE_LD_AND_H2, has(c, TITLE_LD) && has(c, TITLE_H2));
    flag(c, TITLE_LD_AND_ALT, has(c, TITLE_LD) && has(c, TITLE_LD_ALT));
}

static uint32_t length_class(struct str s)
{
    static const size_t limits[] = { 8, 16, 30, 120 };
    size_t n = utf8_count(s);
    uint32_t k = 0;

    while (k < COUNT(limits) && n >= limits[k])
        k++;
    return k;
}

/* What it shares with the other candidates that a source says whole. */
static void compare(struct title_candidate *c, const struct title_candidate *other)
{
    const uint32_t whole = 1u << TITLE_H1 | 1u << TITLE_OG | 1u << TITLE_LD |
                           1u << TITLE_DOC | 1u << TITLE_TWITTER;
    struct str a = { c->bare, c->len }, b = { other->bare, other->len };

    if (c == other || (other->signs & whole) == 0)
        return;
    if (str_starts(b, a))
        flag(c, TITLE_BEGINS_OTHER, true);
    if (str_ends(b, a))
        flag(c, TITLE_ENDS_OTHER, true);
    if (b.len > 10 && str_starts(a, b))
        flag(c, TITLE_HAS_BEGIN, true);
    if (b.len > 10 && str_ends(a, b))
        flag(c, TITLE_HAS_END, true);
}

/* The next word of three letters or more, ASCII alone: addresses write others in their own
 * ways; false at the end. */
static bool next_word(struct str *rest, struct str *word)
{
    while (rest->len > 0) {
        bool ascii = true, letter = false;
        size_t n = 0;

        for (; n < rest->len && (ascii_is_word(rest->ptr[n]) || rest->ptr[n] == '\'');
             n++) {
            ascii &= (unsigned char)rest->ptr[n] < 0x80 && rest->ptr[n] != '\'';
            letter |= ascii_is_letter(rest->ptr[n]);
        }
        *word = str_slice(*rest, 0, n);
        *rest = str_after(*rest, n < rest->len ? n + 1 : n);
        if (ascii && letter && n > 2)
            return true;
    }
    return false;
}

static bool has_word(struct str s, struct str word)
{
    struct str w;

    while (next_word(&s, &w))
        if (str_eq_fold(w, word))
            return true;
    return false;
}

static uint32_t count_words(struct str s)
{
    struct str w;
    uint32_t n = 0;

    while (next_word(&s, &w))
        n++;
    return n;
}

/* The part of an address with the most words, three at least:
 * "https://thepost.example/world/dam-breaks-at-velm-123" -> "dam-breaks-at-velm-123" */
static struct str slug_of(struct str url)
{
    size_t at = str_find(url, STR("://"));
    struct str rest = at == STR_NPOS ? url : str_after(url, at + 3), part;
    struct str best = { NULL, 0 };
    uint32_t words = 2;

    str_split(&rest, '/', &part);
    while (str_split(&rest, '/', &part)) {
        uint32_t n = part.len < 500 ? count_words(part) : 0;

        if (n > words) {
            words = n;
            best = part;
        }
    }
    return best;
}

static uint8_t share_in(struct str slug, struct str title)
{
    uint32_t all = 0, found = 0;
    struct str word;

    while (all < 100 && slug.len > 0 && next_word(&title, &word)) {
        all++;
        found += has_word(slug, word);
    }
    return (uint8_t)(all > 0 ? 100 * found / all : 0);
}

static void describe(const struct names *names, struct nominees *n, uint32_t i)
{
    struct title_candidate *c = &n->at[i];

    describe_signs(c);
    flag(c, TITLE_LENGTH + length_class(c->text), true);
    flag(c, TITLE_CUT_SHORT,
         str_ends(c->text, STR("...")) || str_ends(c->text, STR("…")));
    flag(c, TITLE_SITE, is_label(names, c->text));
    for (uint32_t k = 0; k < n->count; k++)
        compare(c, &n->at[k]);
    c->feature[TITLE_IN_URL] = share_in(names->slug, c->text);
}

uint32_t title_candidates(const struct titles *t,
                          struct title_candidate out[TITLE_CANDIDATES])
{
    struct nominees n = { out, 0 };
    struct names names;

    make_names(&names, t);
    names.slug = slug_of(t->url);
    for (uint32_t i = 0; i < t->said.count; i++)
        nominate_said(&n, &names, t->said.at[i]);
    mark_headings(&n, t);
    for (uint32_t i = 0; i < n.count; i++)
        describe(&names, &n, i);
    return n.count;
}

static int32_t score(const struct title_candidate *c)
{
    int32_t sum = 0;

    for (uint32_t f = 0; f < TITLE_FEATURES; f++)
        sum += title_weights[f] * c->feature[f];
    return sum;
}

struct str title_choose(const struct titles *t)
{
    struct title_candidate list[TITLE_CANDIDATES] = { 0 };
    uint32_t count = title_candidates(t, list), best = 0;

    for (uint32_t i = 1; i < count; i++)
        if (score(&list[i]) > score(&list[best]))
            best = i;
    return count > 0 ? list[best].text : (struct str){ NULL, 0 };
}
