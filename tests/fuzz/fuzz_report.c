/* Any words in titles, outlets, addresses, names and summaries: the page stays well
 * formed, and nothing in it runs, loads or leads elsewhere than the web. */
#include <stdlib.h>
#include <string.h>

#include "../page_check.h"
#include "../report_fixture.h"
#include "base/utf8.h"
#include "report/html.h"
#include "report/markdown.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* The valid text that the input begins with, past a NUL if there is one. */
static struct str take(struct str *rest)
{
    struct str part = { NULL, 0 };

    str_split(rest, '\0', &part);
    return str_slice(part, 0, utf8_valid(part));
}

static void spoil_reports(struct fixture_view *f, struct str *rest)
{
    for (uint32_t i = 0; i < FIXTURE_REPORTS; i++) {
        f->article[i]->title = take(rest);
        f->article[i]->outlet = take(rest);
        f->article[i]->url = take(rest);
        f->article[i]->language = take(rest);
    }
}

static void spoil_story(struct story *story, struct str *rest)
{
    story->title = take(rest);
    for (uint32_t i = 0; i < story->findings.count; i++) {
        struct finding *f = &story->findings.at[i];

        f->summary = take(rest);
        f->figure.who = take(rest);
        f->figure.class_name = take(rest);
        f->statement.speaker = take(rest);
        f->statement.text = take(rest);
    }
    for (uint32_t i = 0; i < story->places.count; i++)
        story->places.at[i].name = take(rest);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct str rest = { (const char *)data, size };
    struct arena arena;
    struct fixture_view view;
    struct situation s;
    struct buf page, text;

    arena_init(&arena, SIZE_MAX);
    s = fixture_situation_view(&arena, &view);
    spoil_reports(&view, &rest);
    for (uint32_t i = 0; i < s.story.count; i++)
        spoil_story(&s.story.at[i], &rest);
    page = buf_new(&arena, SIZE_MAX);
    report_html(&page, &s);
    if (page_fault(&arena, buf_view(&page)))
        abort();
    text = buf_new(&arena, SIZE_MAX);
    report_markdown(&text, &s);
    arena_release(&arena);
    return 0;
}
