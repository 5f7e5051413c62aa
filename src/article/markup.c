#include "article/markup.h"

#include "lex/lex.h"

#define CLASS_WORDS 12
#define CLASS_BYTES 120

struct named {
    struct str name, why;
    enum markup_sign sign;
};

static bool named(struct markup_sense *m, struct str value, const struct named *list,
                  size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (value.len == list[i].name.len && str_eq_fold(value, list[i].name)) {
            if (list[i].sign > m->cut) {
                m->cut = list[i].sign;
                m->why = list[i].why;
            }
            return true;
        }
    return false;
}

static void by_tag(struct markup_sense *m, enum dom_tag tag)
{
    static const struct named tags[DOM_TAG_COUNT] = {
        [DOM_NAV] = { .why = STR_INIT("menu"), .sign = MARKUP_CERTAIN },
        [DOM_MENU] = { .why = STR_INIT("menu"), .sign = MARKUP_STRONG },
        [DOM_ASIDE] = { .why = STR_INIT("side column"), .sign = MARKUP_STRONG },
        [DOM_FOOTER] = { .why = STR_INIT("page footer"), .sign = MARKUP_STRONG },
        [DOM_FORM] = { .why = STR_INIT("form"), .sign = MARKUP_STRONG },
        [DOM_FIELDSET] = { .why = STR_INIT("form"), .sign = MARKUP_STRONG },
        [DOM_BUTTON] = { .why = STR_INIT("form"), .sign = MARKUP_CERTAIN },
        [DOM_LEGEND] = { .why = STR_INIT("form"), .sign = MARKUP_CERTAIN },
        [DOM_DIALOG] = { .why = STR_INIT("pop-up"), .sign = MARKUP_STRONG },
        [DOM_FIGURE] = { .why = STR_INIT("caption"), .sign = MARKUP_STRONG },
        [DOM_FIGCAPTION] = { .why = STR_INIT("caption"), .sign = MARKUP_CERTAIN },
        [DOM_ADDRESS] = { .why = STR_INIT("byline"), .sign = MARKUP_STRONG },
        [DOM_HEADER] = { .why = STR_INIT("page header"), .sign = MARKUP_WEAK },
        [DOM_TIME] = { .why = STR_INIT("date line"), .sign = MARKUP_NONE },
    };

    if (tags[tag].sign > m->cut) {
        m->cut = tags[tag].sign;
        m->why = tags[tag].why;
    }
}

static void by_role(struct markup_sense *m, struct str role)
{
    static const struct named roles[] = {
        { STR_INIT("navigation"), STR_INIT("menu"), MARKUP_STRONG },
        { STR_INIT("menu"), STR_INIT("menu"), MARKUP_STRONG },
        { STR_INIT("menubar"), STR_INIT("menu"), MARKUP_STRONG },
        { STR_INIT("banner"), STR_INIT("page header"), MARKUP_STRONG },
        { STR_INIT("contentinfo"), STR_INIT("page footer"), MARKUP_STRONG },
        { STR_INIT("complementary"), STR_INIT("side column"), MARKUP_STRONG },
        { STR_INIT("search"), STR_INIT("search form"), MARKUP_STRONG },
        { STR_INIT("form"), STR_INIT("form"), MARKUP_STRONG },
        { STR_INIT("dialog"), STR_INIT("pop-up"), MARKUP_STRONG },
        { STR_INIT("alertdialog"), STR_INIT("pop-up"), MARKUP_STRONG },
        { STR_INIT("alert"), STR_INIT("notice"), MARKUP_STRONG },
        { STR_INIT("tooltip"), STR_INIT("pop-up"), MARKUP_STRONG },
        { STR_INIT("toolbar"), STR_INIT("tools"), MARKUP_STRONG },
        { STR_INIT("button"), STR_INIT("form"), MARKUP_STRONG },
    };

    named(m, role, roles, COUNT(roles));
}

static void by_property(struct markup_sense *m, struct str property)
{
    static const struct named properties[] = {
        { STR_INIT("author"), STR_INIT("byline"), MARKUP_STRONG },
        { STR_INIT("publisher"), STR_INIT("page footer"), MARKUP_STRONG },
        { STR_INIT("datePublished"), STR_INIT("date line"), MARKUP_STRONG },
        { STR_INIT("dateModified"), STR_INIT("date line"), MARKUP_STRONG },
        { STR_INIT("comment"), STR_INIT("comments"), MARKUP_STRONG },
        { STR_INIT("caption"), STR_INIT("caption"), MARKUP_STRONG },
        { STR_INIT("copyrightHolder"), STR_INIT("photo credit"), MARKUP_STRONG },
        { STR_INIT("keywords"), STR_INIT("tags"), MARKUP_STRONG },
        { STR_INIT("breadcrumb"), STR_INIT("breadcrumbs"), MARKUP_STRONG },
        { STR_INIT("headline"), STR_INIT("title"), MARKUP_STRONG },
        { STR_INIT("video"), STR_INIT("player"), MARKUP_STRONG },
    };

    if (str_eq(property, STR("articleBody")) || str_eq(property, STR("reviewBody")) ||
        str_eq(property, STR("liveBlogUpdate")))
        m->body = m->property = true;
    else
        named(m, property, properties, COUNT(properties));
}

/* "<... itemtype='https://schema.org/WPSideBar'>" */
static void by_type(struct markup_sense *m, struct str type)
{
    static const struct named types[] = {
        { STR_INIT("Comment"), STR_INIT("comments"), MARKUP_STRONG },
        { STR_INIT("UserComments"), STR_INIT("comments"), MARKUP_STRONG },
        { STR_INIT("WPSideBar"), STR_INIT("side column"), MARKUP_STRONG },
        { STR_INIT("WPFooter"), STR_INIT("page footer"), MARKUP_STRONG },
        { STR_INIT("WPHeader"), STR_INIT("page header"), MARKUP_STRONG },
        { STR_INIT("SiteNavigationElement"), STR_INIT("menu"), MARKUP_STRONG },
        { STR_INIT("BreadcrumbList"), STR_INIT("breadcrumbs"), MARKUP_STRONG },
        { STR_INIT("Person"), STR_INIT("byline"), MARKUP_STRONG },
        { STR_INIT("ImageObject"), STR_INIT("caption"), MARKUP_STRONG },
        { STR_INIT("VideoObject"), STR_INIT("player"), MARKUP_STRONG },
        { STR_INIT("Organization"), STR_INIT("page footer"), MARKUP_STRONG },
    };

    for (size_t i = type.len; i > 0; i--)
        if (type.ptr[i - 1] == '/') {
            named(m, str_after(type, i), types, COUNT(types));
            return;
        }
}

static bool is_hidden(const struct dom *d, uint32_t node)
{
    struct str style = dom_get(d, node, DOM_KEY_STYLE);
    size_t at;

    if (dom_has(d, node, DOM_KEY_HIDDEN))
        return true;
    if (style.len == 0)
        return false;
    at = str_find_fold(style, STR("display"));
    if (at != STR_NPOS) {
        struct str rest = str_trim(str_after(style, at + 7));

        if (rest.len > 0 && *rest.ptr == ':' &&
            str_starts_fold(str_trim(str_after(rest, 1)), STR("none")))
            return true;
    }
    return str_find_fold(style, STR("visibility:hidden")) != STR_NPOS ||
           str_find_fold(style, STR("visibility: hidden")) != STR_NPOS;
}

/* The words of one class name: "relatedArticles__list-2" -> related articles list. */
struct class_words {
    char bytes[CLASS_BYTES];
    struct str word[CLASS_WORDS];
    uint32_t words;
};

static void split_class(struct class_words *c, struct str name)
{
    size_t start = 0, len = 0;

    c->words = 0;
    if (name.len >= CLASS_BYTES)
        name.len = CLASS_BYTES - 1;
    for (size_t i = 0; i <= name.len; i++) {
        char ch = i < name.len ? name.ptr[i] : '-';
        bool camel, letter;

        if (ascii_is_lower(ch)) { /* nearly all */
            c->bytes[len++] = ch;
            continue;
        }
        camel = i > 0 && ascii_is_upper(ch) && ascii_is_lower(name.ptr[i - 1]);
        letter = ascii_is_upper(ch) || (ascii_is_digit(ch) && len > start);
        if ((!letter || camel) && len > start) {
            if (c->words < CLASS_WORDS)
                c->word[c->words++] = (struct str){ c->bytes + start, len - start };
            start = len;
        }
        if (letter)
            c->bytes[len++] = ascii_lower(ch);
    }
}

static bool has_sense(struct str word, struct str sense)
{
    const struct lex_entry *e = lex_find(&lex_class_words, word);

    return e && str_eq(e->field[LEX_CLASS_WORDS_SENSE], sense);
}

/* Words that turn the sense of a class round ("has-sidebar") or tell of a wrapper. */
static bool turns_round(const struct class_words *c)
{
    for (uint32_t i = 0; i < c->words; i++)
        if (has_sense(c->word[i], STR("turns")))
            return true;
    return false;
}

/* Words of a class that say nothing: "article-share-box" is about sharing. */
static bool is_generic(struct str word)
{
    return has_sense(word, STR("generic"));
}

/* Compounds that are written as one word ("relatedpoststitle"). */
static void by_prefix(struct markup_sense *m, struct str word)
{
    static const struct named prefixes[] = {
        { STR_INIT("relatedb"), STR_INIT("related links"), MARKUP_STRONG },
        { STR_INIT("relatedpost"), STR_INIT("related links"), MARKUP_STRONG },
        { STR_INIT("kommentar"), STR_INIT("comments"), MARKUP_STRONG },
        { STR_INIT("imagedesc"), STR_INIT("caption"), MARKUP_STRONG },
        { STR_INIT("bildunter"), STR_INIT("caption"), MARKUP_STRONG },
        { STR_INIT("relatedart"), STR_INIT("related links"), MARKUP_STRONG },
        { STR_INIT("relatedcont"), STR_INIT("related links"), MARKUP_STRONG },
        { STR_INIT("relatednews"), STR_INIT("related links"), MARKUP_STRONG },
        { STR_INIT("relatedstor"), STR_INIT("related links"), MARKUP_STRONG },
        { STR_INIT("recommend"), STR_INIT("related links"), MARKUP_STRONG },
        { STR_INIT("breadcrumb"), STR_INIT("breadcrumbs"), MARKUP_STRONG },
        { STR_INIT("newsletter"), STR_INIT("newsletter"), MARKUP_WEAK },
        { STR_INIT("advert"), STR_INIT("advertisement"), MARKUP_STRONG },
        { STR_INIT("sharebutton"), STR_INIT("share links"), MARKUP_STRONG },
        { STR_INIT("socialshar"), STR_INIT("share links"), MARKUP_STRONG },
        { STR_INIT("tagbox"), STR_INIT("tags"), MARKUP_STRONG },
        { STR_INIT("cookie"), STR_INIT("cookie notice"), MARKUP_STRONG },
        { STR_INIT("commentform"), STR_INIT("comments"), MARKUP_STRONG },
        { STR_INIT("commentbox"), STR_INIT("comments"), MARKUP_STRONG },
        { STR_INIT("copyright"), STR_INIT("page footer"), MARKUP_STRONG },
    };

    if (!strchr("rkibnastc", *word.ptr)) /* as they begin */
        return;
    for (size_t i = 0; i < COUNT(prefixes); i++)
        if (*word.ptr == *prefixes[i].name.ptr && str_starts(word, prefixes[i].name) &&
            prefixes[i].sign > m->cut) {
            m->cut = prefixes[i].sign;
            m->why = prefixes[i].why;
        }
}

/* Whether only generic words stand before word i, or from word `behind` on. */
static bool at_edge(const struct class_words *c, uint32_t i, uint32_t behind)
{
    while (i > 0 && is_generic(c->word[i - 1]))
        i--;
    while (behind < c->words && is_generic(c->word[behind]))
        behind++;
    return i == 0 || behind == c->words;
}

/* e: of words i .. behind of a class. */
static void by_entry(struct markup_sense *m, const struct lex_entry *e,
                     const struct class_words *c, uint32_t i, uint32_t behind)
{
    struct str sense = e->field[LEX_MARKUP_SENSE];

    if (str_eq(sense, STR("body"))) {
        m->body = true;
    } else if (str_eq(sense, STR("lead"))) {
        m->lead = true;
    } else if (str_eq(sense, STR("cut")) && m->cut < MARKUP_STRONG) {
        m->cut = MARKUP_STRONG;
        m->why = e->field[LEX_MARKUP_WHY];
    } else if (m->cut < MARKUP_WEAK && at_edge(c, i, behind)) {
        m->cut = MARKUP_WEAK;
        m->why = e->field[LEX_MARKUP_WHY];
    }
}

static void by_class(struct markup_sense *m, struct str name)
{
    struct markup_sense before = *m;
    struct class_words c;
    uint32_t used;

    split_class(&c, name);
    for (uint32_t i = 0; i < c.words; i++) {
        const struct lex_entry *e =
            lex_longest(&lex_markup, &c.word[i], c.words - i, &used);

        if (!e) {
            by_prefix(m, c.word[i]);
            continue;
        }
        by_entry(m, e, &c, i, i + used);
        i += used - 1;
    }
    if (m->cut != before.cut || m->body != before.body || m->lead != before.lead)
        if (turns_round(&c))
            *m = before;
}

static void by_classes(struct markup_sense *m, struct str list)
{
    while (list.len > 0) {
        size_t n = 0;

        while (n < list.len && !ascii_is_space(list.ptr[n]))
            n++;
        if (n > 0)
            by_class(m, str_slice(list, 0, n));
        list = str_after(list, n < list.len ? n + 1 : n);
    }
}

static const struct markup_sense *sense_of(struct arena *arena,
                                           struct markup_memory *memory,
                                           struct str list)
{
    uint32_t *known = table_put(arena, &memory->seen, list);
    struct markup_sense *sense;

    if (*known > 0)
        return &memory->sense.at[*known - 1];
    sense = PUSH(arena, &memory->sense);
    *known = memory->sense.count;
    by_classes(sense, list);
    return sense;
}

static void by_names(struct arena *arena, struct markup_memory *memory,
                     struct markup_sense *m, struct str list)
{
    const struct markup_sense *names = sense_of(arena, memory, list);

    if (names->cut > m->cut) {
        m->cut = names->cut;
        m->why = names->why;
    }
    m->body |= names->body;
    m->lead |= names->lead;
}

/* id="comment-950013", id="div-comment-12", id="li-comment-3": WordPress and Drupal number
 * their readers' comments so, and there may be far more of them than text. */
static void by_number(struct markup_sense *m, struct str id)
{
    size_t at = str_find(id, STR("comment"));

    if (at != 0 && !str_starts(id, STR("div-")) && !str_starts(id, STR("li-")))
        return;
    id = at == STR_NPOS ? id : str_after(id, at + STR("comment").len);
    if (at == STR_NPOS || id.len < 2 || (*id.ptr != '-' && *id.ptr != '_') ||
        !ascii_is_digit(id.ptr[1]))
        return;
    m->cut = MARKUP_PROVEN;
    m->why = STR("comments");
}

static void by_key(struct arena *arena, struct markup_memory *memory,
                   struct markup_sense *m, const struct dom_attr *a)
{
    switch ((int)a->key) {
    case DOM_KEY_ROLE: by_role(m, a->value); break;
    case DOM_KEY_ITEMPROP: by_property(m, a->value); break;
    case DOM_KEY_ITEMTYPE: by_type(m, a->value); break;
    case DOM_KEY_PLACEHOLDER: /* of AMP: shown until an element has loaded, or failed */
    case DOM_KEY_FALLBACK:
        m->cut = MARKUP_CERTAIN;
        m->why = STR("placeholder");
        break;
    case DOM_KEY_ID:
        by_number(m, a->value);
        by_names(arena, memory, m, a->value);
        break;
    case DOM_KEY_CLASS:
    case DOM_KEY_DATA_TESTID:
    case DOM_KEY_DATA_COMPONENT: by_names(arena, memory, m, a->value); break;
    default: break;
    }
}

struct markup_sense markup_read(struct arena *arena, struct markup_memory *memory,
                                const struct dom *d, uint32_t node)
{
    const struct dom_node *n = &d->node.at[node];
    struct markup_sense m = { .cut = MARKUP_NONE };

    if (n->tag == DOM_TEXT || n->tag == DOM_BODY || n->tag == DOM_HTML ||
        n->tag == DOM_HEAD)
        return m;
    by_tag(&m, n->tag);
    for (uint32_t i = n->attr; i < n->attr + n->attrs; i++)
        by_key(arena, memory, &m, &d->attr.at[i]);
    if (is_hidden(d, node)) {
        m.hidden = true;
        m.cut = MARKUP_CERTAIN;
        m.why = STR("hidden");
    }
    if (m.cut == MARKUP_WEAK &&
        (n->tag == DOM_TR || n->tag == DOM_TD || n->tag == DOM_TH))
        m.cut = MARKUP_NONE; /* "player" of a table of results */
    if (n->tag == DOM_ARTICLE || n->tag == DOM_MAIN) /* class="post has-comments ..." */
        m.cut = m.cut > MARKUP_WEAK && m.cut < MARKUP_PROVEN && !m.hidden ? MARKUP_WEAK
                                                                          : m.cut;
    return m;
}
