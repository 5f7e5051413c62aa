/* sort.h - elements put in order by a number they hold; what is equal stays in order.
 *
 *     SORT_BY(&facts->event, start);
 *
 * By insertion: meant for what lies almost in order.
 */
#ifndef CORROB_BASE_SORT_H
#define CORROB_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* count elements of size bytes (at most SORT_SIZE_MAX); key: offset of their uint32_t. */
#define SORT_SIZE_MAX 1024
void sort_by_u32(void *at, size_t count, size_t size, size_t key);

/* An ARRAY by a uint32_t member of its elements. */
#define SORT_BY(array, member)                                                   \
    sort_by_u32((array)->at, (array)->count, sizeof *(array)->at,                \
                (array)->count ? (size_t)((const char *)&(array)->at[0].member - \
                                          (const char *)&(array)->at[0])         \
                               : 0)

#endif
