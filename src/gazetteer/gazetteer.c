#include "gazetteer/gazetteer.h"

#include <string.h>

#include "gazetteer/format.h"

extern const char gazetteer_blob[], gazetteer_blob_end[];

static const void *section(const struct gazetteer *g, uint32_t at)
{
    return (const char *)g + at;
}

/* Whether `count` pieces of `size` bytes lie in the block at `at`. */
static bool fits(const struct gazetteer *g, uint32_t at, uint64_t count, size_t size)
{
    return at % 4 == 0 && at <= g->size && count * size <= g->size - at;
}

bool gazetteer_from_bytes(struct str bytes, const struct gazetteer **out,
                          struct err *err)
{
    const struct gazetteer *g = (const void *)bytes.ptr;

    if (bytes.len < sizeof *g || memcmp(g->magic, GAZETTEER_MAGIC, 8) != 0 ||
        g->size > bytes.len ||
        !fits(g, g->place_at, g->places, sizeof(struct gazetteer_place)) ||
        !fits(g, g->code_at, g->countries, sizeof(struct gazetteer_code)) ||
        !fits(g, g->bucket_at, (uint64_t)GAZETTEER_BUCKETS + 1, sizeof(uint32_t)) ||
        !fits(g, g->name_at, g->names, sizeof(struct gazetteer_name)) ||
        !fits(g, g->posting_at, g->postings, sizeof(uint32_t)) || g->countries > 255 ||
        !fits(g, g->text_at, (uint64_t)g->countries + g->regions + g->own + 1, 4) ||
        !fits(g, g->text, g->text_size, 1) || g->own > g->places ||
        (uint64_t)g->countries + g->regions + g->counties > g->places)
        return err_set(err, ERR_FORMAT, 0, "not a gazetteer of this program");
    *out = g;
    return true;
}

bool gazetteer_sound(const struct gazetteer *g)
{
    for (uint32_t i = 0; i < g->places; i++) {
        const struct gazetteer_place *p = gazetteer_place(g, i);

        if ((p->country != 255 && p->country >= g->countries) ||
            (p->region != GAZETTEER_NONE && p->region >= g->regions) ||
            (p->county != GAZETTEER_NONE && p->county >= g->counties) ||
            p->kind > GAZETTEER_POINT)
            return false;
    }
    return true;
}

const struct gazetteer *gazetteer_builtin(void)
{
    const struct gazetteer *g = NULL;
    struct str bytes = { gazetteer_blob,
                         (size_t)(gazetteer_blob_end - gazetteer_blob) };

    return gazetteer_from_bytes(bytes, &g, NULL) ? g : NULL;
}

static struct gazetteer_hit hit_of(uint32_t posting)
{
    return (
        struct gazetteer_hit){ posting & GAZETTEER_PLACE_MASK,
                               (enum gazetteer_form)(posting >> GAZETTEER_FORM_SHIFT) };
}

uint32_t gazetteer_find_key(const struct gazetteer *g, struct str key,
                            struct gazetteer_hit *hit, uint32_t max)
{
    uint64_t hash = str_hash(key);
    uint32_t b = (uint32_t)(hash >> (64 - GAZETTEER_BUCKET_BITS)), value = 0, n = 0;
    const uint32_t *bucket = section(g, g->bucket_at);
    const struct gazetteer_name *name = section(g, g->name_at);
    const uint32_t *posting = section(g, g->posting_at);
    bool found = false;

    for (uint32_t i = bucket[b]; i < bucket[b + 1] && i < g->names && !found; i++) {
        found = name[i].check == (uint32_t)hash;
        value = name[i].value;
    }
    if (!found || max == 0)
        return 0;
    if (!(value & GAZETTEER_LIST)) {
        hit[0] = hit_of(value);
        return hit[0].place < g->places;
    }
    /* a list ends with a posting that has the top bit */
    for (uint32_t i = value & ~GAZETTEER_LIST; i < g->postings && n < max; i++) {
        hit[n] = hit_of(posting[i] & ~GAZETTEER_LIST);
        n += hit[n].place < g->places;
        if (posting[i] & GAZETTEER_LIST)
            break;
    }
    return n;
}

uint32_t gazetteer_find(const struct gazetteer *g, struct str name,
                        struct gazetteer_hit *hit, uint32_t max)
{
    char key[GAZETTEER_KEY_MAX];
    size_t len = gazetteer_key(name, key, sizeof key);

    return len ? gazetteer_find_key(g, (struct str){ key, len }, hit, max) : 0;
}

const struct gazetteer_place *gazetteer_place(const struct gazetteer *g, uint32_t place)
{
    const struct gazetteer_place *p = section(g, g->place_at);

    return &p[place];
}

uint32_t gazetteer_places(const struct gazetteer *g)
{
    return g->places;
}

uint32_t gazetteer_region(const struct gazetteer *g, uint16_t region)
{
    return g->countries + region;
}

struct str gazetteer_name(const struct gazetteer *g, uint32_t place)
{
    const uint32_t *at = section(g, g->text_at);
    uint32_t i = place;

    if (place >= g->places - g->own && place < g->places)
        i = g->countries + g->regions + (place - (g->places - g->own));
    else if (place >= g->countries + g->regions)
        return (struct str){ NULL, 0 };
    if (at[i] > at[i + 1] || at[i + 1] > g->text_size)
        return (struct str){ NULL, 0 };
    return (struct str){ (const char *)section(g, g->text) + at[i], at[i + 1] - at[i] };
}

static const struct gazetteer_code *code_of(const struct gazetteer *g, uint8_t country)
{
    const struct gazetteer_code *code = section(g, g->code_at);

    return country < g->countries ? &code[country] : NULL;
}

struct str gazetteer_alpha3(const struct gazetteer *g, uint8_t country)
{
    const struct gazetteer_code *c = code_of(g, country);

    return c ? (struct str){ c->alpha3, 3 } : STR("");
}

struct str gazetteer_alpha2(const struct gazetteer *g, uint8_t country)
{
    const struct gazetteer_code *c = code_of(g, country);

    return c ? (struct str){ c->alpha2, 2 } : STR("");
}
