#include "engine/line.h"

#include "page/page.h"
#include "text/conllu.h"

void reading_init(struct reading *r)
{
    reading_init_like(r, NULL);
}

void reading_init_like(struct reading *r, const struct arena *like)
{
    *r = (struct reading){ 0 };
    arena_init_like(&r->arena, READING_BUDGET, like);
}

void reading_release(struct reading *r)
{
    arena_release(&r->arena);
}

void reading_reset(struct reading *r)
{
    struct arena arena = r->arena;

    arena_reset(&arena);
    *r = (struct reading){ .arena = arena };
}

/* Evidence is sacred: what does not hold together is a bug of ours, and is told as the
 * trouble of this one report instead of being written out. */
static bool sound(struct reading *r, bool with_facts)
{
    const char *stage = !text_sound(&r->text)                   ? "text"
                        : with_facts && !facts_sound(&r->facts) ? "fact"
                                                                : NULL;

    if (!stage)
        return true;
#ifdef CORROB_DEV
    BUG(stage);
#endif
    return err_set(&r->err, ERR_UNVERIFIED, -1, "stage %s made spans that don't hold",
                   stage);
}

/* Given words make the text; else it is found in the page. */
static struct article article_of(struct arena *doc, const struct page *page)
{
    struct page joined = *page;
    struct article article;

    if (page->media != PAGE_CONLLU)
        return article_from_page(doc, page);
    joined.media = PAGE_ARTICLE;
    joined.body = conllu_text(doc, page->body);
    article = article_from_page(doc, &joined);
    article.page = page;
    return article;
}

static bool run_stages(struct reading *r, const struct line_tools *tools)
{
    struct arena *doc = &r->arena;

    r->article = article_of(doc, &r->page);
    r->text = text_from_article(doc, &tools->text, &r->article);
    if (!tools->text_only)
        r->facts = facts_from_text(doc, &tools->fact, &r->text);
    return sound(r, !tools->text_only);
}

bool reading_run(struct reading *r, const struct line_tools *tools)
{
    if (tools->text.model == NULL)
        return err_set(&r->err, ERR_MODEL, -1, "built without model/en.bin");
    if (setjmp(r->arena.out_of_budget))
        return err_set(&r->err, ERR_BUDGET, -1, "more than %zu MB",
                       (size_t)READING_BUDGET >> 20);
    r->arena.guarded = true;
    r->ok = page_from_record(&r->arena, &r->record, &tools->hints, &r->page, &r->err) &&
            run_stages(r, tools);
    return r->ok;
}
