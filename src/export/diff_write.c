#include <inttypes.h>

#include "base/json.h"
#include "export/diff.h"
#include "export/member.h"

/* ---- JSON ---- */

static void put_bound(struct json *j, const char *key, bool open, int64_t n)
{
    json_key(j, key);
    if (open)
        json_none(j);
    else
        json_i64(j, n);
}

static void put_value(struct json *j, const char *key, const struct toll *t)
{
    const json_t *e = t->evidence;
    int64_t start, end;

    json_key(j, key);
    json_open(j, '{');
    put_bound(j, "low", t->low_open, t->low);
    put_bound(j, "high", t->high_open, t->high);
    json_member(j, "as_of", t->as_of);
    if (e && member_count(e, "start", &start) && member_count(e, "end", &end)) {
        json_member(j, "report", member_str(e, "report"));
        json_key(j, "start");
        json_i64(j, start);
        json_key(j, "end");
        json_i64(j, end);
        json_member(j, "quote", member_str(e, "quote"));
    }
    json_close(j, '}');
}

static void put_matter(struct json *j, const struct toll *t)
{
    json_member(j, "measure", t->measure);
    json_member(j, "class", t->class_name);
    json_member(j, "group", t->group);
}

static void put_moves(struct json *j, const struct story_change *c)
{
    json_key(j, "tolls");
    json_open(j, '[');
    for (uint32_t i = 0; i < c->moved.count; i++) {
        json_open(j, '{');
        put_matter(j, c->moved.at[i].to);
        json_member(j, "claimant", c->moved.at[i].to->claimant);
        if (c->moved.at[i].from)
            put_value(j, "from", c->moved.at[i].from);
        put_value(j, "to", c->moved.at[i].to);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_conflicts(struct json *j, const char *key, const struct conflict *c,
                          uint32_t count)
{
    json_key(j, key);
    json_open(j, '[');
    for (uint32_t i = 0; i < count; i++) {
        json_open(j, '{');
        put_matter(j, c[i].side[0]);
        json_key(j, "sides");
        json_open(j, '[');
        for (int k = 0; k < 2; k++) {
            json_open(j, '{');
            json_member(j, "claimant", c[i].side[k]->claimant);
            put_value(j, "value", c[i].side[k]);
            json_close(j, '}');
        }
        json_close(j, ']');
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_names(struct json *j, const char *key, const struct str *name,
                      uint32_t count)
{
    json_key(j, key);
    json_open(j, '[');
    for (uint32_t i = 0; i < count; i++)
        json_str(j, name[i]);
    json_close(j, ']');
}

static struct str state_of(const struct story_change *c)
{
    if (!c->before)
        return STR("new");
    return c->after ? STR("changed") : STR("gone");
}

static struct str title_of(const struct story_change *c)
{
    return member_str(c->after ? c->after : c->before, "title");
}

static void put_story(struct json *j, const struct story_change *c)
{
    json_open(j, '{');
    json_member(j, "id", member_str(c->after ? c->after : c->before, "id"));
    json_member(j, "title", title_of(c));
    json_member(j, "state", state_of(c));
    put_names(j, "reports", c->reports.at, c->reports.count);
    put_moves(j, c);
    put_names(j, "claimants", c->claimants.at, c->claimants.count);
    put_conflicts(j, "opened", c->opened.at, c->opened.count);
    put_conflicts(j, "closed", c->closed.at, c->closed.count);
    json_close(j, '}');
}

void diff_write_json(struct buf *out, const struct diff *d)
{
    struct json j = json_to(out);

    json_open(&j, '{');
    json_member(&j, "schema", STR("corrob.diff/1"));
    json_key(&j, "stories");
    json_open(&j, '[');
    for (uint32_t i = 0; i < d->story.count; i++)
        put_story(&j, &d->story.at[i]);
    json_close(&j, ']');
    json_close(&j, '}');
    buf_char(out, '\n');
}

/* ---- for readers ---- */

/* A bound of an interval is told as in the ledger: "58", "24–99", "26 or more". */
static void put_interval(struct buf *b, const struct toll *t)
{
    if (t->low_open && t->high_open)
        buf_str(b, STR("any number"));
    else if (t->low_open)
        buf_printf(b, "up to %" PRId64, t->high);
    else if (t->high_open)
        buf_printf(b, "%" PRId64 " or more", t->low);
    else if (t->low == t->high)
        buf_printf(b, "%" PRId64, t->low);
    else
        buf_printf(b, "%" PRId64 "–%" PRId64, t->low, t->high);
}

/* Words of a page on one line; what Markdown would read as markup is escaped. */
static void put_words(struct buf *b, struct str s, bool markdown)
{
    for (size_t i = 0; i < s.len; i++) {
        if (markdown && strchr("\\`*_[]<>|~#", s.ptr[i]))
            buf_char(b, '\\');
        buf_char(b, ascii_is_space(s.ptr[i]) ? ' ' : s.ptr[i]);
    }
}

static void put_what(struct buf *b, const struct toll *t)
{
    buf_str(b, t->measure);
    if (t->class_name.len > 0) {
        buf_str(b, STR(", "));
        buf_str(b, t->class_name);
    }
    if (t->group.len > 0) {
        buf_str(b, STR(", "));
        buf_str(b, t->group);
    }
    buf_str(b, STR(": "));
}

static void line_open(struct buf *b, bool markdown)
{
    buf_str(b, markdown ? STR("- ") : STR("  "));
}

static void put_move_line(struct buf *b, const struct toll_move *m, bool markdown)
{
    line_open(b, markdown);
    if (!m->from)
        buf_str(b, STR("new toll: "));
    put_what(b, m->to);
    put_words(b, m->to->claimant, markdown);
    buf_char(b, ' ');
    if (m->from) {
        put_interval(b, m->from);
        buf_str(b, STR(" → "));
    }
    put_interval(b, m->to);
    if (m->to->evidence) {
        buf_str(b, STR(" (“"));
        put_words(b, member_str(m->to->evidence, "quote"), markdown);
        buf_str(b, STR("”, report "));
        buf_str(b, member_str(m->to->evidence, "report"));
        buf_char(b, ')');
    }
    buf_char(b, '\n');
}

static void put_conflict_line(struct buf *b, const char *state,
                              const struct conflict *c, bool markdown)
{
    line_open(b, markdown);
    buf_printf(b, "conflict %s: ", state);
    put_what(b, c->side[0]);
    for (int k = 0; k < 2; k++) {
        if (k > 0)
            buf_str(b, STR(" against "));
        put_words(b, c->side[k]->claimant, markdown);
        buf_char(b, ' ');
        put_interval(b, c->side[k]);
    }
    buf_char(b, '\n');
}

static void put_story_text(struct buf *b, const struct story_change *c, bool markdown)
{
    if (markdown)
        buf_str(b, STR("\n## "));
    put_words(b, title_of(c), markdown);
    buf_str(b, !c->before ? STR(" (new story)") : !c->after ? STR(" (gone)") : STR(""));
    buf_str(b, markdown ? STR("\n\n") : STR("\n"));
    if (c->reports.count > 0) {
        line_open(b, markdown);
        buf_printf(b, "%u new report%s\n", c->reports.count,
                   c->reports.count == 1 ? "" : "s");
    }
    for (uint32_t i = 0; i < c->moved.count; i++)
        put_move_line(b, &c->moved.at[i], markdown);
    for (uint32_t i = 0; i < c->claimants.count; i++) {
        line_open(b, markdown);
        buf_str(b, STR("new claimant: "));
        put_words(b, c->claimants.at[i], markdown);
        buf_char(b, '\n');
    }
    for (uint32_t i = 0; i < c->opened.count; i++)
        put_conflict_line(b, "opened", &c->opened.at[i], markdown);
    for (uint32_t i = 0; i < c->closed.count; i++)
        put_conflict_line(b, "closed", &c->closed.at[i], markdown);
}

void diff_write_text(struct buf *out, const struct diff *d, bool markdown)
{
    if (markdown)
        buf_str(out, STR("# What changed\n"));
    if (d->story.count == 0)
        buf_str(out, STR("Nothing changed.\n"));
    for (uint32_t i = 0; i < d->story.count; i++)
        put_story_text(out, &d->story.at[i], markdown);
}
