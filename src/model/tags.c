#include "model/tags.h"

#define TAG_STRING(id, name) name,
static const char *const upos_names[] = { UPOS_LIST(TAG_STRING) };
static const char *const xpos_names[] = { XPOS_LIST(TAG_STRING) };
static const char *const deprel_names[] = { DEPREL_LIST(TAG_STRING) };

const char *upos_name(enum upos pos)
{
    return upos_names[pos];
}

const char *xpos_name(enum xpos tag)
{
    return xpos_names[tag];
}

const char *deprel_name(enum deprel rel)
{
    return deprel_names[rel];
}

static bool find(const char *const *names, size_t count, struct str name, uint8_t *out)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(str_from(names[i]), name)) {
            *out = (uint8_t)i;
            return true;
        }
    return false;
}

bool upos_find(struct str name, uint8_t *out)
{
    return find(upos_names, COUNT(upos_names), name, out);
}

bool xpos_find(struct str name, uint8_t *out)
{
    return find(xpos_names, COUNT(xpos_names), name, out);
}

bool deprel_find(struct str name, uint8_t *out)
{
    return find(deprel_names, COUNT(deprel_names), name, out);
}
