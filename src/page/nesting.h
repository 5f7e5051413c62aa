/* nesting.h - how deep a page's tags nest, told before a parser that is quadratic there.
 *
 *     "<div><div>...": 200,000 of them keep every HTML parser tried busy for 20 seconds
 *
 * One linear pass that counts open tags; those that HTML closes by itself (<p>, <li>) and
 * those without content (<br>) do not count.
 */
#ifndef CORROB_PAGE_NESTING_H
#define CORROB_PAGE_NESTING_H

#include "base/str.h"

/* The deepest of 1,600 news pages has 130. */
#define NESTING_LIMIT 512

/* The longest of them has 40,000; beyond that a page takes more than a second. */
#define TAGS_LIMIT 200000

/* Byte of the tag after the first `limit`, or STR_NPOS. */
size_t tags_over(struct str html, uint32_t limit);

/* Byte where more than limit tags are open, or STR_NPOS. */
size_t nesting_over(struct str html, uint32_t limit);

#endif
