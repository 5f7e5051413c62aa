#include "model/layout.h"

/* tools/model.cmake names the file where there is one. */
#ifdef MODEL_FILE
__asm__(".section .rodata\n"
        ".balign 64\n"
        ".global built_in_model\n"
        ".hidden built_in_model\n"
        "built_in_model:\n"
        ".incbin \"" MODEL_FILE "\"\n"
        ".global built_in_model_end\n"
        ".hidden built_in_model_end\n"
        "built_in_model_end:\n"
        ".byte 0\n"
        ".previous\n");
extern const char built_in_model[], built_in_model_end[];

bool model_open_built_in(struct model *model, struct err *err)
{
    return model_open(
        model,
        (struct str){ built_in_model, (size_t)(built_in_model_end - built_in_model) },
        err);
}

bool model_look_built_in(struct model *model)
{
    struct layout_head head;
    size_t size = (size_t)(built_in_model_end - built_in_model);

    if (size < sizeof head)
        return false;
    memcpy(&head, built_in_model, sizeof head);
    return layout_apply(&head, built_in_model, model) == size;
}
#else
bool model_open_built_in(struct model *model, struct err *err)
{
    (void)model;
    return err_set(err, ERR_MODEL, -1, "this program was built without a model");
}

bool model_look_built_in(struct model *model)
{
    (void)model;
    return false;
}
#endif
