/* corrob_train: the language model made anew from treebanks. */
#include "model/train.h"

#include "engine/engine.h"

struct training {
    struct corrob *c;
    const struct corrob_training *options;
};

static bool put(void *context, struct str bytes)
{
    return engine_put(((struct training *)context)->c, bytes);
}

static void tell(void *context, const char *line)
{
    struct training *t = context;

    if (t->options->on_line)
        t->options->on_line(t->c->options.context, line);
}

enum corrob_status corrob_train(struct corrob *c, const char *folder,
                                const struct corrob_training *options)
{
    struct training training = { c, options };
    struct train_options t = { .data = folder,
                               .vectors = options->vectors,
                               .weights = options->weights,
                               .texts = options->texts,
                               .teachers = options->teachers < TRAIN_TEACHERS_MAX
                                               ? options->teachers
                                               : TRAIN_TEACHERS_MAX,
                               .epochs = options->epochs,
                               .seed = options->seed,
                               .put = put,
                               .tell = tell,
                               .context = &training };

    c->err = (struct err){ 0 };
    return train_run(&t, &c->err) ? CORROB_OK : CORROB_FAILED;
}
