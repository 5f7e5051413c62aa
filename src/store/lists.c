#include "base/buf.h"
#include "store/sql.h"

#define LINES_MAX ((size_t)4 << 30)
#define QUERY_MAX ((size_t)64 << 10)

/* ---- stories ---- */

#define STORY_COLUMNS                                                               \
    "nr, first_at, last_at, reports, origins, findings, conflicts, gap, toll_low, " \
    "toll_high, title, place, country, toll, steps, compared = change FROM story "

static struct store_story story_of(struct arena *arena, sqlite3_stmt *q)
{
    return (struct store_story){
        .nr = sql_i64(q, 0, 0),
        .first_at = sql_i64(q, 1, 0),
        .last_at = sql_i64(q, 2, 0),
        .reports = sql_i64(q, 3, 0),
        .origins = sql_i64(q, 4, -1),
        .findings = sql_i64(q, 5, -1),
        .conflicts = sql_i64(q, 6, -1),
        .gap = sql_i64(q, 7, -1),
        .toll_low = sql_i64(q, 8, -1),
        .toll_high = sql_i64(q, 9, -1),
        .title = sql_str(arena, q, 10),
        .place = sql_str(arena, q, 11),
        .country = sql_str(arena, q, 12),
        .toll = sql_str(arena, q, 13),
        .steps = sql_str(arena, q, 14),
        .up_to_date = sql_i64(q, 15, 0) != 0,
    };
}

/* An index serves each of the three; the other conditions are looked at row by row. */
static sqlite3_stmt *stories_statement(struct store *s,
                                       const struct store_stories_query *query)
{
#define STORIES(from, where)                                                           \
    "SELECT " STORY_COLUMNS from " WHERE " where                                       \
    " merged_into IS NULL AND (last_at, nr) < (?1, ?2) AND last_at >= ?3 AND last_at " \
    "<= ?4 "                                                                           \
    "AND reports >= ?5 ORDER BY last_at DESC, nr DESC LIMIT ?6"
    if (query->country.len > 0 && query->conflicts)
        return sql(s, STORIES("", "country = ?7 AND conflicts > 0 AND"));
    if (query->country.len > 0)
        return sql(s, STORIES("", "country = ?7 AND"));
    if (query->conflicts)
        return sql(s, STORIES("", "conflicts > 0 AND"));
    return sql(s, STORIES("", ""));
}

struct store_stories store_stories(struct arena *arena, struct store *s,
                                   const struct store_stories_query *query)
{
    sqlite3_stmt *q = stories_statement(s, query);
    struct store_stories found = { 0 };
    bool paged = query->before_nr > 0;

    sql_bind(q, query->country.len > 0 ? "iiiiiis" : "iiiiii",
             paged ? query->before_at : INT64_MAX, paged ? query->before_nr : INT64_MAX,
             query->since > 0 ? query->since : INT64_MIN + 1,
             query->until > 0 ? query->until : INT64_MAX, query->min_reports,
             (int64_t)query->limit + 1, query->country);
    while (sql_next(s, q, found.row.count, query->limit, &found.more))
        *PUSH(arena, &found.row) = story_of(arena, q);
    return found;
}

bool store_story(struct arena *arena, struct store *s, int64_t nr,
                 struct store_story *out)
{
    sqlite3_stmt *q = sql(s, "SELECT " STORY_COLUMNS " WHERE nr = ?1");
    bool found = false;

    sql_bind(q, "i", nr);
    while (sql_row(s, q)) {
        *out = story_of(arena, q);
        found = true;
    }
    return found;
}

/* ---- reports ---- */

#define REPORT_COLUMNS                                                                 \
    "r.nr, r.story, r.origin, r.published_at, r.added_at, length(r.text), r.id, "      \
    "r.input, r.url, r.outlet, r.domain, r.title, r.byline, r.published, r.language, " \
    "r.kind"

static struct store_report report_of(struct arena *arena, sqlite3_stmt *q)
{
    return (struct store_report){
        .nr = sql_i64(q, 0, 0),
        .story = sql_i64(q, 1, 0),
        .origin = sql_i64(q, 2, -1),
        .published_at = sql_i64(q, 3, 0),
        .added_at = sql_i64(q, 4, 0),
        .length = (uint32_t)sql_i64(q, 5, 0),
        .id = sql_str(arena, q, 6),
        .input = sql_str(arena, q, 7),
        .url = sql_str(arena, q, 8),
        .outlet = sql_str(arena, q, 9),
        .domain = sql_str(arena, q, 10),
        .title = sql_str(arena, q, 11),
        .byline = sql_str(arena, q, 12),
        .published = sql_str(arena, q, 13),
        .language = sql_str(arena, q, 14),
        .kind = sql_str(arena, q, 15),
    };
}

struct store_reports store_reports(struct arena *arena, struct store *s, int64_t story)
{
    sqlite3_stmt *q = sql(s, "SELECT " REPORT_COLUMNS " FROM report r WHERE story = ?1 "
                             "ORDER BY published_at IS NULL, published_at, id");
    struct store_reports found = { 0 };

    sql_bind(q, "i", story);
    while (sql_row(s, q))
        *PUSH(arena, &found.row) = report_of(arena, q);
    return found;
}

bool store_report(struct arena *arena, struct store *s, struct str id,
                  struct store_report *out)
{
    sqlite3_stmt *q = sql(s, "SELECT " REPORT_COLUMNS " FROM report r WHERE id = ?1");
    bool found = false;

    sql_bind(q, "s", id);
    while (sql_row(s, q)) {
        *out = report_of(arena, q);
        found = true;
    }
    return found;
}

struct str store_text(struct arena *arena, struct store *s, struct str id)
{
    sqlite3_stmt *q = sql(s, "SELECT text FROM report WHERE id = ?1");
    struct str text = { NULL, 0 };

    sql_bind(q, "s", id);
    while (sql_row(s, q))
        text = sql_str(arena, q, 0);
    return text;
}

static struct str line_of(struct arena *arena, struct store *s, sqlite3_stmt *q)
{
    struct str rest;

    if (!store_rest(s, sql_i64(q, 0, 0), &rest))
        return (struct str){ NULL, 0 };
    return store_join(arena, rest, sql_str(arena, q, 1));
}

struct str store_line(struct arena *arena, struct store *s, struct str id)
{
    sqlite3_stmt *q = sql(s, "SELECT nr, text FROM report WHERE id = ?1");
    struct str line = { NULL, 0 };

    sql_bind(q, "s", id);
    while (sql_row(s, q))
        line = line_of(arena, s, q);
    return line;
}

struct str store_story_lines(struct arena *arena, struct store *s, int64_t story)
{
    sqlite3_stmt *q = sql(s, "SELECT nr, text, id FROM report WHERE story = ?1 "
                             "ORDER BY published_at IS NULL, published_at, id");
    struct buf b = buf_new(arena, LINES_MAX);

    sql_bind(q, "i", story);
    while (sql_row(s, q)) {
        struct str id = sql_str(arena, q, 2);

        buf_str(&b, store_pinned(arena, s, id,
                                 store_reviewed(arena, s, id, line_of(arena, s, q))));
        buf_char(&b, '\n');
    }
    return buf_view(&b);
}

/* ---- search ---- */

/* "rock & roll" -> "\"rock\" \"&\" \"roll\"": each word a string of FTS5. */
static struct str plain_words(struct arena *arena, struct str words)
{
    struct buf b = buf_new(arena, QUERY_MAX);
    struct str word;

    while (str_split(&words, ' ', &word)) {
        if (word.len == 0)
            continue;
        buf_char(&b, '"');
        for (size_t i = 0; i < word.len; i++)
            if (word.ptr[i] != '"' && word.ptr[i] != '\0')
                buf_char(&b, word.ptr[i]);
        buf_str(&b, STR("\" "));
    }
    return buf_view(&b);
}

static struct store_reports search(struct arena *arena, struct store *s,
                                   struct str words, int64_t before, uint32_t limit)
{
    sqlite3_stmt *q = sql(
        s, "SELECT " REPORT_COLUMNS ", snippet(report_text, 1, char(2), char(3), "
           "char(8230), 28) FROM report_text JOIN report r ON r.nr = "
           "report_text.rowid WHERE report_text MATCH ?1 AND report_text.rowid < ?2 "
           "ORDER BY report_text.rowid DESC LIMIT ?3");
    struct store_reports found = { 0 };

    sql_bind(q, "sii", words, before > 0 ? before : INT64_MAX, (int64_t)limit + 1);
    while (sql_next(s, q, found.row.count, limit, &found.more)) {
        *PUSH(arena, &found.row) = report_of(arena, q);
        found.row.at[found.row.count - 1].marked = sql_str(arena, q, 16);
    }
    return found;
}

struct store_reports store_search(struct arena *arena, struct store *s,
                                  struct str words, int64_t before, uint32_t limit)
{
    struct store_reports found;

    words = str_trim(words);
    if (words.len == 0 || words.len > QUERY_MAX / 4)
        return (struct store_reports){ 0 };
    found = search(arena, s, words, before, limit);
    if (sql_ok(s, NULL))
        return found;
    words = plain_words(arena, words);
    found = search(arena, s, words, before, limit);
    sql_ok(s, NULL); /* nothing that can be looked for */
    return found;
}
