/* format.h - how the bytes of a gazetteer lie; for gazetteer.c and tools/gazetteerc. */
#ifndef CORROB_GAZETTEER_FORMAT_H
#define CORROB_GAZETTEER_FORMAT_H

#include <stdint.h>

#define GAZETTEER_MAGIC "corrobG1"
#define GAZETTEER_BUCKET_BITS 18
#define GAZETTEER_BUCKETS (1u << GAZETTEER_BUCKET_BITS)
/* A name's value is one posting, or with this bit the index of a list of them. */
#define GAZETTEER_LIST 0x80000000u
/* A posting: form in bits 24 to 30, place below. */
#define GAZETTEER_FORM_SHIFT 24
#define GAZETTEER_PLACE_MASK 0xffffffu

struct gazetteer_code {
    char alpha2[2], alpha3[3], unused[3];
};

struct gazetteer_name {
    uint32_t check, value; /* check: the low half of the key's hash */
};

/* All sections are aligned to 4; offsets are from the start. */
struct gazetteer {
    char magic[8];
    uint32_t size;
    uint32_t places, countries, regions, counties; /* places are in this order */
    uint32_t names, postings;
    uint32_t place_at, code_at, bucket_at, name_at, posting_at;
    /* Main names of countries, regions and, last of all places, those of our own: where
     * each begins in the text, and where the last one ends. */
    uint32_t own, text_at, text, text_size;
};

#endif
