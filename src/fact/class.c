#include "fact/class.h"

enum class_bit {
    IS_CITIZEN = 1,
    IS_PROTESTER = 2,
    IS_JOURNALIST = 4,
    IS_OFFICIAL = 8,
    IS_REFUGEE = 16,
    IS_PRISONER = 32,
    IS_CRIMINAL = 64,
    IS_REBEL = 128,
    IS_MILITIA = 256,
    IS_POLICE = 512,
    IS_MILITARY = 1024,
};

uint32_t class_bits(struct str name)
{
    static const struct {
        const char *name;
        uint32_t bits;
    } classes[] = {
        { "civilian", IS_CITIZEN | IS_PROTESTER | IS_JOURNALIST | IS_REFUGEE },
        { "protester", IS_PROTESTER },
        { "security", IS_POLICE | IS_MILITARY },
        { "police", IS_POLICE },
        { "military", IS_MILITARY },
        { "rebel", IS_REBEL | IS_MILITIA },
        { "militia", IS_MILITIA },
        { "official", IS_OFFICIAL },
        { "journalist", IS_JOURNALIST },
        { "refugee", IS_REFUGEE },
        { "criminal", IS_CRIMINAL },
        { "prisoner", IS_PRISONER },
    };

    for (size_t i = 0; i < COUNT(classes); i++)
        if (str_eq(name, str_from(classes[i].name)))
            return classes[i].bits;
    return CLASS_ANYONE;
}

uint32_t class_bits_alleged(struct str name)
{
    uint32_t bits = class_bits(name);

    return bits == IS_CRIMINAL ? bits | IS_PROTESTER | IS_REBEL | IS_MILITIA : bits;
}
