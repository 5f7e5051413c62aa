/* A kept report says what it said when all it was read with has gone. */
#include "engine/keep.h"

#include "base/io.h"
#include "check.h"
#include "engine/line.h"
#include "gazetteer/gazetteer.h"
#include "report/json_article.h"
#include "trained.h"

/* Bytes that an example may take when kept, its own length aside. */
#define KEPT_MAX 40000

static struct str as_json(struct arena *arena, const struct facts *f)
{
    struct buf b = buf_new(arena, SIZE_MAX);
    struct json j = json_to(&b);

    json_article(arena, &j, f, f->text->article->page->id);
    return buf_view(&b);
}

static void check_report(const char *path)
{
    struct line_tools tools = { .text = *trained_tools(),
                                .fact.gazetteer = gazetteer_builtin() };
    struct arena arena, room;
    struct keeper keeper = { .arena = &room };
    const struct facts *kept;
    struct reading r;
    struct str before;

    arena_init(&arena, SIZE_MAX);
    arena_init(&room, SIZE_MAX);
    reading_init(&r);
    r.record.input = str_from(path);
    CHECK(io_read_file(&r.arena, path, 1 << 20, &r.record.bytes, &r.err), "%s", path);
    CHECK(reading_run(&r, &tools), "%s: %s", path, r.err.detail);
    before = as_json(&arena, &r.facts);
    kept = keep_facts(&keeper, &r.facts);
    CHECK(room.lent < 2 * r.article.text.len + KEPT_MAX, "%s: %zu bytes", path,
          room.lent);
    reading_release(&r);
    CHECK(str_eq(before, as_json(&arena, kept)), "%s: kept otherwise", path);
    CHECK(facts_sound(kept), "%s", path);
    arena_release(&arena);
    arena_release(&room);
}

int main(void)
{
    check_report("examples/bread-1-agency-wire.txt");
    check_report("examples/bread-2-courier-appeal.html");
    check_report("examples/dam-7-today-denial.txt");
    check_report("examples/dam-8-courier-live.html");
    /* A string or array in a new field must be kept, too: let keep.c copy it, then mend
     * the size here. */
    CHECK(sizeof(struct actor) == 136, "struct actor: %zu", sizeof(struct actor));
    CHECK(sizeof(struct figure) == 208, "struct figure: %zu", sizeof(struct figure));
    CHECK(sizeof(struct event) == 216, "struct event: %zu", sizeof(struct event));
    CHECK(sizeof(struct when) == 48, "struct when: %zu", sizeof(struct when));
    CHECK(sizeof(struct article) == 176, "article: %zu", sizeof(struct article));
    CHECK(sizeof(struct page) == 240, "struct page: %zu", sizeof(struct page));
    CHECK(sizeof(struct facts) == 104, "struct facts: %zu", sizeof(struct facts));
    return check_done();
}
