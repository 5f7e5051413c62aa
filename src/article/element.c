#include "article/element.h"

#include "page/tagname.h"

/* clang-format off */
#define S ELEMENT_SPECIAL
#define V ELEMENT_VOID
#define F ELEMENT_FORMAT
#define I ELEMENT_IMPLIED
#define C ELEMENT_SCOPE
#define P ELEMENT_CLOSES_P
#define H ELEMENT_HEADING
#define L ELEMENT_LEAVES_SVG
#define X0 ELEMENT_OF_HEAD
#define T ELEMENT_OF_TABLE
#define B ELEMENT_ENDS_BLOCK
#define Z ELEMENT_CELL
#define R ELEMENT_RAW
/* clang-format on */

const uint16_t element_groups[ELEMENT_COUNT] = {
#define X(name, label, tag, groups) [ELEMENT_##name] = (groups),
    ELEMENTS(X)
#undef X
};

const uint8_t element_tags[ELEMENT_COUNT] = { [ELEMENT_TEXT] = DOM_TEXT,
#define X(name, label, tag, groups) [ELEMENT_##name] = DOM_##tag,
                                              ELEMENTS(X)
#undef X
};

#define NAME_MAX_LEN 10

static const struct {
    char label[NAME_MAX_LEN + 1];
    uint8_t len;
} names[ELEMENT_COUNT] = {
#define X(name, label, tag, groups) [ELEMENT_##name] = { #label, sizeof(#label) - 1 },
    ELEMENTS(X)
#undef X
};

/* The first element of each letter. */
static const uint8_t first[26] = {
    ELEMENT_A,
    ELEMENT_B,
    ELEMENT_CANVAS,
    ELEMENT_DD,
    ELEMENT_EM,
    ELEMENT_FIELDSET,
    0,
    ELEMENT_H1,
    ELEMENT_I,
    0,
    ELEMENT_KBD,
    ELEMENT_LABEL,
    ELEMENT_MAIN,
    ELEMENT_NAV,
    ELEMENT_OBJECT,
    ELEMENT_P,
    ELEMENT_Q,
    ELEMENT_RB,
    ELEMENT_S,
    ELEMENT_TABLE,
    ELEMENT_U,
    ELEMENT_VAR,
    ELEMENT_WBR,
    ELEMENT_XMP,
    0,
    0,
};

static bool same_name(struct str name, const char *label)
{
    for (size_t i = 1; i < name.len; i++)
        if (ascii_lower(name.ptr[i]) != label[i])
            return false;
    return true;
}

enum element element_of(struct str name)
{
    char letter;
    unsigned i;

    if (name.len == 0 || name.len > NAME_MAX_LEN || !ascii_is_letter(*name.ptr))
        return ELEMENT_OTHER;
    letter = ascii_lower(*name.ptr);
    i = first[letter - 'a'];
    for (; i > 0 && i < ELEMENT_COUNT && names[i].label[0] == letter; i++)
        if (names[i].len == name.len && same_name(name, names[i].label))
            return (enum element)i;
    return ELEMENT_OTHER;
}
