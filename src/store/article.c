/* The same article again: whether a report is a later version of one that is in.
 *
 * Two reports are one article when they have one address, tracking words aside, and share
 * their headline or a sentence (docs/versions.md). */
#include "base/address.h"
#include "base/table.h"
#include "store/sql.h"

#define SENTENCES_MAX 4000 /* of a text */

/* FNV-1a, 63 bits: a key of the index, what it finds is compared. */
static int64_t hash(struct str s)
{
    uint64_t h = 0xcbf29ce484222325u;

    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.ptr[i]) * 0x100000001b3u;
    return (int64_t)(h >> 1);
}

/* "Nine died. The dam held." gives "Nine died." first: up to a mark that a blank follows,
 * or to the end of the line. */
static bool next_sentence(struct str *text, struct str *out)
{
    size_t n = 0;

    *text = str_trim(*text);
    if (text->len == 0)
        return false;
    while (n < text->len && text->ptr[n] != '\n' &&
           !(n > 0 && text->ptr[n] == ' ' && strchr(".!?", text->ptr[n - 1])))
        n++;
    *out = str_trim(str_slice(*text, 0, n));
    *text = str_after(*text, n);
    return true;
}

static bool share_sentence(struct arena *arena, struct str a, struct str b)
{
    struct table seen = { 0 };
    struct str sentence;

    for (int n = 0; n < SENTENCES_MAX && next_sentence(&a, &sentence); n++)
        *table_put(arena, &seen, sentence) = 1;
    for (int n = 0; n < SENTENCES_MAX && next_sentence(&b, &sentence); n++)
        if (table_find(&seen, sentence))
            return true;
    return false;
}

/* A row: nr, url, title, text, article, story. */
static bool same_article(struct store *s, sqlite3_stmt *q, struct str address,
                         const struct sorted *words)
{
    struct str title = sql_str(&s->scratch, q, 2);

    if (!str_eq(address, address_key(&s->scratch, sql_str(&s->scratch, q, 1))))
        return false;
    return (title.len > 0 && str_eq_fold(title, words->title)) ||
           share_sentence(&s->scratch, sql_str(&s->scratch, q, 3), words->text);
}

struct version store_find_article(struct store *s, struct str url,
                                  const struct sorted *words)
{
    struct str address = address_key(&s->scratch, url);
    struct version v = { SQL_NULL, SQL_NULL, 0 };
    sqlite3_stmt *q;

    if (address.len == 0)
        return v;
    v.address = hash(address);
    q = sql(s,
            "SELECT nr, url, title, text, article, story FROM report WHERE address = "
            "?1 ORDER BY nr");
    sql_bind(q, "i", v.address);
    while (sql_row(s, q)) {
        if (!same_article(s, q, address, words))
            continue;
        v.article = sql_i64(q, 4, sql_i64(q, 0, SQL_NULL));
        v.story = sql_i64(q, 5, 0);
        sql_end(q);
        break;
    }
    return v;
}

struct store_reports store_versions(struct arena *arena, struct store *s, struct str id)
{
    sqlite3_stmt *q =
        sql(s, "SELECT v.id FROM report r JOIN report v ON v.nr = coalesce(r.article, "
               "r.nr) OR v.article = coalesce(r.article, r.nr) WHERE r.id = ?1 "
               "ORDER BY v.published_at IS NULL, v.published_at, v.nr");
    ARRAY(struct str) version = { 0 };
    struct store_reports found = { 0 };

    sql_bind(q, "s", id);
    while (sql_row(s, q))
        *PUSH(arena, &version) = sql_str(arena, q, 0);
    for (uint32_t i = 0; version.count > 1 && i < version.count; i++)
        if (!store_report(arena, s, version.at[i], PUSH(arena, &found.row)))
            found.row.count--;
    return found;
}
