/* Addresses and forms, as a browser or an attacker may send them. */
#include "serve/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = { (const char *)data, size };
    struct arena arena;
    struct request r;
    struct str rest;

    arena_init(&arena, SIZE_MAX);
    if (request_read(&arena, bytes, &r)) {
        request_number(&r, "next", 0);
        request_day(&r, "since");
        request_under(&r, "/story/", &rest);
    }
    r = (struct request){ 0 };
    request_read_form(&arena, bytes, &r);
    arena_release(&arena);
    return 0;
}
