/* figure_agent.h - who did it tells what was done: pirates seize hostages, police suspects.
 *
 *     "Six engineers were seized by armed men."     abducted, not detained
 *     "Police are searching for three men."         wanted, not missing
 *     "Two gunmen fired and fled."                  gone, not displaced
 *
 * Included by the figure files alone.
 */
#ifndef CORROB_FACT_FIGURE_AGENT_H
#define CORROB_FACT_FIGURE_AGENT_H

#include "fact/figure_scan.h"

/* The measure that the trigger's own measure becomes with its agent, for this phrase;
 * OTHER: nothing that is counted. */
enum measure agent_measure(const struct scan *s, uint32_t trigger,
                           const struct counted *c, enum measure measure);

#endif
