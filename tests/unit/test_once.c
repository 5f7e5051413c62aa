/* Terms met once: found, taken, forgotten by age. */
#include "story/once.h"

#include "check.h"

/* Keys that want to stand in the same few slots, and keys that don't. */
static uint32_t key_of(uint32_t i)
{
    return i % 3 == 0 ? i << 8 : i * 2654435761u;
}

static void taken_terms_are_gone(void)
{
    struct once o = once_new();
    uint32_t left = 0;

    for (uint32_t i = 1; i <= 3000; i++)
        once_put(&o, key_of(i), i);
    CHECK(o.count == 3000, "%u terms", o.count);
    for (uint32_t i = 1; i <= 3000; i += 2) {
        struct seen s = once_take(&o, key_of(i));

        CHECK(s.first && seen_report(&s) == i, "term %u", i);
        CHECK(!once_find(&o, key_of(i)), "term %u is gone", i);
        CHECK(!once_take(&o, key_of(i)).first, "and can't be taken again");
    }
    for (uint32_t i = 2; i <= 3000; i += 2) {
        const struct seen *s = once_find(&o, key_of(i));

        left += s && seen_report(s) == i && !seen_listed(s);
    }
    CHECK(left == 1500 && o.count == 1500, "%u of 1500 are left", left);
    once_release(&o);
}

static void listed_terms_lead_to_reports(void)
{
    struct once o = once_new();
    struct seen s;

    once_put(&o, 5, 7);
    once_list(&o, 5, 8);
    once_list(&o, 6, 9);
    s = once_take(&o, 5);
    CHECK(seen_listed(&s) && seen_report(&s) == 8, "listed with report 8");
    s = once_take(&o, 6);
    CHECK(seen_listed(&s) && seen_report(&s) == 9, "put and listed");
    once_release(&o);
}

static void old_terms_are_forgotten(void)
{
    struct once o = once_new();
    uint32_t n = ONCE_MAX + 10;

    for (uint32_t i = 1; i <= n; i++)
        once_put(&o, i * 2654435761u, i);
    CHECK(o.slots == ONCE_SLOTS_MAX && o.count <= ONCE_MAX, "%u terms", o.count);
    CHECK(o.count > ONCE_MAX / 3, "half of them: %u", o.count);
    CHECK(!once_find(&o, 2654435761u), "the first is forgotten");
    CHECK(once_find(&o, n * 2654435761u), "the last is there");
    once_release(&o);
}

static void sorted_by_key(void)
{
    struct arena arena;
    struct once o = once_new();
    const struct seen *all;

    arena_init(&arena, SIZE_MAX);
    for (uint32_t i = 1; i <= 500; i++)
        once_put(&o, key_of(i), i);
    all = once_sorted(&arena, &o);
    for (uint32_t i = 1; i < o.count; i++)
        CHECK(all[i - 1].key < all[i].key, "term %u", i);
    once_release(&o);
    arena_release(&arena);
}

int main(void)
{
    taken_terms_are_gone();
    listed_terms_lead_to_reports();
    old_terms_are_forgotten();
    sorted_by_key();
    return check_done();
}
