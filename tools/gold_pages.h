/* gold_pages.h - pages with what is known of them, for the commands that learn.
 *
 *     FOLDER/gold.json          { ID: { "url": ..., "articleBody": ..., "title": ... } }
 *     FOLDER/html/ID.html.gz
 */
#ifndef CORROB_TOOLS_GOLD_PAGES_H
#define CORROB_TOOLS_GOLD_PAGES_H

#include <jansson.h>

#include "page/page.h"
#include "page/source.h"

#define GOLD_FOLDERS 16

struct gold_page {
    struct page page;
    struct str id;
    const json_t *gold;
    uint32_t folder;
};

/* Arenas: `all` for what lasts, `page` for one page. */
struct gold_reader {
    struct arena all, page;
    uint32_t folders; /* read so far */
    void (*read)(void *context, const struct gold_page *page);
    void *context;
};

/* Room for the arenas; each page of markup that has gold is then given to read. */
void gold_open(struct gold_reader *r);
/* The rest of a command line: "[--folds N] FOLDER...", of GOLD_FOLDERS at most. */
void gold_read(struct gold_reader *r, char *const *words, int count, uint32_t *folds);
void gold_close(struct gold_reader *r);

/* The part that a page's site belongs to, 0 .. folds - 1; 0 without folds:
 *     {"url": "https://www.example.co.uk/a"}  by "example.co.uk"   */
uint32_t gold_fold(const json_t *gold, uint32_t folds);

#endif
