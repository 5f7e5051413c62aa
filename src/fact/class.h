/* class.h - the classes of people that figures count, as sets that can be compared.
 *
 *     class_bits(STR("security"))     police and military
 *     class_bits(STR("people"))       CLASS_ANYONE, as for a class that is not known
 */
#ifndef CORROB_FACT_CLASS_H
#define CORROB_FACT_CLASS_H

#include <stdint.h>

#include "base/str.h"

#define CLASS_ANYONE UINT32_C(2047)

/* Who is in the class. */
uint32_t class_bits(struct str name);
/* Who may be in it when one side names the other: "criminals" may be the protesters or
 * rebels of another account. */
uint32_t class_bits_alleged(struct str name);

#endif
