/* example.c - a program of your own on libcorrob: what reports say of the dead.
 *
 *     cc example.c $(pkg-config --cflags --libs corrob) -o example
 *     ./example reports/
 */
#include <corrob.h>
#include <stdio.h>

/* Output comes in pieces, in order; false would end the job. */
static bool on_output(void *context, const char *bytes, size_t len)
{
    FILE *out = context;

    return fwrite(bytes, 1, len, out) == len;
}

/* One bad input never ends a job: it is told here, and the rest goes on. */
static void on_trouble(void *context, const struct corrob_trouble *t)
{
    (void)context;
    fprintf(stderr, "%s: %s\n", t->input, t->detail);
}

int main(int argc, char **argv)
{
    struct corrob_options options = {
        .format = "markdown",
        .policy = "range",
        .on_output = on_output,
        .on_trouble = on_trouble,
        .context = stdout,
    };
    struct corrob *c;
    enum corrob_status status = corrob_open(&c, &options);

    if (status == CORROB_OK)
        status = corrob_report(c, (const char *const *)argv + 1, (size_t)argc - 1);
    if (status == CORROB_FAILED)
        fprintf(stderr, "%s\n", corrob_message(c));
    corrob_close(c);
    return (int)status;
}
