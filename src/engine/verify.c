/* corrob_verify: whether what a file of ours says can be followed back to its texts. */
#include "report/verify.h"
#include "engine/engine.h"

static void tell(void *context, const char *where, const char *what)
{
    struct corrob *c = context;
    struct corrob_trouble trouble = { where, -1, err_name(ERR_UNVERIFIED), what };

    if (c->options.on_trouble)
        c->options.on_trouble(c->options.context, &trouble);
}

enum corrob_status corrob_verify(struct corrob *c, const char *path)
{
    struct verify_counts counts = { 0 };
    char line[160];
    int n;

    c->err.code = ERR_OK;
    if (!verify_file(path, tell, c, &counts, &c->err)) {
        err_about(&c->err, path);
        return engine_done(c, false);
    }
    n = snprintf(
        line, sizeof line, "%llu reports, %llu findings, %llu spans: %llu unresolved\n",
        (unsigned long long)counts.reports, (unsigned long long)counts.findings,
        (unsigned long long)counts.spans, (unsigned long long)counts.unresolved);
    if (!engine_put(c, (struct str){ line, (size_t)n }))
        return CORROB_FAILED;
    return counts.unresolved ? CORROB_FOUND : CORROB_OK;
}
