/* What is new, as server-sent events: one event and an end; the browser asks again after
 * the pause that "retry" names, with the change it knows.  So no connection is held. */
#include "serve/visit.h"

void page_events(struct visit *v)
{
    int64_t change = store_change(v->store);

    v->answer.type = "text/event-stream; charset=utf-8";
    v->answer.fresh = true;
    buf_printf(&v->answer.body,
               "retry: 3000\nid: %lld\nevent: change\ndata: {\"change\":%lld}\n\n",
               (long long)change, (long long)change);
}
