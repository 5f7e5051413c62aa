#include "model/layout.h"

/* The numbers of rows that tables of hashes give must lie in their tables. */
static bool rows_within(const struct rows *r, uint32_t limit)
{
    for (uint32_t i = 0; i < r->slots; i++)
        if (r->slot[i].row > limit)
            return false;
    return true;
}

static bool head_fits(const struct layout_head *h, size_t size, struct err *err)
{
    if (memcmp(h->magic, LAYOUT_MAGIC, sizeof h->magic) != 0)
        return err_set(err, ERR_MODEL, 0, "not a model file");
    if (h->version != LAYOUT_VERSION || h->endian != 0x01020304)
        return err_set(err, ERR_MODEL, 8,
                       "a model of version %u, this program reads %u", h->version,
                       LAYOUT_VERSION);
    if (h->upos != UPOS_COUNT || h->xpos != XPOS_COUNT || h->deprel != DEPREL_COUNT ||
        h->names != NAME_LABELS || h->parts != FEATURE_PART_COUNT)
        return err_set(err, ERR_MODEL, 8,
                       "a model with other labels than this program's");
    if (h->size != size)
        return err_set(err, ERR_MODEL, 16, "%zu bytes instead of %llu: cut short?",
                       size, (unsigned long long)h->size);
    return true;
}

bool model_open(struct model *model, struct str bytes, struct err *err)
{
    struct layout_head head;

    if (bytes.len < sizeof head)
        return err_set(err, ERR_MODEL, 0, "not a model file: only %zu bytes",
                       bytes.len);
    memcpy(&head, bytes.ptr, sizeof head);
    if (!head_fits(&head, bytes.len, err))
        return false;
    if (layout_sum(str_after(bytes, offsetof(struct layout_head, upos))) != head.sum)
        return err_set(err, ERR_MODEL, 24,
                       "the check sum is wrong: the file is damaged");
    if (layout_apply(&head, bytes.ptr, model) != bytes.len ||
        !rows_within(&model->word_rows, head.known) ||
        !rows_within(&model->vector_rows, head.vectors) ||
        !rows_within(&model->lemma_rows, head.rules) ||
        head.words != head.known + ROWS_SHARED)
        return err_set(err, ERR_MODEL, 32, "the parts of the model don't fit together");
    model->kernel = kernel_best();
    return true;
}
